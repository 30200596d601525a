"""What every network of the zoo offers to whoever trains it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax


@dataclass(frozen=True, kw_only=True)
class ImageNetwork:
    """A network that reads one image (SIDE, SIDE) and answers with logits (N_CLASSES,)."""

    key: str
    label: str
    init: Callable[[jax.Array], Any]  # key -> parameters, any pytree of arrays
    forward: Callable[[Any, jax.Array], jax.Array]  # (parameters, image) -> logits


def count_numbers(parameters: Any) -> int:
    """How many numbers training may set: the entries of every array in `parameters`."""
    return sum(array.size for array in jax.tree.leaves(parameters))
