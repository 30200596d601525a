"""The C references against NumPy in double precision, step by step on the same shuffles."""

import numpy as np

from benchmarks.compiled import Reference, shuffled_order
from benchmarks.problem import Problem


def numpy_epoch(layers: list, problem: Problem, order: np.ndarray) -> float:
    """One epoch of the task by the textbook, in place; returns the mean squared error seen."""
    total = 0.0
    for start in range(0, len(order), problem.batch_size):
        rows = order[start : start + problem.batch_size]
        outputs = [problem.inputs[rows].astype(float)]
        for index, (weights, bias) in enumerate(layers):
            sums = outputs[-1] @ weights.T + bias
            outputs.append(np.tanh(sums) if index + 1 < len(layers) else sums)
        residuals = outputs[-1] - problem.targets[rows]
        total += float((residuals**2).sum())
        errors = 2 * residuals / residuals.size
        for (weights, bias), inputs in reversed(list(zip(layers, outputs, strict=False))):
            d_weights, d_bias = errors.T @ inputs, errors.sum(0)
            errors = (errors @ weights) * (1 - inputs**2)
            np.subtract(weights, problem.learning_rate * d_weights, out=weights)
            np.subtract(bias, problem.learning_rate * d_bias, out=bias)
    return total / problem.targets.size


def largest_difference(source: str, problem: Problem, *, transposed: bool, n_epochs: int) -> float:
    """Largest |difference| of any weight, bias or epoch's loss between C and NumPy."""
    reference = Reference(source, problem, transposed=transposed)
    state = reference.state.copy()
    layers = [(w.astype(float), b.astype(float)) for w, b in reference.layers()]
    losses = reference.train(n_epochs)
    order = np.arange(len(problem.inputs), dtype=np.int32)
    expected = []
    for _ in range(n_epochs):
        order = shuffled_order(reference.library, order, state)
        expected.append(numpy_epoch(layers, problem, order))
    pairs = zip(reference.layers(), layers, strict=True)
    differences = [np.abs(c - n).max() for c_l, n_l in pairs for c, n in zip(c_l, n_l, strict=True)]
    return float(max(*differences, np.abs(losses - expected).max()))
