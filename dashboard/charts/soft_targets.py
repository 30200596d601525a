"""Softmax against its targets: shares, the pull on each score, and the loss along one score."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

SCORES = np.linspace(-6, 6, 241, dtype=np.float32)
LOSS_SPAN = (-0.2, 7.0)
HEIGHT = 360
_MARGIN = {"l": 50, "r": 12, "t": 40, "b": 48}


def plot_shares_and_targets(shares, targets, names: Sequence[str], palette: Palette) -> go.Figure:
    """Draw the shares as bars and the targets as diamonds: (k,) each."""
    places = list(range(len(names)))
    targets = np.asarray(targets, float)
    bars = _bars(places, shares, palette.positive, palette) | {
        "hovertemplate": "share %{y:.4f}<extra></extra>"
    }
    wanted = {
        "type": "scatter",
        "mode": "markers",
        "x": places,
        "y": targets,
        "marker": {
            "color": palette.truth, "symbol": "diamond", "size": 12,
            "line": {"color": palette.text, "width": 1.2},
        },
        "hovertemplate": "target %{y:.4f}<extra></extra>",
        "cliponaxis": False,
    }  # fmt: skip
    highest = np.maximum(np.asarray(shares, float), targets)
    said = _texts(places, highest + 0.085, [f"{share:.3f}" for share in shares], palette)
    return figure(
        palette,
        [bars, wanted, said],
        margin=_MARGIN,
        xaxis=_classes(palette, names),
        yaxis=axis(palette, "share (target: ◆)", (0, 1.2), tickvals=[0, 0.25, 0.5, 0.75, 1]),
        annotations=[panel_title(palette, "Shares of 1")],
    )


def plot_pull_on_scores(gradient, names: Sequence[str], palette: Palette) -> go.Figure:
    """Draw dL/dz for every score: what is above 0 pulls the score down, below 0 up."""
    gradient = np.asarray(gradient, float)
    places = list(range(len(names)))
    # A few fixed ranges, so that the axis jumps rarely and never creeps.
    highest = float(np.abs(gradient).max())
    reach = next(span for span in (1.2, 4.0, 13.0) if highest * 1.1 <= span)
    bars = _bars(places, gradient, palette.gradient, palette)
    bars["hovertemplate"] = "dL/dz = %{y:.4f}<extra></extra>"
    shift = np.where(gradient >= 0, 0.08, -0.08) * reach
    said = _texts(places, gradient + shift, [f"{part:+.3f}" for part in gradient], palette)
    return figure(
        palette,
        [bars, said],
        margin=_MARGIN,
        xaxis=_classes(palette, names),
        yaxis=axis(palette, "dL/dz", (-reach, reach), zero=True),
        annotations=[panel_title(palette, "Pull on each score")],
    )


def plot_loss_along(along, at: float, loss: float, right: str, palette: Palette) -> go.Figure:
    """Draw the loss as the right class's score moves: along (2, n) on SCORES, smoothed, hard."""
    smoothed, hard = np.asarray(along, np.float32)
    lowest = int(smoothed.argmin())
    lines = [
        _line(hard, {"color": palette.neutral, "dash": "dash", "width": 2}, "hard target"),
        _line(smoothed, {"color": palette.positive, "width": 3}, "your target"),
    ]
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": [SCORES[lowest], at],
        "y": np.clip([smoothed[lowest], loss], *LOSS_SPAN),
        "marker": {
            "color": [palette.truth, palette.highlight],
            "symbol": ["diamond", "circle"],
            "size": [10, 14],
            "opacity": 1,  # several sizes would be drawn faint
            "line": {"color": palette.text, "width": 1.5},
        },
        "text": ["lowest", "here"],
        "hovertemplate": "%{text}: %{x:.2f}, loss %{y:.3f}<extra></extra>",
        "cliponaxis": False,
    }
    left = at > 0
    side = {"xanchor": "right", "xshift": -12} if left else {"xanchor": "left", "xshift": 12}
    seen = min(loss, LOSS_SPAN[1])
    return figure(
        palette,
        [*lines, points],
        margin=_MARGIN,
        xaxis=axis(palette, f"score of {right}", (-6, 6), zero=True, dtick=3),
        yaxis=axis(palette, "loss", LOSS_SPAN, zero=True),
        annotations=[
            panel_title(palette, f"Loss {loss:.4f}"),
            label(
                palette, at, seen, f"<b>{loss:.4f}</b>",
                yshift=14 if seen < 6.4 else -12,
                bgcolor=palette.fade(palette.background, 0.82), **side,
            ),
            label(
                palette, 0.98, 0.99, "- - hard target", xref="paper", yref="paper",
                xanchor="right", yanchor="top", font={"size": 12, "color": palette.muted},
            ),
        ],
    )  # fmt: skip


def _classes(palette, names):
    return axis(
        palette, tickvals=list(range(len(names))), ticktext=list(names), showgrid=False,
        range=[-0.6, len(names) - 0.4],
    )  # fmt: skip


def _bars(places, heights, color, palette):
    heights = np.asarray(heights, float)
    return {
        "type": "bar",
        "x": places,
        "y": heights,
        "width": 0.62,
        "marker": {
            "color": [color] * len(heights),
            # The second signal: what is negative is hatched.
            "pattern": {
                "shape": ["" if h >= 0 else "/" for h in heights],
                "fgcolor": palette.background,
                "size": 7,
                "solidity": 0.25,
            },
        },
    }


def _texts(places, heights, texts, palette):
    return {
        "type": "scatter",
        "mode": "text",
        "x": places,
        "y": heights,
        "text": texts,
        "textfont": {"color": palette.text, "size": 12.5},
        "hoverinfo": "skip",
    }


def _line(values, line, name):
    return {
        "type": "scatter",
        "mode": "lines",
        "x": SCORES,
        "y": values,
        "line": line,
        "hovertemplate": f"{name}: %{{x:.2f}}, loss %{{y:.3f}}<extra></extra>",
    }
