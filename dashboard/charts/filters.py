"""Filters of a convolutional network, their responses, and the images that excite them."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, figure, label
from dashboard.charts.digit_reading import ink
from dashboard.charts.plane import blend
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

TILE = 8  # units wide and high is every picture, whatever its number of cells
PAIR, DOWN = 21, 11.5  # from pair to pair of a filter and its map, and from row to row
PITCH = 10  # from map to map where they stand alone
PAIRS, UNITS, IMAGES = 2, 4, 4  # in a row
FILTERS_HEIGHT, UNITS_HEIGHT, EXCITING_HEIGHT = 254, 330, 270
MARGIN = {"l": 4, "r": 4, "t": 34, "b": 4}


def plot_filters(
    filters: np.ndarray,
    maps: np.ndarray,
    *,
    first: int,
    chosen: int,
    spot: tuple[int, int],
    limits: tuple[float, float],
    title: str,
    palette: Palette,
) -> go.Figure:
    """Draw filters (n, 3, 3) with signed numbers, each left of its map (n, 8, 8).

    `first` and `chosen` count filters from 0; the chosen one is framed, and so is in its map the
    cell `spot` (row, column). limits: of the weights' size, and of the responses.
    """
    tops = [row * DOWN for row in range(-(-len(filters) // PAIRS))]
    lefts = [column * PAIR for column in range(PAIRS)]
    weights = _tiles(filters, lefts, tops)
    low, high = (blend(c, palette.background, 0.42) for c in (palette.negative, palette.positive))
    data = [
        weights
        | {
            "zmin": -limits[0],
            "zmax": limits[0],
            "colorscale": [(0.0, low), (0.5, palette.middle), (1.0, high)],
            "hovertemplate": "weight %{z:+.3f}<extra></extra>",
            "xgap": 1,
            "ygap": 1,
        },
        _responses(maps, [left + TILE + 1 for left in lefts], tops, limits[1], palette),
        _numbers(filters, lefts, tops, palette),
    ]
    notes = [panel_title(palette, title)]
    for index, response in enumerate(maps):
        row, column = divmod(index, PAIRS)
        name = f"filter {first + index + 1}"
        peak = float(response.max())
        framed = first + index == chosen
        notes += [
            _name(palette, lefts[column], tops[row], f"<b>{name}</b>" if framed else name),
            _name(palette, lefts[column] + TILE + 1, tops[row], f"up to {peak:.2f}"),
        ]
        if framed:
            cell = TILE / response.shape[0]
            left, top = lefts[column], tops[row]
            x, y = left + TILE + 1 + cell * spot[1], top + cell * spot[0]
            data.append(
                _frames(
                    [(left, top, left + TILE, top + TILE), (x, y, x + cell, y + cell)],
                    palette.text,
                )
            )
    return _drawn(data, notes, (lefts[-1] + 2 * TILE + 1, tops[-1] + TILE), palette)


def filter_at(x: float, y: float, count: int) -> int | None:
    """Return which of the filters of one `plot_filters` lies at a place, if one does."""
    return _index_at(x, y, PAIR, PAIRS, count)


def plot_units(maps: np.ndarray, chosen: int, limit: float, palette: Palette) -> go.Figure:
    """Draw the responses (16, 4, 4) of the second layer's units; `chosen` is framed."""
    lefts = [column * PITCH for column in range(UNITS)]
    tops = [row * DOWN for row in range(-(-len(maps) // UNITS))]
    names = [
        _name(
            palette,
            lefts[index % UNITS],
            tops[index // UNITS],
            f"<b>{index + 1}</b>" if index == chosen else str(index + 1),
        )
        for index in range(len(maps))
    ]
    left, top = lefts[chosen % UNITS], tops[chosen // UNITS]
    firing = int((maps.max(axis=(1, 2)) > 0).sum())
    return _drawn(
        [
            _responses(maps, lefts, tops, limit, palette),
            _frames([(left, top, left + TILE, top + TILE)], palette.text),
        ],
        [panel_title(palette, f"{firing} of {len(maps)} units respond", y=1.03), *names],
        (lefts[-1] + TILE, tops[-1] + TILE),
        palette,
    )


def unit_at(x: float, y: float, count: int) -> int | None:
    """Return which unit of `plot_units` lies at a place, if one does."""
    return _index_at(x, y, PITCH, UNITS, count)


def plot_exciting(
    images: np.ndarray,
    names: Sequence[str],
    patches: Sequence[tuple[int, int, int, int]],
    title: str,
    palette: Palette,
) -> go.Figure:
    """Draw images (n, 8, 8) of ink from 0 to 1, n at most 8, in each the patch that is seen."""
    lefts = [column * PITCH for column in range(IMAGES)]
    tops = [0, DOWN]
    corners = [(lefts[i % IMAGES], tops[i // IMAGES]) for i in range(len(images))]
    pixels = _tiles(images, lefts, tops) | {
        "zmin": 0,
        "zmax": 1,
        "colorscale": ink(palette),
        "hoverinfo": "skip",
    }
    frames = _frames(
        [
            (x + left, y + top, x + right, y + bottom)
            for (x, y), (top, left, bottom, right) in zip(corners, patches, strict=True)
        ],
        palette.positive,
    )
    notes = [_name(palette, *corner, name) for corner, name in zip(corners, names, strict=True)]
    size = (lefts[-1] + TILE, tops[-1] + TILE)
    return _drawn([pixels, frames], [panel_title(palette, title, y=1.03), *notes], size, palette)


def _tiles(values: np.ndarray, lefts: Sequence[float], tops: Sequence[float]) -> dict:
    """Return pictures (n, height, width) as one heat map with nothing between them."""
    _, height, width = values.shape
    canvas = np.full(
        (len(tops) * (height + 1) - 1, len(lefts) * (width + 1) - 1), np.nan, np.float32
    )
    for index, value in enumerate(values):
        row, column = divmod(index, len(lefts))
        y, x = row * (height + 1), column * (width + 1)
        canvas[y : y + height, x : x + width] = value
    return {
        "type": "heatmap",
        "z": canvas,
        "x": np.concatenate([left + np.linspace(0, TILE, width + 1) for left in lefts]),
        "y": np.concatenate([top + np.linspace(0, TILE, height + 1) for top in tops]),
        "showscale": False,
        "hoverongaps": False,
    }


def _responses(maps, lefts, tops, limit: float, palette: Palette) -> dict:
    return _tiles(maps, lefts, tops) | {
        "zmin": 0,
        "zmax": limit or 1.0,
        "colorscale": palette.sequential,
        "hovertemplate": "response %{z:.2f}<extra></extra>",
    }


def _numbers(filters: np.ndarray, lefts, tops, palette: Palette) -> dict:
    """Return every weight in its cell: the sign can be read without the colour."""
    centers = (np.arange(3) + 0.5) * TILE / 3
    place = [
        (lefts[index % PAIRS] + x, tops[index // PAIRS] + y)
        for index in range(len(filters))
        for y in centers
        for x in centers
    ]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [x for x, _ in place],
        "y": [y for _, y in place],
        "text": [f"{value:+.1f}".replace("-", "−") for value in filters.ravel()],
        "textfont": {"size": 10, "color": palette.text},
        "hoverinfo": "skip",
    }


def _frames(boxes: Sequence[tuple[float, float, float, float]], color: str) -> dict:
    """Return boxes (left, top, right, bottom) as one line with gaps."""
    x, y = [], []
    for left, top, right, bottom in boxes:
        x += [left, right, right, left, left, None]
        y += [top, top, bottom, bottom, top, None]
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
        "line": {"color": color, "width": 2.5}, "cliponaxis": False,
    }  # fmt: skip


def _name(palette: Palette, left: float, top: float, text: str) -> dict:
    font = {"size": 12, "color": palette.text}
    return label(palette, left, top, text, xanchor="left", yanchor="bottom", font=font)


def _drawn(data, notes, size: tuple[float, float], palette: Palette) -> go.Figure:
    width, height = size
    return figure(
        palette,
        data,
        xaxis={**PLAIN, "range": [-0.4, width + 0.4], "constrain": "domain"},
        yaxis={
            **PLAIN, "range": [height + 0.4, -2.6], "scaleanchor": "x", "constrain": "domain",
            "constraintoward": "top",
        },
        annotations=notes,
        margin=MARGIN,
        dragmode=False,
    )  # fmt: skip


def _index_at(x: float, y: float, across: float, n_across: int, count: int) -> int | None:
    column, row = int(x // across), int(y // DOWN)
    if x < 0 or y < 0 or column >= n_across:
        return None
    index = row * n_across + column
    return index if index < count else None
