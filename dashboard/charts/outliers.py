"""Outliers: points with three lines, the pull of an error, and how far the lines move."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure
from dashboard.charts.depth import band_traces
from dashboard.charts.end_labels import End, end_labels
from dashboard.charts.losses import short, style
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette
from nnjax.outliers import FITS, REACH
from nnjax.races.bands import Band

ERRORS = np.linspace(-8, 8, 161, dtype=np.float32)
GAPS = np.linspace(-8, 8, 17, dtype=np.float32)
PULL_SPAN, MOVED_SPAN, POINT_SPAN = (-6.5, 6.5), (0.0, 1.25), (-0.6, REACH + 0.6)
FIT_HEIGHT, MOVED_HEIGHT = 400, 280
_TOP, _BOTTOM, _RIGHT = 40, 48, 78
_MARGIN = {"l": 50, "r": _RIGHT, "t": _TOP, "b": _BOTTOM}


def plot_fits(
    points, outlier: tuple[float, float], with_it: Any, without: Any, palette: Palette
) -> go.Figure:
    """Draw the points x and y (n,), the lines with the outlier, and faintly those without it."""
    ends_x = np.float32([0, REACH])
    data, ends = [], []
    for i, key in enumerate(FITS):
        look = style(palette, key)
        for lines, width, opacity in ((without, 1.4, 0.5), (with_it, 3, 1)):
            heights = lines.slope[i] * ends_x + lines.start[i]
            line = {"color": look.color, "dash": look.dash, "width": width}
            data.append(_line(ends_x, heights, line, short(key)) | {"opacity": opacity})
        ends.append(End(REACH, float(heights[-1]), short(key), look.color))
    x, y = points
    data += [
        _markers(x, y, {"color": palette.neutral, "size": 9}),
        _markers(
            [outlier[0]],
            [outlier[1]],
            {
                "color": palette.highlight,
                "symbol": "diamond",
                "size": 17,
                "line": {"color": palette.text, "width": 1.6},
            },
        ),
    ]
    pixels = FIT_HEIGHT - _TOP - _BOTTOM
    return figure(
        palette,
        data,
        margin=_MARGIN,
        xaxis=axis(palette, "x", POINT_SPAN, dtick=2),
        yaxis=axis(palette, "y", POINT_SPAN, dtick=2),
        annotations=[
            panel_title(palette, "Three fits (faint: without the diamond)"),
            *end_labels(palette, ends, span=POINT_SPAN, pixels=pixels),
        ],
    )


def plot_pulls_of_errors(pulls, errors, pulls_at, palette: Palette) -> go.Figure:
    """Draw dL/dp over the error, (n_fits, n) on ERRORS, and the outlier in each fit, (n_fits,)."""
    data, ends = [], []
    for key, row in zip(FITS, pulls, strict=True):
        look = style(palette, key)
        line = {"color": look.color, "dash": look.dash, "width": 2.6}
        data.append(_line(ERRORS, np.asarray(row, np.float32), line, short(key)))
        ends.append(End(float(ERRORS[-1]), float(row[-1]), short(key), look.color))
    seen = np.clip(errors, ERRORS[0], ERRORS[-1]), np.clip(pulls_at, *PULL_SPAN)
    beyond = np.abs(pulls_at) > PULL_SPAN[1]  # an arrow for what is off the scale
    marker = {
        "color": palette.highlight,
        "symbol": [
            ("triangle-up" if pull > 0 else "triangle-down") if out else "diamond"
            for pull, out in zip(pulls_at, beyond, strict=True)
        ],
        "size": 12,
        "line": {"color": palette.text, "width": 1.4},
    }
    data.append(_markers(*seen, marker))
    pixels = FIT_HEIGHT - _TOP - _BOTTOM
    return figure(
        palette,
        data,
        margin=_MARGIN,
        xaxis=axis(palette, "error of the fit", (-8, 8), zero=True, dtick=4),
        yaxis=axis(palette, "pull dL/dp", PULL_SPAN, zero=True, dtick=2),
        annotations=[
            panel_title(palette, "Pull of one error"),
            *end_labels(palette, ends, span=PULL_SPAN, pixels=pixels),
        ],
    )


def plot_moved(bands: Mapping[str, Band], gap: float, palette: Palette) -> go.Figure:
    """Draw how far each line moves over the outlier's height: key -> Band of (n_gaps,) on GAPS."""
    data, ends = [], []
    for key, band in bands.items():
        look = style(palette, key)
        data += band_traces(GAPS, band, look, short(key), palette, floor=0.0)
        ends.append(End(float(GAPS[-1]), float(band.middle[-1]), short(key), look.color))
    at = float(np.clip(gap, GAPS[0], GAPS[-1]))
    cursor = {
        "type": "line", "yref": "paper", "x0": at, "x1": at, "y0": 0, "y1": 1,
        "line": {"color": palette.text, "width": 1.2, "dash": "dot"},
    }  # fmt: skip
    pixels = MOVED_HEIGHT - _TOP - _BOTTOM
    return figure(
        palette,
        data,
        margin=_MARGIN,
        xaxis=axis(palette, "the diamond's height above the rule y = 0.6 x + 2", (-8, 8), dtick=2),
        yaxis=axis(palette, "mean distance moved", MOVED_SPAN, dtick=0.25, automargin=False),
        shapes=[cursor],
        annotations=[
            panel_title(palette, "The same with 32 sets of points"),
            *end_labels(palette, ends, span=MOVED_SPAN, pixels=pixels),
        ],
    )


def _line(x, y, line, name):
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": line,
        "hovertemplate": f"{name}: %{{x:.2f}}, %{{y:.2f}}<extra></extra>",
    }


def _markers(x, y, marker):
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "marker": marker,
        "hovertemplate": "%{x:.2f}, %{y:.2f}<extra></extra>",
        "cliponaxis": False,
    }
