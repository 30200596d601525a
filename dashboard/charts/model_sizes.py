"""The learner's network beside published models, on a scale where each step is a thousandfold."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
from dashboard.large_numbers import in_words
from dashboard.theme import Palette
from nnjax.large_models.published_models import PublishedModel, copies

HEIGHT = 370
DECADES = (0.0, 13.0)
MIDDLE = 6.5  # decades: a dot to the right of it has its words on the left
TICKS = {1: "1", 1e3: "thousand", 1e6: "million", 1e9: "billion", 1e12: "trillion"}


def plot_model_sizes(own: int, models: Sequence[PublishedModel], palette: Palette) -> go.Figure:
    """Draw 0 how far each model is from yours, 1 the models, 2 yours."""
    rows = np.arange(len(models), 0, -1)
    sizes = np.array([model.n_parameters for model in models])
    gap = np.full(len(models), np.nan)
    symbols = ["circle" if model.confirmed else "diamond-open" for model in models]
    return figure(
        palette,
        [
            {
                "type": "scatter",
                "mode": "lines",
                "x": np.stack([np.full(len(models), float(own)), sizes, gap], 1).ravel(),
                "y": np.repeat(rows, 3),
                "line": {"color": palette.axis, "width": 1.5},
                "hoverinfo": "skip",
            },
            _dots(sizes, rows, palette, color=palette.neutral, symbol=symbols)
            | {"text": [f"<b>{m.label}</b>, {m.year}<br>{m.note}" for m in models]},
            _dots([own], [len(models) + 1], palette, color=palette.highlight, symbol="star")
            | {"text": [f"<b>Your network</b>: {own:,} parameters"]},
        ],
        xaxis=axis(
            palette, "parameters", DECADES, type="log", tickvals=list(TICKS),
            ticktext=list(TICKS.values()),
        ),
        yaxis=axis(
            palette, "", (0.4, len(models) + 1.6), showgrid=False,
            tickvals=[len(models) + 1, *rows.tolist()],
            ticktext=["<b>yours</b>", *(f"{model.label}, {model.year}" for model in models)],
        ),
        annotations=[
            _words(palette, own, len(models) + 1, f"<b>{own:,}</b>"),
            *(
                _words(palette, model.n_parameters, int(row), _fit(model, own))
                for model, row in zip(models, rows, strict=True)
            ),
        ],
        margin={"l": 8, "r": 12, "t": 4, "b": 44},
        dragmode=False,
    )  # fmt: skip


def _fit(model: PublishedModel, own: int) -> str:
    text = f"{in_words(copies(model, own))} of yours"
    return text if model.confirmed else f"perhaps {text}"


def _dots(x, y, palette: Palette, *, color: str, symbol) -> dict:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "marker": {
            "size": 12,
            "color": color,
            "symbol": symbol,
            "line": {"color": palette.text, "width": 1.25},
        },
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }


def _words(palette: Palette, size: float, row: int, text: str) -> dict:
    """Return what stands beside a dot, over the line."""
    at = float(np.log10(size))
    side = {"xanchor": "left", "xshift": 9} if at < MIDDLE else {"xanchor": "right", "xshift": -9}
    return label(palette, at, row, text, bgcolor=palette.background, borderpad=2, **side)
