"""How far off the test predictions are: a histogram, and predicted against true values."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure
from dashboard.theme import Palette


def plot_sureness(counts: np.ndarray, palette: Palette) -> go.Figure:
    """Draw how much probability test examples get for their true class, (n_bins,) counts."""
    n_bins = len(counts)
    wrong = np.arange(n_bins) < n_bins / 2
    title = "probability given to the true class"
    return _histogram(counts, (0, 1), wrong, title, palette)


def plot_error_counts(counts: np.ndarray, palette: Palette) -> go.Figure:
    """Draw how far test predictions are from the truth, (n_bins,) counts from -1 to 1."""
    wrong = np.zeros(len(counts), bool)
    return _histogram(counts, (-1, 1), wrong, "prediction minus target", palette)


def _histogram(counts, span, wrong, title, palette):
    edges = np.linspace(*span, len(counts) + 1)
    bars = {
        "type": "bar",
        "x": ((edges[:-1] + edges[1:]) / 2).astype(np.float32),
        "y": counts.astype(np.int32),
        "width": (edges[1] - edges[0]) * 0.94,
        "marker": {
            "color": [palette.negative if bad else palette.positive for bad in wrong],
            "pattern": {"shape": ["/" if bad else "" for bad in wrong]},
        },
        "hovertemplate": "%{y} examples at %{x:.2f}<extra></extra>",
    }
    total = max(1, int(counts.sum()))
    return figure(
        palette,
        [bars],
        xaxis=axis(palette, title, span, fixedrange=True),
        yaxis=axis(palette, "test examples", (0, total), fixedrange=True, nticks=5),
        dragmode=False,
    )


def plot_predicted(truth: np.ndarray, predicted: np.ndarray, palette: Palette) -> go.Figure:
    """Draw predicted against true values, (n,) each; the diagonal is a perfect answer."""
    reach = 1.1 * float(np.abs(truth).max())
    diagonal = {
        "type": "scatter",
        "mode": "lines",
        "x": [-reach, reach],
        "y": [-reach, reach],
        "line": {"color": palette.truth, "dash": "dot", "width": 2},
        "hoverinfo": "skip",
    }
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": truth.astype(np.float32),
        "y": predicted.astype(np.float32),
        "marker": {"color": palette.positive, "size": 5, "opacity": 0.7},
        "hovertemplate": "true %{x:.2f}, predicted %{y:.2f}<extra></extra>",
    }
    return figure(
        palette,
        [diagonal, points],
        xaxis=axis(palette, "true value", (-reach, reach), fixedrange=True),
        yaxis=axis(palette, "predicted value", (-reach, reach), fixedrange=True),
        dragmode=False,
    )
