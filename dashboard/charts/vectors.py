"""Activations of whole vectors: softmax as bars, SwiGLU as a map over its two sums."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
from dashboard.theme import Palette

SCORE_SPAN = (-8.4, 8.4)  # scores from -4 to 4, and up to 3 added to all of them
GATES = np.linspace(-5, 5, 81, dtype=np.float32)
VALUES = np.linspace(-3, 3, 61, dtype=np.float32)


def plot_scores(scores, palette: Palette) -> go.Figure:
    """Draw the scores that go into softmax as bars around 0."""
    scores = np.asarray(scores, float)
    names = [f"z<sub>{i}</sub>" for i in range(1, len(scores) + 1)]
    notes = [
        label(palette, i, score, f"<b>{score:.2f}</b>", yshift=12 if score >= 0 else -12)
        for i, score in enumerate(scores)
    ]
    return figure(
        palette,
        [_bars(scores, palette)],
        xaxis=axis(palette, "", tickvals=list(range(len(scores))), ticktext=names, showgrid=False,
                   tickfont={"size": 14}),
        yaxis=axis(palette, "score", SCORE_SPAN, zero=True,
                   dtick=2),
        annotations=notes,
    )  # fmt: skip


def plot_shares(shares, palette: Palette) -> go.Figure:
    """Draw what softmax makes of the scores: shares of 1."""
    shares = np.asarray(shares, float)
    names = [f"p<sub>{i}</sub>" for i in range(1, len(shares) + 1)]
    notes = [
        label(palette, i, share, f"<b>{share:.3f}</b>", yshift=12) for i, share in enumerate(shares)
    ]
    return figure(
        palette,
        [_bars(shares, palette)],
        xaxis=axis(palette, "", tickvals=list(range(len(shares))), ticktext=names, showgrid=False,
                   tickfont={"size": 14}),
        yaxis=axis(palette, "share", (0, 1.12), tickvals=[0, 0.25, 0.5, 0.75, 1]),
        annotations=notes,
    )  # fmt: skip


def _bars(heights, palette):
    return {
        "type": "bar",
        "x": list(range(len(heights))),
        "y": heights,
        "width": 0.62,
        "marker": {
            "color": [palette.positive if h >= 0 else palette.negative for h in heights],
            "pattern": {
                "shape": ["" if h >= 0 else "/" for h in heights],
                "fgcolor": palette.background,
                "size": 7,
                "solidity": 0.25,
            },
        },
        "hoverinfo": "skip",
    }


def plot_gate(outputs, gate: float, value: float, here: float, palette: Palette) -> go.Figure:
    """Draw SiLU(g) v over gate sum g and value v, (n_values, n_gates), and the learner's point."""
    surface = {
        "type": "contour",
        "x": GATES,
        "y": VALUES,
        "z": np.asarray(outputs, np.float32),
        "colorscale": palette.diverging,
        "zmid": 0,
        "zmin": -12,
        "zmax": 12,
        "contours": {
            "coloring": "heatmap",
            "start": -12,
            "end": 12,
            "size": 2,
            "showlabels": True,
            "labelfont": {"size": 11, "color": palette.text},
        },
        "line": {"width": 0.8, "color": palette.axis},
        "showscale": False,
        "hovertemplate": "gate %{x:.2f}, value %{y:.2f}: output %{z:.2f}<extra></extra>",
    }  # fmt: skip
    point = {
        "type": "scatter",
        "mode": "markers",
        "x": [gate],
        "y": [value],
        "marker": {
            "color": palette.highlight,
            "size": 15,
            "line": {"color": palette.text, "width": 1.6},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    left = gate > 0
    note = label(
        palette, gate, value, f"<b>{here:.3f}</b>", yshift=17 if value < 2.4 else -17,
        xanchor="right" if left else "left", xshift=-10 if left else 10,
        bgcolor=palette.fade(palette.background, 0.82),
    )  # fmt: skip
    return figure(
        palette,
        [surface, point],
        xaxis=axis(palette, "g, the gate's sum", (-5, 5), zero=True),
        yaxis=axis(palette, "v, the value's sum", (-3, 3), zero=True),
        annotations=[note],
    )
