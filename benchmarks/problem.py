"""The one task that every peer trains: two spirals, a tanh network, squared error, plain SGD."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

N_POINTS = 250
BATCH_SIZE = 10
LEARNING_RATE = 0.03
SHAPES: dict[str, tuple[int, ...]] = {
    "4,2": (4, 2),
    "8x6": (8,) * 6,
    "16,16": (16, 16),
    "32,32": (32, 32),
    "64,64": (64, 64),
    "128,128": (128, 128),
}


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Data (n, 2) and (n, 1) float32, hidden widths, and the weights every peer starts from."""

    hidden: tuple[int, ...]
    inputs: np.ndarray
    targets: np.ndarray
    test_inputs: np.ndarray
    test_targets: np.ndarray
    weights: tuple[np.ndarray, ...]  # one (n_out, n_in) array a layer; biases start at zero
    learning_rate: float = LEARNING_RATE
    batch_size: int = BATCH_SIZE

    @property
    def widths(self) -> tuple[int, ...]:
        """Units of every layer, the two inputs and the single output included."""
        return (self.inputs.shape[1], *self.hidden, self.targets.shape[1])


def make_spirals(n_points: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Two arms, radius growing with the angle; inputs standardised, targets +1 and -1."""
    arm = np.arange(n_points) % 2
    share = rng.uniform(size=n_points)
    angle = 3.5 * np.pi * share + np.pi * arm
    inputs = 5 * share[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    inputs = (inputs - inputs.mean(0)) / inputs.std(0)
    return inputs.astype(np.float32), np.where(arm, -1, 1).astype(np.float32)[:, None]


def make_problem(hidden: tuple[int, ...], seed: int = 0) -> Problem:
    """Builds the task for these hidden widths; weights are normal with variance 1 / n_in."""
    rng = np.random.default_rng(seed)
    inputs, targets = make_spirals(2 * N_POINTS, rng)
    widths = (2, *hidden, 1)
    weights = tuple(
        (rng.normal(size=(n_out, n_in)) / np.sqrt(n_in)).astype(np.float32)
        for n_in, n_out in pairwise(widths)
    )
    return Problem(
        hidden=hidden,
        inputs=np.ascontiguousarray(inputs[:N_POINTS]),
        targets=np.ascontiguousarray(targets[:N_POINTS]),
        test_inputs=inputs[N_POINTS:],
        test_targets=targets[N_POINTS:],
        weights=weights,
    )
