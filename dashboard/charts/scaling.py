"""Loss against size on logarithmic axes with the law through it; what two scores make of it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

HEIGHT = 440
PANEL = 330
LOSS_TICKS = (1.0, 1.5, 2.0, 3.0, 4.0)
SPAN = (1.0, 5.0)  # of losses, nats


class Runs(NamedTuple):
    """Runs as dots, all (n_runs,): one for each size and seed."""

    sizes: np.ndarray  # parameters, or operations
    losses: np.ndarray
    used: np.ndarray  # bool, in the fit
    lost: np.ndarray  # bool, diverged
    names: Sequence[str]


class Line(NamedTuple):
    """The law and its band, along sizes: all (n,)."""

    sizes: np.ndarray
    middle: np.ndarray
    low: np.ndarray
    high: np.ndarray


class Frame(NamedTuple):
    """What the axes show."""

    span: tuple[float, float]  # of sizes
    title: str  # of the axis of sizes
    even: float  # loss of a guess that gives every character the same chance


def plot_scaling(runs: Runs, line: Line | None, frame: Frame, palette: Palette) -> go.Figure:
    """Draw 0 and 1 the band, 2 the law, 3 the runs; a dotted line where an even guess lies."""
    low, high = np.log10(SPAN)
    span, title, even = frame
    data = [*_law(line, palette), _dots(runs, palette)]
    notes = [
        label(palette, float(np.log10(span[0])), float(np.log10(even)), "an even guess",
              xanchor="left", yanchor="bottom", xshift=4)
    ]  # fmt: skip
    guess = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": even, "y1": even,
             "line": {"color": palette.neutral, "width": 1.5, "dash": "dot"}}  # fmt: skip
    if line is not None:
        seen = runs.sizes[runs.used]
        ends = {"yref": "paper", "y0": 0, "y1": 1, "x0": seen.min(), "x1": seen.max()}
        measured = {"type": "rect", "fillcolor": palette.fade(palette.neutral, 0.1),
                    "layer": "below", "line": {"width": 0}} | ends  # fmt: skip
        middle = float(np.log10(seen.min() * seen.max()) / 2)
        notes.append(label(palette, middle, 0, "fitted here", yref="paper", yanchor="bottom"))
        shapes = [measured, guess]
    else:
        shapes = [guess]
    return figure(
        palette,
        data,
        xaxis=axis(palette, title, np.log10(span).tolist(), type="log", dtick=_tick(span),
                   exponentformat="power"),
        yaxis=axis(palette, "loss on unread text, nats a character", (float(low), float(high)),
                   type="log", tickvals=list(LOSS_TICKS), ticktext=[f"{t:g}" for t in LOSS_TICKS]),
        shapes=shapes,
        annotations=notes,
        margin={"l": 56, "r": 14, "t": 12, "b": 48},
        dragmode=False,
    )  # fmt: skip


def _tick(span: tuple[float, float]) -> int:
    decades = np.log10(span[1] / span[0])
    return 1 if decades <= 6 else 2 if decades <= 10 else 3


def _law(line: Line | None, palette: Palette) -> list[dict]:
    if line is None:
        return []
    drawn = {"type": "scatter", "mode": "lines", "x": line.sizes, "hoverinfo": "skip"}
    none = {"color": palette.negative, "width": 0}
    fill = palette.fade(palette.negative, 0.2)
    return [
        drawn | {"y": line.low, "line": none},
        drawn | {"y": line.high, "line": none, "fill": "tonexty", "fillcolor": fill},
        drawn
        | {"y": line.middle, "line": {"color": palette.negative, "width": 2.4, "dash": "dash"}},
    ]


def _dots(runs: Runs, palette: Palette) -> dict:
    symbols = [
        "x" if lost else "circle" if used else "star"
        for used, lost in zip(runs.used, runs.lost, strict=True)
    ]
    colors = [
        palette.positive if used else palette.neutral if lost else palette.highlight
        for used, lost in zip(runs.used, runs.lost, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": runs.sizes,
        "y": runs.losses,
        "text": list(runs.names),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": [9 if used else 13 for used in runs.used],
            "symbol": symbols,
            "color": colors,
            "line": {"color": palette.text, "width": 1},
        },
    }


class Score(NamedTuple):
    """One score of every size: the middle seed, and every run."""

    title: str
    sizes: np.ndarray  # (n_sizes,) parameters
    middle: np.ndarray  # (n_sizes,)
    all_sizes: np.ndarray  # (n_runs,)
    values: np.ndarray  # (n_runs,)
    expected: np.ndarray | None  # (n_sizes,) what p^k would be, or None
    span: tuple[float, float]
    log: bool


def plot_score(score: Score, span: tuple[float, float], palette: Palette) -> go.Figure:
    """Draw 0 the runs, 1 the middle seeds, 2 what chance alone would make of them."""
    bounds = [float(np.log10(end)) for end in score.span] if score.log else list(score.span)
    data = [
        {
            "type": "scatter", "mode": "markers", "x": score.all_sizes, "y": _seen(score,
            score.values), "marker": {"size": 6, "color": palette.positive, "opacity": 0.5},
            "hovertemplate": "%{x:,} parameters: %{y:.3g}<extra></extra>",
        },
        {
            "type": "scatter", "mode": "lines+markers", "x": score.sizes,
            "y": _seen(score, score.middle), "hoverinfo": "skip",
            "line": {"color": palette.positive, "width": 2.4}, "cliponaxis": False,
            "marker": {"size": 9, "color": palette.positive,
                       "line": {"color": palette.text, "width": 1}},
        },
    ]  # fmt: skip
    if score.expected is not None:
        data.append({
            "type": "scatter", "mode": "lines+markers", "x": score.sizes,
            "y": _seen(score, score.expected), "hoverinfo": "skip",
            "line": {"color": palette.negative, "width": 2, "dash": "dash"},
            "marker": {"size": 7, "symbol": "diamond", "color": palette.negative},
        })  # fmt: skip
    return figure(
        palette,
        data,
        xaxis=axis(palette, "parameters", np.log10(span).tolist(), type="log", dtick=1,
                   exponentformat="power"),
        yaxis=axis(palette, "", bounds, type="log" if score.log else "linear",
                   tickformat=".0e" if score.log else ""),
        annotations=[panel_title(palette, score.title, 1.04)],
        margin={"l": 56, "r": 14, "t": 42, "b": 48},
        dragmode=False,
    )  # fmt: skip


def _seen(score: Score, values: np.ndarray) -> np.ndarray:
    """On a logarithmic axis, 0 lies on the bottom."""
    return np.clip(values, score.span[0], None) if score.log else values
