"""Activations: their curves with the slope below, and how they carry signals through depth."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, cursor, figure, label
from dashboard.charts.end_labels import End, end_labels
from dashboard.theme import DASHES, SYMBOLS, Palette
from nnjax.activations import ACTIVATIONS

REACH = 5.0  # the picture shows sums from -REACH to REACH
GRID = np.linspace(-REACH, REACH, 401, dtype=np.float32)
VALUE_SPAN, SLOPE_SPAN = (-2.2, 5.4), (-0.25, 1.9)
CURVES_HEIGHT = 580
_TOP, _BOTTOM, _LEFT, _RIGHT = 14, 46, 58, 92
_PLOT = CURVES_HEIGHT - _TOP - _BOTTOM
_SLOPE_TOP, _VALUE_BOTTOM = 0.40, 0.46  # shares of the plot's height

# The best known get the plainest looks. An activation that is not here comes after these.
STYLE_ORDER = (
    "relu", "sigmoid", "gelu", "identity", "leaky_relu", "tanh",
    "elu", "softplus", "selu", "silu", "mish", "step",
)  # fmt: skip


class Style(NamedTuple):
    """How an activation's line looks, on every chart of it."""

    color: str
    dash: str
    symbol: str


def style(palette: Palette, key: str) -> Style:
    """Return the look of an activation, the same whichever others are drawn with it."""
    # Purple is kept for gradients: here, for the tangent.
    colors = [color for color in palette.series if color != palette.gradient]
    index = list(dict.fromkeys((*STYLE_ORDER, *ACTIVATIONS))).index(key)
    return Style(
        colors[index % len(colors)], DASHES[index % len(DASHES)], SYMBOLS[index % len(SYMBOLS)]
    )


def short(name: str) -> str:
    """Return a label without what stands in brackets: "SiLU (swish)" is "SiLU" on a line."""
    return name.partition(" (")[0]


class Curves(NamedTuple):
    """Some activations on GRID, and at the point that the learner holds."""

    keys: Sequence[str]
    labels: Sequence[str]
    values: np.ndarray  # (n_keys, n_grid)
    slopes: np.ndarray  # (n_keys, n_grid)
    at: float
    value_at: np.ndarray  # (n_keys,)
    slope_at: np.ndarray  # (n_keys,)
    focus: str  # the key of the one drawn strongest


def plot_curves(curves: Curves, palette: Palette) -> go.Figure:
    """Draw f above f' on the same sums, a line through both at the learner's point."""
    strong = curves.keys.index(curves.focus)
    order = [i for i in range(len(curves.keys)) if i != strong] + [strong]
    lines = [line for i in order for line in _lines(curves, i, palette, is_focus=i == strong)]
    tangent = _tangent(curves, strong, palette)
    points = list(_points(curves, strong, palette))
    x_axis = axis(palette, "x, the weighted sum", (-REACH, REACH), anchor="y2", zero=True)
    return figure(
        palette,
        [*lines, tangent, *points[::2], *points[1::2]],
        margin={"l": _LEFT, "r": _RIGHT, "t": _TOP, "b": _BOTTOM},
        xaxis=x_axis,
        yaxis=_value_axis(palette, "f(x), the output", VALUE_SPAN, (_VALUE_BOTTOM, 1)),
        yaxis2=_value_axis(palette, "f ′(x), the slope", SLOPE_SPAN, (0, _SLOPE_TOP)),
        shapes=[cursor(palette, curves.at)],
        annotations=[*_names(curves, palette), *_readings(curves, strong, palette)],
    )


def _value_axis(palette, title, span, domain):
    return axis(palette, title, span, domain=list(domain), zero=True, automargin=False)


def _lines(curves, i, palette, *, is_focus):
    look = style(palette, curves.keys[i])
    for values, y_axis, mark in ((curves.values, "y", "f"), (curves.slopes, "y2", "f ′")):
        yield {
            "type": "scatter",
            "mode": "lines",
            "x": GRID,
            "y": values[i],
            "yaxis": y_axis,
            "line": {"color": look.color, "dash": look.dash, "width": 3.6 if is_focus else 2},
            "hovertemplate": f"{curves.labels[i]}: {mark}(%{{x:.2f}}) = %{{y:.3f}}<extra></extra>",
        }


def _points(curves, strong, palette):
    """The learner's point on every line, the one in focus large and yellow."""
    others = [i for i in range(len(curves.keys)) if i != strong]
    looks = [style(palette, curves.keys[i]) for i in others]
    small = {"color": [look.color for look in looks], "symbol": [look.symbol for look in looks]}
    large = {"color": palette.highlight, "line": {"color": palette.text, "width": 1.6}}
    for values, y_axis in ((curves.value_at, "y"), (curves.slope_at, "y2")):
        yield _markers(curves.at, values[others], y_axis, {"size": 7, **small})
        yield _markers(curves.at, values[[strong]], y_axis, {"size": 14, **large})


def _markers(at, values, y_axis, marker):
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [at] * len(values),
        "y": values,
        "yaxis": y_axis,
        "marker": marker,
        "hoverinfo": "skip",
    }


def _tangent(curves, strong, palette):
    """The slope as a slope: a short piece of the tangent at the point."""
    at, value, slope = curves.at, float(curves.value_at[strong]), float(curves.slope_at[strong])
    half = 1.2 / (1 + slope**2) ** 0.5
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [at - half, at + half],
        "y": [value - slope * half, value + slope * half],
        "line": {"color": palette.gradient, "width": 3},
        "hoverinfo": "skip",
    }


def _names(curves, palette):
    """Each line's name at its right end, above and below."""
    parts = (
        (curves.values, VALUE_SPAN, (1 - _VALUE_BOTTOM) * _PLOT, "y"),
        (curves.slopes, SLOPE_SPAN, _SLOPE_TOP * _PLOT, "y2"),
    )
    for values, span, pixels, y_axis in parts:
        ends = [
            End(REACH, float(row[-1]), short(name), style(palette, key).color)
            for key, name, row in zip(curves.keys, curves.labels, values, strict=True)
        ]
        yield from end_labels(palette, ends, span=span, pixels=pixels, axes=("x", y_axis))


def _readings(curves, strong, palette):
    """The two numbers at the point, on the side where there is room."""
    left = curves.at > 0
    side = {"xanchor": "right", "xshift": -13} if left else {"xanchor": "left", "xshift": 13}
    value, slope = float(curves.value_at[strong]), float(curves.slope_at[strong])
    shown = {"bgcolor": palette.fade(palette.background, 0.82), "yshift": 15, **side}
    yield label(palette, curves.at, value, f"<b>f = {value:.3f}</b>", yref="y", **shown)
    yield label(palette, curves.at, slope, f"<b>f ′ = {slope:.3f}</b>", yref="y2", **shown)
