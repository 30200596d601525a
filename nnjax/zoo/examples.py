"""What a network of the zoo learns from: inputs and targets, with a loss and a score."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import jax
import numpy as np


class Examples(NamedTuple):
    """Shuffled examples; NumPy, so that callers may cut as they like."""

    inputs: np.ndarray  # (n, ...) float32
    targets: np.ndarray  # (n, ...) float32


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to learn. Loss and score take one example's output and target.

    The first `n_train` examples train, the others test. `score` is what learners read: 1 for a
    right answer and 0 for a wrong one, or the share of an image's ink that is missed.
    """

    key: str
    label: str
    note: str
    load: Callable[[], Examples]
    n_train: int
    loss: Callable[[jax.Array, jax.Array], jax.Array]  # (output, target) -> ()
    score: Callable[[jax.Array, jax.Array], jax.Array]  # (output, target) -> ()
    score_label: str
    by_chance: float  # the score of who knows the targets' shares and nothing of the inputs
    batch_size: int = 32
    learning_rate: float = 0.01
    n_epochs: int = 10  # enough for the networks made for it

    @property
    def n_batches(self) -> int:
        """Of an epoch; the few examples left over differ in each."""
        return self.n_train // self.batch_size

    def test(self, examples: Examples) -> Examples:
        """The examples that no network is trained on."""
        return Examples(examples.inputs[self.n_train :], examples.targets[self.n_train :])
