"""Names at the ends of lines, moved apart so that none lies over another."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.theme import Palette

LINE = 17  # pixels that one name needs


class End(NamedTuple):
    """Where a line ends, in the axis's own units (log10 on a log axis), and what it is called."""

    x: float
    y: float
    text: str
    color: str


def end_labels(
    palette: Palette,
    ends: Sequence[End],
    *,
    span: Sequence[float],
    pixels: float,
    axes: tuple[str, str] = ("x", "y"),
) -> list[dict]:
    """Return a name to the right of each line's end, tied to it by a stroke of its colour.

    `span` is the y axis's range and `pixels` its height on the screen.
    """
    low, high = span
    scale = pixels / (high - low)
    # An end beyond the range is named where its line leaves the picture.
    seen = np.clip(np.nan_to_num([end.y for end in ends], nan=low), low, high)
    down = (high - seen) * scale
    places = spread(down, LINE, 0.0, pixels)
    return [
        {
            "x": end.x,
            "y": float(y),
            "xref": axes[0],
            "yref": axes[1],
            "text": end.text,
            "ax": 16,
            "ay": float(place - top),
            "xanchor": "left",
            "align": "left",
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1.2,
            "arrowcolor": end.color,
            "font": {"size": 12.5, "color": palette.text},
            "borderpad": 1,
        }
        for end, y, top, place in zip(ends, seen, down, places, strict=True)
    ]


def spread(places: Sequence[float], gap: float, low: float, high: float) -> np.ndarray:
    """Return the places moved as little as possible so that neighbours are `gap` apart.

    Least squares: neighbours that are too close share the mean of where they want to be. All
    stay within `low` and `high` where there is room for them.
    """
    places = np.asarray(places, float)
    order = np.argsort(places, kind="stable")
    blocks: list[list[float]] = []  # each: the sum of wished-for places, and how many
    for rank, index in enumerate(order):
        blocks.append([places[index] - rank * gap, 1])
        while len(blocks) > 1 and _mean(blocks[-2]) > _mean(blocks[-1]):
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    packed = np.concatenate([np.full(int(block[1]), _mean(block)) for block in blocks] or [[]])
    last = max(low, high - gap * (len(places) - 1))
    moved = np.empty_like(places)
    moved[order] = np.clip(packed, low, last) + gap * np.arange(len(places))
    return moved


def _mean(block: Sequence[float]) -> float:
    return block[0] / block[1]
