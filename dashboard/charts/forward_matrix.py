"""The same step as matrices: W x + b = z, then f(z) = a, each number in its cell."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, figure
from dashboard.charts.forward import short
from dashboard.charts.plane import blend
from dashboard.theme import Palette

ROW = 34  # pixels
GAP = 0.55  # between one matrix and the next, in cells
LIMIT = 2.0  # the colours' ends, fixed so that they never jump
NAMES = ("W", "x", "b", "z", "a")


class MatrixStep(NamedTuple):
    """One layer's matrices as far as they are known; None is not computed yet."""

    weights: np.ndarray | None  # (n_out, n_in)
    inputs: np.ndarray  # (n_in,)
    bias: np.ndarray | None  # (n_out,)
    sums: np.ndarray | None  # (n_out,): W x, or z once the bias is added
    outputs: np.ndarray | None  # (n_out,)
    names: tuple[str, str, str, str, str]  # over the five matrices
    active: int  # which of the five is being computed
    picked: int | None  # the row of the neuron that is explained, if it is in this layer


def matrix_height(steps: tuple[MatrixStep, ...]) -> int:
    """Return the pixels that the tallest layer needs."""
    return ROW * _size(steps)[0] + 46


def plot_matrices(steps: tuple[MatrixStep, ...], palette: Palette, *, step: int) -> go.Figure:
    """Draw one step: 0 cells, 1 numbers, 2 names, 3 a bar over what is computed, 4 the row."""
    rows, columns = _size(steps)
    now = {key: frames[0] for key, frames in _tracks((steps[step],), 0, (rows, columns)).items()}
    low, high = (blend(c, palette.background, 0.42) for c in (palette.negative, palette.positive))
    cells = {
        "type": "heatmap",
        "z": now[0, 0, "z"],
        "x": _edges(columns),
        "y": np.arange(rows),
        "zmin": -LIMIT,
        "zmax": LIMIT,
        "colorscale": [(0.0, low), (0.5, palette.middle), (1.0, high)],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
    }
    x, y = np.meshgrid(_centers(columns), np.arange(rows))
    words = {"type": "scatter", "mode": "text", "hoverinfo": "skip", "cliponaxis": False}
    font = {"size": 12, "color": palette.text}
    numbers = words | {"x": x.ravel(), "y": y.ravel(), "text": now[0, 1, "text"], "textfont": font}
    names = words | {
        "x": now[0, 2, "x"],
        "y": [-0.95] * (len(NAMES) + 4),
        "text": now[0, 2, "text"],
        "textfont": {"size": 14, "color": palette.text},
    }
    bar = _line(now[0, 3, "x"], [-0.6, -0.6], palette, width=4)
    row = _line(now[0, 4, "x"], now[0, 4, "y"], palette, width=1.5)
    return figure(
        palette,
        [cells, numbers, names, bar, row],
        xaxis={**PLAIN, "range": [-0.1, _edges(columns)[-1] + 0.1]},
        yaxis={**PLAIN, "range": [rows - 0.4, -1.4]},
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        dragmode=False,
    )


def matrix_tracks(steps: tuple[MatrixStep, ...], panel: int) -> dict:
    """Return what changes from step to step, for a film."""
    return _tracks(steps, panel, _size(steps))


def _tracks(steps: Sequence[MatrixStep], panel: int, size: tuple[int, int]) -> dict:
    rows, columns = size
    grids = [_grid(step, rows, columns) for step in steps]
    return {
        (panel, 0, "z"): np.stack(grids),
        (panel, 1, "text"): [
            ["" if math.isnan(value) else short(value) for value in grid.ravel().tolist()]
            for grid in grids
        ],
        (panel, 2, "x"): [_name_places(step, columns) for step in steps],
        (panel, 2, "text"): [_name_texts(step) for step in steps],
        (panel, 3, "x"): [_bar(step, columns) for step in steps],
        (panel, 4, "x"): [_row(step, columns)[0] for step in steps],
        (panel, 4, "y"): [_row(step, columns)[1] for step in steps],
    }


def _size(steps) -> tuple[int, int]:
    """Return the rows and the columns of W that the largest layers need."""
    weights = [step.weights for step in steps if step.weights is not None]
    return max(max(w.shape) for w in weights), max(w.shape[1] for w in weights)


def _edges(columns: int) -> np.ndarray:
    """Return where every column begins and ends: W's, then four single ones, gaps between."""
    singles = [columns + GAP * i + (i - 1) + end for i in (1, 2, 3, 4) for end in (0, 1)]
    return np.asarray([*range(columns + 1), *singles], np.float32)


def _centers(columns: int) -> np.ndarray:
    edges = _edges(columns)
    return (edges[1:] + edges[:-1]) / 2


def _single(columns: int, index: int) -> int:
    """Return the place of the x, b, z or a column (index 1 to 4) among all cells of a row."""
    return columns + 2 * index - 1


def _grid(step: MatrixStep, rows: int, columns: int) -> np.ndarray:
    grid = np.full((rows, columns + 8), np.nan, np.float32)
    if step.weights is not None:
        n_out, n_in = step.weights.shape
        grid[:n_out, columns - n_in : columns] = step.weights
    for index, values in enumerate((step.inputs, step.bias, step.sums, step.outputs), start=1):
        if values is not None:
            grid[: len(values), _single(columns, index)] = values
    return grid


def _name_places(step: MatrixStep, columns: int) -> list[float]:
    """Return x of the five names, then of the four signs between the matrices."""
    centers = _centers(columns)
    n_in = len(step.inputs)
    singles = [float(centers[_single(columns, index)]) for index in (1, 2, 3, 4)]
    signs = [float(centers[_single(columns, index) - 1]) for index in (1, 2, 3, 4)]
    return [columns - n_in / 2, *singles, *signs]


def _name_texts(step: MatrixStep) -> list[str]:
    known = (step.weights, step.inputs, step.bias, step.sums, step.outputs)
    texts = [
        "" if part is None else f"<b>{name}</b>" if index == step.active else name
        for index, (name, part) in enumerate(zip(step.names, known, strict=True))
    ]
    signs = ("·", "+", "=", "→")
    needs = (step.weights, step.bias, step.sums, step.outputs)
    return [*texts, *("" if part is None else s for s, part in zip(signs, needs, strict=True))]


def _bar(step: MatrixStep, columns: int) -> list[float]:
    """Return both ends of the bar over the column that is being computed."""
    edges = _edges(columns)
    at = _single(columns, step.active)
    return [float(edges[at]) + 0.04, float(edges[at + 1]) - 0.04]


def _row(step: MatrixStep, columns: int) -> tuple[list, list]:
    """Return a frame around the explained neuron's row; nothing where it is in another layer."""
    if step.picked is None or step.weights is None:
        return [None] * 5, [None] * 5
    left = columns - step.weights.shape[1] - 0.04
    right, top, bottom = columns + 0.04, step.picked - 0.5, step.picked + 0.5
    return [left, right, right, left, left], [top, top, bottom, bottom, top]


def _line(x, y, palette: Palette, *, width: float) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": palette.text, "width": width},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
