"""The state of a run: everything that must be kept for it to go on exactly where it stopped."""

import functools
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from nnjax.networks import Parameters, init_network
from nnjax.optimizers import OPTIMIZERS
from nnjax.training.config import TrainingConfig

NOT_DIVERGED = -1


class TrainingState(NamedTuple):
    """A run between two steps. Plain arrays: it can be stored, forked and resumed."""

    parameters: Parameters
    optimizer_state: Any
    step: jax.Array  # () int32, updates made so far
    seed: jax.Array  # () uint32, draws the weights and the order of the examples
    diverged_at: jax.Array  # () int32, the first step whose loss was not finite, or NOT_DIVERGED


@functools.partial(jax.jit, static_argnames="config")
def _init_training(seed, *, config: TrainingConfig) -> TrainingState:
    parameters = init_network(config.network, key=jax.random.key(seed))
    return resume_from(config, parameters, seed=seed, step=jnp.int32(0))


def init_training(config: TrainingConfig, *, seed: int) -> TrainingState:
    """A run that has made no step: weights drawn by `seed`."""
    return _init_training(jnp.uint32(seed), config=config)


def resume_from(config: TrainingConfig, parameters: Parameters, *, seed, step) -> TrainingState:
    """A run that starts at `parameters` (edited by hand, say) with an optimiser that is new."""
    optimizer = OPTIMIZERS[config.optimizer].make(0.0, 0.0)
    return TrainingState(
        parameters=parameters,
        optimizer_state=optimizer.init(parameters),
        step=step,
        seed=seed,
        diverged_at=jnp.int32(NOT_DIVERGED),
    )
