"""The single neuron: how its sum builds up, and what it makes of the sum."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

SUMS = np.linspace(-8, 8, 401, dtype=np.float32)
MARGIN = {"l": 52, "r": 16, "t": 40, "b": 48}


def plot_waterfall(contributions, bias, preactivation, palette: Palette) -> go.Figure:
    """Draw each contribution from where the last one ended, up to their sum with the bias."""
    steps = np.append(np.asarray(contributions, float), float(bias))
    starts = np.append(np.cumsum(steps) - steps, 0.0)
    heights = np.append(steps, float(preactivation))
    names = [f"x<sub>{i}</sub>w<sub>{i}</sub>" for i in range(1, len(steps))] + [
        "bias",
        "<b>sum</b>",
    ]
    places = list(range(len(names)))
    ends = starts + heights
    bars = {
        "type": "bar",
        "x": places,
        "y": heights,
        "base": starts,
        "width": 0.62,
        "marker": {
            "color": [palette.positive if h >= 0 else palette.negative for h in heights],
            # The second signal: what pulls down is hatched.
            "pattern": {
                "shape": ["" if h >= 0 else "/" for h in heights],
                "fgcolor": palette.background,
                "size": 7,
                "solidity": 0.25,
            },
        },
        "customdata": ends,
        "hovertemplate": "%{y:+.3f}, up to %{customdata:.3f}<extra></extra>",
    }
    # A few fixed ranges, so that the axis jumps rarely and never creeps.
    highest = float(np.abs([starts, ends]).max())
    reach = next(span for span in (1.5, 3.0, 6.0, 12.0) if highest * 1.15 <= span)
    # One trace of labels and one of links: a dozen annotations and shapes would cost 5 ms.
    labels = {
        "type": "scatter",
        "mode": "text",
        "x": places,
        "y": np.maximum(starts, ends) + 0.02 * reach,
        "text": [*(f"{step:+.3f}" for step in steps), f"<b>{heights[-1]:.3f}</b>"],
        "textposition": "top center",
        "textfont": {"color": palette.text, "size": 13},
        "hoverinfo": "skip",
    }
    # From the end of each bar to the next, then a gap.
    links = {
        "type": "scatter",
        "mode": "lines",
        "x": np.ravel([(i + 0.31, i + 0.69, i + 0.69) for i in places[:-1]]),
        "y": np.ravel([(end, end, np.nan) for end in ends[:-1]]),
        "line": {"color": palette.axis, "width": 1, "dash": "dot"},
        "hoverinfo": "skip",
    }
    return figure(
        palette,
        [bars, links, labels],
        xaxis=axis(palette, tickvals=places, ticktext=names, showgrid=False, tickfont={"size": 14}),
        yaxis=axis(palette, "running sum", (-reach, reach), zero=True),
        annotations=[panel_title(palette, f"sum {float(preactivation):.3f}")],
        margin=MARGIN,
    )


def plot_response(name: str, values, trace, palette: Palette) -> go.Figure:
    """Draw what "step" or "sigmoid" makes of every sum in `SUMS`, marked at this neuron's sum.

    values (n,): the activation at `SUMS`; trace: a `NeuronTrace`.
    """
    z, output = float(trace.preactivation), float(getattr(trace, name))
    says = {1.0: "1 (fires)", 0.0: "0 (silent)"}.get(output, f"{output:.3f}")
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": SUMS,
            "y": values,
            "line": {"color": palette.neutral, "width": 2.5},
            "hovertemplate": f"{name}(%{{x:.2f}}) = %{{y:.3f}}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "x": [z, z, SUMS[0]],
            "y": [0, output, output],
            "line": {"color": palette.text, "width": 1, "dash": "dot"},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [z],
            "y": [output],
            "marker": {
                "color": palette.highlight,
                "size": 14,
                "line": {"color": palette.text, "width": 1.5},
            },
            "hovertemplate": f"{name}({z:.3f}) = {output:.3f}<extra></extra>",
        },
    ]
    return figure(
        palette,
        data,
        xaxis=axis(palette, "sum", (SUMS[0], SUMS[-1]), zero=True),
        yaxis=axis(palette, "output", (-0.08, 1.08), tickvals=[0, 0.5, 1]),
        annotations=[panel_title(palette, f"{name} {says}")],
        margin=MARGIN,
    )
