"""One update: the change in loss that a straight line promises, and what happens, by rate."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, cursor, figure
from dashboard.charts.end_labels import End, end_labels
from dashboard.theme import Palette

RATES = np.logspace(-2, np.log10(50), 121).astype(np.float32)
HEIGHT = 400
GAP_SPAN = (-7.0, 2.0)  # powers of ten
_TOP, _BOTTOM, _LEFT, _RIGHT = 14, 46, 66, 84
_UPPER, _LOWER = (0.56, 1.0), (0.0, 0.44)
_PLOT = HEIGHT - _TOP - _BOTTOM


class Change(NamedTuple):
    """Changes of the loss over RATES, and the learner's rate."""

    loss: float
    promised: np.ndarray  # -eta |g|^2
    actual: np.ndarray
    curved: np.ndarray  # eta^2 / 2 g' H g, what the next term of the series adds
    rate: float

    @property
    def gap(self) -> np.ndarray:
        """How far the promise is off."""
        return np.abs(self.actual - self.promised)


def plot_change(change: Change, palette: Palette) -> go.Figure:
    """Draw the change in loss above, and below the gap between promise and truth, log-log."""
    x_span = tuple(np.log10(RATES[[0, -1]]).tolist())
    reach = max(change.loss, 1e-3)
    span = (-1.3 * reach, 1.3 * reach)
    names = _names(change, span, palette)
    return figure(
        palette,
        [
            _line(change.promised, span, (palette.gradient, "dash"), "promised", "y"),
            _line(change.actual, span, (palette.positive, "solid"), "really", "y"),
            _line(np.abs(change.curved), None, (palette.neutral, "dot"), "from curvature", "y2"),
            _line(change.gap, None, (palette.positive, "solid"), "gap", "y2"),
            *_points(change, span, palette),
        ],
        margin={"l": _LEFT, "r": _RIGHT, "t": _TOP, "b": _BOTTOM},
        xaxis=axis(
            palette, "learning rate", x_span, type="log", anchor="y2",
            tickvals=[0.01, 0.1, 1, 10, 50], ticktext=["0.01", "0.1", "1", "10", "50"],
        ),
        yaxis=axis(
            palette, "change in loss", span, domain=list(_UPPER), zero=True, automargin=False,
            nticks=5,
        ),
        yaxis2=axis(
            palette, "gap", GAP_SPAN, type="log", domain=list(_LOWER), automargin=False,
            tickvals=[1e-6, 1e-4, 1e-2, 1, 100],
            ticktext=["10<sup>-6</sup>", "10<sup>-4</sup>", "0.01", "1", "100"],
        ),
        shapes=[cursor(palette, change.rate)],
        annotations=names,
    )  # fmt: skip


def _line(values, span, look, name, y_axis) -> dict:
    color, dash = look
    seen = np.asarray(values, float)
    if span is not None:
        # What leaves the picture ends at its edge.
        seen = np.where((seen < span[0]) | (seen > span[1]), np.nan, seen)
    else:
        seen = np.clip(np.nan_to_num(seen, nan=1e30, posinf=1e30), 1e-12, 1e30)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": RATES,
        "y": seen,
        "yaxis": y_axis,
        "line": {"color": color, "dash": dash, "width": 2.4},
        "hovertemplate": f"rate %{{x:.3g}}, {name}: %{{y:.3g}}<extra></extra>",
    }


def at_rate(change: Change, values: np.ndarray) -> float:
    """Return a curve's value at the learner's rate, which lies on the grid or near it."""
    return float(np.interp(np.log(change.rate), np.log(RATES), values))


def _points(change: Change, span, palette: Palette) -> list[dict]:
    rows = (
        (change.promised, palette.gradient, "diamond-open"),
        (change.actual, palette.positive, "circle"),
    )
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [change.rate],
            "y": [float(np.clip(np.nan_to_num(at_rate(change, values)), *span))],
            "yaxis": "y",
            "marker": {"size": 11, "color": color, "symbol": symbol, "line": {"width": 2}},
            "hoverinfo": "skip",
        }
        for values, color, symbol in rows
    ]


def _names(change: Change, span, palette: Palette) -> list[dict]:
    right = float(np.log10(RATES[-1]))
    upper = [
        End(right, float(np.nan_to_num(values[-1], posinf=1e9)), name, color)
        for values, name, color in (
            (change.promised, "promised", palette.gradient),
            (change.actual, "really", palette.positive),
        )
    ]
    lower = [
        End(right, float(np.log10(np.clip(np.nan_to_num(abs(values[-1])), 1e-12, 1e30))), name, c)
        for values, name, c in (
            (change.curved, "∝ rate²", palette.neutral),
            (change.gap, "gap", palette.positive),
        )
    ]
    height = (_UPPER[1] - _UPPER[0]) * _PLOT
    return [
        *end_labels(palette, upper, span=span, pixels=height),
        *end_labels(palette, lower, span=GAP_SPAN, pixels=height, axes=("x", "y2")),
    ]
