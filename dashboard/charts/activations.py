"""Activations: their curves with the slope below, and how they carry signals through depth."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts import slopes
from dashboard.charts.base import axis, cursor, figure, label
from dashboard.theme import Palette
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


def style(palette: Palette, key: str) -> slopes.Style:
    """Return the look of an activation, the same whichever others are drawn with it."""
    return slopes.pick_style(palette, key, (*STYLE_ORDER, *ACTIVATIONS))


def short(name: str) -> str:
    """Return a label without what stands in brackets: "SiLU (swish)" is "SiLU" on a line."""
    return name.partition(" (")[0]


def plot_curves(curves: slopes.Family, palette: Palette) -> go.Figure:
    """Draw f above f' on the same sums, GRID, a line through both at the learner's point."""
    looks = [style(palette, key) for key in curves.keys]
    hovers = ("f(%{x:.2f}) = %{y:.3f}", "f ′(%{x:.2f}) = %{y:.3f}")
    half = 1.2 / (1 + curves.held[1] ** 2) ** 0.5  # of one length to the eye
    x_axis = axis(palette, "x, the weighted sum", (-REACH, REACH), anchor="y2", zero=True)
    return figure(
        palette,
        [
            *slopes.lines(curves, GRID, looks, hovers),
            slopes.tangent(curves, half, palette),
            *slopes.points(curves, looks, (VALUE_SPAN, SLOPE_SPAN), palette),
        ],
        margin={"l": _LEFT, "r": _RIGHT, "t": _TOP, "b": _BOTTOM},
        xaxis=x_axis,
        yaxis=_value_axis(palette, "f(x), the output", VALUE_SPAN, (_VALUE_BOTTOM, 1)),
        yaxis2=_value_axis(palette, "f ′(x), the slope", SLOPE_SPAN, (0, _SLOPE_TOP)),
        shapes=[cursor(palette, curves.at)],
        annotations=[*_names(curves, looks, palette), *_readings(curves, palette)],
    )


def _value_axis(palette, title, span, domain):
    return axis(palette, title, span, domain=list(domain), zero=True, automargin=False)


def _names(curves, looks, palette):
    parts = (
        slopes.Part(VALUE_SPAN, (1 - _VALUE_BOTTOM) * _PLOT),
        slopes.Part(SLOPE_SPAN, _SLOPE_TOP * _PLOT),
    )
    shorts = [short(name) for name in curves.labels]
    return slopes.names(curves, shorts, looks, parts, palette, x=REACH)


def _readings(curves, palette):
    """The two numbers at the point, on the side where there is room."""
    at, (value, slope) = curves.at, curves.held
    side = {"xanchor": "right", "xshift": -13} if at > 0 else {"xanchor": "left", "xshift": 13}
    shown = {"bgcolor": palette.fade(palette.background, 0.82), "yshift": 15, **side}
    yield label(palette, at, value, f"<b>f = {value:.3f}</b>", yref="y", **shown)
    yield label(palette, at, slope, f"<b>f ′ = {slope:.3f}</b>", yref="y2", **shown)
