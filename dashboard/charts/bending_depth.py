"""Beside the bending plane: who is parted at which depth, and the lines of the first layer."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts import plane
from dashboard.charts.base import Sketch, axis, figure, label
from dashboard.charts.network import MAP_SIDE, NetworkFilm, columns, network_tracks, plot_network
from dashboard.charts.surface import Surface, plot_surface
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

HEIGHT = 300
TITLE = "What one straight cut gets right"
LINES = 4  # the trace that is added to the network's


class DepthView(NamedTuple):
    """Shares of the points on the right side of one straight cut, frame by frame."""

    train: np.ndarray  # (n_frames, n_depths)
    test: np.ndarray  # (n_frames, n_depths)
    names: Sequence[str]  # of the depths: "inputs", "layer 1", ...
    cursor: np.ndarray  # (n_film_frames,) where the film is; 1 is layer 1


def plot_depths(view: DepthView, palette: Palette) -> go.Figure:
    """Draw both shares against the depth, the test points' with its numbers."""
    depths = np.arange(len(view.names), dtype=np.float32)
    shared = {"type": "scatter", "x": depths, "hovertemplate": "%{x}: %{y:.1%}"}
    train = shared | {
        "mode": "lines+markers",
        "y": view.train[-1],
        "line": {"color": palette.neutral, "dash": "dot", "width": 2},
        "marker": {"symbol": "diamond", "size": 8},
        "hovertemplate": "training points %{y:.1%}<extra></extra>",
    }
    test = shared | {
        "mode": "lines+markers+text",
        "y": view.test[-1],
        "line": {"color": palette.positive, "width": 2.5},
        "marker": {"size": 9},
        "text": depth_texts(view)[-1],
        # On the far side of the other line.
        "textposition": [
            f"{'bottom' if test < train else 'top'} center"
            for test, train in zip(view.test[-1], view.train[-1], strict=True)
        ],
        "textfont": {"size": 13, "color": palette.text},
        "cliponaxis": False,
        "hovertemplate": "test points %{y:.1%}<extra></extra>",
    }
    cursor = plane.stroke(np.zeros((2, 2)), palette.axis, dash="dot", width=1.5)
    at = float(view.cursor[-1])
    return figure(
        palette,
        [train, test, cursor | {"x": [at, at], "y": [0.3, 1.08]}],
        xaxis=axis(
            palette, "", (-0.4, len(depths) - 0.6), tickvals=depths, ticktext=list(view.names),
            showgrid=False,
        ),
        yaxis=axis(
            palette, "", (0.3, 1.13), tickformat=".0%",
            tickvals=[0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0],
        ),
        annotations=[panel_title(palette, TITLE, 1.01), _legend(palette)],
        margin={"l": 48, "r": 16, "t": 34, "b": 30},
        dragmode=False,
    )  # fmt: skip


def _legend(palette: Palette) -> dict:
    """Return what the two marks mean, at the bottom on the right."""
    return label(
        palette, 1, 0.33, "● test points   ◆ training points", xref="paper", xanchor="right"
    )


def depth_texts(view: DepthView) -> list[list[str]]:
    """Return the test points' shares as text."""
    return [[f"{share:.1%}" for share in frame] for frame in view.test]


def depth_tracks(view: DepthView) -> dict:
    """Return what moves: the cursor, and the shares where they change."""
    tracks = {(2, "x"): np.repeat(view.cursor[:, None], 2, axis=1).astype(np.float32)}
    if len(view.test) > 1:
        tracks |= {
            (0, "y"): view.train.astype(np.float32),
            (1, "y"): view.test.astype(np.float32),
            (1, "text"): np.array(depth_texts(view)),
        }
    return tracks


def plot_large_map(info: Surface, what: str, palette: Palette) -> go.Figure:
    """Draw one map with the points, and name it."""
    raw = plot_surface(info, palette).__dict__["raw"]
    title = panel_title(palette, f"{what[:1].upper()}{what[1:]}", 1.01)
    more = {"annotations": [title], "margin": {"l": 44, "r": 8, "t": 34, "b": 40}}
    return Sketch(data=raw["data"], layout=raw["layout"] | more)


class Lines(NamedTuple):
    """Where the sums of the first layer's neurons are 0: w . x + b over the plane as drawn."""

    weights: np.ndarray  # (n_frames, k, 2)
    bias: np.ndarray  # (n_frames, k)
    domain: tuple[float, float]


def plot_units(film: NetworkFilm, lines: Lines, palette: Palette) -> go.Figure:
    """Draw the network with every unit's map, and on each map of the first layer its line."""
    raw = plot_network(film, palette).__dict__["raw"]
    places = _line_places(film, lines)
    line = plane.stroke(np.zeros((2, 2)), palette.text, width=1.6)
    line |= {"x": places[-1, :, 0], "y": places[-1, :, 1]}
    return Sketch(data=[*raw["data"], line], layout=raw["layout"])


def unit_tracks(film: NetworkFilm, lines: Lines, palette: Palette) -> dict:
    """Return what moves in `plot_units`."""
    places = _line_places(film, lines)
    return network_tracks(film, palette) | {
        (LINES, "x"): places[..., 0],
        (LINES, "y"): places[..., 1],
    }


def _line_places(film: NetworkFilm, lines: Lines) -> np.ndarray:
    """Return the lines on the diagram, (n_frames, 3 k, 2): two ends and a gap for each unit."""
    low, high = lines.domain
    cell = (high - low) / (MAP_SIDE - 1)
    n_frames, k = lines.bias.shape
    span = (low - cell / 2, high + cell / 2)
    ends = plane.line_across(lines.weights.reshape(-1, 2), lines.bias.reshape(-1), span)
    ends = (ends.reshape(n_frames, k, 2, 2) - span[0]) / cell
    column = columns(film)[1]
    corner = np.stack([np.full(len(column.y), column.x), column.y], axis=1)
    ends = ends[:, column.units] + corner[None, :, None, :]
    gap = np.full((*ends.shape[:2], 1, 2), np.nan)
    return np.concatenate([ends, gap], axis=2).reshape(n_frames, -1, 2).astype(np.float32)
