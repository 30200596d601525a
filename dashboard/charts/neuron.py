"""The single neuron: how its sum builds up, and what it makes of the sum."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
from dashboard.theme import Palette

SUMS = np.linspace(-8, 8, 401, dtype=np.float32)


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
        annotations=notes,
    )


def plot_responses(curves, trace, palette: Palette) -> go.Figure:
    """Draw what the step and the sigmoid make of every sum in `SUMS`, marked at this one.

    curves: a dict of name -> values at `SUMS`; trace: the neuron's own sum, step and sigmoid.
    """
    preactivation = float(trace.preactivation)
    curves = [(name, values, getattr(trace, name)) for name, values in curves.items()]
    styles = (("solid", palette.positive, "circle"), ("dash", palette.neutral, "diamond"))
    data, notes = [], []
    for (name, values, here), (dash, color, symbol) in zip(curves, styles, strict=True):
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": SUMS,
                "y": values,
                "line": {"color": color, "dash": dash, "width": 2.5},
                "hovertemplate": f"{name}(%{{x:.2f}}) = %{{y:.3f}}<extra></extra>",
            }
        )
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [preactivation],
                "y": [float(here)],
                "marker": {
                    "color": palette.highlight,
                    "size": 13,
                    "symbol": symbol,
                    "line": {"color": palette.text, "width": 1.5},
                },
                "hovertemplate": f"{name} here: %{{y:.3f}}<extra></extra>",
            }
        )
    ends = (1.06, 0.86) if preactivation < 3 else (-0.06, 0.14)
    for (name, _, here), y in zip(curves, ends, strict=True):
        x = 5.2 if preactivation < 3 else -5.2
        notes.append(label(palette, x, y, f"{name} = {float(here):.3f}"))
    return figure(
        palette,
        data,
        xaxis=axis(palette, "sum", (-8, 8), zero=True),
        yaxis=axis(palette, "output", (-0.12, 1.14), tickvals=[0, 0.5, 1]),
        annotations=notes,
    )
