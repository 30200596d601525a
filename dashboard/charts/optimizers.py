"""Runs side by side over the epochs: a band over seeds for each, on a log axis of the loss."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure
from dashboard.charts.depth import band_traces
from dashboard.charts.end_labels import End, end_labels
from dashboard.charts.slopes import pick_style
from dashboard.theme import Palette
from nnjax.races.bands import Band

HEIGHT = 480
FLOOR, CEILING = -8, 2  # powers of ten: what is beyond lies on the edge
_TOP, _BOTTOM, _RIGHT = 14, 46, 96


class Race(NamedTuple):
    """Bands of the loss by key, all on the same epochs (n_frames,)."""

    bands: Mapping[str, Band]
    names: Mapping[str, str]
    order: Sequence[str]  # of all that may run: a key keeps its look
    epochs: np.ndarray


def plot_losses(race: Race, palette: Palette) -> go.Figure:
    """Draw each middle seed as a line and eight of ten seeds as an area around it."""
    span = loss_decades(race)
    floor, top = 10.0 ** span[0], 10.0 ** span[1]
    data, ends = [], []
    strength = 0.14 if len(race.bands) <= 4 else 0.06  # many areas must stay pale
    for key, band in race.bands.items():
        look = pick_style(palette, key, race.order)
        seen = Band(*(np.where(np.isfinite(part), part, np.inf) for part in band))
        seen = Band(*(np.minimum(part, 10 * top) for part in seen))
        data += band_traces(
            race.epochs, seen, look, race.names[key], palette, floor=floor, strength=strength
        )
        last = float(np.log10(np.clip(seen.middle[-1], floor, top)))
        ends.append(End(float(race.epochs[-1]), last, race.names[key], look.color))
    decades = range(span[0], span[1] + 1)
    return figure(
        palette,
        data,
        margin={"l": 62, "r": _RIGHT, "t": _TOP, "b": _BOTTOM},
        xaxis=axis(palette, "epochs, or gradients of every example", (0, race.epochs[-1])),
        yaxis=axis(
            palette,
            "training loss",
            span,
            type="log",
            tickvals=[10.0**power for power in decades],
            ticktext=[f"{10.0**power:g}" for power in decades],
            automargin=False,
        ),
        annotations=end_labels(palette, ends, span=span, pixels=HEIGHT - _TOP - _BOTTOM),
        dragmode=False,
    )


def loss_decades(race: Race) -> tuple[int, int]:
    """Return whole powers of ten around the middle seeds' losses, so that the axis seldom jumps."""
    middles = np.concatenate([band.middle for band in race.bands.values()])
    finite = np.log10(np.maximum(middles[np.isfinite(middles)], 10.0**FLOOR))
    low = max(FLOOR, math.floor(finite.min())) if finite.size else -2
    high = min(CEILING, math.ceil(finite.max())) if finite.size else 0
    return low, max(high, low + 1)
