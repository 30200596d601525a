"""The learning-rate map: every run as a dot, the middle seed, and the four bands with names."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, cursor, figure, label
from dashboard.theme import Palette
from nnjax.races.bands import Band
from nnjax.races.rate_maps import DIVERGES, EDGE, IS_GOOD, TOO_LOW, RateBands

HEIGHT = 460
TICKS = (1e-4, 1e-3, 0.01, 0.1, 1.0, 10.0)
FLOOR = 1e-6  # a loss below this lies on the bottom
ROW = 0.12  # of the picture's height, above the losses, for the runs that diverged


class RateMap(NamedTuple):
    """What is drawn: losses are (n_rates, n_seeds), infinite where diverged, NaN where missing."""

    rates: Sequence[float]
    seeds: Sequence[int]
    losses: np.ndarray
    band: Band  # of (n_rates,)
    bands: RateBands | None  # None while runs are missing
    loads: Sequence[float]  # the rate that a click on each rate loads
    here: float  # the playground's rate
    measure: str  # "training loss"


def plot_rate_map(shown: RateMap, palette: Palette) -> go.Figure:
    """Draw final loss against learning rate on log axes."""
    low, high = loss_span(shown.losses)
    row = (high - low) * ROW
    top = high + row
    data = [*_band(shown, palette, low, high), _dots(shown, palette, low, high)]
    data.append(_crosses(shown, palette, 10 ** (high + row / 2)))
    shapes, notes = _regions(shown, palette)
    shapes.append({"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 10**high,
                   "y1": 10**high, "line": {"color": palette.grid, "width": 1}})  # fmt: skip
    shapes.append(cursor(palette, shown.here) | {"line": {"color": palette.text, "width": 1.5}})
    notes.append(
        label(palette, math.log10(shown.here), 0, f"yours: {shown.here:g}", yref="paper",
              xanchor="right" if shown.here > 1 else "left", yanchor="bottom", xshift=4
              if shown.here <= 1 else -4)
    )  # fmt: skip
    decades = range(math.ceil(low), math.floor(high) + 1)
    rates = shown.rates
    return figure(
        palette,
        data,
        margin={"l": 60, "r": 14, "t": 46, "b": 46},
        xaxis=axis(palette, "learning rate",
                   (math.log10(rates[0]) - 0.06, math.log10(rates[-1]) + 0.06), type="log",
                   tickvals=list(TICKS), ticktext=[f"{tick:g}" for tick in TICKS]),
        yaxis=axis(palette, shown.measure, (low, top), type="log",
                   tickvals=[10.0**decade for decade in decades] + [10 ** (high + row / 2)],
                   ticktext=[f"{10.0**decade:g}" for decade in decades] + ["diverged"]),
        shapes=shapes,
        annotations=notes,
        dragmode=False,
    )  # fmt: skip


def loss_span(losses: np.ndarray) -> tuple[int, int]:
    """Return whole powers of ten around all finite losses, so that the axis seldom jumps."""
    finite = losses[np.isfinite(losses)]
    if not finite.size:
        return -3, 1
    low = math.floor(math.log10(max(FLOOR, finite.min())))
    return low, max(low + 1, math.ceil(math.log10(max(10 * FLOOR, finite.max()))))


def region_styles(palette: Palette) -> dict[str, str]:
    """Return the fill of each band."""
    strength = {"light": 1.0, "dark": 0.8}[palette.name]
    return {
        TOO_LOW: palette.fade(palette.neutral, 0.08 * strength),
        IS_GOOD: palette.fade(palette.truth, 0.18 * strength),
        EDGE: palette.fade(palette.highlight, 0.28 * strength),
        DIVERGES: palette.fade(palette.negative, 0.2 * strength),
    }


def region_ends(shown: RateMap) -> list[tuple[str, float, float]]:
    """Return (band, from, to) in powers of ten; a border lies half-way between two rates."""
    logs = np.log10(shown.rates)
    borders = [logs[0] - 0.06, *((logs[1:] + logs[:-1]) / 2), logs[-1] + 0.06]
    bands = shown.bands
    cuts = (0, bands.good_from, bands.edge_from, bands.diverges_from, len(logs))
    names = (TOO_LOW, IS_GOOD, EDGE, DIVERGES)
    if bands.best < 0:  # nothing learns: what does not diverge is no good
        names = ("no rate learns", IS_GOOD, EDGE, DIVERGES)
    return [
        (name, float(borders[start]), float(borders[stop]))
        for name, start, stop in zip(names, cuts[:-1], cuts[1:], strict=True)
        if stop > start
    ]


def _regions(shown, palette):
    if shown.bands is None:
        return [], []
    fills = region_styles(palette)
    shapes, notes = [], []
    for index, (name, start, stop) in enumerate(region_ends(shown)):
        shapes.append(
            {"type": "rect", "yref": "paper", "x0": 10**start, "x1": 10**stop, "y0": 0, "y1": 1,
             "fillcolor": fills.get(name, fills[TOO_LOW]), "layer": "below",
             "line": {"color": palette.axis, "width": 0.75, "dash": "dot"}}
        )  # fmt: skip
        # In two rows: on a phone a narrow band's name would lie over its neighbour's.
        notes.append(
            label(palette, (start + stop) / 2, 1.0, f"<b>{name}</b>", yref="paper",
                  yanchor="bottom", yshift=2 + 19 * (index % 2))
        )  # fmt: skip
    return shapes, notes


def _band(shown, palette, low, high):
    low_edge, middle, high_edge = (
        np.clip(np.where(np.isnan(values), 10.0**low, values), 10.0**low, 10.0**high)
        for values in shown.band
    )
    drawn = {"type": "scatter", "mode": "lines", "x": np.asarray(shown.rates), "hoverinfo": "skip"}
    none = {"color": palette.positive, "width": 0}
    fill = palette.fade(palette.positive, 0.18)
    line = np.where(np.isfinite(shown.band.middle), middle, np.nan)
    return [
        drawn | {"y": low_edge, "line": none},
        drawn | {"y": high_edge, "line": none, "fill": "tonexty", "fillcolor": fill},
        drawn | {"y": line, "line": {"color": palette.positive, "width": 2.5}},
    ]


def _dots(shown, palette, low, high):
    places = np.argwhere(np.isfinite(shown.losses))
    losses = shown.losses[tuple(places.T)]
    return _markers(shown, places, np.clip(losses, 10.0**low, 10.0**high), losses) | {
        "marker": {"size": 5, "color": palette.positive, "opacity": 0.55}
    }


def _crosses(shown, palette, height):
    """The runs that diverged, side by side in the row above the losses."""
    places = np.argwhere(np.isinf(shown.losses))
    n_seeds = max(1, len(shown.seeds) - 1)
    spread = 10 ** (0.08 * (places[:, 1] / n_seeds - 0.5)) if len(places) else np.ones(0)
    return _markers(shown, places, np.full(len(places), height) * spread, None) | {
        "marker": {"size": 6, "symbol": "x-thin", "color": palette.negative,
                   "line": {"width": 1.5, "color": palette.negative}}
    }  # fmt: skip


def _markers(shown, places, y, losses):
    rates = np.asarray(shown.rates)[places[:, 0]]
    seeds = np.asarray(shown.seeds)[places[:, 1]]
    loads = np.asarray(shown.loads)[places[:, 0]]
    ends = ["diverged"] * len(places) if losses is None else [f"{loss:.3g}" for loss in losses]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": rates,
        "y": y,
        "customdata": np.stack([loads, seeds], axis=1).astype(np.float64),
        "text": [
            f"rate {rate:.3g}, seed {seed}: {end}<br>click: loads rate {load:g}, seed {seed}"
            for rate, seed, end, load in zip(rates, seeds, ends, loads, strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
    }
