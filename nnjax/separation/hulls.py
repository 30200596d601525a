"""Convex hulls in the plane, and where two of them meet.

Runs on the host, not through XLA: a hull's size depends on its points, and whether two hulls touch
must not depend on rounding. So coordinates are first read as whole ten-thousandths; after that
every yes or no comes from exact integer arithmetic.
"""

import numpy as np

GRID = 10_000  # steps per unit
LARGEST = 10_000.0  # keeps every product of two differences inside 64 bits


def on_grid(points):
    """Points (n, 2) as whole ten-thousandths, int64, on which the predicates are exact.

    Raises ValueError if a coordinate is not finite or beyond +-10 000.
    """
    points = np.asarray(points, np.float64).reshape(-1, 2)
    if not np.all(np.abs(points) <= LARGEST):
        raise ValueError("Every coordinate must be a number between -10 000 and 10 000.")
    return np.rint(points * GRID).astype(np.int64)


def turn(a, b, c):
    """(b - a) x (c - a): above 0 if a, b, c turn left, 0 if they lie on one line. (..., 2) each."""
    ab, ac = b - a, c - a
    return ab[..., 0] * ac[..., 1] - ab[..., 1] * ac[..., 0]


def convex_hull(points):
    """Row numbers of the corners of the smallest convex shape around points (n, 2).

    Anticlockwise from the leftmost corner; one row for a single place, two for points on a line.
    Source: Andrew (1979), "Another efficient algorithm for convex hulls in two dimensions".
    """
    grid = on_grid(points)
    rows = np.unique(grid, axis=0, return_index=True)[1]  # sorted by x, then y; no doubles
    if len(rows) < 3:
        return rows
    lower, upper = _half_hull(grid, rows), _half_hull(grid, rows[::-1])
    return np.array(lower[:-1] + upper[:-1])


def _half_hull(grid, rows):
    chain = []
    for row in rows:
        while len(chain) > 1 and turn(grid[chain[-2]], grid[chain[-1]], grid[row]) <= 0:
            chain.pop()
        chain.append(row)
    return chain


def inside(points, hull):
    """For each of points (n, 2), whether it lies in or on the hull with corners (h, 2): (n,) bool.

    Both as whole numbers from `on_grid`.
    """
    if len(hull) == 0:
        return np.zeros(len(points), bool)
    left_of_edges = turn(hull, np.roll(hull, -1, 0), points[:, None]) >= 0
    # A flat hull's edges lie on one line, which runs on beyond its ends: the box ends it.
    in_box = (points >= hull.min(0)) & (points <= hull.max(0))
    return left_of_edges.all(1) & in_box.all(1)


def hull_overlap(hull_a, hull_b):
    """Corners (m, 2) of what two hulls, given by their corners (h, 2), share; m = 0 if nothing.

    Hulls that only touch share that place. Any mean of the corners lies in both hulls.
    """
    a, b = on_grid(hull_a), on_grid(hull_b)
    shared = np.concatenate([a[inside(a, b)], b[inside(b, a)]]) / GRID
    corners = np.concatenate([shared, _edge_crossings(a, b) / GRID])
    # Crossings are quotients; the same one may come back twice with another last digit.
    corners = np.unique(corners.round(9), axis=0)
    return corners[convex_hull(corners)]


def _edge_crossings(a, b):
    """Where the edges of one hull pass through those of the other, ends not counted: (m, 2)."""
    if len(a) == 0 or len(b) == 0:
        return np.empty((0, 2))
    p, q = a[:, None], np.roll(a, -1, 0)[:, None]
    r, s = b[None], np.roll(b, -1, 0)[None]
    p_side, q_side = turn(r, s, p), turn(r, s, q)
    r_side, s_side = turn(p, q, r), turn(p, q, s)
    crosses = (np.sign(p_side) * np.sign(q_side) < 0) & (np.sign(r_side) * np.sign(s_side) < 0)
    share = p_side / np.where(crosses, p_side - q_side, 1)  # how far from p to q
    return (p + share[..., None] * (q - p))[crosses]


def convex_weights(hull, point):
    """Shares (h,), none negative, adding up to 1, whose mean of the corners (h, 2) is `point`.

    They prove that the point lies in the hull: anyone can check the sum. At most three are not 0.
    """
    # A fan of triangles around the first corner covers the hull; one of them holds the point.
    fan = [[0, k, k + 1] for k in range(1, len(hull) - 1)] or [list(range(len(hull)))]
    # sum of shares x corner = point, sum of shares = 1
    homogeneous = np.column_stack([hull, np.ones(len(hull))])
    solved = [np.linalg.lstsq(homogeneous[rows].T, [*point, 1.0], rcond=None)[0] for rows in fan]
    best = max(range(len(fan)), key=lambda k: solved[k].min())
    shares = np.zeros(len(hull))
    shares[fan[best]] = solved[best].clip(0)
    return shares / shares.sum()
