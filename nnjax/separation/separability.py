"""Can one line part two classes? A proof either way, and the best that any line can do."""

from typing import NamedTuple

import numpy as np

from nnjax.separation.hulls import convex_hull, convex_weights, hull_overlap, on_grid, turn
from nnjax.separation.margins import Line, middle_line

FAR = np.iinfo(np.int64).max


class Separability(NamedTuple):
    """Whether a line parts the classes, and if not, a point that lies in both hulls."""

    separable: bool
    hulls: tuple[np.ndarray, np.ndarray]  # corners (h, 2) of class 0's and class 1's hull
    overlap: np.ndarray  # (m, 2) corners of what the hulls share; m = 0 if separable
    meeting_point: np.ndarray | None  # (2,) a point in both hulls
    shares: tuple[np.ndarray, np.ndarray] | None  # (h,) each: the point as a mean of hull corners


class BestLine(NamedTuple):
    """The line with the most points on their right side."""

    line: Line
    n_right: int
    fires: np.ndarray  # (n,) bool: which points are on the firing side


def separability(points, targets):
    """Decide whether a line has every target 1 strictly on one side and every 0 on the other.

    points (n, 2), targets (n,) of 0 and 1. A line exists exactly when the two classes' convex
    hulls share no point: any line would have that point strictly on both of its sides.
    The decision is exact for coordinates read to four decimals.
    """
    points, targets = np.asarray(points, np.float64).reshape(-1, 2), np.asarray(targets)
    classes = [points[targets == label] for label in (0, 1)]
    hulls = tuple(members[convex_hull(members)] for members in classes)
    overlap = hull_overlap(*hulls)
    if len(overlap) == 0:
        return Separability(True, hulls, overlap, None, None)
    meeting_point = overlap.mean(0)
    shares = tuple(convex_weights(hull, meeting_point) for hull in hulls)
    return Separability(False, hulls, overlap, meeting_point, shares)


def best_line(points, targets):
    """Find the line with the most points on their right side, over all lines and both directions.

    points (n, 2), targets (n,) of 0 and 1. Exact: every way in which a line can split the points
    is also made by a line through two of them, turned or shifted a little, and all of those are
    counted. The line returned runs midway between its two sides.
    Source: Johnson and Preparata (1978), "The densest hemisphere problem".
    """
    points, targets = np.asarray(points, np.float64).reshape(-1, 2), np.asarray(targets)
    gains = np.where(targets == 1, 1, -1)  # what a point adds by moving to the firing side
    fires = np.full(len(points), gains.sum() > 0)  # without a line: all fire, or none
    split = _best_split(on_grid(points), gains)
    if split is not None and gains[split].sum() >= gains[fires].sum():
        fires = split
    n_right = int((fires == (targets == 1)).sum())
    return BestLine(middle_line(points[fires], points[~fires]), n_right, fires)


def _best_split(grid, gains):
    """Which points (n,) fire under the best line near two of them; None if no two differ."""
    first, second = _pairs(grid)
    if len(first) == 0:
        return None
    side = turn(first[:, None], second[:, None], grid)  # (pairs, n)
    along = ((grid - first[:, None]) * (second - first)[:, None]).sum(2)
    along = np.where(side == 0, along, FAR)  # the points on the line itself come first
    order = np.argsort(along, axis=1, kind="stable")
    # A line turned a little about a place of its own parts the points on it: those before the
    # place go to one side, those after it to the other. `cut` is how many come before.
    on_line = np.take_along_axis(np.where(side == 0, gains, 0), order, 1)
    before = np.pad(on_line.cumsum(1), ((0, 0), (1, 0)))  # (pairs, n + 1)
    cuts = np.stack([before, before[:, -1:] - before])  # the points before it fire, or the rest
    sides = np.stack([np.where(side * sign > 0, gains, 0).sum(1) for sign in (1, -1)])
    gain = sides[:, None, :, None] + cuts  # (2, 2, pairs, n + 1)
    gain[..., ~_cuttable(np.take_along_axis(along, order, 1))] = -len(gains) - 1
    right, rest, pair, cut = np.unravel_index(gain.argmax(), gain.shape)
    comes_before = np.isin(np.arange(len(grid)), order[pair, :cut])
    fires_beside = side[pair] < 0 if right else side[pair] > 0
    return fires_beside | ((side[pair] == 0) & (comes_before != bool(rest)))


def _cuttable(along):
    """Where the sorted places (pairs, n) of a line may be cut: (pairs, n + 1) bool.

    Not between points at one place, and not among those off the line, which come last.
    """
    following = np.pad(along[:, 1:], ((0, 0), (0, 1)), constant_values=FAR)
    return np.pad(along != following, ((0, 0), (1, 0)), constant_values=True)


def _pairs(grid):
    """Every two points at different places: (pairs, 2) twice."""
    rows, others = np.triu_indices(len(grid), 1)
    differ = (grid[rows] != grid[others]).any(1)
    return grid[rows[differ]], grid[others[differ]]
