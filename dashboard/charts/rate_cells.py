"""Rate by momentum or batch size: the middle loss as colour, the band of each cell as a mark."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure
from dashboard.theme import Palette
from nnjax.races.rate_maps import DIVERGES, EDGE, IS_GOOD, TOO_LOW

# None is empty: Plotly would not bring back the text of a cell that had none.
MARKS = {"": "…", TOO_LOW: "·", IS_GOOD: "✓", EDGE: "!", DIVERGES: "✕"}
ROW_HEIGHT, REST = 44, 110  # pixels


class RateCells(NamedTuple):
    """What is drawn: (n_rows, n_rates) each, a row a momentum or a batch size."""

    rates: Sequence[float]
    rows: Sequence[float]
    name: str  # of what the rows are: "momentum"
    middle: np.ndarray  # middle loss, infinite where diverged, NaN where missing
    bands: np.ndarray  # of str, the band of each cell; "" where missing
    n_diverged: np.ndarray  # seeds
    n_seeds: int
    here: tuple[int, int] | None  # row and column of the playground's own settings
    measure: str


def plot_rate_cells(cells: RateCells, palette: Palette) -> go.Figure:
    """Draw the heat map; x and y count columns and rows, so that a click tells which cell."""
    n_rows, n_rates = cells.middle.shape
    logs = np.where(np.isfinite(cells.middle), np.log10(np.maximum(cells.middle, 1e-6)), np.nan)
    known = logs[np.isfinite(logs)]
    low, high = (float(known.min()), float(known.max())) if known.size else (-3.0, 0.0)
    ticks = [tick for tick in range(-6, 4) if low <= tick <= high]
    heat = {
        "type": "heatmap",
        "z": logs.astype(np.float32),
        "zmin": low,
        "zmax": max(high, low + 0.1),
        # Low losses stand out; what diverged has no colour at all, but a cross.
        "colorscale": [[0, palette.positive], [1, palette.panel]],
        "xgap": 2,
        "ygap": 2,
        "customdata": [[[i, j] for j in range(n_rates)] for i in range(n_rows)],
        "text": _hover(cells),
        "hovertemplate": "%{text}<extra></extra>",
        "hoverongaps": True,
        "colorbar": {
            "title": {"text": cells.measure, "side": "right", "font": {"size": 12}},
            "thickness": 10,
            "outlinewidth": 0,
            "tickvals": ticks,
            "ticktext": [f"{10.0**tick:g}" for tick in ticks],
            "tickfont": {"size": 11, "color": palette.muted},
        },
    }
    shapes = []
    if cells.here is not None:
        row, column = cells.here
        shapes.append(
            {"type": "rect", "x0": column - 0.5, "x1": column + 0.5, "y0": row - 0.5,
             "y1": row + 0.5, "line": {"color": palette.text, "width": 2}}
        )  # fmt: skip
    return figure(
        palette,
        [heat, _marks(cells, low, high, logs, palette)],
        margin={"l": 52, "r": 8, "t": 10, "b": 60},
        xaxis=axis(palette, "learning rate", (-0.5, n_rates - 0.5), tickvals=list(range(n_rates)),
                   ticktext=[f"{rate:g}" for rate in cells.rates], showgrid=False),
        yaxis=axis(palette, cells.name, (-0.5, n_rows - 0.5), tickvals=list(range(n_rows)),
                   ticktext=[f"{row:g}" for row in cells.rows], showgrid=False),
        shapes=shapes,
        dragmode=False,
    )  # fmt: skip


def _marks(cells, low, high, logs, palette):
    """Each cell's mark, light on dark cells and dark on light ones."""
    n_rows, n_rates = cells.middle.shape
    rows, columns = np.mgrid[:n_rows, :n_rates].reshape(2, -1)
    share = (np.nan_to_num(logs, nan=high).ravel() - low) / max(high - low, 0.1)
    return {
        "type": "scatter",
        "mode": "text",
        "x": columns,
        "y": rows,
        "text": [MARKS[str(band)] for band in cells.bands.ravel()],
        "textfont": {
            "size": 14,
            "color": [palette.background if value < 0.5 else palette.text for value in share],
        },
        "hoverinfo": "skip",
    }


def _hover(cells):
    def one(i, j):
        words = f"rate {cells.rates[j]:g}, {cells.name} {cells.rows[i]:g}: "
        if not cells.bands[i, j]:
            return words + "not trained yet"
        loss = cells.middle[i, j]
        words += f"middle loss {loss:.3g}" if np.isfinite(loss) else "no middle loss"
        if cells.n_diverged[i, j]:
            words += f"<br>{int(cells.n_diverged[i, j])} of {cells.n_seeds} seeds diverged"
        return f"{words}<br>{cells.bands[i, j]}"

    n_rows, n_rates = cells.middle.shape
    return [[one(i, j) for j in range(n_rates)] for i in range(n_rows)]
