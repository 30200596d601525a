"""Training the zoo's networks a few epochs at a time, for whichever laboratory asks first."""

from typing import Any

import numpy as np

from dashboard.compute import remember
from nnjax.zoo.networks import NETWORKS
from nnjax.zoo.training import start_network, train_on

AT_ONCE = 3  # epochs trained before the page is drawn again


def train_piece(network: str, seed: int, rate: float, piece: int) -> Any:
    """Train `piece` times AT_ONCE epochs; what others have trained so far is not done again."""
    before = train_piece(network, seed, rate, piece - 1) if piece > 1 else None
    return remember(
        f"training the {network}",
        lambda *_: _go_on(network, seed, rate, before),
        network, seed, rate, piece,
    )  # fmt: skip


def _go_on(network: str, seed: int, rate: float, before: Any) -> Any:
    row, seed = NETWORKS[network], np.uint32(seed)
    state = start_network(seed, network=row) if before is None else before
    settings = seed, np.float32(rate), np.int32(AT_ONCE)
    return train_on(state, row.task.load(), *settings, network=row)
