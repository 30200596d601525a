"""How long single runs took, in two ways of running the same thing."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
from dashboard.theme import Palette

EAGER, COMPILED = 1.0, 0.0  # their rows


def plot_times(times, palette: Palette) -> go.Figure:
    """Draw each run of a `Times` as a mark on a log axis, with both medians."""
    data, notes = [], []
    rows = (
        (EAGER, "one by one", times.eager, palette.negative, "x-thin-open"),
        (COMPILED, "compiled", times.compiled, palette.positive, "circle-open"),
    )
    shortest = min(float(seconds.min()) for _, _, seconds, _, _ in rows) * 1e3
    longest = max(float(seconds.max()) for _, _, seconds, _, _ in rows) * 1e3
    for row, name, seconds, color, symbol in rows:
        middle = float(np.median(seconds)) * 1e3
        # Spread out a little, in the order of the runs, so that equals stay apart.
        heights = row + 0.14 * np.sin(np.arange(len(seconds)) * 2.4)
        data += [
            {
                "type": "scatter",
                "mode": "markers",
                "x": seconds * 1e3,
                "y": heights,
                "marker": {"color": color, "size": 8, "symbol": symbol, "line": {"width": 1.5}},
                "hovertemplate": f"{name}: %{{x:.3g}} ms<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": [middle, middle],
                "y": [row - 0.3, row + 0.3],
                "line": {"color": palette.text, "width": 2},
                "hoverinfo": "skip",
            },
        ]
        notes.append(
            label(
                palette, np.log10(middle), row + 0.33, f"median {middle:.3g} ms", yanchor="bottom"
            )
        )
    # Whole powers of ten, so that another measurement rarely moves the axis.
    span = [np.floor(np.log10(shortest) - 0.05), np.ceil(np.log10(longest) + 0.05)]
    return figure(
        palette,
        data,
        xaxis=axis(palette, "time of one run, in ms", span, type="log", dtick=1),
        yaxis=axis(
            palette, "", (-0.5, 1.75), showgrid=False, tickvals=[EAGER, COMPILED],
            ticktext=["one by one", "compiled"],
        ),
        annotations=notes,
        margin={"l": 80, "r": 16, "t": 8, "b": 44},
    )  # fmt: skip
