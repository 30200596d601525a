"""Pictures of memory: what a cell holds step by step, and what of a gradient arrives back there."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure
from dashboard.charts.end_labels import End, end_labels
from dashboard.charts.titles import panel_title
from dashboard.theme import DASHES, Palette

HELD_HEIGHT, BACK_HEIGHT = 300, 360
SPAN = (-10.0, 3.0)  # powers of ten of the share that arrives
_TOP, _BOTTOM, _RIGHT = 40, 48, 92


def plot_held(held: np.ndarray, letters: Sequence[str], title: str, palette: Palette) -> go.Figure:
    """Draw the hidden state (length, n) as columns of cells from -1 to 1, a letter beneath each."""
    length, n = held.shape
    steps = np.arange(1, length + 1)
    shades = {
        "type": "heatmap",
        "x": steps,
        "y": np.arange(1, n + 1),
        "z": held.T.astype(np.float32),
        "zmin": -1,
        "zmax": 1,
        "colorscale": palette.diverging,
        "showscale": False,
        "customdata": np.broadcast_to(np.array(list(letters)), (n, length)).tolist(),
        "hovertemplate": "step %{x} (%{customdata}), unit %{y}: %{z:.2f}<extra></extra>",
    }
    every = [step for step in steps if step == 1 or step % 10 == 0]
    return figure(
        palette,
        [shades],
        xaxis=axis(
            palette, "step, and the letter read", (0.5, length + 0.5), showgrid=False,
            tickvals=every, ticktext=[f"{step}<br>{letters[step - 1]}" for step in every],
        ),
        yaxis=axis(palette, "unit", (0.5, n + 0.5), showgrid=False, nticks=5),
        annotations=[panel_title(palette, title, 1.01)],
        margin={"l": 44, "r": 10, "t": _TOP, "b": 58},
        dragmode=False,
    )  # fmt: skip


def plot_back(shares: Mapping[str, np.ndarray], title: str, palette: Palette) -> go.Figure:
    """Draw, for each network, |dL/dh_t| as a share of that at the last step, on a log axis."""
    data, ends = [], []
    for place, (name, share) in enumerate(shares.items()):
        color, steps = palette.series[place], np.arange(1, len(share) + 1)
        seen = np.clip(np.nan_to_num(share, nan=10.0 ** SPAN[1]), 10.0 ** SPAN[0], 10.0 ** SPAN[1])
        data.append({
            "type": "scatter",
            "mode": "lines",
            "x": steps,
            "y": seen,
            "line": {"color": color, "dash": DASHES[place], "width": 2.4},
            "hovertemplate": f"{name}, step %{{x}}: %{{y:.2g}}<extra></extra>",
        })  # fmt: skip
        # Named where the gradient arrives last: the axis runs back in time.
        ends.append(End(1.0, float(np.log10(seen[0])), name, color))
    length = max(map(len, shares.values()))
    powers = range(int(SPAN[0]), int(SPAN[1]) + 1, 2)
    return figure(
        palette,
        data,
        xaxis=axis(palette, "step, back in time →", (length + 0.5, 1),
                   tickvals=[1, *range(10, length + 1, 10)]),
        yaxis=axis(
            palette, "", SPAN, type="log", automargin=False,
            tickvals=[10.0**power for power in powers],
            ticktext=[_power(power) for power in powers],
        ),
        annotations=[
            panel_title(palette, title, 1.01),
            *end_labels(palette, ends, span=SPAN, pixels=BACK_HEIGHT - _TOP - _BOTTOM),
        ],
        margin={"l": 62, "r": _RIGHT, "t": _TOP, "b": _BOTTOM},
        dragmode=False,
    )  # fmt: skip


def _power(power: int) -> str:
    if power == SPAN[0]:
        return f"≤ 10<sup>{power}</sup>"
    return "1" if power == 0 else f"10<sup>{power}</sup>"
