"""Many runs of the playground's network: which they are, in which pieces, joined again."""

import dataclasses
import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import jax
import numpy as np

from dashboard import compute
from dashboard.playground import settings as s
from dashboard.playground.run_settings import RunSettings
from nnjax.data.prepare import Dataset
from nnjax.networks import count_parameters
from nnjax.optimizers import OPTIMIZERS
from nnjax.races.rate_maps import RunEnds, stack_data, train_ends
from nnjax.training.config import Hyperparameters

PIECES = (1, 8, 32, 128)  # into which many runs are divided: each number is a shape to compile
PIECE_SECONDS = 1.5


def describe(settings: RunSettings) -> str:
    """Say which network on which data: "The playground's network 2-4-2-1 on Circle"."""
    network = settings.config.network
    widths = "-".join(map(str, (network.n_in, *network.hidden, network.n_out)))
    return f"The playground's network **{widths}** on **{settings.spec.label}**"


def seeds_from(settings: RunSettings, n_seeds: int) -> tuple[int, ...]:
    """Return seeds that the playground offers, its own one first where there is room."""
    first = min(settings.seed, int(s.SEED.max) - n_seeds + 1)
    return tuple(range(first, first + n_seeds))


def divide(settings: RunSettings, n_runs: int, n_epochs: int) -> list[tuple[int, int]]:
    """Return (start, stop) of the pieces in which so many runs are trained, a second or so each."""
    config = settings.config
    n_train = settings.spec.n_points * settings.train_share
    n_steps = n_epochs * math.ceil(n_train / config.batch_size)
    # Measured on two cores of 2.5 GHz: what a step costs by itself, and per multiplication.
    step = 1.5e-6 + 6 * count_parameters(config.network) * config.batch_size / 3e9
    seconds = n_runs * n_steps * step / max(1, jax.device_count())
    n_pieces = next((n for n in PIECES if seconds / n < PIECE_SECONDS), PIECES[-1])
    n_pieces = math.gcd(n_runs, n_pieces)
    ends = np.linspace(0, n_runs, n_pieces + 1).astype(int).tolist()
    return list(itertools.pairwise(ends))


class Asked(NamedTuple):
    """What is trained: every value of `over` with every seed, the seeds outermost.

    `over` holds (hyperparameter, its value in each run of a seed).
    """

    settings: RunSettings
    hyper: tuple[float, ...]
    over: tuple[tuple[str, tuple[float, ...]], ...]
    seeds: tuple[int, ...]
    n_epochs: int


def train_runs(asked: Asked, piece: tuple[int, int]) -> RunEnds:
    """Train a piece of what is asked, (start, stop) among its runs.

    Each seed draws its own data, weights and order of examples, as it does on the playground.
    """
    settings, hyper, over, seeds, n_epochs = asked
    n_values = len(over[0][1])
    numbers = np.arange(*piece)
    data_of, of_values = numbers // n_values, numbers % n_values
    many = {name: np.asarray(values, np.float32)[of_values] for name, values in over}
    return train_ends(
        settings.config,
        data_of_seeds(settings, seeds),
        Hyperparameters(*hyper)._replace(**many),
        seeds=np.asarray(seeds)[data_of],
        data_of=data_of,
        n_epochs=n_epochs,
    )


def remember_runs(name: str, asked: Asked, piece: tuple[int, int]) -> RunEnds:
    """Return `train_runs(...)`, computed once for all learners."""
    return compute_once(name, train_runs, asked, piece)


def compute_once(name: str, function: Callable, asked: Any, *more: Any) -> Any:
    """Return `function(asked, *more)`, remembered for all learners unless the data are one's own.

    `asked.settings` says which data. What is made from a learner's own stays in the session.
    """
    if asked.settings.own is not None:
        return compute.run(name, function, asked, *more)
    return compute.remember(name, function, asked, *more)


def join(results: dict, pieces: Sequence[tuple[int, int]], n_values: int, n_seeds: int) -> RunEnds:
    """Return the runs so far as (n_values, n_seeds) arrays; NaN (0 steps) where still missing."""
    joined = {}
    for name in RunEnds._fields:
        values = np.full(n_values * n_seeds, np.nan, np.float32)
        for piece in pieces:
            if piece in results:
                values[slice(*piece)] = getattr(results[piece], name)
        joined[name] = values.reshape(n_seeds, n_values).T
    return RunEnds(**joined)


def data_of_seeds(settings: RunSettings, seeds: Sequence[int]) -> Dataset:
    """Return the data that each seed draws, stacked."""
    return stack_data([replace_seed(settings, seed).prepare() for seed in seeds])


def replace_seed(settings: RunSettings, seed: int) -> RunSettings:
    """Return the same settings with another seed."""
    return dataclasses.replace(settings, seed=seed)


def with_choices(settings: RunSettings, **choices: Any) -> RunSettings:
    """Return the same settings with other choices of their configuration."""
    return dataclasses.replace(settings, config=dataclasses.replace(settings.config, **choices))


def mapped_optimizer(settings: RunSettings, over: str) -> str:
    """Return the optimiser of a map: the playground's, or Momentum where momentum is mapped."""
    own = settings.config.optimizer
    return "momentum" if over == "momentum" and not OPTIMIZERS[own].uses_momentum else own
