"""Functions above their slopes, on the same inputs: what activations and losses are drawn with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from dashboard.charts.end_labels import End, end_labels
from dashboard.theme import DASHES, SYMBOLS, Palette

VALUE_AXIS, SLOPE_AXIS = "y", "y2"


class Style(NamedTuple):
    """How a function's line looks, on every chart of it."""

    color: str
    dash: str
    symbol: str


def pick_style(palette: Palette, key: str, order: Iterable[str]) -> Style:
    """Return the look of `key`, by its place in `order`; the first get the plainest looks."""
    # Purple is kept for gradients: here, for the tangent.
    colors = [color for color in palette.series if color != palette.gradient]
    index = list(dict.fromkeys(order)).index(key)
    return Style(
        colors[index % len(colors)], DASHES[index % len(DASHES)], SYMBOLS[index % len(SYMBOLS)]
    )


class Family(NamedTuple):
    """Some functions on a grid of inputs, and at the input that the learner holds."""

    keys: Sequence[str]
    labels: Sequence[str]
    values: np.ndarray  # (n_keys, n_grid)
    slopes: np.ndarray  # (n_keys, n_grid)
    at: float
    value_at: np.ndarray  # (n_keys,)
    slope_at: np.ndarray  # (n_keys,)
    focus: str  # the key of the one drawn strongest

    @property
    def strong(self) -> int:
        """The place of the one in focus."""
        return self.keys.index(self.focus)

    @property
    def held(self) -> tuple[float, float]:
        """The value and the slope of the one in focus, at the learner's point."""
        return float(self.value_at[self.strong]), float(self.slope_at[self.strong])

    @property
    def others(self) -> list[int]:
        """The places of all that are not in focus."""
        return [i for i in range(len(self.keys)) if i != self.strong]


def pick_family(
    rows: Mapping[str, Any],
    keys: Sequence[str],
    held: tuple[str, float],
    values: np.ndarray,
    slopes: np.ndarray,
) -> Family:
    """Return the functions `keys` of a registry, from what its program computed for all rows.

    `held` is the key in focus and the learner's input; that input comes before the grid's in
    `values` and `slopes`, (n_rows, 1 + n_grid).
    """
    places = [list(rows).index(key) for key in keys]
    values, slopes = values[places], slopes[places]
    return Family(
        keys=keys,
        labels=[rows[key].label for key in keys],
        values=values[:, 1:],
        slopes=slopes[:, 1:],
        at=held[1],
        value_at=values[:, 0],
        slope_at=slopes[:, 0],
        focus=held[0],
    )


def lines(
    family: Family, grid: np.ndarray, looks: Sequence[Style], hovers: tuple[str, str]
) -> Iterator[dict]:
    """Yield every function's line and its slope's, the one in focus last and widest.

    `hovers` say how a value and a slope are read: "f(%{x:.2f}) = %{y:.3f}".
    """
    axes = (VALUE_AXIS, SLOPE_AXIS)
    for i in (*family.others, family.strong):
        line = {
            "color": looks[i].color,
            "dash": looks[i].dash,
            "width": 3.6 if i == family.strong else 2,
        }
        for rows, y_axis, hover in zip((family.values, family.slopes), axes, hovers, strict=True):
            yield {
                "type": "scatter",
                "mode": "lines",
                "x": grid,
                "y": rows[i],
                "yaxis": y_axis,
                "line": line,
                "hovertemplate": f"{family.labels[i]}: {hover}<extra></extra>",
            }


def points(
    family: Family,
    looks: Sequence[Style],
    spans: tuple[Sequence[float], Sequence[float]],
    palette: Palette,
) -> list[dict]:
    """Return the learner's point on every line, the one in focus large, yellow and on top.

    One that is outside its axis's range is drawn at the range's end.
    """
    others = [looks[i] for i in family.others]
    small = {"color": [look.color for look in others], "symbol": [look.symbol for look in others]}
    large = {"color": palette.highlight, "line": {"color": palette.text, "width": 1.6}}
    rows = ((family.value_at, spans[0], VALUE_AXIS), (family.slope_at, spans[1], SLOPE_AXIS))
    return [
        _markers(family.at, np.clip(values, *span)[places], y_axis, marker)
        for places, marker in (
            (family.others, {"size": 7, **small}),
            ([family.strong], {"size": 14, **large}),
        )
        for values, span, y_axis in rows
    ]


def _markers(at, values, y_axis, marker):
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [at] * len(values),
        "y": values,
        "yaxis": y_axis,
        "marker": marker,
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def tangent(family: Family, half: float, palette: Palette) -> dict:
    """Return the slope in focus as a slope: the tangent, `half` to each side of the point."""
    at, (value, slope) = family.at, family.held
    rise = slope * half
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [at - half, at + half],
        "y": [value - rise, value + rise],
        "line": {"color": palette.gradient, "width": 3},
        "hoverinfo": "skip",
    }


class Part(NamedTuple):
    """One of the two parts of the picture: its range, its height in pixels."""

    span: Sequence[float]
    pixels: float


def names(
    family: Family,
    shorts: Sequence[str],
    looks: Sequence[Style],
    parts: tuple[Part, Part],
    palette: Palette,
    *,
    x: float,
) -> Iterator[dict]:
    """Yield each line's name (`shorts`) at its right end, `x`, above and below."""
    rows = ((family.values, VALUE_AXIS), (family.slopes, SLOPE_AXIS))
    for (values, y_axis), part in zip(rows, parts, strict=True):
        ends = [
            End(x, float(row[-1]), name, look.color)
            for row, name, look in zip(values, shorts, looks, strict=True)
        ]
        yield from end_labels(palette, ends, span=part.span, pixels=part.pixels, axes=("x", y_axis))
