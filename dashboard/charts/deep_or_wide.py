"""Deep or wide: every seed of every depth, its quartiles, and how the losses fell."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure
from dashboard.charts.depth import band_traces
from dashboard.charts.end_labels import End, end_labels
from dashboard.charts.slopes import pick_style
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette
from nnjax.races.bands import Band

HEIGHT = 400
HALF = 0.3  # of a column
LOSS_SPAN = (-2.6, 0.6)  # powers of ten
LOSS_TICKS = (0.003, 0.01, 0.03, 0.1, 0.3, 1, 3)
SHARE_SPAN = (0.38, 1.02)
_TOP, _BOTTOM, _RIGHT = 34, 52, 78


class DepthResults(NamedTuple):
    """One measure of every depth: `values` (n_seeds,) by depth, and the widths of its layers."""

    values: Mapping[int, np.ndarray]
    quartiles: Mapping[int, Sequence[float]]  # (3,) by depth, the middle seed in the middle
    hidden: Mapping[int, Sequence[int]]
    measure: str  # "test_accuracy" or "test_loss"
    best: int


def plot_seeds(results: DepthResults, depths: Sequence[int], palette: Palette) -> go.Figure:
    """Draw each seed as a point, the middle half of them as a box, the middle one as a line."""
    is_share = results.measure == "test_accuracy"
    low, high = SHARE_SPAN if is_share else (10.0**power for power in LOSS_SPAN)
    points, boxes, middles = [], [], []
    for depth, values in results.values.items():
        seen = np.clip(np.nan_to_num(values, nan=high, posinf=high), low, high)
        places = depth + HALF * 0.8 * np.linspace(-1, 1, len(seen))
        points.append(np.stack([places, seen], axis=1))
        first, middle, third = np.clip(np.nan_to_num(results.quartiles[depth]), low, high)
        ends = depth - HALF, depth + HALF
        boxes += [(ends[0], first), (ends[1], first), (ends[1], third), (ends[0], third)]
        boxes += [(ends[0], first), (np.nan, np.nan)]
        middles += [(ends[0], middle), (ends[1], middle), (np.nan, np.nan)]
    digits = ".1%" if is_share else ".3f"
    return figure(
        palette,
        [
            _trace(boxes, mode="lines", fill="toself", hoverinfo="skip", line={"width": 0},
                   fillcolor=palette.fade(palette.positive, 0.16)),
            _trace(np.concatenate(points), mode="markers",
                   marker={"size": 7, "color": palette.neutral, "opacity": 0.8},
                   hovertemplate=f"one seed: %{{y:{digits}}}<extra></extra>"),
            _trace(middles, mode="lines", line={"color": palette.positive, "width": 3},
                   hovertemplate=f"middle seed: %{{y:{digits}}}<extra></extra>"),
        ],
        xaxis=axis(
            palette, "hidden layers, and neurons in each", (depths[0] - 0.5, depths[-1] + 0.5),
            tickvals=list(depths), ticktext=[_named(depth, results) for depth in depths],
            showgrid=False,
        ),
        yaxis=_share_axis(palette) if is_share else _loss_axis(palette),
        margin={"l": 60, "r": 8, "t": _TOP, "b": _BOTTOM},
        annotations=[panel_title(palette, MEASURE_NAMES[results.measure], 1.01)],
        dragmode=False,
    )  # fmt: skip


MEASURE_NAMES = {"test_accuracy": "Test points that are right", "test_loss": "Test loss"}


def _trace(places, **more) -> dict:
    places = np.asarray(places, np.float32)
    return {"type": "scatter", "x": places[:, 0], "y": places[:, 1], **more}


def _named(depth: int, results: DepthResults) -> str:
    """Return a tick: the depth in bold if it is the best, the widths beneath."""
    name = f"<b>{depth}</b>" if depth == results.best else f"{depth}"
    hidden = results.hidden.get(depth)
    if not hidden:
        return name
    widths = f"{hidden[0]}" if hidden[0] == hidden[-1] else f"{hidden[-1]}–{hidden[0]}"
    return f"{name}<br>{widths}"


def _share_axis(palette: Palette) -> dict:
    return axis(palette, "", SHARE_SPAN, tickformat=".0%", dtick=0.1)


def _loss_axis(palette: Palette) -> dict:
    ticks = {"tickvals": LOSS_TICKS, "ticktext": [f"{tick:g}" for tick in LOSS_TICKS]}
    return axis(palette, "", LOSS_SPAN, type="log", **ticks)


def plot_learning(
    bands: Mapping[int, Band], depths: Sequence[int], n_epochs: int, palette: Palette
) -> go.Figure:
    """Draw the training loss of each depth, a band of eight in ten seeds; Band of (n_frames,)."""
    floor = 10.0 ** LOSS_SPAN[0]
    data, ends = [], []
    for depth, band in bands.items():
        look = pick_style(palette, str(depth), map(str, depths))
        name = "1 layer" if depth == 1 else f"{depth} layers"
        epochs = np.linspace(0, n_epochs, len(band.middle))
        data += band_traces(epochs, band, look, name, palette, floor=floor, strength=0.1)
        last = np.clip(np.nan_to_num(band.middle[-1], posinf=1e30), floor, 1e30)
        ends.append(End(float(n_epochs), float(np.log10(last)), name, look.color))
    pixels = HEIGHT - _TOP - _BOTTOM
    return figure(
        palette,
        data,
        xaxis=axis(palette, "epoch", (0, n_epochs)),
        yaxis=_loss_axis(palette),
        margin={"l": 60, "r": _RIGHT, "t": _TOP, "b": _BOTTOM},
        annotations=[
            panel_title(palette, "Training loss", 1.01),
            *end_labels(palette, ends, span=LOSS_SPAN, pixels=pixels),
        ],
        dragmode=False,
    )
