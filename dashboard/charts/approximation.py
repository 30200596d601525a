"""A curve, the networks that were to follow it, and how their errors fall with the width."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.activations import Style
from dashboard.charts.base import axis, figure, label
from dashboard.charts.depth import band_traces
from dashboard.charts.end_labels import End, end_labels
from dashboard.theme import Palette
from nnjax.bands import Band
from nnjax.curves import HIGH, LOW, SHOWN, SHOWN_HIGH, SHOWN_LOW, WIDTHS

FIT_HEIGHT, ERROR_HEIGHT = 350, 320
_TOP, _BOTTOM, _LEFT, _RIGHT = 22, 46, 58, 86
_MARGIN = {"l": _LEFT, "r": _RIGHT, "t": _TOP, "b": _BOTTOM}
_ROOM = 0.45  # above and below the curve, as a share of its height
MAX_DECADES = 5  # of the errors; what is smaller lies on the floor


class FitView(NamedTuple):
    """One width's networks, all values at SHOWN."""

    target: np.ndarray  # (n_shown,) nan where the formula has no value
    trained: Band  # over seeds, (n_shown,) each
    middle: np.ndarray  # (n_shown,) the seed with the middle error
    by_hand: np.ndarray  # (n_shown,)
    knots: np.ndarray  # (n + 1, 2) where the network built by hand bends


class ErrorView(NamedTuple):
    """Errors at every width, and the width on show."""

    trained: Band  # over seeds, (n_widths,) each
    by_hand: np.ndarray  # (n_widths,)
    bound: np.ndarray  # (n_widths,)
    width: int
    measure: str  # as the axis names it


def _looks(palette: Palette) -> dict[str, Style]:
    return {
        "trained": Style(palette.positive, "solid", "circle"),
        "by hand": Style(palette.negative, "dash", "diamond"),
        "target": Style(palette.truth, "dot", "circle"),
        "bound": Style(palette.neutral, "dashdot", "circle"),
    }


def plot_fit(view: FitView, palette: Palette) -> go.Figure:
    """Draw the curve, the trained networks and the one built by hand; shade what they saw."""
    looks = _looks(palette)
    span = value_span(view.target)
    lines = {"target": view.target, "by hand": view.by_hand, "trained": view.middle}
    area, _ = band_traces(SHOWN, view.trained, looks["trained"], "trained", palette, floor=-1e30)
    data = [area, *(_line(SHOWN, y, looks[name], name) for name, y in lines.items())]
    if len(view.knots) <= 33:  # more would hide the line
        data.append(_markers(view.knots, looks["by hand"], 6, palette))
    ends = [End(SHOWN_HIGH, _last(y), name, looks[name].color) for name, y in lines.items()]
    return figure(
        palette,
        data,
        margin=_MARGIN,
        xaxis=axis(palette, "x", (SHOWN_LOW, SHOWN_HIGH)),
        yaxis=axis(palette, "f(x)", span, automargin=False, zero=True),
        shapes=[_interval(palette)],
        annotations=[
            *end_labels(palette, ends, span=span, pixels=FIT_HEIGHT - _TOP - _BOTTOM),
            label(palette, 0, 1.0, "trained here", yref="paper", yanchor="bottom",
                  font={"size": 13, "color": palette.muted}),
        ],
    )  # fmt: skip


def value_span(target) -> tuple[float, float]:
    """Return the range of the picture: the curve inside the interval, with room around it."""
    inside = target[(SHOWN >= LOW) & (SHOWN <= HIGH)]
    low, high = float(np.nanmin(inside)), float(np.nanmax(inside))
    room = _ROOM * (high - low) or max(1.0, abs(high))
    return low - room, high + room


def _last(values) -> float:
    """The last finite value of a line: where its name belongs."""
    return float(values[np.isfinite(values)][-1])


def _line(x, y, look: Style, name: str) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": np.where(np.isfinite(y), y, np.nan).astype(np.float32),
        "line": {"color": look.color, "dash": look.dash, "width": 2.6},
        "hovertemplate": f"{name}(%{{x:.2f}}) = %{{y:.3f}}<extra></extra>",
    }


def _markers(places, look: Style, size: float, palette: Palette) -> dict:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": places[:, 0],
        "y": places[:, 1],
        "marker": {
            "color": look.color,
            "symbol": look.symbol,
            "size": size,
            "line": {"color": palette.background, "width": 1},
        },
        "hoverinfo": "skip",
    }


def _interval(palette: Palette) -> dict:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": LOW,
        "x1": HIGH,
        "y0": 0,
        "y1": 1,
        "fillcolor": palette.fade(palette.truth, 0.09),
        "line": {"color": palette.axis, "width": 1, "dash": "dot"},
        "layer": "below",
    }


def plot_errors(view: ErrorView, palette: Palette) -> go.Figure:
    """Draw error against width, both in powers: band over seeds, by hand, and the bound."""
    looks = _looks(palette)
    span = error_span([*view.trained, view.by_hand, view.bound])
    floor = 10.0 ** span[0]
    lines = {"trained": view.trained.middle, "by hand": view.by_hand, "bound": view.bound}
    lines = {name: np.clip(y, floor, 1e30) for name, y in lines.items()}
    widths = np.asarray(WIDTHS, np.float32)
    area, _ = band_traces(widths, view.trained, looks["trained"], "trained", palette, floor=floor)
    at = WIDTHS.index(view.width)
    data = [area, *(_line(widths, y, looks[name], name) for name, y in lines.items())]
    for line in data[1:]:
        line["hovertemplate"] = "%{x} neurons: %{y:.3g}"
    chosen = np.array([(view.width, lines[name][at]) for name in ("trained", "by hand")])
    held = _markers(chosen, looks["trained"], 13, palette)
    held["marker"] |= {"color": palette.highlight, "symbol": ["circle", "diamond"],
                       "line": {"color": palette.text, "width": 1.6}}  # fmt: skip
    right = float(np.log10(WIDTHS[-1]))
    ends = [End(right, float(np.log10(y[-1])), name, looks[name].color)
            for name, y in lines.items()]  # fmt: skip
    return figure(
        palette,
        [*data, held],
        margin=_MARGIN | {"t": 12},
        xaxis=axis(palette, "neurons in the hidden layer", (-0.06, right + 0.06), type="log",
                   tickvals=WIDTHS[::3], ticktext=[str(width) for width in WIDTHS[::3]]),
        yaxis=axis(palette, view.measure, span, type="log", automargin=False, **_powers(span)),
        shapes=[_cursor(view.width, palette)],
        annotations=end_labels(palette, ends, span=span, pixels=ERROR_HEIGHT - 12 - _BOTTOM),
    )  # fmt: skip


def error_span(errors: Sequence[np.ndarray]) -> tuple[float, float]:
    """Return the decades that hold all errors, MAX_DECADES at most, counted from the largest."""
    every = np.concatenate([np.ravel(part) for part in errors])
    every = every[np.isfinite(every) & (every > 0)]
    if not every.size:
        return -MAX_DECADES, 0.0
    top = float(np.ceil(np.log10(every.max()) + 0.05))
    bottom = float(np.floor(np.log10(every.min())))
    return max(bottom, top - MAX_DECADES), top


def _powers(span) -> dict:
    powers = range(int(span[0]), int(span[1]) + 1)
    text = [f"{10.0**power:g}" if -4 <= power <= 4 else f"10<sup>{power}</sup>" for power in powers]
    return {"tickvals": [10.0**power for power in powers], "ticktext": text}


def _cursor(width, palette: Palette) -> dict:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": width,
        "x1": width,
        "y0": 0,
        "y1": 1,
        "line": {"color": palette.axis, "width": 1, "dash": "dot"},
        "layer": "below",
    }
