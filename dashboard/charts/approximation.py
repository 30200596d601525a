"""A curve, the networks that were to follow it, and how their errors fall with the width."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
from dashboard.charts.depth import band_traces
from dashboard.charts.end_labels import End, end_labels
from dashboard.charts.slopes import Style
from dashboard.theme import Palette
from nnjax.fitting.curve_fits import FILM
from nnjax.fitting.curves import HIGH, LOW, SHOWN, SHOWN_HIGH, SHOWN_LOW, WIDTHS
from nnjax.races.bands import Band

FIT_HEIGHT, ERROR_HEIGHT = 350, 320
_TOP, _BOTTOM, _LEFT, _RIGHT = 22, 46, 58, 86
_MARGIN = {"l": _LEFT, "r": _RIGHT, "t": _TOP, "b": _BOTTOM}
_ROOM = 0.45  # above and below the curve, as a share of its height
MAX_DECADES = 5  # of the errors; what is smaller lies on the floor


class FitView(NamedTuple):
    """One width's networks, all values at SHOWN."""

    target: np.ndarray  # (n_shown,) nan where the formula has no value
    trained: Band  # over seeds, (n_shown,) each
    film: np.ndarray  # (n_frames, n_film) the seed with the middle error, while it trains
    by_hand: np.ndarray  # (n_shown,)
    knots: np.ndarray  # (n + 1, 2) where the network built by hand bends, with both ends
    bumps: bool = False  # whether to draw the bumps that it is the sum of


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
    lines = {"target": view.target, "by hand": view.by_hand, "trained": view.film[-1]}
    places = {"target": SHOWN, "by hand": SHOWN, "trained": FILM}
    area, _ = band_traces(SHOWN, view.trained, looks["trained"], "trained", palette, floor=-1e30)
    data = [area, *(_line(places[name], y, looks[name], name) for name, y in lines.items())]
    if view.bumps:
        data.insert(0, _bumps(view.knots, looks["by hand"], palette))
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


def fit_tracks(view: FitView) -> dict:
    """Return what moves while the network trains: its line, the fourth, or fifth above bumps."""
    return {(0, 3 + view.bumps, "y"): view.film.astype(np.float32)}


def _bumps(knots, look: Style, palette: Palette) -> dict:
    """One triangle for each knot, as high as the curve there, from its neighbour to the next."""
    x, y = knots.T
    before, after = np.append(x[0], x[:-1]), np.append(x[1:], x[-1])
    nothing, gap = np.zeros_like(y), np.full_like(y, np.nan)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.stack([before, x, after, before, gap], 1).ravel(),
        "y": np.stack([nothing, y, nothing, nothing, gap], 1).ravel(),
        "fill": "toself",
        "fillcolor": palette.fade(look.color, 0.14),
        "line": {"color": palette.fade(look.color, 0.6), "width": 1},
        "hoverinfo": "skip",
    }


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
    """Return the powers of ten that hold all errors, MAX_DECADES at most, counted from the top."""
    every = np.concatenate([np.ravel(part) for part in errors])
    every = every[np.isfinite(every) & (every > 0)]
    if not every.size:
        return -MAX_DECADES, 0.0
    top, bottom = float(np.log10(every.max())) + 0.15, float(np.log10(every.min())) - 0.15
    return max(min(bottom, top - 1), top - MAX_DECADES), top


def _powers(span) -> dict:
    """Return ticks at powers of ten; at 2 and 5 between them where there are few."""
    steps = (1, 2, 5) if span[1] - span[0] < 2 else (1,)
    powers = range(int(np.floor(span[0])), int(np.ceil(span[1])) + 1)
    ticks = [step * 10.0**power for power in powers for step in steps]
    text = [f"{tick:g}" if 1e-4 <= tick < 1e5 else _power_of_ten(tick) for tick in ticks]
    return {"tickvals": ticks, "ticktext": text}


def _power_of_ten(tick) -> str:
    power = int(np.floor(np.log10(tick) + 1e-9))
    times = round(tick / 10.0**power)
    return f"{f'{times}·' if times > 1 else ''}10<sup>{power}</sup>"


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
