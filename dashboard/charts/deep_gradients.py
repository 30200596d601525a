"""Gradients in deep networks: the band over seeds, the theory, and the network before its cure."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure
from dashboard.charts.depth import band_traces
from dashboard.charts.slopes import Style
from dashboard.theme import Palette
from nnjax.races.bands import Band

SPAN = (-24.0, 18.0)  # powers of ten; what is smaller or larger lies on the edge
HEIGHT = 430


def plot_deep_gradients(
    band: Band, theory: np.ndarray, before: np.ndarray | None, palette: Palette
) -> go.Figure:
    """Draw sizes by layer: `band` over seeds (n,), `theory` as log10 (n,), `before` its middle."""
    layers = np.arange(1, len(theory) + 1)
    floor = 10.0 ** SPAN[0]
    area, line = band_traces(
        layers,
        band,
        Style(palette.positive, "solid", "circle"),
        "middle seed",
        palette,
        floor=floor,
    )
    data = [
        area | {"name": "8 of 10 seeds", "showlegend": True},
        line | {"name": "middle seed"},
        _line(layers, 10.0 ** np.clip(theory.astype(float), -30, 30), "theory", palette.text)
        | {"line": {"color": palette.text, "dash": "dash", "width": 1.8}},
    ]
    if before is not None:
        data.append(
            _line(layers, before, "without cures", palette.negative)
            | {"line": {"color": palette.negative, "dash": "dot", "width": 2.4}}
        )
    ticks = range(int(SPAN[0]), int(SPAN[1]) + 1, 6)
    return figure(
        palette,
        data,
        showlegend=True,
        margin={"l": 66, "r": 14, "t": 34, "b": 46},
        xaxis=axis(palette, "layer", (0.5, len(layers) + 0.5)),
        yaxis=axis(
            palette, "gradient", SPAN, type="log", automargin=False,
            tickvals=[10.0**power for power in ticks],
            ticktext=[_tick(power) for power in ticks],
        ),
    )  # fmt: skip


def _line(x, values, name, color) -> dict:
    seen = np.nan_to_num(np.asarray(values, float), nan=1e30, posinf=1e30)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": np.clip(seen, 10.0 ** SPAN[0], 1e30),
        "line": {"color": color},
        "hovertemplate": f"{name}, layer %{{x}}: %{{y:.2g}}<extra></extra>",
    }


def _tick(power: int) -> str:
    if power == SPAN[0]:
        return f"≤ 10<sup>{power}</sup>"
    return "1" if power == 0 else f"10<sup>{power}</sup>"
