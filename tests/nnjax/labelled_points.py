"""Points that the tests of lines and perceptrons share."""

import numpy as np

CORNERS = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
AND, OR, XOR = np.array([0, 0, 0, 1]), np.array([0, 1, 1, 1]), np.array([0, 1, 1, 0])


def parted_points(seed, n, gap):
    """Random points in the square, none within `gap` of a random line through it."""
    random = np.random.default_rng(seed)
    angle = random.uniform(0, 2 * np.pi)
    direction, offset = np.array([np.cos(angle), np.sin(angle)]), random.uniform(-0.5, 0.5)
    points = random.uniform(-1, 1, (10 * n, 2)).round(2)
    distance = points @ direction + offset
    keep = np.abs(distance) > gap
    return points[keep][:n], (distance[keep][:n] > 0).astype(int)
