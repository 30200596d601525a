"""A pass on its way through a network: each neuron with its number, the active step lit."""

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, figure, label
from dashboard.charts.edge_notes import (
    Note,
    edge_targets,
    marked_edge,
    note_labels,
    note_tracks,
)
from dashboard.charts.edges import EdgeGroup, edge_groups, edge_trace, places
from dashboard.charts.plane import blend
from dashboard.theme import LIGHT, Palette

INK = LIGHT.text  # on the highlight, in either theme
ROW = 58  # pixels from neuron to neuron
NEURON = 44  # pixels across: five digits fit
ABOVE, BELOW = 0.95, 0.95  # rows for the headings, and for what the active layer does
MOST_LABELLED = 4  # with more columns than this, weights on the edges would touch the neurons
DIM, LIT = 0.16, 0.9


def short(value: float) -> str:
    """Return a number in at most six signs: "-0.35", "12.4", "1.2e+05"."""
    size = abs(value)
    if not math.isfinite(value):
        return str(value)
    if size >= 1e4:
        return f"{value:.1e}"
    digits = 2 if size < 9.995 else 1 if size < 99.95 else 0
    return f"{round(float(value), digits) + 0.0:.{digits}f}"


class Edges(NamedTuple):
    """Numbers on the connections, and how strongly they are drawn."""

    numbers: tuple[np.ndarray, ...]  # of each layer (n_out, n_in): sign and width
    opacity: tuple[tuple[float, ...], ...]  # of each step, of each layer


class Drawing(NamedTuple):
    """What the diagram shows, arrays in."""

    weights: tuple[np.ndarray, ...]  # of each layer (n_out, n_in)
    frames: tuple[tuple[np.ndarray | None, ...], ...]  # of each step, each column's numbers
    active: tuple[int, ...]  # of each step, the column at work
    doing: tuple[str, ...]  # of each step, in a few signs
    headings: tuple[str, ...]  # of each column
    picked: tuple[int, int]  # (column, unit) of the neuron that is explained
    edges: tuple[Edges, ...] = ()  # other numbers than the weights, lit otherwise
    notes: tuple[Note, ...] | None = None  # None: the picked neuron's weights
    backward: tuple[tuple[bool, ...], ...] = ()  # of each step, which columns hold gradients
    names: tuple[str, ...] = ()  # of each column, for its neurons
    path: tuple[int, int, int] | None = None  # (layer, unit, source) of an edge to mark
    say: Callable[[float], str] = short  # a neuron's number

    @property
    def edge_sets(self) -> tuple[Edges, ...]:
        """The sets of edges: the weights, those into the active column lit, unless told."""
        if self.edges:
            return self.edges
        columns = range(1, len(self.weights) + 1)
        lit = (tuple(LIT if c == active else DIM for c in columns) for active in self.active)
        return (Edges(self.weights, tuple(lit)),)

    @property
    def groups(self) -> list[tuple[Edges, EdgeGroup]]:
        """Every group of edges with the set that it is of, in the order of their traces."""
        return [(part, group) for part in self.edge_sets for group in edge_groups(part.numbers)]

    @property
    def heights(self) -> list[int]:
        """How many neurons each column has."""
        return [self.weights[0].shape[1], *(len(layer) for layer in self.weights)]


def diagram_height(heights: list[int]) -> int:
    """Return the pixels that the diagram needs: neurons keep their size."""
    return round(ROW * (max(2, *heights) + ABOVE + BELOW))


def plot_pass(drawing: Drawing, palette: Palette, *, step: int) -> go.Figure:
    """Draw one step: the edges, then what is being done, the picked neuron's ring, the neurons."""
    heights = drawing.heights
    ys = places(heights)
    top = (max(2, *heights) - 1) / 2
    edges = [
        edge_trace([group], ys, palette, opacity=part.opacity[step][group.layer])
        for part, group in drawing.groups
    ]
    return figure(
        palette,
        [
            *edges,
            _doing_trace(drawing, top, palette, step),
            _ring_trace(drawing, ys, palette),
            _neuron_trace(drawing, ys, palette, step),
            *marked_edge(drawing.path, ys, palette),
            *edge_targets(drawing.notes or (), ys),
        ],
        xaxis={**PLAIN, "range": [-0.5, len(heights) - 0.5]},
        yaxis={**PLAIN, "range": [-top - BELOW - 0.25, top + ABOVE + 0.25]},
        annotations=[
            *note_labels(_written(drawing), ys, palette, step),
            *_headings(drawing, top, palette),
        ],
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        dragmode=False,
    )


def _doing_trace(drawing: Drawing, top: float, palette: Palette, step: int) -> dict:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [drawing.active[step]],
        "y": [-top - 0.82],
        "text": [f"<b>{drawing.doing[step]}</b>"],
        "textfont": {"size": 14, "color": palette.text},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _ring_trace(drawing: Drawing, ys: list[np.ndarray], palette: Palette) -> dict:
    column, unit = drawing.picked
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [column],
        "y": [ys[column][unit]],
        "marker": {
            "size": NEURON + 9,
            "color": palette.fade(palette.panel, 0),
            "line": {"color": palette.text, "width": 1.5},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _neuron_trace(drawing: Drawing, ys: list[np.ndarray], palette: Palette, step: int) -> dict:
    now = {path: frames[0] for path, frames in _nodes(drawing, palette, [step])}
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": np.repeat(np.arange(len(ys)), drawing.heights),
        "y": np.concatenate(ys),
        "text": now["text"],
        "textfont": {"size": 13, "color": now["textfont.color"]},
        "marker": {
            "size": NEURON,
            "color": now["marker.color"],
            "line": {"color": now["marker.line.color"], "width": now["marker.line.width"]},
            "opacity": 1,
        },
        "customdata": _addresses(drawing),
        "hovertemplate": "%{customdata[2]}<extra></extra>",
        "cliponaxis": False,
    }


def pass_tracks(drawing: Drawing, palette: Palette, panel: int) -> dict:
    """Return what changes from step to step, for a film."""
    groups = drawing.groups
    doing, neurons = len(groups), len(groups) + 2
    tracks = {
        (panel, index, "opacity"): [frame[group.layer] for frame in part.opacity]
        for index, (part, group) in enumerate(groups)
    }
    tracks |= {
        (panel, neurons, path): frames for path, frames in _nodes(drawing, palette, _steps(drawing))
    }
    tracks[panel, doing, "x"] = np.asarray(drawing.active, np.float32)[:, None]
    tracks[panel, doing, "text"] = [[f"<b>{text}</b>"] for text in drawing.doing]
    return tracks | note_tracks(_written(drawing), panel)


def _steps(drawing: Drawing) -> range:
    return range(len(drawing.active))


def _nodes(drawing: Drawing, palette: Palette, steps: Iterable[int]) -> list[tuple[str, list]]:
    """Return for each attribute of the neurons, for each step, a value a neuron."""
    texts, fills, inks, widths, rims = [], [], [], [], []
    tint = [blend(color, palette.background, 0.3) for color in (palette.negative, palette.positive)]
    for step in steps:
        frame = []
        for column, (values, count) in enumerate(
            zip(drawing.frames[step], drawing.heights, strict=True)
        ):
            active = column == drawing.active[step]
            gradient = bool(drawing.backward) and drawing.backward[step][column]
            rim = palette.gradient if gradient else palette.text
            for value in [None] * count if values is None else np.asarray(values).tolist():
                fill = palette.panel if value is None else tint[int(value >= 0)]
                text = "" if value is None else drawing.say(value)
                ink = INK if active else palette.text
                width = 2.5 if active else 1 if value is None else 1.5
                width += 2 * gradient
                frame.append((text, palette.highlight if active else fill, ink, width, rim))
        found = (texts, fills, inks, widths, rims)
        for part, row in zip(found, zip(*frame, strict=True), strict=True):
            part.append(list(row))
    return [
        ("text", texts),
        ("marker.color", fills),
        ("textfont.color", inks),
        ("marker.line.width", widths),
        ("marker.line.color", rims),
    ]


def _addresses(drawing: Drawing) -> list[list]:
    """Return (column, unit, name) of every neuron: what a click sends and hovering says."""
    heights = drawing.heights
    last = len(heights) - 1
    names = drawing.names or (
        "input", *(f"hidden {i}, neuron" for i in range(1, last)), "output, neuron"
    )  # fmt: skip
    return [
        [column, unit, f"{names[column]} {unit + 1}"]
        for column, count in enumerate(heights)
        for unit in range(count)
    ]


def _headings(drawing: Drawing, top: float, palette: Palette) -> list[dict]:
    font = {"size": 12, "color": palette.muted}
    return [
        label(palette, column, top + 0.92, text, font=font)
        for column, text in enumerate(drawing.headings)
    ]


def _written(drawing: Drawing) -> tuple[Note, ...]:
    """Return what stands on the edges: the picked neuron's weights, where there is room."""
    if drawing.notes is not None:
        return drawing.notes
    column, unit = drawing.picked
    if len(drawing.heights) > MOST_LABELLED or column == 0:
        return ()
    layer = column - 1
    return tuple(
        Note((layer, unit, source), (short(weight),))
        for source, weight in enumerate(drawing.weights[layer][unit])
    )
