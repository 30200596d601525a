"""The same network, the same data, another activation: who learns, over many seeds.

A seed gives every activation the same first weights and the same order of examples, so that the
runs of a seed differ in nothing but the activation, and can be compared in pairs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nnjax.activations import ACTIVATIONS
from nnjax.bands import Band, band_over_seeds, middle_seed
from nnjax.data import DATASETS, prepare_dataset
from nnjax.networks import NetworkConfig
from nnjax.sweeps import sweep
from nnjax.training.config import TrainingConfig, make_hyperparameters

LEARNED = 0.1  # a training loss below this counts as having learned; guessing gives 0.693
N_EPOCHS = 60
NOISE = 10.0  # per cent, on the points
TRAIN_SHARE = 0.5
BATCH_SIZE = 10


@dataclass(frozen=True, kw_only=True)
class RaceSettings:
    """What all runners of a race share; `dataset` is the key of a set with two classes."""

    dataset: str = "circle"
    hidden: tuple[int, ...] = (8, 8)
    initializer: str = "xavier"
    learning_rate: float = 0.3
    n_seeds: int = 16
    first_seed: int = 0


class Runs(NamedTuple):
    """The runs of one activation, one a seed."""

    train_loss: np.ndarray  # (n_seeds, N_EPOCHS + 1), from the untrained network on
    test_accuracy: np.ndarray  # (n_seeds,) at the end
    diverged_at: np.ndarray  # (n_seeds,) the step, -1 where the run did not diverge


def run_activation(activation: str, settings: RaceSettings) -> Runs:
    """Train the race's network with `activation` in every hidden layer, once for each seed.

    Plain gradient descent on batches of 10, binary cross-entropy, all of it in one call.
    """
    spec = DATASETS[settings.dataset]
    data = prepare_dataset(
        spec, seed=settings.first_seed, noise=NOISE, train_share=TRAIN_SHARE
    )  # fmt: skip
    config = race_config(activation, settings)
    n_train = round(spec.n_points * TRAIN_SHARE)
    film, diverged_at = sweep(
        config,
        data,
        make_hyperparameters(learning_rate=settings.learning_rate),
        seeds=settings.first_seed + np.arange(settings.n_seeds),
        steps_per_frame=-(-n_train // BATCH_SIZE),
        n_frames=N_EPOCHS,
    )
    return Runs(film.train_loss, film.test_accuracy[:, -1], diverged_at)


def race_config(activation: str, settings: RaceSettings) -> TrainingConfig:
    """The training run of one runner, without its seed and its rate."""
    network = NetworkConfig(
        n_in=DATASETS[settings.dataset].n_features,
        hidden=settings.hidden,
        n_out=1,
        activations=(activation,) * len(settings.hidden),
        initializer=settings.initializer,
    )
    return TrainingConfig(
        network=network, task="binary", loss="binary_cross_entropy", batch_size=BATCH_SIZE
    )


class Standing(NamedTuple):
    """How one activation came out."""

    key: str
    label: str
    final_loss: Band  # of the training loss after the last epoch
    n_learned: int  # seeds below LEARNED
    n_diverged: int
    n_seeds: int
    test_accuracy: float  # of the middle seed


def rank(runs: Mapping[str, Runs]) -> list[Standing]:
    """The standings, the lowest middle loss first."""
    rows = [_standing(key, run) for key, run in runs.items()]
    return sorted(rows, key=lambda row: float(row.final_loss.middle))


def _standing(key: str, runs: Runs) -> Standing:
    final = runs.train_loss[:, -1]
    return Standing(
        key=key,
        label=ACTIVATIONS[key].label,
        final_loss=band_over_seeds(final),
        n_learned=int(np.sum(final < LEARNED)),
        n_diverged=int(np.sum(runs.diverged_at >= 0)),
        n_seeds=len(final),
        test_accuracy=middle_seed(runs.test_accuracy),
    )
