"""What every network of the zoo offers to whoever trains it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax

from nnjax.zoo.examples import Task


@dataclass(frozen=True, kw_only=True)
class Network:
    """An architecture made to measure for one task. It takes one example; `vmap` makes a batch."""

    architecture: str  # key of CARDS
    label: str
    task: Task
    init: Callable[[jax.Array], Any]  # key -> parameters, any pytree of arrays
    forward: Callable[[Any, jax.Array], jax.Array]  # (parameters, input) -> output
    flops: int  # of one forward pass, by the formula on the card
    # The same pass without a loop, where there is one: XLA counts what a loop does only once.
    unrolled: Callable[[Any, jax.Array], jax.Array] | None = None

    @property
    def key(self) -> str:
        """The name in NETWORKS: "cnn_digits"."""
        return f"{self.architecture}_{self.task.key}"


def count_numbers(parameters: Any) -> int:
    """How many numbers training may set: the entries of every array in `parameters`."""
    return sum(array.size for array in jax.tree.leaves(parameters))
