"""The plane of an autoencoder: digits at their places, and what is drawn from a place."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, axis, figure, label
from dashboard.charts.digit_reading import ink
from dashboard.charts.images import data_urls, map_image
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

REACH = 3.0  # standard deviations each way that the plane shows
SIDE, ENLARGED = 8, 16  # pixels of a digit, and of each of those on the screen's picture
LARGEST = 255
WALKER, RADIUS = "shapes[0]", 0.13  # what a film moves: its corners x0, x1, y0, y1
PLANE_HEIGHT, PAIR_HEIGHT, ENDS_HEIGHT = 460, 460, 170
PICTURE = (0.0, SIDE)  # the span of both axes that a picture fills
GAP = 10.4  # from the foot of the walk's picture to the foot of the one above


class Walk(NamedTuple):
    """A straight line from one place to another, in steps."""

    places: np.ndarray  # (n_steps, 2)
    drawn: np.ndarray  # (n_steps, SIDE, SIDE)
    names: tuple[str, str]  # of the digits at its ends: "a 3"


def plot_plane(places, labels, at, walk: Walk, palette: Palette) -> go.Figure:
    """Draw each digit (n, 2) as its own numeral, the place `at`, and the walk.

    shapes[0] is who walks.
    """
    colors = palette.series
    numerals = {
        "type": "scatter",
        "mode": "text",
        "x": places[:, 0],
        "y": places[:, 1],
        "text": [str(digit) for digit in labels],
        "textfont": {"size": 12, "color": [colors[digit] for digit in labels]},
        "hovertemplate": "%{text} at %{x:.2f}, %{y:.2f}<extra></extra>",
    }
    return figure(palette, [numerals, *_paths(walk, at, palette)], **_plane(walk, palette))


def plot_drawn(tiles, at, walk: Walk, palette: Palette) -> go.Figure:
    """Draw what comes of every place: tiles (n, n, SIDE, SIDE), the first row at the bottom."""
    cells = len(tiles) * (SIDE + 2)
    apart = ((0, 0), (0, 0), (1, 1), (1, 1))
    upright = np.pad(tiles[:, :, ::-1], apart, constant_values=np.nan)
    canvas = upright.transpose(0, 2, 1, 3).reshape(cells, cells)
    step = 2 * REACH / cells
    pixels = {
        "type": "heatmap", "z": canvas.astype(np.float32), "zmin": 0, "zmax": 1,
        "x0": -REACH + step / 2, "dx": step, "y0": -REACH + step / 2, "dy": step,
        "colorscale": ink(palette), "showscale": False, "hoverinfo": "skip",
        "hoverongaps": False,
    }  # fmt: skip
    return figure(palette, [pixels, *_paths(walk, at, palette)], **_plane(walk, palette))


def tile_places(n: int) -> np.ndarray:
    """Return the middles of n x n tiles over the plane: (n, n, 2), the first row at the bottom."""
    middles = REACH * ((2 * np.arange(n) + 1) / n - 1)
    return np.stack(np.meshgrid(middles, middles), axis=-1).astype(np.float32)


def walker_tracks(walk: Walk, panel: int) -> dict:
    """Return the film's tracks of who walks along the line."""
    corners = {"x0": (0, -RADIUS), "x1": (0, RADIUS), "y0": (1, -RADIUS), "y1": (1, RADIUS)}
    return {
        (panel, None, f"{WALKER}.{corner}"): walk.places[:, number] + by
        for corner, (number, by) in corners.items()
    }


def plot_pair(here: np.ndarray, title: str, walk: Walk, palette: Palette) -> go.Figure:
    """Draw the picture (SIDE, SIDE) of the chosen place, and below it that of the walk.

    images[0] is the walk's, for a film to change.
    """
    pixels = {
        "type": "heatmap", "z": here[::-1].astype(np.float32), "zmin": 0, "zmax": 1,
        "x0": 0.5, "dx": 1, "y0": GAP + 0.5, "dy": 1,
        "colorscale": ink(palette), "showscale": False,
        "hovertemplate": "ink %{z:.2f}<extra></extra>",
    }  # fmt: skip
    start, end = walk.names
    first = str(pictures(walk._replace(drawn=walk.drawn[:1]), palette)[0])
    walks = f"On the walk from {start} to {end}"
    names = [
        label(palette, 0, GAP + SIDE + 0.15, f"<b>{title}</b>", xanchor="left", yanchor="bottom"),
        label(palette, 0, SIDE + 0.15, f"<b>{walks}</b>", xanchor="left", yanchor="bottom"),
    ]
    return figure(
        palette,
        [pixels],
        xaxis={**PLAIN, "range": [-0.1, SIDE + 0.1], "constrain": "domain"},
        yaxis={
            **PLAIN, "range": [-0.1, GAP + SIDE + 1.2], "scaleanchor": "x", "constrain": "domain",
        },
        images=[map_image(first, x=PICTURE, y=PICTURE)],
        annotations=names,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        dragmode=False,
    )  # fmt: skip


def pictures(walk: Walk, palette: Palette) -> np.ndarray:
    """Return a walk's pictures as a film has them: each pixel enlarged, for clear edges."""
    levels = np.clip(np.rint(LARGEST * walk.drawn[:, ::-1]), 0, LARGEST).astype(np.uint8)
    large = levels.repeat(ENLARGED, axis=1).repeat(ENLARGED, axis=2)
    return data_urls(large, ink(palette), largest=LARGEST)


def plot_ends(tiles: np.ndarray, names: Sequence[str], palette: Palette) -> go.Figure:
    """Draw images (n, SIDE, SIDE) of ink in one row, each under its name."""
    n, pitch = len(tiles), SIDE + 2
    canvas = np.full((SIDE, n * pitch - 2), np.nan, np.float32)
    for index, tile in enumerate(tiles):
        canvas[:, index * pitch : index * pitch + SIDE] = tile
    pixels = {
        "type": "heatmap", "z": canvas, "zmin": 0, "zmax": 1, "x0": 0.5, "dx": 1, "y0": 0.5,
        "dy": 1, "colorscale": ink(palette), "showscale": False, "hoverongaps": False,
        "hovertemplate": "ink %{z:.2f}<extra></extra>",
    }  # fmt: skip
    notes = [
        label(palette, index * pitch, -0.2, name, xanchor="left", yanchor="bottom")
        for index, name in enumerate(names)
    ]
    return figure(
        palette,
        [pixels],
        xaxis={**PLAIN, "range": [-0.2, n * pitch - 1.8], "constrain": "domain"},
        yaxis={
            **PLAIN, "range": [SIDE + 0.2, -2.6], "scaleanchor": "x", "constrain": "domain",
        },
        annotations=notes,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        dragmode=False,
    )  # fmt: skip


def _paths(walk: Walk, at, palette: Palette) -> list[dict]:
    ends = walk.places[[0, -1]]
    return [
        {
            "type": "scatter", "mode": "lines+markers", "x": ends[:, 0], "y": ends[:, 1],
            "line": {"color": palette.text, "width": 2, "dash": "dot"},
            "marker": {"size": 9, "color": palette.text, "symbol": "square"}, "hoverinfo": "skip",
        },
        {
            "type": "scatter", "mode": "markers", "x": [at[0]], "y": [at[1]],
            "marker": {
                "size": 17, "color": palette.highlight, "symbol": "cross",
                "line": {"color": palette.text, "width": 2},
            },
            "hoverinfo": "skip",
        },
    ]  # fmt: skip


def _plane(walk: Walk, palette: Palette) -> dict:
    (x, y), (start, end) = walk.places[0], walk.names
    walker = {
        "type": "circle", "x0": x - RADIUS, "x1": x + RADIUS, "y0": y - RADIUS,
        "y1": y + RADIUS,
        "line": {"color": palette.text, "width": 2.5},
        "fillcolor": palette.fade(palette.highlight, 0.5),
    }  # fmt: skip
    span = (-REACH, REACH)
    title = f"Dotted: from {start} to {end}. Cross: where you point"
    return {
        "xaxis": axis(palette, "first number, in standard deviations", span, constrain="domain"),
        "yaxis": axis(palette, "second number", span, scaleanchor="x", constrain="domain"),
        "shapes": [walker],
        "annotations": [panel_title(palette, title, y=1.01) | {"font": {"size": 13}}],
        "margin": {"l": 48, "r": 8, "t": 30, "b": 46},
        "dragmode": False,
    }
