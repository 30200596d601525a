"""Writing a character at a time: what each costs as the text grows, and when it arrives."""

import textwrap
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, axis, figure, label, plain
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

COST_HEIGHT, STREAM_HEIGHT = 340, 300
COST_SPAN = (-2.0, 3.0)  # powers of ten of a millisecond
LINE = 38  # characters in a line of the stream: as many as a phone has room for


def plot_costs(
    lengths: Sequence[int], anew, cached, *, longest: int, title: str, palette: Palette
) -> go.Figure:
    """Draw the milliseconds of one more character: all read anew (n,), and with a cache (n,)."""
    lines = [
        {
            "type": "scatter", "mode": "lines+markers", "x": list(lengths),
            "y": np.asarray(times, np.float32),
            "line": {"color": color, "width": 2.4, "dash": dash},
            "marker": {"size": 9, "color": color, "symbol": symbol},
            "hovertemplate": "%{x} characters: %{y:.3g} ms<extra></extra>",
        }
        for times, color, dash, symbol in (
            (anew, palette.negative, "dash", "x"), (cached, palette.positive, "solid", "circle"),
        )
    ]  # fmt: skip
    names = [
        label(palette, lengths[-1], float(np.log10(times[-1])), text, xanchor="right",
              yanchor="bottom" if above else "top", yshift=9 if above else -9)
        for times, text, above in (
            (anew, "all read anew (dashed)", True), (cached, "with a cache (solid)", False),
        )
    ]  # fmt: skip
    return figure(
        palette,
        lines,
        xaxis=axis(palette, "characters so far", (0, 1.06 * longest)),
        yaxis=axis(
            palette, "ms for one more", COST_SPAN, type="log",
            tickvals=[0.01, 0.1, 1, 10, 100, 1000],
            ticktext=["0.01", "0.1", "1", "10", "100", "1,000"],
        ),
        annotations=[panel_title(palette, title), *names],
        margin={"l": 60, "r": 14, "t": 40, "b": 46},
        dragmode=False,
    )  # fmt: skip


def growing_text(prompt: str, written: str) -> list[str]:
    """Return the prompt in bold with 1, 2, ... written characters after it, in lines.

    Lines are broken where the whole text needs it: no word jumps as it grows.
    """
    whole = " ".join((prompt + written).split("\n"))
    lines = textwrap.wrap(
        whole, LINE, drop_whitespace=False, expand_tabs=False, replace_whitespace=False
    )
    return [
        _first_characters(lines, len(prompt), len(prompt) + k) for k in range(1, len(written) + 1)
    ]


def _first_characters(lines: Sequence[str], n_bold: int, n: int) -> str:
    shown, start = [], 0
    for line in lines:
        if start >= n:
            break
        bold, rest = line[: max(0, n_bold - start)], line[max(0, n_bold - start) : n - start]
        shown.append((f"<b>{plain(bold, LINE)}</b>" if bold else "") + plain(rest, LINE))
        start += len(line)
    return "<br>".join(shown)


def plot_stream(milliseconds, text: str, title: str, palette: Palette) -> go.Figure:
    """Draw when each character arrived (n,), above the text as far as it is written."""
    times = np.asarray(milliseconds, np.float32)
    last = float(times[-1]) if len(times) else 1.0
    ticks = {
        "type": "scatter", "mode": "markers", "x": times, "y": np.zeros(len(times), np.float32),
        "marker": {"symbol": "line-ns-open", "size": 16, "color": palette.positive,
                   "line": {"width": 1.4}},
        "hovertemplate": "%{x:.1f} ms<extra></extra>",
    }  # fmt: skip
    now = {
        "type": "scatter", "mode": "markers", "x": [last], "y": [0], "hoverinfo": "skip",
        "marker": {"symbol": "diamond", "size": 13, "color": palette.highlight,
                   "line": {"color": palette.text, "width": 1.5}},
    }  # fmt: skip
    first = float(times[0]) if len(times) else 0.0
    return figure(
        palette,
        [ticks, now],
        xaxis=axis(
            palette, "ms since the prompt was sent", (-0.02 * last, 1.03 * last), showgrid=False
        ),
        yaxis=PLAIN | {"range": [-0.6, 4]},
        shapes=[{
            "type": "rect", "x0": 0, "x1": first, "y0": -0.35, "y1": 0.35,
            "fillcolor": palette.fade(palette.negative, 0.35), "line": {"width": 0},
        }],
        annotations=[
            label(palette, 0, 3.9, text, xref="paper", xanchor="left", yanchor="top", align="left",
                  font={"size": 14, "color": palette.text, "family": "monospace"}),
            label(palette, 0, 0.42, "reading the prompt", xanchor="left", yanchor="bottom"),
            panel_title(palette, title),
        ],
        margin={"l": 12, "r": 12, "t": 40, "b": 46},
        dragmode=False,
    )  # fmt: skip
