"""What a network answers over the plane, under the points that it was given."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, plain
from dashboard.charts.images import SOURCE, data_urls, map_image
from dashboard.theme import SYMBOLS, Palette

LEVELS = 254  # the engine's bytes: 0 ... 254


class Points(NamedTuple):
    """Labelled points of the plane: (n, 2), (n,) class index or value, (n,) whether tested."""

    positions: np.ndarray
    labels: np.ndarray
    is_test: np.ndarray


class Surface(NamedTuple):
    """Maps (n_frames, r, r) uint8 over a grid whose axis is `grid` (r,), and the points on it."""

    maps: np.ndarray
    grid: np.ndarray
    points: Points
    task: str  # "binary", "multiclass" or "regression"
    class_names: tuple[str, ...]
    axis_names: tuple[str, str] = ("x₁", "x₂")


def plot_surface(info: Surface, palette: Palette) -> go.Figure:
    """Draw the last map as a picture, and the points over it."""
    low, high = float(info.grid[0]), float(info.grid[-1])
    half = (high - low) / (len(info.grid) - 1) / 2  # each value fills the cell around its place
    span = (low - half, high + half)
    last = surface_tracks(info._replace(maps=info.maps[-1:]), palette)[None, SOURCE][0]
    names = [
        axis(palette, plain(name), (low, high), fixedrange=True, showgrid=False)
        for name in info.axis_names
    ]
    return figure(
        palette,
        point_traces(info, palette),
        images=[map_image(last, x=span, y=span)],
        xaxis=names[0] | {"constrain": "domain"},
        yaxis=names[1] | {"scaleanchor": "x", "constrain": "domain"},
        dragmode=False,
    )


def surface_tracks(info: Surface, palette: Palette) -> dict:
    """Return what changes from frame to frame: the map's picture."""
    scale = color_scale(info.task, len(info.class_names), palette)
    return {(None, SOURCE): data_urls(info.maps, scale, largest=LEVELS)}


def color_scale(task: str, n_classes: int, palette: Palette) -> list:
    """Return the colours of the bytes: diverging, or a band from pale to full per class."""
    if task != "multiclass":
        stops = ((0.0, 0.62), (0.25, 0.34), (0.5, 0.0), (0.75, 0.34), (1.0, 0.62))
        return [
            (at, palette.fade(palette.positive if at > 0.5 else palette.negative, alpha))
            for at, alpha in stops
        ]
    band = LEVELS // n_classes
    scale = []
    for index, color in enumerate(palette.series[:n_classes]):
        first, last = index * band / LEVELS, ((index + 1) * band - 1) / LEVELS
        scale += [(first, palette.fade(color, 0.12)), (last, palette.fade(color, 0.75))]
    return [*scale, (1.0, scale[-1][1])]


def point_traces(info: Surface, palette: Palette) -> list[dict]:
    """Return the points: filled for training, hollow for testing; a symbol for each class."""
    if info.task == "regression":
        return [_value_trace(info, palette, test) for test in (False, True)]
    traces = []
    for test in (False, True):
        for index, name in enumerate(info.class_names):
            chosen = (info.points.labels == index) & (info.points.is_test == test)
            color = class_color(index, len(info.class_names), palette)
            traces.append(
                _scatter(info.points.positions[chosen], f"{plain(name)}, {_role(test)}")
                | {"marker": _marker(color, SYMBOLS[index], test, palette)}
            )
    return traces


def class_color(index: int, n_classes: int, palette: Palette) -> str:
    """Return the colour of a class: with two, the second is the positive one."""
    if n_classes == 2:
        return (palette.negative, palette.positive)[index]
    return palette.series[index]


def _role(test: bool) -> str:
    return "test" if test else "training"


def _scatter(positions: np.ndarray, name: str) -> dict:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": positions[:, 0].astype(np.float32),
        "y": positions[:, 1].astype(np.float32),
        "name": name,
        "hovertemplate": "%{x:.2f}, %{y:.2f}<extra>%{fullData.name}</extra>",
    }


def _marker(color: str, symbol: str, test: bool, palette: Palette) -> dict:
    if test:
        # Plotly's open symbols take their line from `color`.
        return {"color": color, "symbol": f"{symbol}-open", "size": 6, "line": {"width": 1.4}}
    edge = {"color": palette.background, "width": 0.8}
    return {"color": color, "symbol": symbol, "size": 6.5, "line": edge}


def _value_trace(info: Surface, palette: Palette, test: bool) -> dict:
    """Return points coloured by their value, -1 orange to 1 blue."""
    chosen = info.points.is_test == test
    marker = {
        "color": info.points.labels[chosen].astype(np.float32),
        "cmin": -1,
        "cmax": 1,
        "colorscale": palette.diverging,
        "symbol": "diamond" if test else "circle",
        "size": 5,
        "line": {"color": palette.axis, "width": 0.6},
    }
    return _scatter(info.points.positions[chosen], _role(test)) | {"marker": marker}
