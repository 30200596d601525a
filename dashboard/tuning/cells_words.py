"""What the two heat maps of the learning-rate map say."""

import numpy as np

from dashboard.charts.rate_cells import RateCells
from nnjax.races.rate_maps import DIVERGES, IS_GOOD

NO_MOMENTUM = (
    "{} has no momentum: the map uses the optimiser Momentum instead, which is plain SGD where the "
    "momentum is 0."
)
MARKS = (
    "A tick marks a good cell: no seed diverged, and at least 90 % of the drop of the best cell. "
    "A dot: too low. A cross: half of the seeds or more diverged. An exclamation mark, the edge: "
    "above the best rate of its row and no longer good, or a seed diverged. The frame is where "
    "you are."
)


def verdict(cells: RateCells) -> str:
    """Say which cell is best, and how the good rates move from row to row."""
    n_ready = int((cells.bands[:, 0] != "").sum())
    if n_ready < len(cells.rows):
        return f"So far **{n_ready} of {len(cells.rows)}** rows are ready."
    middle = np.where(np.isfinite(cells.middle), cells.middle, np.inf)
    row, column = np.unravel_index(np.argmin(middle), middle.shape)
    best = (
        f"Lowest middle loss: **{middle[row, column]:.3g}** at rate **{cells.rates[column]:g}** "
        f"and {cells.name} **{cells.rows[row]:g}**."
    )
    return f"{best} {_good_range(cells, 0)}; {_good_range(cells, -1).lower()}."


def _good_range(cells: RateCells, row: int) -> str:
    """Say which rates are good in one row, and from which on runs diverge."""
    good = np.flatnonzero(cells.bands[row] == IS_GOOD)
    where = f"At {cells.name} {cells.rows[row]:g} "
    if not len(good):
        return f"{where}no rate is good"
    low, high = cells.rates[good[0]], cells.rates[good[-1]]
    said = f"rate {low:g} is good" if low == high else f"rates from {low:g} to {high:g} are good"
    bad = np.flatnonzero(cells.bands[row] == DIVERGES)
    return where + said + (f" and {cells.rates[bad[0]]:g} diverges" if len(bad) else "")
