"""Shared weights against weights of one's own, on digits that stand a little off."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nnjax.zoo.digits import load_digits, shift_images
from nnjax.zoo.image_networks import IMAGE_NETWORKS
from nnjax.zoo.training import share_right, train_network

N_SEEDS = 16


class ShiftedRuns(NamedTuple):
    """The shares of unseen digits that each seed's network reads."""

    as_drawn: np.ndarray  # (n_seeds,)
    shifted: np.ndarray  # (n_seeds,)


def try_shifted(
    key: str,
    *,
    learning_rate: float,
    n_epochs: int,
    down: int = 0,
    right: int = 1,
    first_seed: int = 0,
    n_seeds: int = N_SEEDS,
) -> ShiftedRuns:
    """Train the network `key` on the digits as they are; read unseen ones as they are and moved."""
    network, digits = IMAGE_NETWORKS[key], load_digits()
    test = digits.test
    moved = test._replace(images=np.asarray(shift_images(test.images, down, right)))
    runs = []
    for seed in range(first_seed, first_seed + n_seeds):
        trained = train_network(
            digits, np.uint32(seed), np.float32(learning_rate), np.int32(n_epochs), network=network
        )
        runs.append([share_right(network, trained.parameters, x) for x in (test, moved)])
    return ShiftedRuns(*np.asarray(runs, np.float32).T)


def join_runs(parts: Sequence[ShiftedRuns]) -> ShiftedRuns:
    """The runs of several calls as those of one."""
    return ShiftedRuns(*map(np.concatenate, zip(*parts, strict=True)))
