"""A network of any size that the page allows, with its real weights, readable on a phone too."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, figure, label
from dashboard.charts.edges import edge_groups, edge_trace, places
from dashboard.charts.forward import short
from dashboard.theme import Palette

FEWEST_EACH = 2  # strongest edges into a neuron, however many neurons there are
SMALL, LARGE = 10, 32  # neurons in a column: the picture has one of two heights
PITCH = {SMALL: 36, LARGE: 17}  # pixels from neuron to neuron
NEURON = {SMALL: 24, LARGE: 12}  # pixels across
ABOVE, BELOW = 78, 30  # pixels for the headings, and for the counts
FEW_COLUMNS = 5  # with more, the headings take turns in two rows
MOST_EDGES = 100, 64  # between two columns, few and many: more would hide each other
DIM, LIT = 0.14, 0.9
IN_A_LINE = 6  # weights in a line of the hover text


class Built(NamedTuple):
    """What the diagram shows."""

    layers: Sequence  # of each layer, its weights (n_out, n_in) and bias (n_out,)
    names: tuple[str, ...]  # of each column: "inputs", "hidden 1", ...
    bends: tuple[str, ...]  # of each column, the label of its activation, or nothing
    picked: tuple[int, int] | None  # (column, unit) of the neuron that is looked at

    @property
    def heights(self) -> list[int]:
        """How many neurons each column has."""
        return [self.layers[0].weights.shape[1], *(len(layer.bias) for layer in self.layers)]


def size_of(heights: Sequence[int]) -> int:
    """Return which of the two sizes the picture has."""
    return SMALL if max(heights) <= SMALL else LARGE


def network_height(heights: Sequence[int]) -> int:
    """Return the pixels that the diagram needs: it grows once, not with every neuron."""
    size = size_of(heights)
    return PITCH[size] * size + ABOVE + BELOW


def strongest(layers: Sequence) -> list[np.ndarray]:
    """Return which weights (n_out, n_in) of each layer are drawn: all, or each neuron's largest."""
    most = MOST_EDGES[len(layers) >= FEW_COLUMNS]
    return [_largest(np.abs(layer.weights), most) for layer in layers]


def _largest(sizes: np.ndarray, most: int) -> np.ndarray:
    n_out, n_in = sizes.shape
    each = max(FEWEST_EACH, most // n_out)
    if n_in <= each:
        return np.ones(sizes.shape, bool)
    chosen = np.zeros(sizes.shape, bool)
    order = np.argsort(-sizes, axis=1, kind="stable")
    np.put_along_axis(chosen, order[:, :each], True, axis=1)
    return chosen


def count_drawn(layers: Sequence) -> tuple[int, int]:
    """Return how many connections are drawn, and how many there are."""
    drawn = zip(strongest(layers), layers, strict=True)
    return (
        sum(int((chosen & (layer.weights != 0)).sum()) for chosen, layer in drawn),
        sum(layer.weights.size for layer in layers),
    )


def plot_built(built: Built, palette: Palette) -> go.Figure:
    """Draw edges, then neurons; a picked neuron's own edges are lit and all are drawn."""
    heights = built.heights
    size = size_of(heights)
    room = PITCH[size] * size
    # A few neurons stand further apart, but no column leaves its place when another grows.
    pitch = min(room / max(heights), 2 * PITCH[SMALL])
    ys = [column * pitch for column in places(heights)]
    middle = len(heights) - 1
    return figure(
        palette,
        [*_edges(built, ys, palette), *_neurons(built, ys, palette, NEURON[size])],
        xaxis={**PLAIN, "range": [-0.5, middle + 0.5]},
        yaxis={**PLAIN, "range": [-room / 2 - BELOW, room / 2 + ABOVE]},
        annotations=[*_headings(built, room, palette), *_counts(heights, room, palette)],
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        dragmode=False,
    )


def _edges(built: Built, ys: list[np.ndarray], palette: Palette) -> list[dict]:
    weights, shown = [layer.weights for layer in built.layers], strongest(built.layers)
    if built.picked is None:
        return _traces(weights, shown, ys, palette, LIT)
    column, unit = built.picked
    lit = [np.zeros(matrix.shape, bool) for matrix in weights]
    if column == 0:
        lit[0][:, unit] = True  # what an input is sent along
    else:
        lit[column - 1][unit] = True
    rest = [one & ~chosen for one, chosen in zip(shown, lit, strict=True)]
    dim = _traces(weights, rest, ys, palette, DIM)
    return [*dim, *_traces(weights, lit, ys, palette, LIT)]


def _traces(weights, drawn, ys, palette: Palette, opacity: float) -> list[dict]:
    groups: dict = {}
    for group in edge_groups(weights, drawn):
        groups.setdefault((group.width, group.negative), []).append(group)
    return [
        edge_trace(groups[key], ys, palette, opacity=opacity) for key in sorted(groups)
    ]  # the strongest on top


def _neurons(built: Built, ys: list[np.ndarray], palette: Palette, across: int) -> list[dict]:
    heights = built.heights
    spots = [(column, unit) for column, count in enumerate(heights) for unit in range(count)]
    picked = [spot == built.picked for spot in spots]
    marker = {
        "size": across,
        "symbol": ["square" if column == 0 else "circle" for column, _ in spots],
        "color": [palette.highlight if lit else palette.panel for lit in picked],
        "line": {"color": palette.text, "width": [2.5 if lit else 1.25 for lit in picked]},
        "opacity": 1,
    }
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": np.repeat(np.arange(len(ys)), heights),
            "y": np.concatenate(ys).astype(np.float32),
            "marker": marker,
            "text": [_hover(built, *spot) for spot in spots],
            "customdata": [list(spot) for spot in spots],
            "hovertemplate": "%{text}<extra></extra>",
            "cliponaxis": False,
        }
    ]


def _hover(built: Built, column: int, unit: int) -> str:
    """Return a neuron's name, its bias and its weights, a few in a line."""
    if column == 0:
        return f"<b>input {unit + 1}</b><br>click to see where it goes"
    layer = built.layers[column - 1]
    name = f"<b>{built.names[column]}, neuron {unit + 1}</b>"
    values = [short(value) for value in layer.weights[unit].tolist()]
    lines = [" ".join(values[i : i + IN_A_LINE]) for i in range(0, len(values), IN_A_LINE)]
    return f"{name}<br>bias {short(float(layer.bias[unit]))}<br>weights " + "<br>".join(lines)


def _headings(built: Built, room: float, palette: Palette) -> list[dict]:
    found = []
    turns = len(built.names) > FEW_COLUMNS
    for column, (name, bend) in enumerate(zip(built.names, built.bends, strict=True)):
        y = room / 2 + (40 if turns and column % 2 else 8)
        text = f"{name}<br>{bend}" if bend else name
        found.append(
            label(palette, column, y, text, yanchor="bottom")
            | {"font": {"size": 12, "color": palette.muted}}
        )
    return found


def _counts(heights: list[int], room: float, palette: Palette) -> list[dict]:
    return [
        label(palette, column, -room / 2 - 8, f"<b>{count}</b>", yanchor="top")
        for column, count in enumerate(heights)
    ]
