"""A run over time: losses, accuracies, gradient norms, with a cursor at the frame shown."""

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure
from dashboard.theme import DASHES, Palette

MAX_NAME = 24  # characters of a kept run's name that the legend has room for


class History(NamedTuple):
    """One value per frame; `gradient_norms` has one per frame and layer."""

    epochs: np.ndarray
    train_loss: np.ndarray
    test_loss: np.ndarray
    train_accuracy: np.ndarray
    test_accuracy: np.ndarray
    gradient_norms: np.ndarray
    score_name: str = "accuracy"


def plot_learning(
    history: History, palette: Palette, others: Mapping[str, History] | None = None
) -> go.Figure:
    """Draw loss above and accuracy below; traces 0 and 1 are the cursors.

    Of `others`, by name, the test loss and score are drawn thin behind those of this run.
    """
    others = others or {}
    rows = (
        (history.train_loss, history.test_loss, "y"),
        (history.train_accuracy, history.test_accuracy, "y2"),
    )
    data = [_cursor(history, palette, "y"), _cursor(history, palette, "y2")]
    for index, (name, other) in enumerate(others.items()):
        color, dash = palette.extra[index % len(palette.extra)], DASHES[(2 + index) % len(DASHES)]
        line = {"color": color, "dash": dash, "width": 1.5}
        for values, y in ((other.test_loss, "y"), (other.test_accuracy, "y2")):
            shown = escape(name[:MAX_NAME], quote=False)
            data.append(_curve(other.epochs, values, y, f"{shown} (test)", line))
    for train, test, y in rows:
        for values, color, dash, name in (
            (train, palette.positive, "solid", "train"),
            (test, palette.negative, "dash", "test"),
        ):
            line = {"color": color, "dash": dash, "width": 2}
            data.append(_curve(history.epochs, values, y, name, line))
    known = (history, *others.values())
    top = max(_top(np.concatenate([one.train_loss, one.test_loss])) for one in known)
    low = min(0.0, *(_bottom(one.test_accuracy) for one in known), _bottom(history.train_accuracy))
    return figure(
        palette,
        data,
        xaxis=axis(palette, "epoch", _span(*known), anchor="y2", fixedrange=True),
        yaxis=axis(palette, "loss", (0, top), domain=[0.56, 1], fixedrange=True),
        yaxis2=axis(
            palette, history.score_name, (low, 1.04), domain=[0, 0.44], fixedrange=True, nticks=4
        ),
        showlegend=True,
        dragmode=False,
    )


def plot_gradients(history: History, palette: Palette) -> go.Figure:
    """Draw each layer's gradient norm on a log axis; trace 0 is the cursor."""
    norms = np.maximum(history.gradient_norms, 1e-12)
    known = norms[np.isfinite(norms)]
    low, high = (np.log10(known.min()), np.log10(known.max())) if known.size else (-3, 0)
    low = float(np.floor(max(low, -9)))  # a float: NumPy has no negative powers of integers
    high = float(np.ceil(max(high, low + 1)))
    n_layers = norms.shape[1]
    data = [_cursor(history, palette, "y", (10**low, 10**high))]
    for layer in range(n_layers):
        name = "output" if layer == n_layers - 1 else f"layer {layer + 1}"
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": history.epochs.astype(np.float32),
                "y": finite(norms[:, layer]),
                "name": name,
                "line": {
                    "color": palette.gradient,
                    "dash": DASHES[layer],
                    "width": 1.4 + 1.6 * layer / max(1, n_layers - 1),
                },
                "hovertemplate": "epoch %{x:.4g}: %{y:.3g}<extra>%{fullData.name}</extra>",
            }
        )
    return figure(
        palette,
        data,
        xaxis=axis(palette, "epoch", _span(history), fixedrange=True),
        yaxis=axis(
            palette, "gradient norm", (low, high), type="log", fixedrange=True, dtick=1,
            exponentformat="power",
        ),
        showlegend=True,
        dragmode=False,
    )  # fmt: skip


def cursor_track(history: History) -> np.ndarray:
    """Return the cursor's x for every frame, (n_frames, 2)."""
    return np.repeat(history.epochs[:, None], 2, axis=1).astype(np.float32)


def finite(values: np.ndarray) -> np.ndarray:
    """Return values as float32 with a gap wherever they are not finite."""
    return np.where(np.isfinite(values), values, np.nan).astype(np.float32)


def _cursor(history, palette, y, span=(-1e3, 1e3)):
    return {
        "type": "scatter",
        "mode": "lines",
        "x": cursor_track(history)[-1],
        "y": list(span),
        "yaxis": y,
        "line": {"color": palette.axis, "width": 2},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _curve(epochs, values, y, name, line):
    return {
        "type": "scatter",
        "mode": "lines",
        "x": epochs.astype(np.float32),
        "y": finite(values),
        "yaxis": y,
        "xaxis": "x",
        "name": name,
        "showlegend": y == "y",
        "line": line,
        "hovertemplate": "epoch %{x:.4g}: %{y:.4f}<extra>%{fullData.name}</extra>",
    }


def _span(*histories):
    first = min(float(history.epochs[0]) for history in histories)  # not 0 where a run was forked
    last = max(float(history.epochs[-1]) for history in histories)
    return (first, first + max(1.0, last - first) * 1.01)


def _top(values):
    """Return a loss axis's upper end: above all but a run that has blown up."""
    known = values[np.isfinite(values)]
    if not known.size:
        return 1.0
    return max(0.1, 1.08 * min(known.max(), 10 * max(known[0], 1e-6)))


def _bottom(values):
    known = values[np.isfinite(values)]
    return max(-1.0, float(known.min())) if known.size else 0.0
