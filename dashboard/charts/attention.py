"""Whom a text's characters look at: every head as a small map, and one row of one head."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, axis, figure, label, plain
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

PITCH = 1.12  # from map to map; each is one unit wide and high
DOWN = 1.24
HEADS_HEIGHT, ROW_HEIGHT = 300, 320


def plot_heads(weights: np.ndarray, picked: tuple[int, int], title: str, palette: Palette):
    """Draw the weights (n_layers, n_heads, n, n) as maps; the picked (layer, head) is framed.

    Rows ask and columns are looked at, from the first character at the top left.
    """
    n_layers, n_heads, n, _ = weights.shape
    canvas = np.full((n_layers * (n + 1) - 1, n_heads * (n + 1) - 1), np.nan, np.float32)
    for layer in range(n_layers):
        for head in range(n_heads):
            y, x = layer * (n + 1), head * (n + 1)
            canvas[y : y + n, x : x + n] = weights[layer, head]
    ticks = np.linspace(0, 1, n + 1)
    maps = {
        "type": "heatmap",
        "z": canvas,
        "x": np.concatenate([head * PITCH + ticks for head in range(n_heads)]),
        "y": np.concatenate([layer * DOWN + ticks for layer in range(n_layers)]),
        "zmin": 0,
        "zmax": 1,
        "colorscale": palette.sequential,
        "showscale": False,
        "hoverongaps": False,
        "hovertemplate": "weight %{z:.2f}<extra></extra>",
    }
    frames = [
        {
            "type": "rect", "x0": head * PITCH, "x1": head * PITCH + 1,
            "y0": layer * DOWN, "y1": layer * DOWN + 1,
            "line": {"color": palette.text if (layer, head) == picked else palette.grid,
                     "width": 2.5 if (layer, head) == picked else 1},
        }
        for layer in range(n_layers) for head in range(n_heads)
    ]  # fmt: skip
    names = [
        label(
            palette, head * PITCH, layer * DOWN, _name(layer, head, (layer, head) == picked),
            xanchor="left", yanchor="bottom", font={"size": 12, "color": palette.text},
        )
        for layer in range(n_layers) for head in range(n_heads)
    ]  # fmt: skip
    return figure(
        palette,
        [maps],
        xaxis=PLAIN | {"range": [-0.03, (n_heads - 1) * PITCH + 1.03], "constrain": "domain"},
        yaxis=PLAIN | {
            "range": [(n_layers - 1) * DOWN + 1.03, -0.24], "scaleanchor": "x",
            "constrain": "domain", "constraintoward": "top",
        },
        shapes=frames,
        annotations=[panel_title(palette, title), *names],
        margin={"l": 4, "r": 4, "t": 34, "b": 4},
        dragmode=False,
    )  # fmt: skip


def head_at(x: float, y: float, n_layers: int, n_heads: int) -> tuple[int, int] | None:
    """Return which (layer, head) of `plot_heads` lies at a place, if one does."""
    layer, head = int(y // DOWN), int(x // PITCH)
    inside = 0 <= layer < n_layers and 0 <= head < n_heads
    return (layer, head) if inside else None


def plot_row(
    characters: Sequence[str], after, before, *, asks: int, other: int, title: str,
    palette: Palette,
) -> go.Figure:  # fmt: skip
    """Draw whom one character looks at: bars with the model's weights, crosses before training.

    characters, after, before (n,); `asks` and `other` are places in the text.
    """
    places = list(range(len(characters)))
    bars = {
        "type": "bar",
        "x": places,
        "y": np.asarray(after, np.float32),
        "width": 0.8,
        "marker": {
            "color": [palette.highlight if i == other else palette.positive for i in places],
            "line": {"color": palette.text, "width": [1.4 if i == other else 0 for i in places]},
        },
        "hovertemplate": "place %{x}: %{y:.3f}<extra></extra>",
    }
    crosses = {
        "type": "scatter",
        "mode": "markers",
        "x": places[: asks + 1],
        "y": np.asarray(before, np.float32)[: asks + 1],
        "marker": {"symbol": "x", "size": 6, "color": palette.negative},
        "hovertemplate": "before training: %{y:.3f}<extra></extra>",
    }
    names = [f"<b>{plain(c)}</b>" if i in (asks, other) else plain(c)
             for i, c in enumerate(characters)]  # fmt: skip
    return figure(
        palette,
        [bars, crosses],
        xaxis=axis(
            palette, "", (-0.7, len(characters) - 0.3), tickvals=places, ticktext=names,
            showgrid=False, tickangle=0,
            tickfont={"size": 12 if len(characters) <= 32 else 9, "color": palette.text},
        ),
        yaxis=axis(palette, "weight", (0, 1.02), tickvals=[0, 0.25, 0.5, 0.75, 1]),
        shapes=[
            {"type": "rect", "x0": asks - 0.5, "x1": asks + 0.5, "yref": "paper", "y0": 0, "y1": 1,
             "line": {"color": palette.text, "width": 1.2, "dash": "dot"}},
        ],
        annotations=[
            panel_title(palette, title),
            label(palette, asks, 0.98, "asks", yanchor="top",
                  xanchor="right" if asks > len(characters) / 2 else "left",
                  xshift=-10 if asks > len(characters) / 2 else 10),
        ],
        margin={"l": 52, "r": 10, "t": 40, "b": 34},
        dragmode=False,
    )  # fmt: skip


def _name(layer: int, head: int, picked: bool) -> str:
    text = f"{layer + 1}.{head + 1}"
    return f"<b>{text}</b>" if picked else text
