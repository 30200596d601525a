"""A window of text, what should follow each of its characters, and what the guess costs."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label, plain
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

SHOWN = 26  # characters of the window: as many as a phone has room for
HEIGHT = 360
SPAN = (0.0, 9.0)


def plot_window(
    reads: Sequence[str], targets: Sequence[str], before, after, *, even: float, title: str,
    palette: Palette,
) -> go.Figure:  # fmt: skip
    """Draw the loss of every target as a bar, and as a cross what it was before the steps.

    reads, targets, before, after (n,); `even` is the loss of an even guess.
    """
    places = list(range(len(reads)))
    bars = {
        "type": "bar", "x": places, "y": np.minimum(after, SPAN[1]).astype(np.float32),
        "width": 0.8, "marker": {"color": palette.positive},
        "hovertemplate": "loss %{y:.2f}<extra></extra>",
    }  # fmt: skip
    crosses = {
        "type": "scatter", "mode": "markers", "x": places,
        "y": np.minimum(before, SPAN[1]).astype(np.float32),
        "marker": {"symbol": "x", "size": 7, "color": palette.negative},
        "hovertemplate": "before: %{y:.2f}<extra></extra>",
    }  # fmt: skip
    names = [f"{plain(read)}<br><b>{plain(target)}</b>"
             for read, target in zip(reads, targets, strict=True)]  # fmt: skip
    aside = {"xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "top"}
    return figure(
        palette,
        [bars, crosses],
        xaxis=axis(
            palette, "", (-0.7, len(reads) - 0.3), tickvals=places, ticktext=names,
            showgrid=False, tickangle=0, tickfont={"size": 13, "color": palette.text},
        ),
        yaxis=axis(palette, "loss, −ln p", SPAN, dtick=2, automargin=False),
        shapes=[{
            "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": even, "y1": even,
            "line": {"color": palette.neutral, "width": 1.8, "dash": "dot"},
        }],
        annotations=[
            panel_title(palette, title),
            label(palette, 1, even, f"an even guess, {even:.2f}", xref="paper", xanchor="right",
                  yanchor="bottom", bgcolor=palette.fade(palette.background, 0.8)),
            label(palette, -0.005, -0.015, "reads<br><b>target</b>", align="right",
                  font={"size": 12, "color": palette.muted}, **aside),
        ],
        margin={"l": 56, "r": 10, "t": 40, "b": 46},
        dragmode=False,
    )  # fmt: skip
