"""A text cut into tokens, and how many characters a token holds."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, axis, cursor, figure, label, plain
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

ACROSS = 28  # characters in a row: as many as a phone has room for
ROW_HEIGHT = 38  # pixels
GAP = 0.06  # between the boxes of two tokens
SYMBOLS = {" ": "␣", "\n": "↵", "\t": "⇥"}
COMPRESSION_HEIGHT = 300


class Part(NamedTuple):
    """The cells of one token that stand in one row."""

    token: int  # its place in the text
    row: int
    start: int  # column
    cells: Sequence[str]


def cells_of(token: bytes) -> list[str]:
    """Return what to show of a token: its characters, or its bytes if they are no whole ones."""
    try:
        return [_visible(character) for character in token.decode("utf-8")]
    except UnicodeDecodeError:
        return [f"{byte:02x}" for byte in token]


def _visible(character: str) -> str:
    if unicodedata.combining(character):
        return f"◌{character}"
    return SYMBOLS.get(character) or (character if character.isprintable() else "▯")


def lay_out(tokens: Sequence[Sequence[str]]) -> list[Part]:
    """Write tokens in rows of ACROSS cells; only one that is longer than a row is broken."""
    parts, row, column = [], 0, 0
    for number, cells in enumerate(tokens):
        if column + len(cells) > ACROSS and column:
            row, column = row + 1, 0
        for start in range(0, len(cells), ACROSS):
            if start:
                row, column = row + 1, 0
            part = cells[start : start + ACROSS]
            parts.append(Part(number, row, column, part))
            column += len(part)
    return parts


def tokens_height(parts: Sequence[Part]) -> int:
    """Return the pixels that the drawing needs."""
    return ROW_HEIGHT * (parts[-1].row + 1) + 44


def plot_tokens(
    parts: Sequence[Part], numbers: Sequence[int], title: str, palette: Palette
) -> go.Figure:
    """Draw each token as a box around its characters; neighbours differ in fill as well."""
    fills = palette.fade(palette.positive, 0.2), palette.fade(palette.negative, 0.16)
    boxes = [
        {
            "type": "rect",
            "x0": part.start + GAP, "x1": part.start + len(part.cells) - GAP,
            "y0": part.row + 0.1, "y1": part.row + 0.9,
            "fillcolor": fills[part.token % 2],
            "line": {"color": palette.neutral, "width": 1},
            "layer": "below",
        }
        for part in parts
    ]  # fmt: skip
    places = [(part, i, cell) for part in parts for i, cell in enumerate(part.cells)]
    text = {
        "type": "scatter",
        "mode": "text",
        "x": [part.start + i + 0.5 for part, i, _ in places],
        "y": [part.row + 0.5 for part, *_ in places],
        "text": [plain(cell) for *_, cell in places],
        "textfont": {
            "size": [11 if len(cell) > 1 else 15 for *_, cell in places],
            "color": [palette.muted if cell == "␣" else palette.text for *_, cell in places],
        },
        "customdata": [numbers[part.token] for part, *_ in places],
        "hovertemplate": "token %{customdata}<extra></extra>",
    }
    return figure(
        palette,
        [text],
        xaxis=PLAIN | {"range": [-0.1, ACROSS + 0.1]},
        yaxis=PLAIN | {"range": [parts[-1].row + 1, 0]},
        margin={"l": 2, "r": 2, "t": 36, "b": 4},
        shapes=boxes,
        annotations=[panel_title(palette, title, 1.01)],
        dragmode=False,
    )


def plot_compression(
    unseen: np.ndarray, own: np.ndarray, at: int, title: str, palette: Palette
) -> go.Figure:
    """Draw characters per token after 0, 1, ... merges: of a text that is new, and the learner's.

    unseen and own (n + 1,); `at` is the number of merges in use.
    """
    last = len(unseen) - 1
    top = 1.12 * max(float(unseen.max()), float(own.max()))
    merges = np.arange(last + 1, dtype=np.int32)
    lines = [
        {
            "type": "scatter", "mode": "lines", "x": merges, "y": ratio.astype(np.float32),
            "line": {"color": color, "width": 2.4, "dash": dash, "shape": "hv"},
            "hovertemplate": "%{x} merges: %{y:.2f}<extra></extra>",
        }
        for ratio, color, dash in (
            (unseen, palette.positive, "solid"), (own, palette.negative, "dash"),
        )
    ]  # fmt: skip
    mark = {
        "type": "scatter", "mode": "markers", "x": [at, at],
        "y": [float(unseen[at]), float(own[at])], "hoverinfo": "skip",
        "marker": {"size": 10, "color": [palette.positive, palette.negative],
                   "symbol": ["circle", "x"], "line": {"color": palette.text, "width": 1}},
    }  # fmt: skip
    names = [
        label(palette, 0, height * top, name, xanchor="left", xshift=6)
        for name, height in (("solid: pages not seen", 0.96), ("dashed: your text", 0.86))
    ]
    return figure(
        palette,
        [*lines, mark],
        xaxis=axis(palette, "merges", (0, last * 1.01 + 1)),
        yaxis=axis(palette, "characters in a token", (0, top)),
        shapes=[cursor(palette, at)],
        annotations=[panel_title(palette, title), *names],
        margin={"l": 52, "r": 12, "t": 40, "b": 46},
        dragmode=False,
    )
