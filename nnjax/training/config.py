"""What a training run is: the choices that shape its program, the numbers that only steer it."""

from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.losses import LINKS, LOSSES
from nnjax.networks import NetworkConfig
from nnjax.optimizers import OPTIMIZERS
from nnjax.regularizers import REGULARIZERS
from nnjax.schedules import SCHEDULES


@dataclass(frozen=True, kw_only=True)
class TrainingConfig:
    """The static choices of a run: another value here is another compiled program."""

    network: NetworkConfig
    task: str  # key of LINKS
    loss: str
    optimizer: str = "sgd"
    schedules: tuple[str, ...] = ("constant",)  # a hyperparameter chooses among them
    regularizer: str = "none"
    batch_size: int = 10
    dropout: bool = False  # whether there is any: how much is a hyperparameter

    def __post_init__(self):
        """Refuses unknown keys and a batch of nothing, saying what was expected and given."""
        chosen = [
            ("task", self.task, LINKS),
            ("loss", self.loss, LOSSES),
            ("optimizer", self.optimizer, OPTIMIZERS),
            ("regularizer", self.regularizer, REGULARIZERS),
            *(("schedule", key, SCHEDULES) for key in self.schedules),
        ]
        for name, key, table in chosen:
            if key not in table:
                raise ValueError(f"unknown {name} {key!r}, known: {', '.join(table)}")
        if not self.schedules:
            raise ValueError("a run has at least one schedule to choose from")
        if self.task not in LOSSES[self.loss].tasks:
            raise ValueError(f"the loss {self.loss!r} does not fit a {self.task} task")
        if self.batch_size < 1:
            raise ValueError(f"a batch holds at least 1 example, given {self.batch_size}")


class Hyperparameters(NamedTuple):
    """The traced numbers of a run, each a float32 scalar: another value compiles nothing."""

    learning_rate: jax.Array
    momentum: jax.Array
    regularization_rate: jax.Array
    schedule: jax.Array  # its number among the configuration's
    horizon: jax.Array  # epochs over which the schedule is drawn
    dropout_rate: jax.Array  # share of the hidden units silenced at a step, if the run has dropout


def make_hyperparameters(
    *,
    learning_rate: float,
    momentum: float = 0.9,
    regularization_rate: float = 0.0,
    schedule: int = 0,
    horizon: float = 200.0,
    dropout_rate: float = 0.0,
) -> Hyperparameters:
    """Hyperparameters from plain numbers, all as float32 so that their type never varies."""
    values = (learning_rate, momentum, regularization_rate, schedule, horizon, dropout_rate)
    return Hyperparameters(*(jnp.float32(value) for value in values))
