"""Digits on their way through a network: a batch of images, one of them, and what comes out."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, axis, figure, label
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

SIDE, WHITE, BLACK = 8, 0, 16
ACROSS = 8  # images in a row of the batch
PITCH_X, PITCH_Y = 10, 12.5  # from tile to tile, in pixels of an image
MARGIN = {"l": 8, "r": 8, "t": 34, "b": 8}
SPACE, NARROWEST = 9, 18  # of the matrices: between two, and the least width of one


def ink(palette: Palette) -> list:
    """Return the colours of paper and ink."""
    return [(0.0, palette.panel), (1.0, palette.text)]


def plot_batch(images, seen, labels, chosen: int, palette: Palette) -> go.Figure:
    """Draw a batch (n, 64), under each image the digit that the network sees; `chosen` is framed.

    Each tile is a heat map of its own place on one canvas: a click on it has its x and y.
    """
    n_down = -(-len(images) // ACROSS)
    canvas = np.full((n_down * 25, ACROSS * PITCH_X), np.nan, np.float32)  # half pixels down
    for index, image in enumerate(images):
        left, top = _corner(index)
        tile = np.repeat(np.reshape(image, (SIDE, SIDE)), 2, axis=0)
        canvas[int(2 * top) : int(2 * top) + 2 * SIDE, left : left + SIDE] = tile
    tiles = {
        "type": "heatmap",
        "z": canvas,
        "x0": 0.5,
        "dx": 1,
        "y0": 0.25,
        "dy": 0.5,
        "zmin": WHITE,
        "zmax": BLACK,
        "colorscale": ink(palette),
        "showscale": False,
        "hoverinfo": "skip",
    }
    corners = np.array([_corner(index) for index in range(len(images))])
    right = np.asarray(seen) == np.asarray(labels)
    words = {
        "type": "scatter",
        "mode": "text",
        "x": corners[:, 0] + SIDE / 2,
        "y": corners[:, 1] + SIDE + 1.9,
        "text": [
            str(int(digit)) if good else f"<b>{int(digit)} ×</b>"
            for digit, good in zip(seen, right, strict=True)
        ],
        "textfont": {
            "size": 13,
            "color": [palette.text if good else palette.negative for good in right],
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    left, top = _corner(chosen)
    x, y = _frame(left - 0.6, top - 0.6, left + SIDE + 0.6, top + SIDE + 3.2)
    frame = {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
        "line": {"color": palette.text, "width": 2}, "cliponaxis": False,
    }  # fmt: skip
    return figure(
        palette,
        [tiles, words, frame],
        xaxis={**PLAIN, "range": [-1, ACROSS * PITCH_X - 1], "constrain": "domain"},
        yaxis={**PLAIN, "range": [n_down * PITCH_Y, -1], "scaleanchor": "x"},
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        dragmode=False,
    )


def image_at(x: float, y: float, count: int) -> int | None:
    """Return which image of a batch lies at a place of `plot_batch`, if one does."""
    column, row = int(x // PITCH_X), int(y // PITCH_Y)
    index = row * ACROSS + column
    return index if 0 <= column < ACROSS and row >= 0 and index < count else None


def plot_image(image, title: str, palette: Palette, *, patch=None) -> go.Figure:
    """Draw one image (64,), each pixel with its value.

    `patch` is framed: left, top, right and bottom edge in pixels, the image from 0 to SIDE.
    """
    grid = np.reshape(image, (SIDE, SIDE)).astype(np.float32)
    x, y = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    pixels = {
        "type": "heatmap",
        "z": grid,
        "zmin": WHITE,
        "zmax": BLACK,
        "colorscale": ink(palette),
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "hovertemplate": "pixel %{z:.0f} of 16<extra></extra>",
    }
    values = {
        "type": "scatter",
        "mode": "text",
        "x": x.ravel(),
        "y": y.ravel(),
        "text": [f"{value:.0f}" for value in grid.ravel()],
        "textfont": {
            "size": 11,
            "color": [palette.background if value > 7 else palette.text for value in grid.ravel()],
        },
        "hoverinfo": "skip",
    }
    return figure(
        palette,
        [pixels, values, *([] if patch is None else [_patch(patch, palette)])],
        xaxis={**PLAIN, "range": [-0.5, SIDE - 0.5], "constrain": "domain"},
        yaxis={**PLAIN, "range": [SIDE - 0.5, -0.5], "scaleanchor": "x", "constrain": "domain"},
        annotations=[panel_title(palette, title)],
        margin=MARGIN,
        dragmode=False,
    )


def _patch(patch, palette: Palette) -> dict:
    x, y = _frame(*(edge - 0.5 for edge in patch))
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
        "line": {"color": palette.positive, "width": 3}, "cliponaxis": False,
    }  # fmt: skip


def plot_hidden(values, highest: float, palette: Palette) -> go.Figure:
    """Draw the outputs of the hidden neurons (n,), on an axis that holds the whole batch."""
    firing = int((np.asarray(values) > 0).sum())
    bars = {
        "type": "bar",
        "x": np.arange(1, len(values) + 1),
        "y": values,
        "marker": {"color": palette.positive},
        "hovertemplate": "neuron %{x}: %{y:.3f}<extra></extra>",
    }
    return figure(
        palette,
        [bars],
        xaxis=axis(palette, "hidden neuron", (0.3, len(values) + 0.7), showgrid=False),
        yaxis=axis(palette, "output", (0, 1.05 * max(highest, 1e-3))),
        annotations=[panel_title(palette, f"{firing} of {len(values)} fire")],
        margin={"l": 52, "r": 16, "t": 34, "b": 44},
    )


def plot_probabilities(probabilities, truth: int, palette: Palette) -> go.Figure:
    """Draw the ten probabilities; the largest is what the network sees, the truth is named."""
    seen = int(np.argmax(probabilities))
    digits = np.arange(len(probabilities))
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": probabilities,
        "y": digits,
        "text": [f"{p:.3f}" for p in probabilities],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": [palette.highlight if d == seen else palette.neutral for d in digits],
            "line": {"color": palette.text, "width": [1.5 * int(d == seen) for d in digits]},
        },
        "hovertemplate": "%{y}: %{x:.4f}<extra></extra>",
    }
    names = [f"<b>true: {d}</b>" if d == truth else str(d) for d in digits]
    return figure(
        palette,
        [bars],
        xaxis=axis(palette, "probability", (0, 1.22), tickvals=[0, 0.5, 1]),
        yaxis=axis(palette, "", (9.6, -0.6), tickvals=digits, ticktext=names, showgrid=False),
        annotations=[panel_title(palette, f"sees {seen}, {probabilities[seen]:.1%} sure")],
        margin={"l": 52, "r": 16, "t": 34, "b": 44},
    )


def plot_product(matrices, chosen: int, palette: Palette) -> go.Figure:
    """Draw X W1^T -> H -> P side by side, each number a cell; the row of one image is framed.

    matrices: X (batch, 64), W1 (n_hidden, 64), H (batch, n_hidden) and P (batch, 10).
    """
    x, weights, hidden, probabilities = matrices
    blocks = (
        ("X", x, palette.diverging, 3.0),
        ("W<sub>1</sub><sup>T</sup>", weights.T, palette.diverging, float(np.abs(weights).max())),
        ("H", hidden, palette.sequential, float(hidden.max()) or 1.0),
        ("P", probabilities, palette.sequential, 1.0),
    )
    left, data, notes, edges = 0.0, [], [], []
    for name, values, colors, limit in blocks:
        n_rows, n_columns = values.shape
        width = max(n_columns, NARROWEST)
        cell = width / n_columns
        data.append(
            {
                "type": "heatmap",
                "z": np.asarray(values, np.float32),
                "x0": left + cell / 2,
                "dx": cell,
                "y0": 0.5,
                "dy": 1,
                "zmin": -limit if colors is palette.diverging or min(values.flat) < 0 else 0,
                "zmax": limit,
                "colorscale": colors,
                "showscale": False,
                "hovertemplate": "%{z:.3f}<extra></extra>",
            }
        )
        text = f"<b>{name}</b><br>{n_rows} × {n_columns}"
        notes.append(
            label(palette, left + width / 2, -0.5, text, yanchor="bottom", font={"size": 12})
        )
        edges.append((left, left + width))
        left += width + SPACE
    signs = zip(("·", "→", "→"), edges, strict=False)
    notes += [
        label(palette, end + SPACE / 2, len(x) / 2, sign, font={"size": 18})
        for sign, (_, end) in signs
    ]
    for index in (0, 2, 3):  # the image's own row in X, H and P
        start, end = edges[index]
        row_x, row_y = _frame(start - 0.5, chosen, end + 0.5, chosen + 1)
        data.append(
            {
                "type": "scatter", "mode": "lines", "x": row_x, "y": row_y, "hoverinfo": "skip",
                "line": {"color": palette.text, "width": 1.5}, "cliponaxis": False,
            }
        )  # fmt: skip
    return figure(
        palette,
        data,
        xaxis={**PLAIN, "range": [-1, left - SPACE + 1]},
        yaxis={**PLAIN, "range": [65, -11]},
        annotations=notes,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        dragmode=False,
    )


def _corner(index: int) -> tuple[int, float]:
    row, column = divmod(index, ACROSS)
    return column * PITCH_X, row * PITCH_Y


def _frame(left, top, right, bottom):
    return [left, right, right, left, left], [top, top, bottom, bottom, top]
