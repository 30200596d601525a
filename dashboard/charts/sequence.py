"""The loss of a text, letter by letter, with its mean."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

SPAN = (0.0, 9.0)
HEIGHT = 380
CLOSE = 1.2  # levels nearer than this have names that would touch


def plot_positions(
    letters: Sequence[str], losses, levels: tuple[float, float], title: str, palette: Palette
) -> go.Figure:
    """Draw -ln p of every letter as a bar, and two levels: their mean, and what guessing costs.

    letters and losses (n,); a loss that is not finite reaches the top and is marked so.
    """
    mean, guess = levels
    losses = np.asarray(losses, float)
    heights = np.clip(np.nan_to_num(losses, posinf=SPAN[1]), *SPAN)
    worst = int(np.argmax(losses))
    places = list(range(len(letters)))
    bars = {
        "type": "bar",
        "x": places,
        "y": heights,
        "width": 0.8,
        "marker": {
            "color": [palette.highlight if i == worst else palette.positive for i in places],
            "pattern": {  # what has no end is hatched
                "shape": ["" if np.isfinite(loss) else "/" for loss in losses],
                "fgcolor": palette.background,
                "size": 7,
                "solidity": 0.25,
            },
            "line": {
                "color": palette.text,
                "width": [1.4 if i == worst else 0 for i in places],
            },
        },
        "customdata": [_number(loss) for loss in losses],
        "text": ["space" if letter == "␣" else letter for letter in letters],
        "textposition": "none",
        "hovertemplate": "%{text}: loss %{customdata}<extra></extra>",
    }
    top = min(float(heights[worst]), SPAN[1] - 0.5)
    notes = [
        panel_title(palette, title),
        label(palette, worst, top, f"<b>{_number(losses[worst])}</b>", yshift=12,
              bgcolor=palette.fade(palette.background, 0.82)),
        _named(palette, guess, f"guessing<br>{guess:.2f}"),
    ]  # fmt: skip
    lines = [_level(guess, palette.neutral, "dot")]
    if np.isfinite(mean):
        lines.append(_level(mean, palette.truth, "solid"))
        notes.append(_named(palette, mean, f"<b>mean<br>{mean:.2f}</b>"))
        _keep_apart(notes[-2:])
    return figure(
        palette,
        [bars],
        margin={"l": 48, "r": 70, "t": 40, "b": 44},
        xaxis=axis(
            palette, "letter by letter", (-0.7, len(letters) - 0.3), tickvals=places,
            ticktext=list(letters), showgrid=False, tickangle=0, tickfont={"size": 12},
        ),
        yaxis=axis(palette, "loss, −ln p", SPAN, dtick=2, automargin=False),
        shapes=lines,
        annotations=notes,
    )  # fmt: skip


def _number(value: float) -> str:
    return f"{value:.2f}" if np.isfinite(value) else "∞"


def _level(y, color, dash):
    return {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y,
        "line": {"color": color, "width": 2, "dash": dash},
    }  # fmt: skip


def _named(palette, y, text):
    """A level's name at its right end, outside the picture."""
    return label(
        palette, 1.01, y, text, xref="paper", xanchor="left", align="left",
        font={"size": 12.5, "color": palette.text},
    )  # fmt: skip


def _keep_apart(names):
    """Move two names of two lines each up and down where their levels are close."""
    lower, upper = sorted(names, key=lambda name: name["y"])
    if upper["y"] - lower["y"] < CLOSE:
        lower["yanchor"], upper["yanchor"] = "top", "bottom"
