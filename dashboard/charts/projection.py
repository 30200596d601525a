"""Data with more than two features: a flat projection with the predictions, and digit images."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, plain
from dashboard.charts.surface import class_color
from dashboard.theme import SYMBOLS, Palette

MAX_DRAWN = 2000  # points of a picture; what is counted counts all


class Projected(NamedTuple):
    """Points on two components, and what the network says of each, frame by frame."""

    scores: np.ndarray  # (n, 2)
    labels: np.ndarray  # (n,) class index, or the value
    predicted: np.ndarray  # (n_frames, n) class index, or the value
    explained: np.ndarray  # (2,) share of the variance on each axis
    class_names: tuple[str, ...]  # empty for a value
    axis_names: tuple[str, str] | None = None  # of data that have one column only


def plot_projection(info: Projected, palette: Palette) -> go.Figure:
    """Draw the points, coloured by prediction, shaped by truth; what is wrong is ringed."""
    reach = 1.05 * np.abs(info.scores).max(axis=0)
    names = info.axis_names or [
        f"component {i + 1} ({share:.0%} of the variance)" for i, share in enumerate(info.explained)
    ]
    data = _value_points(info, palette) if not info.class_names else _class_points(info, palette)
    return figure(
        palette,
        data,
        xaxis=axis(palette, plain(names[0]), (-reach[0], reach[0]), fixedrange=True),
        yaxis=axis(palette, plain(names[1]), (-reach[1], reach[1]), fixedrange=True),
        dragmode=False,
    )


def projection_tracks(info: Projected) -> dict:
    """Return what changes: each point's predicted class (or value), and whether it is wrong."""
    if not info.class_names:
        return {(0, "marker.color"): info.predicted.astype(np.float32)}
    wrong = info.predicted != info.labels[None]
    return {
        (0, "marker.color"): info.predicted.astype(np.uint8),
        (0, "marker.line.width"): np.where(wrong, 2, 0).astype(np.uint8),
    }


def _class_points(info, palette):
    n_classes = len(info.class_names)
    colors = [class_color(index, n_classes, palette) for index in range(n_classes)]
    steps = [(edge / n_classes, color) for i, color in enumerate(colors) for edge in (i, i + 1)]
    marker = {
        "color": info.predicted[-1].astype(np.uint8),
        "cmin": -0.5,
        "cmax": n_classes - 0.5,
        "colorscale": steps,
        "symbol": [SYMBOLS[int(label)] for label in info.labels],
        "size": 7 if len(info.labels) < 800 else 5,
        "line": {
            "color": palette.text,
            "width": np.where(info.predicted[-1] != info.labels, 2, 0).astype(np.uint8),
        },
    }
    truth = [plain(info.class_names[int(label)]) for label in info.labels]
    return [_points(info, truth, marker, "true class %{text}")]


def _value_points(info, palette):
    reach = float(np.abs(info.labels).max())
    marker = {
        "color": info.predicted[-1].astype(np.float32),
        "cmin": -reach,
        "cmax": reach,
        "colorscale": palette.diverging,
        "size": 7,
        "line": {"color": palette.axis, "width": 0.6},
    }
    truth = [f"{label:.2f}" for label in info.labels]
    return [_points(info, truth, marker, "true value %{text}")]


def _points(info, texts, marker, hover):
    return {
        "type": "scatter",
        "mode": "markers",
        "x": info.scores[:, 0].astype(np.float32),
        "y": info.scores[:, 1].astype(np.float32),
        "text": texts,
        "marker": marker,
        "hovertemplate": f"{hover}<extra></extra>",
    }


class Digits(NamedTuple):
    """Images (n, side, side), their true digits (n,), and predictions (n_frames, n)."""

    images: np.ndarray
    labels: np.ndarray
    predicted: np.ndarray


PER_ROW = 8
PITCH_X, PITCH_Y = 10, 12  # cells from one image to the next


def plot_digits(info: Digits, palette: Palette) -> go.Figure:
    """Draw the images in rows, with what the network takes each for beneath it."""
    n_rows = -(-len(info.images) // PER_ROW)
    side = info.images.shape[1]
    canvas = np.zeros((n_rows * PITCH_Y, PER_ROW * PITCH_X), np.float32)
    for index, image in enumerate(info.images):
        row, column = divmod(index, PER_ROW)
        top, left = row * PITCH_Y + 1, column * PITCH_X + 1
        canvas[top : top + side, left : left + side] = image
    ink = {
        "type": "heatmap",
        "z": canvas,
        "colorscale": [(0.0, palette.fade(palette.text, 0.04)), (1.0, palette.text)],
        "showscale": False,
        "hoverinfo": "skip",
    }
    places = np.array([divmod(index, PER_ROW) for index in range(len(info.images))])
    answers = {
        "type": "scatter",
        "mode": "text",
        "x": places[:, 1] * PITCH_X + 4.5,
        "y": places[:, 0] * PITCH_Y + 10.2,
        "text": answer_texts(info)[-1],
        "textfont": {"size": 13, "color": palette.text},
        "hoverinfo": "skip",
    }
    plain = {"visible": False, "fixedrange": True}
    return figure(
        palette,
        [ink, answers],
        xaxis=plain | {"range": [-0.5, PER_ROW * PITCH_X - 0.5]},
        yaxis=plain | {"range": [n_rows * PITCH_Y, -0.5]},
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        dragmode=False,
    )


def digit_tracks(info: Digits) -> dict:
    """Return what changes: the answers."""
    return {(1, "text"): np.array(answer_texts(info))}


def answer_texts(info: Digits) -> list[list[str]]:
    """Return every answer as text; a wrong one says what it should have been."""
    return [
        [
            f"{guess}" if guess == truth else f"✗ {guess}, is {truth}"
            for guess, truth in zip(frame.astype(int), info.labels.astype(int), strict=True)
        ]
        for frame in info.predicted
    ]
