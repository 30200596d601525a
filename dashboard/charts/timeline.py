"""The road to large language models: when, on a linear axis, and how large, on a logarithmic one.

On the right, where the models crowd together, names stand in a column of their own, moved apart,
each tied to its dot.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure
from dashboard.charts.end_labels import spread
from dashboard.theme import Palette

HEIGHT = 530
MARGIN = {"l": 64, "r": 12, "t": 10, "b": 46}
YEARS = (1940, 2029)
CROWDED = 2005  # from this year on, names stand to the left of here
LINE = 18  # pixels from one name to the next
ROW = 96  # pixels at the bottom for what has no size
UNKNOWN = "none or<br>unknown"


class Dot(NamedTuple):
    """One model, or a milestone without a size."""

    milestone: str
    name: str
    year: int
    size: float | None
    known: str  # in words, for the learner who points at it
    sure: bool  # published by its makers


class Timeline(NamedTuple):
    """What is drawn."""

    dots: Sequence[Dot]
    picked: str  # a milestone
    title: str  # of the axis of sizes
    decades: tuple[int, int]  # from the smallest power of ten to the largest
    ticks: dict[float, str]
    since: int  # the trend's first year
    trend: tuple[Sequence[float], Sequence[float]]  # years and sizes of two points on it


def plot_timeline(shown: Timeline, palette: Palette) -> go.Figure:
    """Draw 0 the trend, 1 the models; a click on a model carries its milestone's key."""
    low, high = _span(shown)
    row = _row_height(shown)
    heights = np.array([row if dot.size is None else np.log10(dot.size) for dot in shown.dots])
    years, sizes = shown.trend
    names = *_names_left(shown, heights, palette), *_names_beside(shown, heights, palette)
    return figure(
        palette,
        [
            {
                "type": "scatter", "mode": "lines", "x": list(years), "y": list(sizes),
                "line": {"color": palette.neutral, "width": 2, "dash": "dash"},
                "hoverinfo": "skip",
            },
            _dots(shown, heights, palette),
        ],
        xaxis=axis(palette, "year", YEARS, tickvals=[1950, 1970, 1990, 2010]),
        yaxis=axis(
            palette, shown.title, (low, high), type="log",
            tickvals=[*shown.ticks, 10**row], ticktext=[*shown.ticks.values(), UNKNOWN],
        ),
        annotations=list(names),
        margin=MARGIN,
        dragmode=False,
    )  # fmt: skip


def _scale(shown: Timeline) -> float:
    """Pixels of one power of ten."""
    inside = HEIGHT - MARGIN["t"] - MARGIN["b"] - ROW
    low, high = shown.decades
    return inside / (high - low)


def _span(shown: Timeline) -> tuple[float, float]:
    low, high = shown.decades
    return low - ROW / _scale(shown), high


def _row_height(shown: Timeline) -> float:
    """Where, in powers of ten, those without a size lie: near the bottom."""
    return _span(shown)[0] + 12 / _scale(shown)


def _dots(shown: Timeline, heights: np.ndarray, palette: Palette) -> dict:
    picked = [dot.milestone == shown.picked for dot in shown.dots]
    fitted = [dot.size is not None and dot.year >= shown.since for dot in shown.dots]
    known = palette.positive
    colors = [
        palette.highlight if here else known if inside else palette.neutral
        for here, inside in zip(picked, fitted, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [dot.year for dot in shown.dots],
        "y": (10.0**heights).tolist(),
        "customdata": [dot.milestone for dot in shown.dots],
        "text": [f"<b>{dot.name}</b>, {dot.year}<br>{dot.known}" for dot in shown.dots],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": [17 if here else 12 for here in picked],
            "color": colors,
            "symbol": [_symbol(dot) for dot in shown.dots],
            "line": {"color": palette.text, "width": 1.25},
        },
        "cliponaxis": False,
    }


def _symbol(dot: Dot) -> str:
    return "x" if dot.size is None else "circle" if dot.sure else "diamond"


def _names_left(shown: Timeline, heights: np.ndarray, palette: Palette) -> list[dict]:
    """Names of recent models in one column, each with a stroke to its dot."""
    recent = [index for index, dot in enumerate(shown.dots) if dot.year >= CROWDED]
    low, high = _span(shown)
    scale = _scale(shown)
    wished = (high - heights[recent]) * scale
    placed = high - spread(wished, LINE, LINE / 2, (high - low) * scale - LINE / 2) / scale
    return [
        _name(shown, shown.dots[index], palette) | {
            "y": float(heights[index]),
            "ax": CROWDED, "ay": float(place), "axref": "x", "ayref": "y",
            "xanchor": "right", "standoff": 7,
        }
        for index, place in zip(recent, placed, strict=True)
    ]  # fmt: skip


def _names_beside(shown: Timeline, heights: np.ndarray, palette: Palette) -> list[dict]:
    """Names of early models: to the right; of those without a size above, the first highest."""
    early = [index for index, dot in enumerate(shown.dots) if dot.year < CROWDED]
    without = [index for index in early if shown.dots[index].size is None]
    names = []
    for index in early:
        over = 16 + LINE * (len(without) - without.index(index)) if index in without else 0
        names.append(
            _name(shown, shown.dots[index], palette)
            | {"y": float(heights[index]), "ax": 2 if over else 12, "ay": -over, "xanchor": "left",
               "standoff": 6, "showarrow": bool(over), "xshift": 0 if over else 9}
        )  # fmt: skip
    return names


def _name(shown: Timeline, dot: Dot, palette: Palette) -> dict:
    bold = dot.milestone == shown.picked
    return {
        "x": dot.year,
        "text": f"<b>{dot.name}</b>" if bold else dot.name,
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": palette.axis,
        "font": {"size": 12.5, "color": palette.text},
        "borderpad": 1,
    }
