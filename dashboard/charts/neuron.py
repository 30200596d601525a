"""The single neuron: how its sum builds up, and what it makes of the sum."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
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
    links = [
        {
            "type": "line",
            "x0": i + 0.31,
            "x1": i + 0.69,
            "y0": ends[i],
            "y1": ends[i],
            "line": {"color": palette.axis, "width": 1, "dash": "dot"},
        }
        for i in places[:-1]
    ]
    notes = [
        label(
            palette,
            i,
            max(starts[i], ends[i]),
            f"<b>{heights[i]:.3f}</b>" if i == places[-1] else f"{heights[i]:+.3f}",
            yshift=12,
        )
        for i in places
    ]
    # A few fixed ranges, so that the axis jumps rarely and never creeps.
    highest = float(np.abs([starts, ends]).max())
    reach = next(span for span in (1.5, 3.0, 6.0, 12.0) if highest * 1.15 <= span)
    return figure(
        palette,
        [bars],
        xaxis=axis(palette, tickvals=places, ticktext=names, showgrid=False, tickfont={"size": 14}),
        yaxis=axis(palette, "running sum", (-reach, reach), zero=True),
        shapes=links,
        annotations=[*notes, panel_title(palette, f"sum {float(preactivation):.3f}")],
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
