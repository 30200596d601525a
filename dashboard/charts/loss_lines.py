"""Losses along lines through the space of the parameters: the path of a run, random directions."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure
from dashboard.charts.end_labels import End, end_labels
from dashboard.charts.history import finite
from dashboard.charts.landscape import HEIGHT, Landscape
from dashboard.charts.loss_axis import FLOOR, loss_axis, shown, span_of
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette
from nnjax.races.bands import band_over_seeds

MARGIN = {"l": 58, "r": 10, "t": 62, "b": 48}


def plot_along_path(
    epochs: np.ndarray, losses: np.ndarray, land: Landscape, palette: Palette
) -> go.Figure:
    """Draw the run's own loss and that of the plane under it against epochs; trace 0 a cursor."""
    both = np.concatenate([losses, land.path_losses])
    low, high = span_of(both)
    end = max(1.0, float(epochs[-1]))
    rows = (
        (losses, palette.positive, "solid", "the run"),
        (land.path_losses, palette.negative, "dash", "the plane under it"),
    )
    lines = [_line(epochs, values, color, dash, name) for values, color, dash, name in rows]
    return figure(
        palette,
        [_cursor(float(epochs[-1]), (10**low, 10**high), palette), *lines],
        xaxis=axis(palette, "epoch", (0, end * 1.01)),
        yaxis=loss_axis(palette, low, high),
        annotations=[panel_title(palette, "Training loss", 1.1)],
        showlegend=True,
        margin=MARGIN,
        dragmode=False,
    )


def cursor_track(epochs: np.ndarray) -> dict:
    """Return what moves on `plot_along_path`."""
    return {(0, "x"): np.repeat(epochs[:, None], 2, axis=1).astype(np.float32)}


def plot_cuts(steps: np.ndarray, losses: np.ndarray, palette: Palette) -> go.Figure:
    """Draw the loss along random directions, (n_directions, n_steps): each, and their middle."""
    low, high = span_of(losses)
    gap = np.full((len(losses), 1), np.nan)
    every = {
        "type": "scatter",
        "mode": "lines",
        # One trace for all, with a gap after each: fewer nodes to draw.
        "x": np.concatenate([np.tile(steps, (len(losses), 1)), gap], axis=1).ravel(),
        "y": np.concatenate([shown(losses, high), gap], axis=1).ravel(),
        "line": {"color": palette.fade(palette.neutral, 0.6), "width": 1},
        "hoverinfo": "skip",
    }
    middle = shown(band_over_seeds(losses).middle, high)
    strong = _line(steps, middle, palette.positive, "solid", "middle")
    strong["hovertemplate"] = "%{x:.2f}: %{y:.4g}<extra>middle of all</extra>"
    pixels = HEIGHT - MARGIN["t"] - MARGIN["b"]
    end = End(float(steps[-1]), float(np.log10(middle[-1])), "middle", palette.positive)
    return figure(
        palette,
        [every, strong],
        xaxis=axis(palette, "step, in the lengths of the units", (steps[0], steps[-1])),
        yaxis=loss_axis(palette, low, high),
        annotations=[
            panel_title(palette, f"Loss along {len(losses)} random directions", 1.04),
            *end_labels(palette, [end], span=(low, high), pixels=pixels),
        ],
        margin=MARGIN | {"r": 62},
        dragmode=False,
    )


def _line(x, values, color: str, dash: str, name: str) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.asarray(x, np.float32),
        "y": finite(np.maximum(values, FLOOR)),
        "name": name,
        "line": {"color": color, "dash": dash, "width": 2.4},
        "hovertemplate": "epoch %{x:.4g}: %{y:.4g}<extra>%{fullData.name}</extra>",
    }


def _cursor(x: float, span: tuple[float, float], palette: Palette) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x, x],
        "y": list(span),
        "line": {"color": palette.axis, "width": 2},
        "hoverinfo": "skip",
        "showlegend": False,
    }
