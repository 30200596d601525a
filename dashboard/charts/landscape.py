"""The loss around a trained network: a map or a surface, and the path across it."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure
from dashboard.charts.loss_axis import FLOOR, RANGE, number, ticks
from dashboard.theme import Palette

HEIGHT = 430
N_LINES = 16  # contour lines
MARKER = 2  # the trace that moves with the film


class Landscape(NamedTuple):
    """Training losses over a plane, and the path on it where there is one."""

    x: np.ndarray  # (n,)
    y: np.ndarray  # (m,)
    losses: np.ndarray  # (m, n)
    path: np.ndarray  # (n_frames, 2), the last place being where the run ended
    path_losses: np.ndarray  # (n_frames,), of the plane under the path
    names: tuple[str, str]  # of the axes


def plot_map(land: Landscape, palette: Palette) -> go.Figure:
    """Draw the loss as a map with contour lines, its colours on a log scale."""
    heights, low, high = _heights(land.losses)
    lines = {"start": low, "end": high, "size": (high - low) / N_LINES}
    contour = {
        "type": "contour",
        "x": land.x.astype(np.float32),
        "y": land.y.astype(np.float32),
        "z": heights,
        "zmin": low,
        "zmax": high,
        "text": _texts(land.losses),
        "hovertemplate": "loss %{text}<extra></extra>",
        "colorscale": _scale(palette),
        "contours": lines | {"coloring": "heatmap"},
        "line": {"width": 0.7, "color": palette.fade(palette.text, 0.4)},
        "colorbar": _color_bar(low, high, palette),
    }
    path, marks = land.path, land.path[-1:]
    return figure(
        palette,
        [contour, _path(path, palette), _dot(marks, palette), _end(path[-1:], palette)],
        xaxis=axis(palette, land.names[0], (land.x[0], land.x[-1]), showgrid=False),
        yaxis=axis(palette, land.names[1], (land.y[0], land.y[-1]), showgrid=False),
        margin={"l": 58, "r": 10, "t": 4, "b": 48},
        dragmode=False,
    )


def map_tracks(land: Landscape) -> dict:
    """Return what moves with the film: the dot on the path."""
    return {
        (MARKER, "x"): land.path[:, :1].astype(np.float32),
        (MARKER, "y"): land.path[:, 1:].astype(np.float32),
    }


def plot_surface(land: Landscape, palette: Palette) -> go.Figure:
    """Draw the same as a surface that can be turned; its height is the logarithm of the loss."""
    heights, low, high = _heights(land.losses)
    surface = {
        "type": "surface",
        "x": land.x.astype(np.float32),
        "y": land.y.astype(np.float32),
        "z": heights,
        "cmin": low,
        "cmax": high,
        "text": _texts(land.losses),
        "hovertemplate": "loss %{text}<extra></extra>",
        "colorscale": _scale(palette),
        "colorbar": _color_bar(low, high, palette),
        "lighting": {"ambient": 0.75, "diffuse": 0.5, "specular": 0.05},
    }
    places = np.column_stack([land.path, _lifted(land, low, high)])
    line = _path(places, palette, flat=False)
    powers, texts = ticks(low, high)
    axes = [
        _axis_in_space(palette, name.partition(":")[0], span)
        for name, span in zip(land.names, ((land.x[0], land.x[-1]), (land.y[0], land.y[-1])),
                              strict=True)
    ]  # fmt: skip
    loss_axis = _axis_in_space(palette, "loss", (low, high)) | {
        "tickvals": powers, "ticktext": texts,
    }  # fmt: skip
    scene = {
        "xaxis": axes[0],
        "yaxis": axes[1],
        "zaxis": loss_axis,
        "aspectmode": "manual",
        "aspectratio": {"x": 1, "y": 1, "z": 0.75},
        "camera": {"eye": {"x": -1.25, "y": -1.35, "z": 0.95}, "center": {"z": -0.12}},
    }
    data = [surface, line, _dot(places[-1:], palette, flat=False),
            _end(places[-1:], palette, flat=False)]  # fmt: skip
    return figure(palette, data, scene=scene, margin={"l": 0, "r": 0, "t": 4, "b": 0},
                  dragmode="turntable")  # fmt: skip


def surface_tracks(land: Landscape) -> dict:
    """Return what moves with the film: the dot on the surface."""
    _, low, high = _heights(land.losses)
    lifted = _lifted(land, low, high)[:, None].astype(np.float32)
    return map_tracks(land) | {(MARKER, "z"): lifted}


def _heights(losses: np.ndarray) -> tuple[np.ndarray, float, float]:
    """Return log10 of the losses, and the two ends of their colours."""
    known = np.maximum(losses[np.isfinite(losses)], FLOOR)
    low = float(np.log10(known.min())) if known.size else 0.0
    high = float(np.clip(np.log10(known.max()), low + 0.05, low + RANGE)) if known.size else 1.0
    shown = np.nan_to_num(np.log10(np.maximum(losses, FLOOR)), nan=high, posinf=high)
    return np.clip(shown, low, high).astype(np.float32), low, high


def _lifted(land: Landscape, low: float, high: float) -> np.ndarray:
    """Return the heights of the path, a little above the surface, so that it is not hidden."""
    heights = np.log10(np.maximum(np.nan_to_num(land.path_losses, nan=1e30, posinf=1e30), FLOOR))
    return np.clip(heights, low, high) + 0.015 * (high - low)


def _scale(palette: Palette) -> list:
    """Return the colours from the lowest loss to the highest."""
    return [(0.0, palette.background), (1.0, palette.positive)]


def _texts(losses: np.ndarray) -> list[list[str]]:
    return [[number(float(loss)) for loss in row] for row in losses]


def _color_bar(low: float, high: float, palette: Palette) -> dict:
    powers, texts = ticks(low, high)
    return {
        "orientation": "h",
        "x": 0.5,
        "y": 1.03,
        "yanchor": "bottom",
        "len": 1,
        "thickness": 10,
        "outlinewidth": 0,
        "tickvals": powers,
        "ticktext": texts,
        "tickfont": {"size": 12, "color": palette.muted},
        "title": {"text": "training loss", "side": "top",
                  "font": {"size": 13, "color": palette.text}},
    }  # fmt: skip


def _path(places: np.ndarray, palette: Palette, *, flat: bool = True) -> dict:
    line = {"color": palette.negative, "width": 2.5 if flat else 5}
    marker = {"color": palette.negative, "size": 5 if flat else 3}
    return _on_plane(places, flat) | {"mode": "lines+markers", "line": line, "marker": marker}


def _dot(places: np.ndarray, palette: Palette, *, flat: bool = True) -> dict:
    edge = {"color": palette.text, "width": 1.6}
    marker = {"color": palette.highlight, "size": 15 if flat else 8, "line": edge}
    return _on_plane(places, flat) | {"mode": "markers", "marker": marker}


def _end(places: np.ndarray, palette: Palette, *, flat: bool = True) -> dict:
    """Return a cross where the run ended."""
    marker = {"color": palette.text, "symbol": "cross-thin-open" if flat else "cross",
              "size": 11 if flat else 4, "line": {"width": 2}}  # fmt: skip
    return _on_plane(places, flat) | {"mode": "markers", "marker": marker}


def _on_plane(places: np.ndarray, flat: bool) -> dict:
    shared = {"x": places[:, 0], "y": places[:, 1], "hoverinfo": "skip"}
    if flat:
        return shared | {"type": "scatter", "cliponaxis": False}
    return shared | {"type": "scatter3d", "z": places[:, 2]}


def _axis_in_space(palette: Palette, title: str, span) -> dict:
    return {
        "title": {"text": title, "font": {"size": 12, "color": palette.text}},
        "range": [float(span[0]), float(span[1])],
        "tickfont": {"size": 11, "color": palette.muted},
        "gridcolor": palette.grid,
        "zerolinecolor": palette.grid,
        "showbackground": False,
        "nticks": 5,
    }
