"""A diagnosis drawn: its curve while the network trains, and the threshold where it begins."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
from dashboard.charts.depth import band_traces
from dashboard.charts.end_labels import End, end_labels
from dashboard.charts.loss_axis import FLOOR, loss_axis, shown, span_of
from dashboard.charts.slopes import Style
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette
from nnjax.races.bands import band_over_seeds

HEIGHT = 340
MARGIN = {"l": 58, "r": 70, "t": 36, "b": 46}
SHARES = (-0.03, 1.08)


class Threshold(NamedTuple):
    """Where an illness begins, and on which side of that it lies."""

    value: float
    above: bool


class Group(NamedTuple):
    """Several runs of one kind: their name, and curves (n_runs, n_frames)."""

    name: str
    curves: np.ndarray
    is_ill: bool


class Measure(NamedTuple):
    """What is drawn of them."""

    title: str
    is_share: bool  # from 0 to 1, else on a log axis
    threshold: Threshold | None = None


def plot_measure(
    groups: list[Group], measure: Measure, x: tuple[np.ndarray, str], palette: Palette
) -> go.Figure:
    """Draw each group's band and middle over x, the places of the frames and their name."""
    places, x_title = x
    span, y_axis = _y_axis(groups, measure, palette)
    data, ends = [], []
    for group in groups:
        look = _look(group, palette)
        values = group.curves if measure.is_share else shown(group.curves, span[1])
        band = band_over_seeds(values)
        floor = SHARES[0] if measure.is_share else FLOOR
        traces = band_traces(places, band, look, group.name, palette, floor=floor)
        # A band that is as wide as what lies under it would hide the other group's.
        data += traces if len(values) > 1 else traces[1:]
        end = float(band.middle[-1])
        at = end if measure.is_share else float(np.log10(max(end, FLOOR)))
        ends.append(End(float(places[-1]), at, group.name, look.color))
    notes = end_labels(palette, ends, span=span, pixels=HEIGHT - MARGIN["t"] - MARGIN["b"])
    shapes = []
    if measure.threshold is not None:
        shapes = [_line(measure.threshold.value, palette)]
        notes.append(_limit(measure, span, palette))
    return figure(
        palette,
        data,
        xaxis=axis(palette, x_title, (float(places[0]), float(places[-1]))),
        yaxis=y_axis,
        shapes=shapes,
        annotations=[panel_title(palette, measure.title, 1.02), *notes],
        margin=MARGIN,
        dragmode=False,
    )


def _look(group: Group, palette: Palette) -> Style:
    if group.is_ill:
        return Style(palette.negative, "dash", "x")
    return Style(palette.positive, "solid", "circle")


def _y_axis(groups, measure: Measure, palette: Palette) -> tuple[tuple[float, float], dict]:
    if measure.is_share:
        return SHARES, axis(palette, "", SHARES, tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1])
    values = np.concatenate([group.curves.ravel() for group in groups])
    if measure.threshold is not None:
        values = np.append(values, [measure.threshold.value])
    span = span_of(np.maximum(values, FLOOR))
    return span, loss_axis(palette, *span)


def _line(value: float, palette: Palette) -> dict:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": value,
        "y1": value,
        "line": {"color": palette.muted, "width": 1.5, "dash": "dot"},
        "layer": "below",
    }


def _limit(measure: Measure, span: tuple[float, float], palette: Palette) -> dict:
    """Return the name of the threshold, on its ill side."""
    value, above = measure.threshold
    at = value if measure.is_share else float(np.log10(value))
    words = f"{value:.0%}" if measure.is_share else f"{value:g}"
    room = (span[1] - at if above else at - span[0]) > 0.12 * (span[1] - span[0])
    over = above if room else not above
    return label(
        palette, 0.01, at, f"ill {'above' if above else 'below'} {words}",
        xref="paper", xanchor="left", yanchor="bottom" if over else "top",
        font={"size": 12, "color": palette.muted},
    )  # fmt: skip
