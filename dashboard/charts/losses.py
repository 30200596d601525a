"""Losses over the prediction, with their slopes below."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.activations import Style
from dashboard.charts.base import axis, cursor, figure, label
from dashboard.charts.end_labels import End, end_labels
from dashboard.theme import DASHES, SYMBOLS, Palette
from nnjax.losses import LOSSES

GRID = np.linspace(0.002, 0.998, 499, dtype=np.float32)
LOSS_SPAN, SLOPE_REACH = (-0.15, 5.0), 10.5
HEIGHT = 560
_TOP, _BOTTOM, _LEFT, _RIGHT = 14, 46, 58, 92
_PLOT = HEIGHT - _TOP - _BOTTOM
_SLOPE_TOP, _LOSS_BOTTOM = 0.42, 0.48  # shares of the plot's height
_SHORT = {
    "mse": "squared", "mae": "absolute", "huber": "Huber", "binary_cross_entropy": "binary CE",
    "categorical_cross_entropy": "categorical CE", "hinge": "hinge", "kl": "KL",
}  # fmt: skip
# The best known get the plainest looks. A loss that is not here comes after these.
_STYLE_ORDER = ("binary_cross_entropy", "mse", "mae", "huber", "hinge", "kl")


def style(palette: Palette, key: str) -> Style:
    """Return the look of a loss, the same on every chart."""
    # Purple is kept for gradients: here, for the tangent.
    colors = [color for color in palette.series if color != palette.gradient]
    index = list(dict.fromkeys((*_STYLE_ORDER, *LOSSES))).index(key)
    return Style(
        colors[index % len(colors)], DASHES[index % len(DASHES)], SYMBOLS[index % len(SYMBOLS)]
    )


def short(key: str) -> str:
    """Return what a loss is called beside its line."""
    return _SHORT.get(key, LOSSES[key].label)


class Shown(NamedTuple):
    """Some losses on GRID, and at the prediction that the learner holds."""

    keys: Sequence[str]
    values: np.ndarray  # (n_keys, n_grid)
    slopes: np.ndarray  # (n_keys, n_grid)
    at: float
    truth: int
    value_at: np.ndarray  # (n_keys,)
    slope_at: np.ndarray  # (n_keys,)
    focus: str  # the key of the one drawn strongest
    cross_at: tuple[float, float]  # cross-entropy and its slope there, to compare with

    @property
    def strong(self) -> int:
        """The place of the one in focus."""
        return self.keys.index(self.focus)


def slope_span(truth: int) -> tuple[float, float]:
    """Return the range of the slope's axis: every loss falls towards the truth."""
    return (-SLOPE_REACH, 0.6) if truth else (-0.6, SLOPE_REACH)


def plot_losses(shown: Shown, palette: Palette) -> go.Figure:
    """Draw L above dL/dp on the same predictions, a line through both at the learner's."""
    strong = shown.strong
    order = [i for i in range(len(shown.keys)) if i != strong] + [strong]
    lines = [line for i in order for line in _lines(shown, i, palette, is_focus=i == strong)]
    span = slope_span(shown.truth)
    return figure(
        palette,
        [*lines, _tangent(shown, palette), *_points(shown, span, palette)],
        margin={"l": _LEFT, "r": _RIGHT, "t": _TOP, "b": _BOTTOM},
        xaxis=axis(
            palette, "p, the predicted probability of yes", (0, 1), anchor="y2",
            tickvals=[0, 0.25, 0.5, 0.75, 1],
        ),
        yaxis=axis(
            palette, "loss", LOSS_SPAN, domain=[_LOSS_BOTTOM, 1], zero=True, automargin=False
        ),
        yaxis2=axis(
            palette, "slope dL/dp", span, domain=[0, _SLOPE_TOP], zero=True, automargin=False
        ),
        shapes=[cursor(palette, shown.at)],
        annotations=[*_names(shown, span, palette), *_readings(shown, span, palette)],
    )  # fmt: skip


def _lines(shown, i, palette, *, is_focus):
    look = style(palette, shown.keys[i])
    name = LOSSES[shown.keys[i]].label
    for values, y_axis, mark in ((shown.values, "y", "L"), (shown.slopes, "y2", "dL/dp")):
        yield {
            "type": "scatter",
            "mode": "lines",
            "x": GRID,
            "y": values[i],
            "yaxis": y_axis,
            "line": {"color": look.color, "dash": look.dash, "width": 3.6 if is_focus else 2},
            "hovertemplate": f"{name}: p = %{{x:.2f}}, {mark} = %{{y:.3f}}<extra></extra>",
        }


def _points(shown, span, palette):
    """The learner's prediction on every line, the one in focus large and yellow."""
    others = [i for i in range(len(shown.keys)) if i != shown.strong]
    looks = [style(palette, shown.keys[i]) for i in others]
    small = {"color": [look.color for look in looks], "symbol": [look.symbol for look in looks]}
    large = {"color": palette.highlight, "line": {"color": palette.text, "width": 1.6}}
    slopes = np.clip(shown.slope_at, *span)  # a steeper one stays in sight, at the edge
    for values, y_axis in ((np.clip(shown.value_at, *LOSS_SPAN), "y"), (slopes, "y2")):
        yield _markers(shown.at, values[others], y_axis, {"size": 7, **small})
        yield _markers(shown.at, values[[shown.strong]], y_axis, {"size": 14, **large})


def _markers(at, values, y_axis, marker):
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [at] * len(values),
        "y": values,
        "yaxis": y_axis,
        "marker": marker,
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _tangent(shown, palette):
    """The slope as a slope: a piece of the tangent, of one length on the screen."""
    at, value = shown.at, float(shown.value_at[shown.strong])
    slope = float(shown.slope_at[shown.strong])
    rise = slope / (LOSS_SPAN[1] - LOSS_SPAN[0])  # in heights of the chart per width
    half = 0.14 / (1 + (0.6 * rise) ** 2) ** 0.5
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [at - half, at + half],
        "y": [value - slope * half, value + slope * half],
        "line": {"color": palette.gradient, "width": 3},
        "hoverinfo": "skip",
    }


def _names(shown, span, palette):
    """Each line's name at its right end; the losses that coincide share one."""
    parts = (
        (shown.values, LOSS_SPAN, (1 - _LOSS_BOTTOM) * _PLOT, "y"),
        (shown.slopes, span, _SLOPE_TOP * _PLOT, "y2"),
    )
    for values, reach, pixels, y_axis in parts:
        ends = [
            End(1.0, float(row[-1]), short(key), style(palette, key).color)
            for key, row in zip(shown.keys, values, strict=True)
        ]
        yield from end_labels(palette, ends, span=reach, pixels=pixels, axes=("x", y_axis))


def _readings(shown, span, palette):
    """The two numbers at the prediction, on the side where there is room."""
    left = shown.at > 0.5
    side = {"xanchor": "right", "xshift": -13} if left else {"xanchor": "left", "xshift": 13}
    value, slope = float(shown.value_at[shown.strong]), float(shown.slope_at[shown.strong])
    shared = {"bgcolor": palette.fade(palette.background, 0.82), **side}
    high = min(value, LOSS_SPAN[1])
    shift = 15 if high < LOSS_SPAN[1] - 0.4 else -8
    yield label(
        palette, shown.at, high, f"<b>L = {value:.4f}</b>", yref="y", yshift=shift, **shared
    )
    seen = float(np.clip(slope, *span))
    beyond, digits = (", off the scale", 1) if seen != slope else ("", 4)
    near_top = seen > span[0] + 0.75 * (span[1] - span[0])
    yield label(
        palette, shown.at, seen, f"<b>slope {slope:.{digits}f}{beyond}</b>", yref="y2",
        yshift=-14 if near_top else 14, **shared,
    )  # fmt: skip
