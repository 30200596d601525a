"""The race of the activations: bands of the training loss, epoch by epoch."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.activations import short, style
from dashboard.charts.base import axis, figure
from dashboard.charts.depth import band_traces
from dashboard.charts.end_labels import End, end_labels
from dashboard.theme import Palette
from nnjax.races.bands import Band

SPAN = (-4.5, 0.7)  # powers of ten of the loss
HEIGHT = 460
_TOP, _BOTTOM, _LEFT, _RIGHT = 14, 46, 68, 92


def plot_race(
    bands: Mapping[str, Band], names: Mapping[str, str], n_epochs: int, palette: Palette
) -> go.Figure:
    """Draw the band of the training loss of each activation: key -> Band of (n_epochs + 1,)."""
    epochs = np.arange(n_epochs + 1)
    floor = 10.0 ** SPAN[0]
    strength = 0.16 if len(bands) <= 5 else 0.08  # many areas over one another must stay pale
    data, ends = [], []
    for key, band in bands.items():
        look = style(palette, key)
        data += band_traces(epochs, band, look, names[key], palette, floor=floor, strength=strength)
        last = np.clip(np.nan_to_num(band.middle[-1], posinf=1e30), floor, 1e30)
        ends.append(End(float(n_epochs), float(np.log10(last)), short(names[key]), look.color))
    pixels = HEIGHT - _TOP - _BOTTOM
    return figure(
        palette,
        data,
        margin={"l": _LEFT, "r": _RIGHT, "t": _TOP, "b": _BOTTOM},
        xaxis=axis(palette, "epoch", (0, n_epochs)),
        yaxis=axis(
            palette,
            "training loss",
            SPAN,
            type="log",
            tickvals=[0.0001, 0.001, 0.01, 0.1, 1],
            ticktext=["0.0001", "0.001", "0.01", "0.1", "1"],
            automargin=False,
        ),
        annotations=end_labels(palette, ends, span=SPAN, pixels=pixels),
    )
