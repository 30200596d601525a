"""Optimisers raced: the same network, the same seeds, another rule for the steps.

A seed gives every optimiser the same data, first weights and order of examples, so its runs can be
compared in pairs. All race for the same number of gradients: an epoch is one gradient of every
training example, whether taken in batches or, by L-BFGS, of all of them at once.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from nnjax.data.prepare import Dataset
from nnjax.lbfgs import descend
from nnjax.optimizers import OPTIMIZERS
from nnjax.races.bands import Band, band_over_seeds, middle_seed
from nnjax.schedules import SCHEDULES
from nnjax.sweeps import sweep
from nnjax.training.config import Hyperparameters, TrainingConfig, make_hyperparameters

LBFGS = "lbfgs"
LABELS = {key: row.label for key, row in OPTIMIZERS.items()} | {LBFGS: "L-BFGS"}
N_FRAMES = 20
SOLVED = 0.95  # of the training examples right (for values: R^2)
FACTORS = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)  # of the own rate, tried for the best


class Racer(NamedTuple):
    """The runs of one optimiser, one a seed."""

    rate: float  # nan for L-BFGS, which searches for it at every step
    losses: np.ndarray  # (n_seeds, N_FRAMES + 1) training loss, infinite once diverged
    accuracy: np.ndarray  # (n_seeds,) on the training examples at the end; for values, R^2
    test_loss: np.ndarray  # (n_seeds,)
    n_diverged: int
    n_steps: float  # of the middle seed
    gradients_per_step: float  # evaluations, each of `examples_per_gradient` examples
    examples_per_gradient: int


def race_config(config: TrainingConfig) -> TrainingConfig:
    """The configuration without what would favour one rule: schedule, penalty, dropout."""
    return dataclasses.replace(config, schedules=("constant",), regularizer="none", dropout=False)


class Course(NamedTuple):
    """What all optimisers of a race share. Seed i trains on data set i of the stack."""

    config: TrainingConfig  # but for what is raced
    datasets: Dataset
    seeds: Sequence[int]
    momentum: float
    n_epochs: int  # a multiple of N_FRAMES

    @property
    def n_batches(self) -> int:
        """Steps an epoch."""
        return -(-int(self.datasets.n_train[0]) // self.config.batch_size)


def run_optimizer(key: str, course: Course, rate: float | None = None) -> Racer:
    """Train with one optimiser, once from each seed; without a `rate`, at the optimiser's own."""
    if key == LBFGS:
        return _run_lbfgs(course)
    rate = OPTIMIZERS[key].learning_rate if rate is None else rate
    return run_once_a_seed(
        dataclasses.replace(race_config(course.config), optimizer=key),
        course,
        make_hyperparameters(learning_rate=rate, momentum=course.momentum),
    )


def run_once_a_seed(config: TrainingConfig, course: Course, hyper: Hyperparameters) -> Racer:
    """Train `config` on the course, once from each seed, all in one call."""
    places = np.arange(len(course.seeds))
    frames, diverged_at = _sweep(config, course, hyper, places)
    return Racer(
        rate=float(hyper.learning_rate),
        losses=_until_divergence(frames, diverged_at),
        accuracy=frames.train_accuracy[:, -1],
        test_loss=np.where(diverged_at < 0, frames.test_loss[:, -1], np.inf),
        n_diverged=int(np.sum(diverged_at >= 0)),
        n_steps=float(course.n_epochs * course.n_batches),
        gradients_per_step=1.0,
        examples_per_gradient=min(config.batch_size, int(course.datasets.n_train[0])),
    )


def _run_lbfgs(course: Course) -> Racer:
    runs = descend(
        race_config(course.config),
        course.datasets,
        seeds=course.seeds,
        data_of=np.arange(len(course.seeds)),
        n_evaluations=course.n_epochs,
    )
    at = np.linspace(0, course.n_epochs, N_FRAMES + 1).astype(int)
    return Racer(
        rate=float("nan"),
        losses=np.where(np.isfinite(runs.losses), runs.losses, np.inf)[:, at],
        accuracy=runs.last.train_accuracy,
        test_loss=runs.last.test_loss,
        n_diverged=0,
        n_steps=middle_seed(runs.n_steps),
        gradients_per_step=float(runs.n_evaluations.sum() / runs.n_steps.sum()),
        examples_per_gradient=int(course.datasets.n_train[0]),
    )


def best_rate(key: str, course: Course, *, n_runs: int) -> float:
    """The rate with the lowest middle loss on the course: FACTORS times the optimiser's own.

    `n_runs` a call: with those of the race, the race's own program does this work, too.
    """
    rates = np.asarray(FACTORS) * OPTIMIZERS[key].learning_rate
    n_seeds = len(course.seeds)
    of_rate, of_seed = np.divmod(np.arange(len(rates) * n_seeds), n_seeds)
    config = dataclasses.replace(race_config(course.config), optimizer=key)
    hyper = make_hyperparameters(learning_rate=0.0, momentum=course.momentum)
    ends = []
    for start in range(0, len(of_rate), n_runs):
        part = slice(start, start + n_runs)
        tried = hyper._replace(learning_rate=rates[of_rate[part]].astype(np.float32))
        frames, diverged_at = _sweep(config, course, tried, of_seed[part])
        ends.append(_until_divergence(frames, diverged_at)[:, -1])
    losses = np.concatenate(ends).reshape(len(rates), n_seeds)
    return float(rates[int(np.argmin([middle_seed(row) for row in losses]))])


def _sweep(config: TrainingConfig, course: Course, hyper: Hyperparameters, data_of):
    return sweep(
        config,
        course.datasets,
        hyper,
        seeds=np.asarray(course.seeds)[data_of],
        data_of=data_of,
        steps_per_frame=course.n_epochs // N_FRAMES * course.n_batches,
        n_frames=N_FRAMES,
    )


def _until_divergence(frames, diverged_at):
    """Training losses (n_runs, n_frames + 1), infinite from the frame in which a run diverged."""
    # A diverged run repeats its last frame, whose step lies beyond the one at fault.
    gone = (diverged_at[:, None] >= 0) & (frames.step > diverged_at[:, None])
    finite = np.isfinite(frames.train_loss)
    return np.where(gone | ~finite, np.inf, frames.train_loss).astype(np.float32)


class Standing(NamedTuple):
    """How one optimiser came out."""

    key: str
    final: Band  # of the training loss
    n_first: int  # seeds in which it ended lowest of all
    n_solved: int  # seeds with SOLVED of the training examples right
    racer: Racer


def rank(racers: Mapping[str, Racer]) -> list[Standing]:
    """The standings, the lowest middle loss first."""
    final = np.stack([racer.losses[:, -1] for racer in racers.values()])
    winner = np.argmin(final, axis=0)
    rows = [
        Standing(
            key=key,
            final=band_over_seeds(racer.losses[:, -1]),
            n_first=int(np.sum(winner == index)),
            n_solved=int(np.sum((racer.accuracy >= SOLVED) & np.isfinite(final[index]))),
            racer=racer,
        )
        for index, (key, racer) in enumerate(racers.items())
    ]
    return sorted(rows, key=lambda row: float(row.final.middle))


def run_schedule(key: str, course: Course, hyper: Hyperparameters) -> Racer:
    """Train under one schedule that ends with the race, once from each seed.

    `hyper` holds plain numbers; its schedule and horizon do not count. One program knows all
    schedules: the second is not compiled again.
    """
    config = dataclasses.replace(course.config, schedules=tuple(SCHEDULES))
    chosen = hyper._replace(
        schedule=np.float32(config.schedules.index(key)), horizon=np.float32(course.n_epochs)
    )
    return run_once_a_seed(config, course, chosen)
