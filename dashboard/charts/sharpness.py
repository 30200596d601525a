"""Sharpness and loss while a network trains: one seed, the band of all, and the edge 2 / rate."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure
from dashboard.charts.depth import band_traces
from dashboard.charts.end_labels import End, end_labels
from dashboard.charts.loss_axis import loss_axis, shown, span_of
from dashboard.charts.slopes import Style
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette
from nnjax.races.bands import band_over_seeds

HEIGHT = 400
MARGIN = {"l": 58, "r": 92, "t": 34, "b": 48}


class Curves(NamedTuple):
    """One measure of several runs, the learner's first; a run that blew up ends in nan."""

    epochs: np.ndarray  # (n_frames,)
    values: np.ndarray  # (n_seeds, n_frames)
    edge: np.ndarray | None  # (n_frames,) 2 / rate, where it is a sharpness


def plot_sharpness(curves: Curves, palette: Palette) -> go.Figure:
    """Draw the sharpness and the edge on one log axis."""
    at_edge = {
        "type": "scatter",
        "mode": "lines",
        "x": curves.epochs,
        "y": curves.edge,
        "line": {"color": palette.truth, "width": 2.4, "dash": "dash"},
        "hovertemplate": "epoch %{x:.4g}: 2 / rate = %{y:.4g}<extra></extra>",
    }
    both = np.append(curves.values.ravel(), curves.edge)
    traces, ends = _bands(curves, "sharpness", palette)
    limit = End(float(curves.epochs[-1]), float(np.log10(curves.edge[-1])), "2 / rate",
                palette.truth)  # fmt: skip
    span = span_of(np.where(both > 0, both, np.nan))
    return _figure([*traces, at_edge], [limit, *ends], "Sharpness", span, palette)


def plot_losses(curves: Curves, palette: Palette) -> go.Figure:
    """Draw the training loss of the same runs on a log axis."""
    traces, ends = _bands(curves, "loss", palette)
    return _figure(traces, ends, "Training loss", span_of(curves.values.ravel()), palette)


def _bands(curves: Curves, name: str, palette: Palette) -> tuple[list[dict], list[End]]:
    """Return the band of all seeds and the first one's own line, and its name at the end."""
    look = Style(palette.positive, "solid", "circle")
    own = curves.values[0]
    traces = []
    if len(curves.values) > 1:
        band = band_over_seeds(curves.values)
        area = band_traces(curves.epochs, band, look, name, palette, floor=1e-9)[0]
        traces.append(area)
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": curves.epochs,
        "y": own,
        "line": {"color": palette.positive, "width": 2},
        "hovertemplate": f"epoch %{{x:.4g}}: {name} %{{y:.4g}}<extra></extra>",
    }
    known = np.flatnonzero(np.isfinite(own) & (own > 0))
    ends = []
    if known.size:
        last = known[-1]
        ends = [End(float(curves.epochs[last]), float(np.log10(own[last])), name, palette.positive)]
    return [*traces, line], ends


def _figure(traces: list[dict], ends: list[End], title: str, span, palette) -> go.Figure:
    low, high = span
    last = max(1.0, float(traces[-1]["x"][-1]))
    for trace in traces:
        trace["y"] = np.where(np.isfinite(trace["y"]), shown(trace["y"], high), np.nan)
    ends = [end._replace(y=min(end.y, high)) for end in ends]
    pixels = HEIGHT - MARGIN["t"] - MARGIN["b"]
    return figure(
        palette,
        traces,
        xaxis=axis(palette, "epoch", (0, last)),
        yaxis=loss_axis(palette, low, high),
        margin=MARGIN,
        annotations=[
            panel_title(palette, title, 1.02),
            *end_labels(palette, ends, span=(low, high), pixels=pixels),
        ],
        dragmode=False,
    )
