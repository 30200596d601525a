"""Broken runs, and their cures: trained side by side over several seeds, with their vitals.

An exhibit is two set-ups that differ in little, and the diagnosis that tells them apart.
"""

from dataclasses import dataclass
from typing import NamedTuple

import jax
import numpy as np

from nnjax.data import DATASETS, Dataset, prepare_dataset
from nnjax.failures.diagnoses import Finding, find
from nnjax.failures.vitals import Vitals, vitals_of_film
from nnjax.losses import default_loss
from nnjax.networks import NetworkConfig
from nnjax.training.chunks import still_frame, train_steps
from nnjax.training.config import Hyperparameters, TrainingConfig, make_hyperparameters
from nnjax.training.state import NOT_DIVERGED, init_training
from nnjax.training.steps import steps_per_epoch

N_SEEDS = 8
N_FRAMES = 24


@dataclass(frozen=True, kw_only=True)
class Setup:
    """One way to train: what the playground's controls say, and whether inputs are standardised."""

    dataset: str = "circle"
    noise: float = 0.0
    train_share: float = 0.5
    hidden: tuple[int, ...] = (4, 2)
    activation: str = "tanh"
    initializer: str = "xavier"
    loss: str | None = None  # None: the usual one for the task
    optimizer: str = "sgd"
    learning_rate: float = 0.03
    batch_size: int = 10
    regularizer: str = "none"
    penalty: float = 0.01
    epochs: int = 200
    standardized: bool = True

    def config(self) -> TrainingConfig:
        """The static choices of the run."""
        spec = DATASETS[self.dataset]
        network = NetworkConfig(
            n_in=spec.n_features,
            hidden=self.hidden,
            n_out=spec.n_outputs,
            activations=(self.activation,) * len(self.hidden),
            initializer=self.initializer,
        )
        return TrainingConfig(
            network=network,
            task=spec.task,
            loss=self.loss or default_loss(spec.task).key,
            optimizer=self.optimizer,
            regularizer=self.regularizer,
            batch_size=self.batch_size,
        )

    def hyperparameters(self) -> Hyperparameters:
        """The traced numbers of the run."""
        return make_hyperparameters(
            learning_rate=self.learning_rate, regularization_rate=self.penalty
        )

    def prepare(self) -> Dataset:
        """The data, made and split by seed 0; in their own units where not standardised."""
        data = prepare_dataset(
            DATASETS[self.dataset], seed=0, noise=self.noise, train_share=self.train_share
        )
        return data if self.standardized else data._replace(inputs=data.raw)


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """One failure. `symptom` is a key of DIAGNOSES that finds the broken run and not the cured."""

    key: str
    label: str
    broken: Setup
    cured: Setup
    symptom: str
    story: str  # what was done, and why it fails
    cure: str  # what was changed, and why that helps
    source: str


class SeedRuns(NamedTuple):
    """The runs of one set-up: the vitals of each seed."""

    seeds: tuple[Vitals, ...]

    def findings(self, key: str) -> list[Finding]:
        """One diagnosis of every seed."""
        return [find(key, vitals) for vitals in self.seeds]


def train_setup(setup: Setup, first_seed: int = 0) -> SeedRuns:
    """N_SEEDS runs of a set-up, on the same data from other first weights, with their vitals."""
    data = setup.prepare()
    seeds = range(first_seed, first_seed + N_SEEDS)
    return SeedRuns(tuple(_train(setup, data, seed) for seed in seeds))


def _train(setup: Setup, data: Dataset, seed: int) -> Vitals:
    """One run, by the program that the playground runs too."""
    config, hyper = setup.config(), setup.hyperparameters()
    state = init_training(config, seed=seed)
    still = still_frame(config, state, data, hyper)
    per_epoch = int(steps_per_epoch(config, int(data.n_train)))
    per_frame = max(1, round(setup.epochs * per_epoch / N_FRAMES))
    state, rest = train_steps(config, state, data, hyper, n_steps=per_frame, n_frames=N_FRAMES)
    film = jax.tree.map(lambda one, more: np.concatenate([one, more]), still, rest)
    return vitals_of_film(
        film,
        data,
        config=config,
        steps_per_epoch=per_epoch,
        has_diverged=int(state.diverged_at) != NOT_DIVERGED,
    )
