"""Losses over the prediction, with their slopes below."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts import slopes
from dashboard.charts.base import axis, cursor, figure, label
from dashboard.theme import Palette
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


def style(palette: Palette, key: str) -> slopes.Style:
    """Return the look of a loss, the same on every chart."""
    return slopes.pick_style(palette, key, (*_STYLE_ORDER, *LOSSES))


def short(key: str) -> str:
    """Return what a loss is called beside its line."""
    return _SHORT.get(key, LOSSES[key].label)


def slope_span(truth: int) -> tuple[float, float]:
    """Return the range of the slope's axis: every loss falls towards the truth."""
    return (-SLOPE_REACH, 0.6) if truth else (-0.6, SLOPE_REACH)


def plot_losses(shown: slopes.Family, truth: int, palette: Palette) -> go.Figure:
    """Draw L above dL/dp on the same predictions, GRID, a line through both at the learner's."""
    looks = [style(palette, key) for key in shown.keys]
    hovers = ("p = %{x:.2f}, L = %{y:.3f}", "p = %{x:.2f}, dL/dp = %{y:.3f}")
    span = slope_span(truth)
    return figure(
        palette,
        [
            *slopes.lines(shown, GRID, looks, hovers),
            slopes.tangent(shown, _half_tangent(shown), palette),
            *slopes.points(shown, looks, (LOSS_SPAN, span), palette),
        ],
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
        annotations=[*_names(shown, looks, span, palette), *_readings(shown, span, palette)],
    )  # fmt: skip


def _half_tangent(shown):
    """Half of the tangent's width, so that its length on the screen is always the same."""
    rise = shown.held[1] / (LOSS_SPAN[1] - LOSS_SPAN[0])  # heights per width
    return 0.14 / (1 + (0.6 * rise) ** 2) ** 0.5


def _names(shown, looks, span, palette):
    parts = (
        slopes.Part(LOSS_SPAN, (1 - _LOSS_BOTTOM) * _PLOT),
        slopes.Part(span, _SLOPE_TOP * _PLOT),
    )
    shorts = [short(key) for key in shown.keys]
    return slopes.names(shown, shorts, looks, parts, palette, x=1.0)


def _readings(shown, span, palette):
    """The two numbers at the prediction, on the side where there is room."""
    left = shown.at > 0.5
    side = {"xanchor": "right", "xshift": -13} if left else {"xanchor": "left", "xshift": 13}
    value, slope = shown.held
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
