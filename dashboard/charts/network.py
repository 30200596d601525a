"""A network, drawn from its real parameters: edges by weight, a map on every unit."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import figure, label, plain
from dashboard.charts.images import SOURCE, data_urls, map_image
from dashboard.theme import Palette
from nnjax.activations import ACTIVATIONS

MAX_SHOWN = 12  # units drawn per layer; a larger layer shows evenly chosen ones, and says so
MAP_SIDE = 14  # cells along a unit's map
LONGEST_NAME = 20  # characters of an input's name
GAP_X, GAP_Y = 16, 4  # cells between layers, and between units
NOTHING = 255  # the byte of a cell where no unit is
DASHES = 5  # a negative edge is drawn as this many pieces


class NetworkFilm(NamedTuple):
    """What the diagram shows: parameters with a frame axis, and the units' maps if there are.

    `maps` per layer, inputs first: (n_frames, n_units, MAP_SIDE ** 2) uint8, or None where the
    inputs are not a plane.
    """

    parameters: tuple  # of (weights (n_frames, n_out, n_in), bias (n_frames, n_out))
    maps: tuple[np.ndarray, ...] | None
    input_names: tuple[str, ...]
    activations: tuple[str, ...]  # keys, of every layer, the output's last
    selected: tuple[int, int] | None = None  # (layer, unit), layer 0 = inputs


class Column(NamedTuple):
    """One layer on the page: which units are shown, and where (in cells)."""

    units: np.ndarray
    x: float  # left edge
    y: np.ndarray  # lower edges, first unit on top
    total: int


def columns(film: NetworkFilm) -> list[Column]:
    """Return where every shown unit stands; layers are centred on each other."""
    widths = [film.parameters[0][0].shape[2], *(w.shape[1] for w, _ in film.parameters)]
    tallest = min(MAX_SHOWN, max(widths))
    found = []
    for index, total in enumerate(widths):
        units = np.unique(np.linspace(0, total - 1, min(total, MAX_SHOWN)).round().astype(int))
        free = (tallest - len(units)) * (MAP_SIDE + GAP_Y) / 2
        y = free + np.arange(len(units))[::-1] * (MAP_SIDE + GAP_Y)
        found.append(Column(units, index * (MAP_SIDE + GAP_X), y, total))
    return found


def plot_network(film: NetworkFilm, palette: Palette) -> go.Figure:
    """Draw the last frame: 0 positive edges, 1 negative edges, 2 weights, 3 units; maps below."""
    placed = columns(film)
    now = {key: frames[-1] for key, frames in network_tracks(film, palette).items()}
    starts, ends, _ = _edge_ends(film, placed)
    blank = {"hoverinfo": "skip", "line": {"width": 0}, "fill": "toself", "mode": "lines"}
    solid = {"x": _pieces_x(starts, ends, 1), "y": now[0, "y"], "fillcolor": palette.positive}
    dashed = {"x": _pieces_x(starts, ends, DASHES), "y": now[1, "y"], "fillcolor": palette.negative}
    data = [
        {"type": "scatter", **blank, **solid},
        {"type": "scatter", **blank, **dashed},
        _weight_targets(starts, ends, now[2, "customdata"]),
        _unit_targets(film, placed, now[3, "customdata"], palette),
    ]
    width = placed[-1].x + MAP_SIDE
    height = max(column.y.max() for column in placed) + MAP_SIDE
    plain = {"visible": False, "fixedrange": True}
    return figure(
        palette,
        data,
        xaxis=plain | {"range": [-GAP_X * 0.9, width + GAP_X * 0.4]},
        yaxis=plain | {"range": [-GAP_Y - 6, height + 16], "scaleanchor": "x"},
        annotations=_names(film, placed, height, palette),
        images=[] if film.maps is None else [_map_image(now[None, SOURCE], width, height)],
        margin={"l": 4 + _overhang(film), "r": 4, "t": 4, "b": 4},
        dragmode=False,
    )


def _overhang(film):
    """Return the pixels that long names of inputs need beside the plot."""
    longest = min(LONGEST_NAME, max(len(name) for name in film.input_names))
    return 6 * max(0, longest - 6)


def network_tracks(film: NetworkFilm, palette: Palette) -> dict:
    """Return what changes from frame to frame: edges, weights, biases, maps."""
    placed = columns(film)
    starts, ends, weights = _edge_ends(film, placed)
    size = thickness(weights)  # (n_frames, n_edges)
    tracks = {
        (0, "y"): _pieces_y(starts, ends, np.where(weights > 0, size, 0), 1),
        (1, "y"): _pieces_y(starts, ends, np.where(weights < 0, size, 0), DASHES),
        (2, "customdata"): weights.astype(np.float32),
        (3, "customdata"): _unit_data(film, placed),
    }
    if film.maps is not None:
        scale = _map_scale(palette)
        tracks[None, SOURCE] = data_urls(_mosaic(film.maps, placed), scale, largest=NOTHING)
    return tracks


def thickness(weights: np.ndarray) -> np.ndarray:
    """Return an edge's thickness in cells: grows with |w|, but never past a fifth of a unit."""
    return 0.15 + 0.22 * MAP_SIDE * (1 - np.exp(-np.abs(weights) / 2))


def _edge_ends(film, placed):
    """Return (n_edges, 2) starts and ends, and weights (n_frames, n_edges), shown units only."""
    starts, ends, weights = [], [], []
    for (layer, _), left, right in zip(film.parameters, placed[:-1], placed[1:], strict=True):
        sources, targets = np.meshgrid(np.arange(len(left.units)), np.arange(len(right.units)))
        sources, targets = sources.ravel(), targets.ravel()
        middle = MAP_SIDE / 2
        starts.append(np.stack([np.full(len(sources), left.x + MAP_SIDE), left.y[sources]], 1))
        ends.append(np.stack([np.full(len(targets), right.x), right.y[targets]], 1))
        starts[-1][:, 1] += middle
        ends[-1][:, 1] += middle
        weights.append(layer[:, right.units[targets], left.units[sources]])
    return np.concatenate(starts), np.concatenate(ends), np.concatenate(weights, axis=1)


def _cuts(n_pieces: int) -> np.ndarray:
    """Return where along an edge each piece begins and ends, (n_pieces, 2), gaps between."""
    if n_pieces == 1:
        return np.array([[0.0, 1.0]])
    edges = np.arange(n_pieces)[:, None] / n_pieces
    return edges + np.array([[0.0, 0.7 / n_pieces]])


def _pieces_x(starts, ends, n_pieces):
    """Return the outlines' x: four corners and a gap for each piece of each edge, flattened."""
    at = _cuts(n_pieces)
    x = starts[:, 0, None, None] + (ends[:, 0] - starts[:, 0])[:, None, None] * at
    left, right = x[..., 0], x[..., 1]
    gap = np.full_like(left, np.nan)
    return np.stack([left, right, right, left, gap], axis=-1).ravel().astype(np.float32)


def _pieces_y(starts, ends, size, n_pieces):
    """Return the outlines' y for every frame: (n_frames, 5 * n_pieces * n_edges)."""
    at = _cuts(n_pieces)
    y = starts[:, 1, None, None] + (ends[:, 1] - starts[:, 1])[:, None, None] * at
    left, right = y[..., 0], y[..., 1]  # (n_edges, n_pieces)
    half = size[:, :, None] / 2  # (n_frames, n_edges, 1)
    gap = np.zeros((len(size), *left.shape))
    outline = [left + half, right + half, right - half, left - half, gap]
    return np.stack(outline, axis=-1).reshape(len(size), -1).astype(np.float32)


def _weight_targets(starts, ends, weights):
    """Return unseen marks on the edges, to be pointed at: they say the weight."""
    at = 0.42
    spot = starts + (ends - starts) * at
    return {
        "type": "scatter",
        "mode": "markers",
        "x": spot[:, 0].astype(np.float32),
        "y": spot[:, 1].astype(np.float32),
        "customdata": weights,
        "marker": {"size": 12, "opacity": 0},
        "hovertemplate": "weight %{customdata:.3f}<extra></extra>",
    }


def _unit_data(film, placed):
    """Return (n_frames, n_shown, 3): layer, unit, bias of every shown unit."""
    n_frames = len(film.parameters[0][0])
    rows = []
    for layer, column in enumerate(placed):
        values = np.zeros((n_frames, len(column.units), 3), np.float32)
        values[..., 0], values[..., 1] = layer, column.units
        if layer:
            values[..., 2] = film.parameters[layer - 1][1][:, column.units]
        rows.append(values)
    return np.concatenate(rows, axis=1)


def _unit_targets(film, placed, data, palette):
    """Return the units: a frame around each map, or a disc coloured by the bias."""
    x = np.concatenate([np.full(len(c.units), c.x + MAP_SIDE / 2) for c in placed])
    y = np.concatenate([c.y + MAP_SIDE / 2 for c in placed])
    marker = {"size": 26, "opacity": 0}
    if film.maps is None:
        marker = {
            "size": 18,
            "color": data[:, 2],
            "cmin": -1,
            "cmax": 1,
            "colorscale": palette.diverging,
            "line": {"color": palette.axis, "width": 1.5},
        }
    texts = [
        f"input {unit + 1}" if layer == 0 else f"layer {layer}, unit {unit + 1}"
        for layer, unit in data[:, :2].astype(int)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x.astype(np.float32),
        "y": y.astype(np.float32),
        "text": texts,
        "customdata": data,
        "marker": marker,
        "hovertemplate": "%{text}<br>bias %{customdata[2]:.3f}<extra></extra>",
    }


def _mosaic(maps, placed):
    """Return every map on one canvas: (n_frames, height, width) uint8."""
    height = int(max(column.y.max() for column in placed)) + MAP_SIDE + 1
    width = int(placed[-1].x) + MAP_SIDE
    canvas = np.full((len(maps[-1]), height, width), NOTHING, np.uint8)
    for layer, column in zip(maps, placed, strict=True):
        for unit, low in zip(column.units, column.y.round().astype(int), strict=True):
            left = int(column.x)
            tile = layer[:, unit].reshape(-1, MAP_SIDE, MAP_SIDE)
            canvas[:, low : low + MAP_SIDE, left : left + MAP_SIDE] = tile
    return canvas


def _map_scale(palette):
    """Return the colours of the canvas: its highest byte is transparent."""
    edge = (NOTHING - 1) / NOTHING
    clear = palette.fade(palette.background, 0)
    return [*((at * edge, color) for at, color in palette.diverging), (1.0, clear)]


def _map_image(source, width, height):
    """Return the canvas, whose rows begin at the lowest unit's lower edge."""
    return map_image(source, x=(0, width), y=(0, height + 1))


def _names(film, placed, height, palette):
    """Return the labels: a heading over each layer, the inputs' names, how many are left out."""
    last = len(placed) - 1
    found = []
    for index, column in enumerate(placed):
        name = "inputs" if index == 0 else "output" if index == last else f"layer {index}"
        if 0 < index < last:
            name += f"<br>{ACTIVATIONS[film.activations[index - 1]].label}"
        center = column.x + MAP_SIDE / 2
        found.append(label(palette, center, height + 9, name) | {"font": {"size": 12}})
        if column.total > len(column.units):
            text = f"{len(column.units)} of {column.total}"
            found.append(label(palette, center, -GAP_Y - 1, text) | {"font": {"size": 11}})
    for unit, low in zip(placed[0].units, placed[0].y, strict=True):
        found.append(
            label(palette, -1, low + MAP_SIDE / 2, plain(film.input_names[unit], LONGEST_NAME))
            | {"xanchor": "right", "font": {"size": 12, "color": palette.muted}}
        )
    return found
