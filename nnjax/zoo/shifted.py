"""Shared weights against weights of one's own, on digits that stand a little off."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nnjax.zoo.digits import shift_images
from nnjax.zoo.networks import networks_for
from nnjax.zoo.tasks import TASKS, digits_with_classes
from nnjax.zoo.training import mean_score, train_network

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
    """Train a network for digits as they are; read unseen ones, as they are and moved.

    `key` is its architecture.
    """
    network, examples = networks_for("digits")[key], digits_with_classes()
    test = TASKS["digits"].test(examples)
    moved = test._replace(inputs=np.asarray(shift_images(test.inputs, down, right)))
    runs = []
    for seed in range(first_seed, first_seed + n_seeds):
        settings = np.uint32(seed), np.float32(learning_rate), np.int32(n_epochs)
        trained = train_network(examples, *settings, network=network)
        runs.append([mean_score(network, trained.parameters, x) for x in (test, moved)])
    return ShiftedRuns(*np.asarray(runs, np.float32).T)


def join_runs(parts: Sequence[ShiftedRuns]) -> ShiftedRuns:
    """The runs of several calls as those of one."""
    return ShiftedRuns(*map(np.concatenate, zip(*parts, strict=True)))
