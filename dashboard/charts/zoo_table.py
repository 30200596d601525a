"""The measured table's pictures: scores over seeds, and the time of a step against the length."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
from dashboard.charts.end_labels import End, end_labels
from dashboard.charts.titles import panel_title
from dashboard.theme import DASHES, SYMBOLS, Palette
from nnjax.races.bands import Band

ROW, GROWTH_HEIGHT = 46, 380  # pixels
HALF = 0.28  # of a row: how far seeds are spread
LENGTHS, SECONDS = (0.85, 2.45), (-4.5, 0.5)  # powers of ten
_TOP, _BOTTOM, _RIGHT = 40, 48, 92


class Scores(NamedTuple):
    """One network's scores over seeds."""

    name: str
    values: np.ndarray  # (n_seeds,)
    band: Band


class Timed(NamedTuple):
    """One network's seconds at the lengths that were measured, and the power law through them."""

    name: str
    lengths: np.ndarray
    seconds: np.ndarray
    fitted: np.ndarray | None  # at those lengths


def scores_height(count: int) -> int:
    """Return the pixels that so many networks need."""
    return _TOP + _BOTTOM + ROW * max(count, 1)


def plot_scores(rows: Sequence[Scores], *, by_chance: float, title: str, palette: Palette):
    """Draw each network's seeds as points, the middle eight tenths as a bar, and a guess."""
    low = max(-0.02, by_chance - 0.06)
    points, bars, middles = [], [], []
    for place, row in enumerate(rows):
        spread = HALF * np.linspace(-1, 1, len(row.values)) if len(row.values) > 1 else [0.0]
        points.append(np.stack([row.values, place + np.asarray(spread)], axis=1))
        bars += [(row.band.low, place), (row.band.high, place), (np.nan, np.nan)]
        middles += [(row.band.middle, place - 0.34), (row.band.middle, place + 0.34)]
        middles.append((np.nan, np.nan))
    ends = (-0.5, len(rows) - 0.5)
    guess = [(by_chance, ends[0]), (by_chance, ends[1])]
    return figure(
        palette,
        [
            _trace(guess, "lines", line={"color": palette.neutral, "width": 1.6, "dash": "dot"},
                   hoverinfo="skip"),
            _trace(bars, "lines", line={"color": palette.fade(palette.positive, 0.28), "width": 14},
                   hoverinfo="skip"),
            _trace(np.concatenate(points), "markers",
                   marker={"size": 7, "color": palette.neutral, "opacity": 0.85},
                   hovertemplate="one seed: %{x:.1%}<extra></extra>"),
            _trace(middles, "lines", line={"color": palette.positive, "width": 3},
                   hovertemplate="middle seed: %{x:.1%}<extra></extra>"),
        ],
        xaxis=axis(palette, "share right on what was not trained on", (low, 1.02),
                   tickformat=".0%", dtick=0.1 if low > 0.3 else 0.2),
        yaxis=axis(palette, "", ends[::-1], tickvals=list(range(len(rows))),
                   ticktext=[f"{row.name} " for row in rows], showgrid=False),
        annotations=[
            panel_title(palette, title, 1.01),
            label(palette, by_chance, ends[1], " a guess", xanchor="left", yanchor="bottom"),
        ],
        margin={"l": 96, "r": 16, "t": _TOP, "b": _BOTTOM},
        dragmode=False,
    )  # fmt: skip


def _trace(places, mode: str, **more) -> dict:
    places = np.asarray(places, np.float32)
    return {"type": "scatter", "mode": mode, "x": places[:, 0], "y": places[:, 1], **more}


def plot_growth(rows: Mapping[str, Timed], palette: Palette) -> go.Figure:
    """Draw seconds against length on two log axes, with the power law of each as a thin line."""
    data, ends = [], []
    for place, row in enumerate(rows.values()):
        color, dash = palette.series[place], DASHES[place]
        data.append({
            "type": "scatter",
            "mode": "lines+markers",
            "x": row.lengths,
            "y": row.seconds,
            "line": {"color": color, "dash": dash, "width": 2.4},
            "marker": {"size": 8, "color": color, "symbol": SYMBOLS[place]},
            "hovertemplate": f"{row.name}, %{{x}} tokens: %{{y:.2g}} s<extra></extra>",
        })  # fmt: skip
        if row.fitted is not None:
            data.append({
                "type": "scatter", "mode": "lines", "x": row.lengths, "y": row.fitted,
                "line": {"color": palette.fade(color, 0.5), "width": 1}, "hoverinfo": "skip",
            })  # fmt: skip
        end = float(np.log10(row.seconds[-1]))
        ends.append(End(float(np.log10(row.lengths[-1])), end, row.name, color))
    return figure(
        palette,
        data,
        xaxis=axis(palette, "tokens in each sequence", LENGTHS, type="log",
                   tickvals=[8, 16, 32, 64, 128, 256], ticktext=[8, 16, 32, 64, 128, 256]),
        yaxis=axis(palette, "", SECONDS, type="log", automargin=False,
                   tickvals=[1e-4, 1e-3, 1e-2, 1e-1, 1],
                   ticktext=["0.1 ms", "1 ms", "10 ms", "100 ms", "1 s"]),
        annotations=[
            panel_title(palette, "Time of one training step", 1.01),
            *end_labels(palette, ends, span=SECONDS, pixels=GROWTH_HEIGHT - _TOP - _BOTTOM),
        ],
        margin={"l": 62, "r": _RIGHT, "t": _TOP, "b": _BOTTOM},
        dragmode=False,
    )  # fmt: skip
