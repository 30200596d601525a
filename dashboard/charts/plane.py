"""The plane of two inputs: points of two classes, lines, and the side where a neuron fires."""

import numpy as np

from dashboard.charts.base import axis
from dashboard.theme import Palette

# Corners of a square from 0 to 1, in order around it.
_AROUND = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], float)


def firing_side(weights, bias, span) -> np.ndarray:
    """Return the part of the square `span` x `span` where w . x + b > 0, for many neurons.

    weights (k, 2), bias (k,) -> corners (k, 8, 2) around it, some of them repeated; nan if it
    fires nowhere in the square.
    """
    corners, crossings, fires, crosses = _around(weights, bias, span)
    places = np.stack([np.broadcast_to(corners, crossings.shape), crossings], 2)
    places = places.reshape(len(crossings), 8, 2)
    kept = np.stack([fires, crosses], 2).reshape(-1, 8)
    # Repeat the last kept corner where there is none, the very last one before the first.
    source = np.maximum.accumulate(np.where(kept, np.arange(8), -1), axis=1)
    source = np.where(source < 0, source[:, -1:], source)
    polygon = np.take_along_axis(places, source[..., None].clip(0), 1)
    return np.where(kept.any(1)[:, None, None], polygon, np.nan)


def line_across(weights, bias, span) -> np.ndarray:
    """Return both ends of the line w . x + b = 0 in the square, (k, 2, 2); nan if it misses."""
    _, crossings, _, crosses = _around(weights, bias, span)
    first = np.argsort(~crosses, axis=1, kind="stable")[:, :2, None]
    ends = np.take_along_axis(crossings, first, 1)
    return np.where(crosses.any(1)[:, None, None], ends, np.nan)


def _around(weights, bias, span):
    low, high = span
    corners = low + (high - low) * _AROUND
    sums = np.asarray(weights, float) @ corners.T + np.asarray(bias, float)[:, None]  # (k, 4)
    next_sums, next_corners = np.roll(sums, -1, 1), np.roll(corners, -1, 0)
    fires = sums > 0
    crosses = fires != (next_sums > 0)
    share = sums / np.where(crosses, sums - next_sums, 1)
    return corners, corners + share[..., None] * (next_corners - corners), fires, crosses


def blend(color: str, onto: str, share: float) -> str:
    """Return `share` of one colour laid on another, opaque, so that it does not add up."""
    mixed = (
        round(share * int(color[i : i + 2], 16) + (1 - share) * int(onto[i : i + 2], 16))
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02X}" for part in mixed)


def side_colors(palette: Palette) -> tuple[str, str]:
    """Return the tint of the silent side and of the firing side."""
    return tuple(blend(c, palette.background, 0.16) for c in (palette.negative, palette.positive))


def class_points(points, targets, palette: Palette, *, size: int = 14, names=("x1", "x2")) -> dict:
    """Return the points, (n, 2), as one trace: class 1 blue circles, class 0 orange crosses."""
    fires = np.asarray(targets) > 0.5
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.asarray(points)[:, 0],
        "y": np.asarray(points)[:, 1],
        "marker": {
            "size": size,
            "symbol": np.where(fires, "circle", "x").tolist(),
            "color": np.where(fires, palette.positive, palette.negative).tolist(),
            "line": {"color": palette.background, "width": 1.5},
        },
        "customdata": np.where(fires, "should fire (1)", "should stay silent (0)").tolist(),
        "hovertemplate": f"{names[0]} = %{{x:.2f}}, {names[1]} = %{{y:.2f}}<br>%{{customdata}}"
        "<extra></extra>",
    }


def area(corners, color: str, **more) -> dict:
    """Return a filled shape with corners (m, 2) that takes no hover."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.asarray(corners)[:, 0],
        "y": np.asarray(corners)[:, 1],
        "fill": "toself",
        "fillcolor": color,
        "line": {"width": 0},
        "hoverinfo": "skip",
        **more,
    }


def stroke(ends, color: str, **line) -> dict:
    """Return a line through the places (m, 2) that takes no hover."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.asarray(ends)[:, 0],
        "y": np.asarray(ends)[:, 1],
        "line": {"color": color, "width": 2.5, **line},
        "hoverinfo": "skip",
    }


def plane_axes(palette: Palette, span, names=("x<sub>1</sub>", "x<sub>2</sub>"), **more) -> dict:
    """Return both axes of a square plane."""
    shared = {"showgrid": False, "constrain": "domain", **more}
    return {
        "xaxis": axis(palette, names[0], span, **shared),
        "yaxis": axis(palette, names[1], span, scaleanchor="x", **shared),
    }
