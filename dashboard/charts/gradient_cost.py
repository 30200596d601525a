"""What all gradients cost, in time and in operations, as a network grows."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure
from dashboard.theme import Palette

HEIGHT = 400
SIZES = (1.4, 4.2)  # powers of ten of the number of parameters
SECONDS, FLOPS = (-6.0, 1.0), (3.0, 11.0)
_MARGIN = {"l": 62, "r": 14, "t": 62, "b": 46}


def plot_cost_times(costs: Sequence, palette: Palette) -> go.Figure:
    """Draw the measured seconds of each `Cost` in four ways, log-log."""
    rows = (
        ("one forward pass", [c.forward for c in costs], palette.neutral, "dot", "circle"),
        ("all gradients, backward", [c.backward for c in costs], palette.positive, "solid",
         "circle"),
        ("one pass per weight", [c.differences for c in costs], palette.negative, "dash", "x"),
        ("forward mode per weight", [c.forward_mode for c in costs], palette.gradient, "dashdot",
         "diamond"),
    )  # fmt: skip
    return _plot(costs, rows, palette, "seconds, measured", SECONDS, "s")


def plot_cost_flops(costs: Sequence, palette: Palette) -> go.Figure:
    """Draw the operations that XLA counts for each `Cost`, log-log."""
    rows = (
        ("one forward pass", [c.forward_flops for c in costs], palette.neutral, "dot", "circle"),
        ("all gradients, backward", [c.backward_flops for c in costs], palette.positive, "solid",
         "circle"),
        ("one pass per weight", [c.difference_flops for c in costs], palette.negative, "dash",
         "x"),
    )  # fmt: skip
    return _plot(costs, rows, palette, "operations, counted by XLA", FLOPS, "operations")


def _plot(costs, rows, palette, title, span, unit) -> go.Figure:  # noqa: PLR0917
    sizes = np.array([cost.n_parameters for cost in costs])
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": sizes,
            "y": np.asarray(values, float),
            "line": {"color": color, "dash": dash, "width": 2.2},
            "marker": {"size": 8, "color": color, "symbol": symbol},
            "hovertemplate": f"%{{x:,}} weights, {name}: %{{y:.2g}} {unit}<extra></extra>",
        }
        for name, values, color, dash, symbol in rows
    ]
    ticks = range(int(span[0]), int(span[1]) + 1, 1 if span[1] - span[0] < 8 else 2)
    return figure(
        palette,
        data,
        showlegend=True,
        margin=_MARGIN,
        xaxis=axis(
            palette, "weights and biases", SIZES, type="log",
            tickvals=[100, 1000, 10_000], ticktext=["100", "1,000", "10,000"],
        ),
        yaxis=axis(
            palette, title, span, type="log", automargin=False,
            tickvals=[10.0**p for p in ticks],
            ticktext=["1" if p == 0 else f"10<sup>{p}</sup>" for p in ticks],
        ),
    )  # fmt: skip
