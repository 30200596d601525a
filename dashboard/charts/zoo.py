"""The zoo's pictures: an architecture's flow from stage to stage, and how its training went."""

from itertools import pairwise

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, axis, figure, label
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette
from nnjax.zoo.card import Card

ACROSS = 4  # boxes in a row: as many as a phone has room for
HALF_WIDTH, HALF_HEIGHT = 0.43, 0.27
ROW_HEIGHT = 92  # pixels
TIP = 0.06  # the mark of a second way stands before the box, not under it
SHORT = 10  # characters that one line of a box has room for on a phone


def flow_height(card: Card) -> int:
    """Return the pixels that the drawing of a card's flow needs."""
    return ROW_HEIGHT * _n_rows(card) + 24


def plot_flow(card: Card, palette: Palette) -> go.Figure:
    """Draw the stages as boxes joined by arrows, row by row, there and back.

    A dashed arrow leads back to where a loop begins again; a dotted one leads past stages.
    """
    places = [_place(index) for index in range(len(card.flow))]
    boxes = [
        {
            "type": "rect",
            "x0": x - HALF_WIDTH, "x1": x + HALF_WIDTH,
            "y0": y - HALF_HEIGHT, "y1": y + HALF_HEIGHT,
            "fillcolor": palette.panel,
            "line": {"color": palette.axis, "width": 1.5},
        }
        for x, y in places
    ]  # fmt: skip
    names = [
        label(palette, x, y, _wrapped(name)) | {"font": {"size": 12, "color": palette.text}}
        for (x, y), name in zip(places, card.flow, strict=True)
    ]
    ways = [_arrow(*ends, palette.neutral) for ends in pairwise(places)]
    second = [(*pair, palette.negative, "dot") for pair in card.skips]
    if card.loops:
        second.append((*card.loops, palette.positive, "dash"))
    around = [_around(places[start], places[end], *style) for start, end, *style in second]
    return figure(
        palette,
        [_nothing(), *around],
        xaxis=PLAIN | {"range": [-0.5, ACROSS - 0.5]},
        yaxis=PLAIN | {"range": [0.5 - _n_rows(card), 0.5]},
        margin={"l": 4, "r": 4, "t": 16, "b": 8},
        shapes=boxes,
        annotations=[*names, *ways],
        dragmode=False,
    )


def plot_scores(
    scores: np.ndarray, n_epochs: int, *, by_chance: float, title: str, palette: Palette
) -> go.Figure:
    """Draw the score after each epoch run so far, and what a guess would score."""
    known = np.asarray(scores, float)[:n_epochs]
    epochs = np.arange(1, len(known) + 1)
    # An error falls from what a guess misses; a share of right answers rises to 1.
    top = 1.03 if by_chance > 0.09 else 1.25 * by_chance
    guess = {
        "type": "scatter", "mode": "lines", "x": [0, n_epochs], "y": [by_chance, by_chance],
        "line": {"color": palette.neutral, "width": 1.5, "dash": "dot"}, "hoverinfo": "skip",
    }  # fmt: skip
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": epochs,
        "y": known.astype(np.float32),
        "line": {"color": palette.positive, "width": 2.4},
        "marker": {"size": 6, "color": palette.positive},
        "hovertemplate": "epoch %{x}: %{y:.4g}<extra></extra>",
    }
    words = label(palette, n_epochs, by_chance, "a guess", xanchor="right", yanchor="bottom")
    return figure(
        palette,
        [guess, line],
        xaxis=axis(palette, "epoch", (0, n_epochs + 0.5)),
        yaxis=axis(palette, "", (0, top)),
        annotations=[panel_title(palette, title, 1.04), words],
        margin={"l": 52, "r": 16, "t": 40, "b": 48},
        dragmode=False,
    )


def _n_rows(card: Card) -> int:
    return -(-len(card.flow) // ACROSS)


def _place(index: int) -> tuple[float, float]:
    """The centre of a box: rows run to the right and to the left in turns."""
    row, column = divmod(index, ACROSS)
    return float(column if row % 2 == 0 else ACROSS - 1 - column), -float(row)


def _wrapped(name: str) -> str:
    """Break a name at the space nearest its middle where it is too long for one line."""
    spaces = [i for i, letter in enumerate(name) if letter == " "]
    if len(name) <= SHORT or not spaces:
        return name
    at = min(spaces, key=lambda i: abs(i - len(name) / 2))
    return f"{name[:at]}<br>{name[at + 1 :]}"


def _edges(start, end):
    """Where an arrow leaves one box and enters the other: the sides that face each other."""
    (x0, y0), (x1, y1) = start, end
    if y0 == y1:
        sign = np.sign(x1 - x0)
        return (x0 + sign * HALF_WIDTH, y0), (x1 - sign * HALF_WIDTH, y1)
    sign = np.sign(y1 - y0)
    return (x0, y0 + sign * HALF_HEIGHT), (x1, y1 - sign * HALF_HEIGHT)


def _arrow(start, end, color: str) -> dict:
    (x0, y0), (x1, y1) = _edges(start, end)
    return {
        "x": x1, "y": y1, "ax": x0, "ay": y0, "xref": "x", "yref": "y", "axref": "x",
        "ayref": "y", "text": "", "showarrow": True, "arrowhead": 2, "arrowsize": 1.1,
        "arrowwidth": 1.6, "arrowcolor": color,
    }  # fmt: skip


def _around(start, end, color: str, dash: str) -> dict:
    """A way past or back, with a mark where it arrives."""
    (x0, y0), (x1, y1) = start, end
    if y0 == y1:  # over the boxes between
        top = y0 + HALF_HEIGHT
        x, y = [x0, x0, x1, x1], [top, top + 0.16, top + 0.16, top + TIP]
    else:
        (x0, y0), (x1, y1) = _edges(start, end)
        # Beside the arrow that may join the same two boxes.
        x, y = [x0 + 0.2, x1 + 0.2], [y0, y1 - np.sign(y1 - y0) * TIP]
    return {
        "type": "scatter", "mode": "lines+markers", "x": x, "y": y, "hoverinfo": "skip",
        "line": {"color": color, "width": 2.2, "dash": dash},
        "marker": {"size": [0] * (len(x) - 1) + [10], "color": color, "symbol": "diamond"},
    }  # fmt: skip


def _nothing() -> dict:
    return {"type": "scatter", "mode": "markers", "x": [0], "y": [0], "marker": {"opacity": 0}}
