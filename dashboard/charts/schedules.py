"""Schedules: the learning rate over a run, and over the training of a large model."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, cursor, figure, label
from dashboard.charts.end_labels import End, end_labels
from dashboard.charts.slopes import pick_style
from dashboard.theme import Palette

HEIGHT, PUBLISHED_HEIGHT = 300, 320
_TOP, _BOTTOM, _RIGHT = 14, 46, 96


class Rates(NamedTuple):
    """Learning rates by schedule, all at the same epochs (n,)."""

    rates: Mapping[str, np.ndarray]
    names: Mapping[str, str]
    order: Sequence[str]  # of all schedules: a key keeps its look
    epochs: np.ndarray
    peak: float
    at: float  # the epoch whose rates stand in the table


def plot_schedules(shown: Rates, palette: Palette) -> go.Figure:
    """Draw the rate of each schedule against the epoch, from 0 to a little over the peak."""
    span = (0.0, 1.06 * shown.peak)
    data, ends = [], []
    for key, rates in shown.rates.items():
        look = pick_style(palette, key, shown.order)
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": shown.epochs,
                "y": rates,
                "line": {"color": look.color, "dash": look.dash, "width": 2.4},
                "hovertemplate": f"{shown.names[key]}, epoch %{{x:.3g}}: %{{y:.3g}}<extra></extra>",
            }
        )
        ends.append(End(float(shown.epochs[-1]), float(rates[-1]), shown.names[key], look.color))
    return figure(
        palette,
        data,
        margin={"l": 62, "r": _RIGHT, "t": _TOP, "b": _BOTTOM},
        xaxis=axis(palette, "epoch", (0, shown.epochs[-1])),
        yaxis=axis(palette, "learning rate", span, automargin=False),
        shapes=[cursor(palette, shown.at)],
        annotations=end_labels(palette, ends, span=span, pixels=HEIGHT - _TOP - _BOTTOM),
        dragmode=False,
    )


class Published(NamedTuple):
    """A published schedule for one model: its rate at some steps, and one step looked at."""

    steps: np.ndarray
    rates: np.ndarray
    peak: float  # of the model with the highest
    at_step: int
    at_rate: float


def plot_published(shown: Published, palette: Palette) -> go.Figure:
    """Draw the rate against the step, with the step that the learner looks at."""
    return figure(
        palette,
        [
            {
                "type": "scatter",
                "mode": "lines",
                "x": shown.steps,
                "y": shown.rates,
                "line": {"color": palette.positive, "width": 2.6},
                "hovertemplate": "step %{x:,}: %{y:.3e}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [shown.at_step],
                "y": [shown.at_rate],
                "marker": {"size": 12, "color": palette.highlight,
                           "line": {"color": palette.text, "width": 1.5}},
                "hoverinfo": "skip",
            },
        ],
        margin={"l": 70, "r": 20, "t": _TOP, "b": _BOTTOM},
        xaxis=axis(palette, "step", (-0.01 * shown.steps[-1], 1.01 * shown.steps[-1])),
        yaxis=axis(palette, "learning rate", (0, 1.1 * shown.peak), exponentformat="power"),
        annotations=[
            label(palette, shown.at_step, shown.at_rate, f"{shown.at_rate:.3g}", yshift=16,
                  xanchor="left" if shown.at_step < 0.8 * shown.steps[-1] else "right")
        ],
        dragmode=False,
    )  # fmt: skip
