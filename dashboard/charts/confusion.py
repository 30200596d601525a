"""Which classes are taken for which."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, plain
from dashboard.theme import Palette
from nnjax.data.columns import unique_names


def plot_confusion(table: np.ndarray, names: tuple[str, ...], palette: Palette) -> go.Figure:
    """Draw test examples by true and predicted class, (k, k); darker is a larger share of a row."""
    # Each its own row: a category axis would lay classes of the same label upon each other.
    few = len(names) <= 5
    short = unique_names([plain(name, 12 if few else 8) for name in names])
    shares = row_shares(table)
    heat = {
        "type": "heatmap",
        "z": shares.astype(np.float32),
        "x": short,
        "y": short,
        "text": table.astype(np.int32),
        "texttemplate": "%{text}",
        "textfont": {"size": 14 if len(names) <= 4 else 11, "color": palette.text},
        "zmin": 0,
        "zmax": 1,
        "colorscale": [
            (0.0, palette.fade(palette.positive, 0.0)),
            (1.0, palette.fade(palette.positive, 0.45)),
        ],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hovertemplate": "%{text} of true %{y} predicted as %{x}<extra></extra>",
    }
    fixed = {"fixedrange": True, "showgrid": False, "type": "category", "dtick": 1}
    return figure(
        palette,
        [heat],
        xaxis=axis(palette, "predicted", **fixed),
        yaxis=axis(palette, "true", autorange="reversed", **fixed),
        dragmode=False,
    )


def row_shares(tables: np.ndarray) -> np.ndarray:
    """Return each row's shares of its own total, (..., k, k)."""
    totals = tables.sum(axis=-1, keepdims=True)
    return tables / np.maximum(totals, 1)
