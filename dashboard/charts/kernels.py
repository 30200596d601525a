"""A kernel at work: the map of its sums, and the nine products behind one of them."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, figure, label
from dashboard.charts.digit_reading import ink
from dashboard.charts.plane import blend
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

SIDE, WINDOW, APART = 8, 3, 1.0  # cells, and the room between two tiles for their sign
STEP = WINDOW + APART
MAP_HEIGHT, PRODUCTS_HEIGHT = 300, 190
DARK = 0.45  # of full ink: from here on, numbers are written in the colour of paper


def plot_map(sums: np.ndarray, spot: tuple[int, int], limit: float, palette: Palette) -> go.Figure:
    """Draw the sums (SIDE, SIDE) with their signs; `spot` (row, column) is framed.

    limit: the largest that any image could make of this kernel.
    """
    row, column = spot
    text = [_short(value) for value in sums.ravel()]
    y, x = np.mgrid[:SIDE, :SIDE]
    return figure(
        palette,
        [
            _signed(sums, limit, palette) | {"hovertemplate": "%{z:+.3f}<extra></extra>"},
            _numbers(x.ravel(), y.ravel(), text, palette.text, 10),
            _frame(column, row, column + 1, row + 1, palette),
        ],
        xaxis={**PLAIN, "range": [-0.5, SIDE - 0.5], "constrain": "domain"},
        yaxis={**PLAIN, "range": [SIDE - 0.5, -0.5], "scaleanchor": "x", "constrain": "domain"},
        annotations=[panel_title(palette, f"64 sums, {int((sums > 0).sum())} above 0")],
        margin={"l": 8, "r": 8, "t": 34, "b": 8},
        dragmode=False,
    )


def plot_products(
    patch: np.ndarray, weights: np.ndarray, limit: float, palette: Palette
) -> go.Figure:
    """Draw patch x weights = products, each (WINDOW, WINDOW) with its numbers."""
    products = patch * weights
    y, x = np.mgrid[:WINDOW, :WINDOW]
    dark = [palette.background if value > DARK else palette.text for value in patch.ravel()]
    ink_tile = {
        "type": "heatmap", "z": patch.astype(np.float32), "zmin": 0, "zmax": 1, "x0": 0, "dx": 1,
        "y0": 0, "dy": 1, "xgap": 1, "ygap": 1, "colorscale": ink(palette), "showscale": False,
        "hoverinfo": "skip",
    }  # fmt: skip
    largest = float(np.abs(weights).max()) or 1.0
    data = [
        ink_tile,
        _signed(weights, largest, palette, left=STEP),
        _signed(products, largest, palette, left=2 * STEP),
        _numbers(x.ravel(), y.ravel(), [f"{value:.2f}" for value in patch.ravel()], dark),
        _numbers(STEP + x.ravel(), y.ravel(), [_short(v) for v in weights.ravel()], palette.text),
        _numbers(
            2 * STEP + x.ravel(), y.ravel(), [_short(v) for v in products.ravel()], palette.text
        ),
    ]
    names = [
        label(palette, tile * STEP - 0.5, -0.6, name, xanchor="left", yanchor="bottom")
        for tile, name in enumerate(("ink in the frame", "kernel", "products"))
    ]
    signs = [
        label(palette, tile * STEP - 1, 1, sign) | {"font": {"size": 20, "color": palette.text}}
        for tile, sign in ((1, "×"), (2, "="))
    ]
    return figure(
        palette,
        data,
        xaxis={**PLAIN, "range": [-0.6, 2 * STEP + WINDOW - 0.4], "constrain": "domain"},
        yaxis={**PLAIN, "range": [WINDOW - 0.4, -1.4], "scaleanchor": "x", "constrain": "domain"},
        annotations=[*names, *signs],
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        dragmode=False,
    )


def cell_at(x: float, y: float) -> tuple[int, int] | None:
    """Return row and column of the cell at a place of an image or a map, if one is there."""
    row, column = round(y), round(x)
    return (row, column) if 0 <= row < SIDE and 0 <= column < SIDE else None


def _signed(values: np.ndarray, limit: float, palette: Palette, *, left: float = 0) -> dict:
    low, high = (blend(c, palette.background, 0.55) for c in (palette.negative, palette.positive))
    return {
        "type": "heatmap", "z": values.astype(np.float32), "zmin": -limit, "zmax": limit,
        "x0": left, "dx": 1, "y0": 0, "dy": 1, "xgap": 1, "ygap": 1,
        "colorscale": [(0.0, low), (0.5, palette.middle), (1.0, high)], "showscale": False,
        "hoverinfo": "text",
    }  # fmt: skip


def _numbers(x, y, text, color, size: int = 12) -> dict:
    return {
        "type": "scatter", "mode": "text", "x": x, "y": y, "text": text, "hoverinfo": "skip",
        "textfont": {"size": size, "color": color},
    }  # fmt: skip


def _frame(left: float, top: float, right: float, bottom: float, palette: Palette) -> dict:
    x, y = [left, right, right, left, left], [top, top, bottom, bottom, top]
    return {
        "type": "scatter", "mode": "lines", "x": np.array(x) - 0.5, "y": np.array(y) - 0.5,
        "line": {"color": palette.text, "width": 3}, "hoverinfo": "skip",
    }  # fmt: skip


def _short(value: float) -> str:
    """Return a number with its sign in as few characters as a cell has room for."""
    if abs(value) < 0.005:
        return "0"
    text = f"{value:+.1f}" if abs(value) >= 9.95 else f"{value:+.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")
