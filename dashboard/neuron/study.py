"""Everything that the laboratory "Draw the line" shows, computed."""

from functools import partial
from typing import NamedTuple

import numpy as np

from dashboard.compute import run
from nnjax.separation import perceptron
from nnjax.separation.separability import BestLine, Separability, best_line, separability


class Study(NamedTuple):
    """Points, the perceptron's path on them, and what can be proved about them."""

    points: np.ndarray  # (n, 2)
    targets: np.ndarray  # (n,)
    start: perceptron.Neuron
    rate: float
    path: perceptron.PerceptronPath
    proof: Separability
    best: BestLine
    bound: perceptron.MistakeBound | None  # None where no line exists

    @property
    def from_zero(self) -> bool:
        """Whether weights and bias start at 0."""
        return not (any(self.start.weights) or self.start.bias)


def study_points(
    points: np.ndarray, targets: np.ndarray, start: perceptron.Neuron, rate: float
) -> Study:
    """Run the perceptron on these points and find what can be proved about them."""
    table = perceptron.point_table(points, targets)
    path = run("the perceptron", perceptron.perceptron_path, table, start, rate)
    proof = run("the proof", separability, points, targets)
    best = run("the best line", best_line, points, targets)
    bound = None
    if len(points):
        find_bound = partial(perceptron.mistake_bound, start=start, learning_rate=rate)
        bound = run("the bound", find_bound, points, targets)
    return Study(points, targets, start, rate, path, proof, best, bound)
