"""Single steps taken apart: what each of the four parts of the loop computed."""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax

from nnjax.data.prepare import Dataset
from nnjax.training.config import Hyperparameters, TrainingConfig
from nnjax.training.metrics import ACCURACIES
from nnjax.training.state import TrainingState
from nnjax.training.steps import (
    batch_at,
    batch_gradients,
    learning_rate_at,
    shuffled_batches,
    step_dropout,
    steps_per_epoch,
    train_step,
)


class StepTrace(NamedTuple):
    """One update, part by part; `trace_steps` adds a leading axis (n_steps,)."""

    step: jax.Array  # () int32, updates made before this one
    epoch: jax.Array  # () int32, from 0
    batch: jax.Array  # () int32, from 0: its place in the epoch
    n_examples: jax.Array  # () int32, fewer than the batch size in the last batch of an epoch
    accuracy: jax.Array  # () of the batch before the update: share right; for a value, R^2
    loss: jax.Array  # () of the batch before the update
    gradient_norm: jax.Array  # () of that loss, over all parameters
    learning_rate: jax.Array  # () in force at this step
    update_norm: jax.Array  # () how far the parameters moved
    loss_after: jax.Array  # () of the same batch after the update


class LoopCounts(NamedTuple):
    """How often the loop turns."""

    steps_per_epoch: int
    updates: int
    examples_seen: int


def count_updates(*, n_examples: int, batch_size: int, n_epochs: int = 1) -> LoopCounts:
    """Steps per epoch = n_examples / batch_size, rounded up; updates = that times n_epochs.

    Plain integers, so that three hundred billion tokens are no rounding problem.
    """
    if min(n_examples, batch_size, n_epochs) < 1:
        raise ValueError(
            "examples, batch size and epochs must be at least 1, "
            f"given {n_examples}, {batch_size} and {n_epochs}"
        )
    n_batches = -(-n_examples // batch_size)
    return LoopCounts(n_batches, n_batches * n_epochs, n_examples * n_epochs)


@functools.partial(jax.jit, static_argnames=("config", "n_steps"))
def trace_steps(
    config: TrainingConfig,
    state: TrainingState,
    data: Dataset,
    hyper: Hyperparameters,
    n_steps: int = 8,
) -> StepTrace:
    """The next `n_steps` (static, small) updates of a run, each as a `StepTrace`.

    The steps are those that `train_steps` makes from this state; the state itself is not changed.
    """
    _, trace = jax.lax.scan(
        lambda state, _: _traced_step(config, state, data, hyper), state, length=n_steps
    )
    return trace


def _traced_step(config, state, data, hyper):
    """One `train_step` on the batch that is next, and what it did."""
    n_batches = steps_per_epoch(config, data.n_train)
    epoch, index = state.step // n_batches, state.step % n_batches
    batch = batch_at(shuffled_batches(config, data, state.seed, epoch), index)
    rate = learning_rate_at(config, hyper, state.step, data.n_train)

    dropout = step_dropout(config, state, hyper)
    (loss, outputs), gradients = batch_gradients(config, state.parameters, batch, dropout)
    after = train_step(config, state, batch, rate, hyper)
    (loss_after, _), _ = batch_gradients(config, after.parameters, batch, dropout)

    moves = jax.tree.map(jnp.subtract, after.parameters, state.parameters)
    in_batch = (batch[2] > 0).astype(jnp.float32)
    return after, StepTrace(
        step=state.step,
        epoch=epoch,
        batch=index,
        n_examples=in_batch.sum().astype(jnp.int32),
        accuracy=ACCURACIES[config.task](outputs, batch[1], in_batch),
        loss=loss,
        gradient_norm=optax.tree.norm(gradients),
        learning_rate=rate,
        update_norm=optax.tree.norm(moves),
        loss_after=loss_after,
    )
