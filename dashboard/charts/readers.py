"""What several networks read in one drawing, and what they read once it has moved a little."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, axis, figure, label
from dashboard.charts.plane import blend
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

N_DIGITS = 10
ROW_HEIGHT, MARGIN = 62, {"l": 86, "r": 8, "t": 34, "b": 34}
TALL = 0.62  # of a row: the bar of what is certain
ACROSS, PITCH_X, PITCH_Y = 3, 3.7, 4.3  # tiles in a row, and from tile to tile in cells
TILE_HEIGHT = 122  # pixels of a row of tiles


class Readings(NamedTuple):
    """What each of n networks makes of a drawing, moved by a pixel each way."""

    labels: Sequence[str]
    logits: np.ndarray  # (n, 9, 10), the drawing where it is in the middle
    meant: int | None  # the digit that it should be, if that is known

    @property
    def probabilities(self) -> np.ndarray:
        """The softmax of the logits: (n, 9, 10)."""
        powers = np.exp(self.logits - self.logits.max(axis=-1, keepdims=True))
        return powers / powers.sum(axis=-1, keepdims=True)

    @property
    def here(self) -> np.ndarray:
        """Of the drawing where it is: (n, 10)."""
        return self.probabilities[:, 4]

    @property
    def seen(self) -> np.ndarray:
        """The digits that the networks name: (n,)."""
        return self.here.argmax(axis=1)

    @property
    def sure(self) -> np.ndarray:
        """The probabilities of those: (n,)."""
        return self.here.max(axis=1)

    @property
    def moved(self) -> np.ndarray:
        """The digits that they name for each move: (n, 9)."""
        return self.logits.argmax(axis=2)

    @property
    def kept(self) -> np.ndarray:
        """Where a moved drawing is read as it should be, or else as where it is: (n, 9)."""
        return self.moved == (self.seen[:, None] if self.meant is None else self.meant)


def readings_height(readings: Readings) -> int:
    """Return the pixels that the rows of bars need."""
    return ROW_HEIGHT * len(readings.labels) + MARGIN["t"] + MARGIN["b"]


def plot_readings(readings: Readings, title: str, palette: Palette) -> go.Figure:
    """Draw ten bars for each network, one row below the other; its largest is lit and named."""
    n = len(readings.labels)
    rows, digits = np.mgrid[:n, :N_DIGITS]
    feet = (n - 1 - rows).ravel().astype(float)
    lit = digits.ravel() == np.repeat(readings.seen, N_DIGITS)
    bars = {
        "type": "bar",
        "x": digits.ravel(),
        "y": TALL * readings.here.ravel(),
        "base": feet,
        "customdata": readings.here.ravel(),
        "marker": {
            "color": [palette.highlight if on else palette.neutral for on in lit],
            "line": {"color": palette.text, "width": [1.5 * float(on) for on in lit]},
        },
        "hovertemplate": "%{x}: %{customdata:.4f}<extra></extra>",
    }
    return figure(
        palette,
        [bars],
        xaxis=axis(
            palette, "", (-0.6, 9.6), tickvals=list(range(N_DIGITS)), ticktext=_names(readings),
            showgrid=False,
        ),
        yaxis=axis(
            palette, "", (-0.05, n), tickvals=[n - 1 - row + 0.3 for row in range(n)],
            ticktext=list(readings.labels), showgrid=False, automargin=False,
        ),
        shapes=[_line(palette, n - 1 - row) for row in range(n)] + _band(readings, palette),
        annotations=[panel_title(palette, title, y=1.0), *_percents(readings, palette)],
        margin=MARGIN,
        barmode="overlay",
        bargap=0.25,
        dragmode=False,
    )  # fmt: skip


def moves_height(readings: Readings) -> int:
    """Return the pixels that the tiles of `plot_moves` need."""
    return TILE_HEIGHT * -(-len(readings.labels) // ACROSS) + 46


def plot_moves(readings: Readings, title: str, palette: Palette) -> go.Figure:
    """Draw for each network nine cells: what it reads once the drawing has moved that way."""
    data, notes, frames = [], [panel_title(palette, title, y=1.0)], []
    good, bad = (blend(c, palette.background, 0.3) for c in (palette.positive, palette.negative))
    for index, (name, seen, kept) in enumerate(
        zip(readings.labels, readings.moved, readings.kept, strict=True)
    ):
        left, top = (index % ACROSS) * PITCH_X, (index // ACROSS) * PITCH_Y
        data.append(
            {
                "type": "heatmap", "z": kept.reshape(3, 3).astype(np.uint8), "zmin": 0, "zmax": 1,
                "x0": left, "dx": 1, "y0": top, "dy": 1, "xgap": 2, "ygap": 2,
                "colorscale": [(0.0, bad), (1.0, good)], "showscale": False, "hoverinfo": "skip",
            }
        )  # fmt: skip
        font = {"size": 12, "color": palette.text}
        notes.append(
            label(palette, left - 0.5, top - 0.55, name, xanchor="left", yanchor="bottom")
            | {"font": font}
        )
        for cell, (digit, good_one) in enumerate(zip(seen, kept, strict=True)):
            text = str(digit) if good_one else f"<b>{digit} ×</b>"
            notes.append(label(palette, left + cell % 3, top + cell // 3, text) | {"font": font})
        frames.append(_frame(left + 1, top + 1, palette))
    n_down = -(-len(readings.labels) // ACROSS)
    return figure(
        palette,
        data,
        xaxis={**PLAIN, "range": [-0.6, ACROSS * PITCH_X - 1.1]},
        yaxis={**PLAIN, "range": [n_down * PITCH_Y - 1.6, -1.3]},
        shapes=frames,
        annotations=notes,
        margin={"l": 4, "r": 4, "t": 34, "b": 4},
        dragmode=False,
    )


def _names(readings: Readings) -> list[str]:
    return [f"<b>{d}</b>" if d == readings.meant else str(d) for d in range(N_DIGITS)]


def _percents(readings: Readings, palette: Palette) -> list[dict]:
    """Name what each network reads, and how sure it is, over its highest bar."""
    n = len(readings.labels)
    return [
        label(
            palette, int(seen), n - 1 - row + TALL * float(sure), f"<b>{seen}</b>  {sure:.0%}",
            yanchor="bottom",
        )
        | {"font": {"size": 12, "color": palette.text}}
        for row, (seen, sure) in enumerate(zip(readings.seen, readings.sure, strict=True))
    ]  # fmt: skip


def _line(palette: Palette, y: float) -> dict:
    return {
        "type": "line", "x0": -0.6, "x1": 9.6, "y0": y, "y1": y, "layer": "below",
        "line": {"color": palette.axis, "width": 1},
    }  # fmt: skip


def _band(readings: Readings, palette: Palette) -> list[dict]:
    """Mark the column of the digit that is meant."""
    if readings.meant is None:
        return []
    return [
        {
            "type": "rect", "x0": readings.meant - 0.48, "x1": readings.meant + 0.48,
            "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
            "fillcolor": palette.fade(palette.truth, 0.14),
            "line": {"color": palette.truth, "width": 1, "dash": "dot"},
        }
    ]  # fmt: skip


def _frame(x: float, y: float, palette: Palette) -> dict:
    """Mark the middle cell: the drawing where it is."""
    return {
        "type": "rect", "x0": x - 0.5, "x1": x + 0.5, "y0": y - 0.5, "y1": y + 0.5,
        "line": {"color": palette.text, "width": 2},
    }  # fmt: skip
