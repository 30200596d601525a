"""A stack of layers without activations: its matrices, their product, and what each gives."""

import math
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, axis, figure, label
from dashboard.charts.forward import short
from dashboard.charts.forward_matrix import LIMIT
from dashboard.charts.plane import blend
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

CHAIN_HEIGHT = 190
FILLED = 0.8  # the share of a matrix's place in the chain that its longest side takes
FEW = 5  # matrices: with more, their names are written smaller
ROW = 32  # pixels of a row of the matrix
SHARES_HEIGHT = 330
N_POINTS = 300  # of the random inputs, as many as can be told apart
NARROW = 8  # columns: with more, the numbers are written smaller


def plot_chain(layers: Sequence[np.ndarray], product: np.ndarray, palette: Palette) -> go.Figure:
    """Draw W_L ... W_1 = W as pictures of the matrices, the last layer first, as they multiply."""
    matrices = [*reversed(layers), product]
    side = max(max(matrix.shape) for matrix in matrices)
    names = [f"W<sub>{i}</sub>" for i in range(len(layers), 0, -1)] + ["<b>W</b>"]
    signs = ["·"] * (len(layers) - 1) + ["="]
    notes = [
        note
        for place, (matrix, name) in enumerate(zip(matrices, names, strict=True))
        for note in _captions(palette, place, matrix, name, size=12 if len(matrices) <= FEW else 11)
    ]
    return figure(
        palette,
        [_thumbnail(matrix, place, side, palette) for place, matrix in enumerate(matrices)],
        xaxis={**PLAIN, "range": [-0.5, len(matrices) - 0.5]},
        yaxis={**PLAIN, "range": [-0.75, 0.75], "scaleanchor": "x"},
        annotations=[
            *notes,
            *(
                label(palette, i + 0.5, 0, f"<b>{sign}</b>", font={"size": 18})
                for i, sign in enumerate(signs)
            ),
        ],
        margin={"l": 0, "r": 0, "t": 22, "b": 22},
        dragmode=False,
    )


def _thumbnail(matrix: np.ndarray, place: int, side: int, palette: Palette) -> dict:
    """Return a matrix as a picture around x = place, in the scale of its own largest number."""
    cell = FILLED / side
    n_out, n_in = matrix.shape
    limit = float(np.abs(matrix).max()) or 1.0
    return {
        "type": "heatmap",
        "z": matrix.astype(np.float32),
        "x0": place - cell * (n_in - 1) / 2,
        "dx": cell,
        "y0": cell * (n_out - 1) / 2,
        "dy": -cell,
        "zmin": -limit,
        "zmax": limit,
        "colorscale": palette.diverging,
        "showscale": False,
        "hovertemplate": "%{z:.3f}<extra></extra>",
    }


def _captions(palette, place: int, matrix: np.ndarray, name: str, *, size: int) -> list[dict]:
    n_out, n_in = matrix.shape
    shared = {"yref": "paper", "font": {"size": size, "color": palette.text}}
    return [
        label(palette, place, 1, name, yanchor="bottom", **shared),
        label(palette, place, 0, f"{n_out}×{n_in}", yanchor="top", **shared),
    ]


def exponent_of(values: np.ndarray) -> int:
    """Return k so that values / 10^k are written in five signs; 0 as long as that does."""
    largest = float(np.abs(values).max())
    if largest == 0 or 0.1 <= largest < 100:
        return 0
    return math.floor(math.log10(largest))


def matrix_height(n_out: int) -> int:
    """Return the pixels that the matrix needs."""
    return ROW * n_out + 34


def plot_one_matrix(weights: np.ndarray, bias: np.ndarray, palette: Palette) -> go.Figure:
    """Draw W, a gap, and b as numbers in their cells; `exponent_of` says in which unit."""
    n_out, n_in = weights.shape
    scale = 10.0 ** exponent_of(np.append(weights, bias))
    gap = np.full((n_out, 1), np.nan)
    grid = np.concatenate([weights, gap, bias[:, None]], axis=1) / scale
    # The gap is narrower than a column.
    edges = np.array([*range(n_in + 1), n_in + 0.4, n_in + 1.4])
    centers = (edges[1:] + edges[:-1]) / 2
    low, high = (blend(c, palette.background, 0.42) for c in (palette.negative, palette.positive))
    x, y = np.meshgrid(centers, np.arange(n_out))
    size = 12 if n_in <= NARROW else 10.5
    heads = [f"x<sub>{i + 1}</sub>" for i in range(n_in)] + ["", "<b>b</b>"]
    return figure(
        palette,
        [
            {
                "type": "heatmap",
                "z": grid.astype(np.float32),
                "x": edges,
                "y": np.arange(n_out),
                "zmin": -LIMIT,
                "zmax": LIMIT,
                "colorscale": [(0.0, low), (0.5, palette.middle), (1.0, high)],
                "showscale": False,
                "xgap": 1,
                "ygap": 1,
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": x.ravel(),
                "y": y.ravel(),
                "text": ["" if math.isnan(v) else short(v) for v in grid.ravel().tolist()],
                "textfont": {"size": size, "color": palette.text},
                "hoverinfo": "skip",
                "cliponaxis": False,
            },
        ],
        xaxis={**PLAIN, "range": [-0.9, edges[-1] + 0.05]},
        yaxis={**PLAIN, "range": [n_out - 0.45, -1.3]},
        annotations=[
            *(label(palette, at, -0.9, head) for at, head in zip(centers, heads, strict=True)),
            *(label(palette, -0.45, row, f"y<sub>{row + 1}</sub>") for row in range(n_out)),
        ],
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        dragmode=False,
    )


def plot_agreement(
    given: np.ndarray, stacked: np.ndarray, title: str, palette: Palette
) -> go.Figure:
    """Draw 0 where a matrix and the stack agree, 1 what each gives for the same inputs."""
    given, stacked = given[:N_POINTS], stacked[:N_POINTS]
    low, high = round_range(np.append(given, stacked))
    return figure(
        palette,
        [
            {
                "type": "scatter",
                "mode": "lines",
                "x": [low, high],
                "y": [low, high],
                "line": {"color": palette.truth, "width": 2, "dash": "dash"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": given,
                "y": stacked,
                "marker": {"size": 5, "color": palette.positive, "opacity": 0.6},
                "hovertemplate": "matrix %{x:.4g}<br>stack %{y:.4g}<extra></extra>",
            },
        ],
        xaxis=axis(palette, "what one matrix gives", (low, high), nticks=6),
        yaxis=axis(palette, "what the stack gives", (low, high), nticks=6),
        annotations=[panel_title(palette, title)],
        margin={"l": 56, "r": 12, "t": 34, "b": 44},
        dragmode=False,
    )


def round_range(values: np.ndarray) -> tuple[float, float]:
    """Return a range around all values whose ends move in few and round steps."""
    low, high = float(values.min()), float(values.max())
    span = max(high - low, 1e-6, 1e-3 * max(abs(low), abs(high)))
    step = 10.0 ** math.floor(math.log10(span)) / 4
    return (math.floor(low / step - 0.2) * step, math.ceil(high / step + 0.2) * step)
