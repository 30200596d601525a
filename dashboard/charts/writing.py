"""A character model's pictures: its losses, the next character, and whom a character looks at."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, cursor, figure, label, plain
from dashboard.charts.end_labels import End, end_labels
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

LOSS_HEIGHT, POSITION_HEIGHT = 330, 230
SMOOTH = 5  # steps whose training loss is averaged to one point
MARGIN = {"l": 48, "r": 92, "t": 40, "b": 46}


class Losses(NamedTuple):
    """The losses of a training so far."""

    train: np.ndarray  # (n_done,) of each step
    held_out: np.ndarray  # (n_pieces,) after each piece
    n_steps: int  # of the whole training
    levels: dict[str, float]  # the baselines by name
    diverged_at: int = -1  # the step whose loss ran away, if one did


def plot_losses(losses: Losses, palette: Palette) -> go.Figure:
    """Draw both losses against the steps, and the baselines as named levels."""
    top = 1.08 * max(losses.levels.values())
    lost = losses.diverged_at >= 0
    smooth = 1 if lost else SMOOTH  # a training that ran away has few steps to show
    n = len(losses.train) // smooth
    middles = losses.train[: n * smooth].reshape(n, smooth).mean(axis=1)
    at_once = len(losses.train) // max(1, len(losses.held_out))
    steps = (np.arange(len(losses.held_out)) + 1) * at_once
    held_out = np.where(lost & (steps > losses.diverged_at), np.nan, losses.held_out)
    rows = [
        ("text it trains on", (np.arange(n) + 0.5) * smooth, middles, palette.neutral, "solid"),
        ("text held out", steps, held_out, palette.positive, "solid"),
    ]
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers" if color == palette.positive else "lines",
            "x": np.asarray(x, np.float32),
            "y": np.minimum(np.asarray(y, np.float32), top),
            "name": name,
            "line": {"color": color, "dash": dash, "width": 2.4},
            "marker": {"size": 6},
            "connectgaps": False,
            "hovertemplate": "step %{x:.0f}: %{y:.3f}<extra>%{fullData.name}</extra>",
        }
        for name, x, y, color, dash in rows
    ]
    inside = LOSS_HEIGHT - 66 - MARGIN["b"]
    ends = [End(losses.n_steps, y, f"{name} {y:.2f}", palette.text)
            for name, y in losses.levels.items()]  # fmt: skip
    notes = end_labels(palette, ends, span=(0, top), pixels=inside)
    if lost:
        said = f"<b>diverged at step {losses.diverged_at}</b>"
        notes.append(label(palette, losses.diverged_at, top / 8, said, xanchor="left", xshift=6))
    return figure(
        palette,
        traces,
        xaxis=axis(palette, "training step", (0, losses.n_steps)),
        yaxis=axis(palette, "loss, nats a character", (0, top)),
        shapes=[
            *(_level(palette, y) for y in losses.levels.values()),
            *([cursor(palette, losses.diverged_at)] if lost else []),
        ],
        annotations=notes,
        showlegend=True,
        margin=MARGIN | {"t": 66, "r": 104},
        dragmode=False,
    )


def plot_by_position(held_out: np.ndarray, bigram: float, palette: Palette) -> go.Figure:
    """Draw the held-out loss (context,) of each place in the context, beside that of pairs."""
    places = np.arange(1, len(held_out) + 1)
    bars = {
        "type": "bar", "x": places, "y": np.asarray(held_out, np.float32), "width": 0.8,
        "marker": {"color": palette.positive},
        "hovertemplate": "after %{x} characters: %{y:.2f}<extra></extra>",
    }  # fmt: skip
    return figure(
        palette,
        [bars],
        xaxis=axis(palette, "characters seen before the guess", (0, len(held_out) + 1)),
        yaxis=axis(palette, "loss", (0, 1.15 * max(bigram, float(held_out.max())))),
        shapes=[_level(palette, bigram)],
        annotations=[
            panel_title(palette, "Where in the context it errs"),
            label(palette, 1.01, bigram, "pairs", xref="paper", xanchor="left"),
        ],
        margin=MARGIN | {"r": 60},
        dragmode=False,
    )


def plot_next(
    names: Sequence[str], before: np.ndarray, after: np.ndarray, palette: Palette
) -> go.Figure:
    """Draw the chances of the likeliest characters before and after the three controls."""
    places = list(range(len(names)))
    rows = (("as the model has them", before, palette.neutral, 0),
            ("as drawn from", after, palette.positive, 1.4))  # fmt: skip
    bars = [
        {
            "type": "bar", "x": places, "y": np.asarray(y, np.float32), "name": name,
            "marker": {"color": color, "line": {"color": palette.text, "width": outline}},
            "text": list(map(plain, names)), "textposition": "none",
            "hovertemplate": "%{text}: %{y:.1%}<extra>%{fullData.name}</extra>",
        }
        for name, y, color, outline in rows
    ]  # fmt: skip
    return figure(
        palette,
        bars,
        barmode="group",
        xaxis=axis(palette, "next character", (-0.6, len(names) - 0.4), tickvals=places,
                   ticktext=list(map(plain, names)), showgrid=False, tickangle=0),
        yaxis=axis(palette, "probability", (0, 1), tickformat=".0%"),
        showlegend=True,
        margin={"l": 52, "r": 12, "t": 44, "b": 48},
        dragmode=False,
    )  # fmt: skip


def plot_heads(
    attention: np.ndarray, names: Sequence[str], picked: int, palette: Palette
) -> go.Figure:
    """Draw whom the picked character looks at, a row for each head: (layers, heads, n, n)."""
    n_layers, n_heads = attention.shape[:2]
    rows = attention[:, :, picked].reshape(-1, len(names))
    heads = [f"{layer + 1}.{head + 1}" for layer in range(n_layers) for head in range(n_heads)]
    seen = np.where(np.arange(len(names)) <= picked, rows, np.nan)
    return figure(
        palette,
        [_map(seen, palette, heads, names)],
        xaxis=_letters(names, "whom it looks at", palette),
        yaxis=axis(palette, "block.head", (-0.5, len(heads) - 0.5), showgrid=False,
                   tickvals=list(range(len(heads))), ticktext=heads[::-1]),
        shapes=[_mark(picked, len(heads), palette)],
        margin={"l": 56, "r": 12, "t": 12, "b": 48},
        dragmode=False,
    )  # fmt: skip


def plot_head(
    weights: np.ndarray, names: Sequence[str], picked: int, palette: Palette
) -> go.Figure:
    """Draw one head in full, (n, n): each row a character, each column one it looks at."""
    n = len(names)
    seen = np.where(np.tril(np.ones((n, n), bool)), weights, np.nan)
    letters = list(map(plain, names))
    return figure(
        palette,
        [_map(seen, palette, names, names)],
        xaxis=_letters(names, "whom it looks at", palette),
        yaxis=axis(palette, "who looks", (-0.5, n - 0.5), showgrid=False, automargin=False,
                   tickvals=list(range(n)), ticktext=letters[::-1]),
        shapes=[{
            "type": "rect", "x0": -0.5, "x1": picked + 0.5, "y0": n - picked - 1.5,
            "y1": n - picked - 0.5, "line": {"color": palette.text, "width": 2},
        }],
        margin={"l": 56, "r": 12, "t": 12, "b": 48},
        dragmode=False,
    )  # fmt: skip


def _map(values, palette: Palette, rows: Sequence[str], columns: Sequence[str]) -> dict:
    said = [[f"{plain(row)} looks at {plain(column)}" for column in columns] for row in rows]
    return {
        # The first row is the uppermost.
        "type": "heatmap", "y": list(range(len(rows)))[::-1],
        "z": np.asarray(values, np.float32), "zmin": 0, "zmax": 1,
        "colorscale": palette.sequential, "showscale": False, "xgap": 1, "ygap": 1,
        "hoverongaps": False, "text": said, "hovertemplate": "%{text}: %{z:.0%}<extra></extra>",
    }  # fmt: skip


def _letters(names: Sequence[str], title: str, palette: Palette) -> dict:
    return axis(palette, title, (-0.5, len(names) - 0.5), showgrid=False, tickangle=0,
                tickvals=list(range(len(names))), ticktext=list(map(plain, names)))  # fmt: skip


def _mark(picked: int, n_rows: int, palette: Palette) -> dict:
    return {
        "type": "rect", "x0": picked - 0.5, "x1": picked + 0.5, "y0": -0.5, "y1": n_rows - 0.5,
        "line": {"color": palette.text, "width": 2},
    }  # fmt: skip


def _level(palette: Palette, y: float) -> dict:
    return {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y,
        "line": {"color": palette.negative, "width": 1.6, "dash": "dot"},
    }  # fmt: skip
