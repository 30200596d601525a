"""Signals in depth: what is left of signal and gradient, layer by layer, bands over seeds."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.activations import short, style
from dashboard.charts.base import axis, figure
from dashboard.charts.end_labels import End, end_labels
from dashboard.theme import Palette
from nnjax.races.bands import Band

SPAN = (-12.0, 6.0)  # powers of ten; what is smaller lies on the floor
HEIGHT = 600
_TOP, _BOTTOM, _LEFT, _RIGHT = 14, 46, 70, 92
_PLOT = HEIGHT - _TOP - _BOTTOM
_LOWER, _UPPER = (0.0, 0.47), (0.53, 1.0)


class DepthCurves(NamedTuple):
    """Bands over seeds for each activation; every array is (n_layers,)."""

    keys: Sequence[str]
    labels: Sequence[str]
    signal: Sequence[Band]
    gradient: Sequence[Band]


def plot_depth(curves: DepthCurves, palette: Palette) -> go.Figure:
    """Draw the forward signal above the gradient, both on one log scale, by layer."""
    n_layers = len(curves.signal[0].middle)
    layers = np.arange(1, n_layers + 1)
    parts = ((curves.signal, "y", _UPPER), (curves.gradient, "y2", _LOWER))
    data, names = [], []
    for bands, y_axis, domain in parts:
        ends = []
        for key, name, band in zip(curves.keys, curves.labels, bands, strict=True):
            look = style(palette, key)
            data += band_traces(layers, band, look, name, palette, y_axis=y_axis)
            # The gradient fades towards layer 1, so it is named where it starts, on the right.
            end = float(np.log10(_on_screen(band.middle[-1])))
            ends.append(End(float(layers[-1]), end, short(name), look.color))
        pixels = (domain[1] - domain[0]) * _PLOT
        names += end_labels(palette, ends, span=SPAN, pixels=pixels, axes=("x", y_axis))
    return figure(
        palette,
        data,
        margin={"l": _LEFT, "r": _RIGHT, "t": _TOP, "b": _BOTTOM},
        xaxis=axis(
            palette,
            "layer",
            (0.6, n_layers + 0.02),
            anchor="y2",
            dtick=_tick(n_layers),
            tick0=1 if n_layers <= 10 else 0,
        ),
        yaxis=_log_axis(palette, "signal", _UPPER),
        yaxis2=_log_axis(palette, "gradient", _LOWER),
        annotations=names,
    )


def band_traces(
    x, band: Band, look, name, palette: Palette, *, y_axis="y", floor=None, strength=0.16
) -> list[dict]:
    """Return the band as an area and its middle as a line."""
    low, middle, high = (_on_screen(part, floor) for part in band)
    area = {
        "type": "scatter",
        "mode": "lines",
        "x": np.concatenate([x, x[::-1]]),
        "y": np.concatenate([high, low[::-1]]),
        "yaxis": y_axis,
        "fill": "toself",
        "fillcolor": palette.fade(look.color, strength),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": middle,
        "yaxis": y_axis,
        "line": {"color": look.color, "dash": look.dash, "width": 2.4},
        "hovertemplate": f"{name}, %{{x}}: %{{y:.3g}}<extra></extra>",
    }
    return [area, line]


def _on_screen(values, floor=None):
    """Values as a log axis can show them: nothing, and too little, lie on the floor."""
    floor = 10.0 ** SPAN[0] if floor is None else floor
    return np.clip(np.nan_to_num(np.asarray(values, float), nan=1e30, posinf=1e30), floor, 1e30)


def _log_axis(palette, title, domain):
    ticks = range(int(SPAN[0]), int(SPAN[1]) + 1, 3)
    return axis(
        palette,
        title,
        SPAN,
        type="log",
        domain=list(domain),
        tickvals=[10.0**power for power in ticks],
        ticktext=[power_of_ten(power) for power in ticks],
        automargin=False,
    )


def power_of_ten(power: int) -> str:
    """Return a tick's text: "1" in the middle, "10⁻³" elsewhere."""
    if power == SPAN[0]:
        return f"≤ 10<sup>{power}</sup>"
    return "1" if power == 0 else f"10<sup>{power}</sup>"


def _tick(n_layers):
    return 1 if n_layers <= 10 else 2 if n_layers <= 20 else 4
