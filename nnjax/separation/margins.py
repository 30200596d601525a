"""Lines that keep as far from two classes as they can, and how far that is."""

from itertools import combinations
from typing import NamedTuple

import numpy as np

from nnjax.separation.hulls import convex_hull


class Line(NamedTuple):
    """The line where weights . x + bias = 0; a neuron with these fires where it is above 0."""

    weights: np.ndarray  # (2,)
    bias: float

    def fires(self, points):
        """Whether weights . x + bias > 0, for points (n, 2): (n,) bool."""
        return np.asarray(points) @ self.weights + self.bias > 0


def middle_line(above, below):
    """Compute the line midway between two sets of points (n, 2) that a line can part.

    It fires on `above`, has weights of length 1 and keeps as far from both sets as a line can.
    With one set empty no line is needed: weights 0, bias +1 or -1.
    Source: Bennett and Bredensteiner (2000), "Duality and geometry in SVM classifiers": the widest
    gap crosses the shortest bridge between the two hulls at right angles.
    """
    above, below = (np.asarray(points, np.float64).reshape(-1, 2) for points in (above, below))
    if len(above) == 0 or len(below) == 0:
        return Line(np.zeros(2), 1.0 if len(above) else -1.0)
    above, below = above[convex_hull(above)], below[convex_hull(below)]
    # The shortest bridge has a corner at one end at least, an edge's nearest place at the other.
    from_above, from_below = _nearest_on_edges(above, below), _nearest_on_edges(below, above)
    starts = np.concatenate([from_below.reshape(-1, 2), np.repeat(above, len(below), 0)])
    ends = np.concatenate([np.repeat(below, len(above), 0), from_above.reshape(-1, 2)])
    shortest = np.linalg.norm(starts - ends, axis=1).argmin()
    bridge = starts[shortest] - ends[shortest]
    weights = bridge / np.linalg.norm(bridge)
    return Line(weights, float(-weights @ (starts[shortest] + ends[shortest]) / 2))


def _nearest_on_edges(points, hull):
    """For each of points (n, 2), the nearest place on each edge of a hull (h, 2): (n, h, 2)."""
    edges = np.roll(hull, -1, 0) - hull
    length_squared = np.maximum((edges**2).sum(1), np.finfo(np.float64).tiny)
    share = ((points[:, None] - hull) * edges).sum(2) / length_squared
    return hull + share.clip(0, 1)[..., None] * edges


class Margin(NamedTuple):
    """How far the closest point is from the best separator's zero, in the augmented space."""

    size: float  # gamma; not above 0 if nothing separates the classes
    separator: np.ndarray  # (3,) unit vector: two weights, then the bias


def augmented_margin(points, targets):
    """Gamma = max over unit (w, b) of min over points of s (w . x + b), s = +1 or -1 by class.

    points (n, 2), targets (n,) of 0 and 1, n at least 1. The bias counts as a third weight on a
    constant input of 1, as the perceptron's rule treats it. Exact: few points hold the best
    separator in place, so it is found for a few, and the worst of all joins them until none is
    worse than those few.
    """
    vectors = signed_vectors(points, targets)
    held_by = [0]
    while True:
        margin = _margin_of_few(vectors[held_by])
        scores = vectors @ margin.separator
        worst = int(scores.argmin())
        # Not held by the worst one only for rounding: what is reported is the true worst score.
        if worst in held_by or margin.size <= 0:
            return Margin(float(scores[worst]), margin.separator)
        held_by.append(worst)


def _margin_of_few(vectors):
    """The margin by trial: the best direction points to the hull's place nearest to zero.

    In three dimensions that place is a mean of at most three of the vectors, so try them all.
    """
    directions = np.concatenate([_towards_nearest(vectors, size) for size in (1, 2, 3)])
    margins = (directions @ vectors.T).min(1)
    return Margin(float(margins.max()), directions[margins.argmax()])


def signed_vectors(points, targets):
    """Compute s (x, 1) for the corners of the two classes' hulls: (m, 3).

    The points inside the hulls decide nothing: a worst score is at a corner.
    """
    points, targets = np.asarray(points, np.float64).reshape(-1, 2), np.asarray(targets)
    vectors = []
    for label, sign in ((0, -1.0), (1, 1.0)):
        corners = points[targets == label]
        corners = corners[convex_hull(corners)]
        vectors.append(sign * np.column_stack([corners, np.ones(len(corners))]))
    return np.concatenate(vectors)


def _towards_nearest(vectors, size):
    """Unit vectors (k, 3) at right angles to the plane, line or point through `size` vectors."""
    rows = np.array(list(combinations(range(len(vectors)), size)), int).reshape(-1, size)
    chosen = vectors[rows]  # (k, size, 3)
    if size == 1:
        nearest = chosen[:, 0]
    elif size == 2:
        a, along = chosen[:, 0], chosen[:, 1] - chosen[:, 0]
        share = -(a * along).sum(1) / np.maximum((along**2).sum(1), np.finfo(float).tiny)
        nearest = a + share[:, None] * along
    else:
        nearest = np.cross(chosen[:, 1] - chosen[:, 0], chosen[:, 2] - chosen[:, 0])
        nearest *= np.sign((nearest * chosen[:, 0]).sum(1, keepdims=True))
    length = np.linalg.norm(nearest, axis=1)
    return nearest[length > 1e-12] / length[length > 1e-12][:, None]
