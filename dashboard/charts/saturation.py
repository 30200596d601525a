"""Why cross-entropy: the pull at the logit, and what it does to a neuron that is sure and wrong."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
from dashboard.charts.depth import band_traces
from dashboard.charts.end_labels import End, end_labels
from dashboard.charts.losses import short, style
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette
from nnjax.races.bands import Band

LOGITS = np.linspace(-8, 8, 321, dtype=np.float32)
PULL_SPAN, SHARE_SPAN = (-1.08, 0.12), (-0.02, 1.04)
HEIGHT = 380
_TOP, _BOTTOM, _LEFT, _RIGHT = 40, 48, 58, 84
_PIXELS = HEIGHT - _TOP - _BOTTOM
_MARGIN = {"l": _LEFT, "r": 16, "t": _TOP, "b": _BOTTOM}


def plot_pulls(
    keys: Sequence[str], pulls, at: float, pulls_at: Sequence[float], palette: Palette
) -> go.Figure:
    """Draw dL/dz over the logit: pulls (n_keys, n) on LOGITS, and at the start, (n_keys,)."""
    data = []
    for key, row in zip(keys, pulls, strict=True):
        look = style(palette, key)
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": LOGITS,
                "y": np.asarray(row, np.float32),
                "line": {"color": look.color, "dash": look.dash, "width": 3},
                "hovertemplate": f"{short(key)}: z = %{{x:.2f}}, %{{y:.4f}}<extra></extra>",
            }
        )
    data.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [at] * len(keys),
            "y": np.asarray(pulls_at, np.float32),
            "marker": {
                "color": palette.highlight,
                "size": 13,
                "line": {"color": palette.text, "width": 1.6},
            },
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
    )
    return figure(
        palette,
        data,
        margin=_MARGIN,
        xaxis=axis(palette, "z, the logit", (LOGITS[0], LOGITS[-1]), zero=True, dtick=4),
        yaxis=axis(palette, "dL/dz, truth 1", PULL_SPAN, zero=True, automargin=False),
        annotations=[
            panel_title(palette, "Pull at the logit"),
            *_named_lines(keys, palette),
        ],
    )


def _named_lines(keys, palette):
    """Names where nothing else is: below the dip of one line, right of the other's rise."""
    places = {"binary_cross_entropy": (-1.0, -0.9, "left"), "mse": (-1.7, -0.33, "right")}
    font = {"size": 12.5, "color": palette.text}
    for key in keys:
        x, y, side = places[key]
        yield label(palette, x, y, short(key), xanchor=side, font=font)


def plot_learning(bands: Mapping[str, Band], learned: float, palette: Palette) -> go.Figure:
    """Draw the probability of the truth by step: key -> Band of (n_steps + 1,)."""
    n_steps = len(next(iter(bands.values())).middle) - 1
    steps = np.arange(n_steps + 1)
    data, ends = [], []
    for key, band in bands.items():
        look = style(palette, key)
        data += band_traces(steps, band, look, short(key), palette, floor=0.0)
        ends.append(End(float(n_steps), float(band.middle[-1]), short(key), look.color))
    goal = {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": learned, "y1": learned,
        "line": {"color": palette.truth, "width": 1.5, "dash": "dot"}, "layer": "below",
    }  # fmt: skip
    named = label(
        palette, 0.98, learned, f"{learned:g}", xref="paper", xanchor="right", yshift=-10,
        font={"size": 12, "color": palette.muted},
    )  # fmt: skip
    return figure(
        palette,
        data,
        margin=_MARGIN | {"r": _RIGHT},
        xaxis=axis(palette, "step", (0, n_steps), dtick=100),
        yaxis=axis(palette, "p, given to the truth", SHARE_SPAN, automargin=False,
                   tickvals=[0, 0.25, 0.5, 0.75, 1]),
        shapes=[goal],
        annotations=[
            panel_title(palette, "The same neuron, trained"),
            named,
            *end_labels(palette, ends, span=SHARE_SPAN, pixels=_PIXELS),
        ],
    )  # fmt: skip
