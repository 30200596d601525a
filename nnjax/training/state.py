"""The state of a run: everything that must be kept for it to go on exactly where it stopped."""

import functools
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

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
    first_loss: jax.Array  # () of the very first batch, the measure for divergence
    diverged_at: jax.Array  # () int32, the first step whose batch loss ran away, or NOT_DIVERGED


def init_state(config: TrainingConfig, seed: jax.Array) -> TrainingState:
    """A run that has made no step, from a traced uint32 seed; for use inside other programs."""
    parameters = init_network(config.network, key=jax.random.key(seed))
    optimizer = OPTIMIZERS[config.optimizer].make(0.0, 0.0)
    return TrainingState(
        parameters=parameters,
        optimizer_state=optimizer.init(parameters),
        step=jnp.int32(0),
        seed=seed,
        first_loss=jnp.float32(jnp.nan),
        diverged_at=jnp.int32(NOT_DIVERGED),
    )


_init_state = functools.partial(jax.jit, static_argnums=0)(init_state)


def init_training(config: TrainingConfig, *, seed: int) -> TrainingState:
    """A run that has made no step: weights drawn by `seed`."""
    return _init_state(config, jnp.uint32(seed))


def edit_parameters(state: TrainingState, parameters: Parameters) -> TrainingState:
    """The same run with parameters changed by hand; what the optimiser remembers stays.

    A run that had diverged gets another chance: its mark is taken back.
    """
    return state._replace(parameters=parameters, diverged_at=np.int32(NOT_DIVERGED))


def fork_training(config: TrainingConfig, parameters: Parameters, *, seed, step, first_loss):
    """A run that goes on from another's `parameters` as they were after `step` updates.

    The optimiser begins with nothing remembered. `first_loss` is the measure for divergence.
    """
    return init_training(config, seed=seed)._replace(
        parameters=jax.tree.map(jnp.asarray, parameters),
        step=jnp.int32(step),
        first_loss=jnp.float32(first_loss),
    )
