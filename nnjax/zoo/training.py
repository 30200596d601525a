"""Trains any network of the zoo: Adam on shuffled batches, in one compiled call."""

import functools
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import optax

from nnjax.compiler import jit_loop
from nnjax.optimizers import OPTIMIZERS
from nnjax.shuffling import shuffled_indices
from nnjax.zoo.examples import Examples
from nnjax.zoo.network import Network

MOMENTUM = 0.9
MAX_EPOCHS = 30


class TrainedNetwork(NamedTuple):
    """A network in training or after it, and how that went."""

    parameters: Any
    memory: Any  # Adam's
    n_epochs: jax.Array  # () int32, run so far
    train_loss: jax.Array  # (MAX_EPOCHS,) mean over an epoch's batches; NaN where none was run
    test_score: jax.Array  # (MAX_EPOCHS,) after each epoch; NaN where none was run
    diverged_at: jax.Array  # () int32, the first step whose loss is not finite; -1 if none


def _adam(learning_rate):
    return OPTIMIZERS["adam"].make(learning_rate, MOMENTUM)


def mean_loss(network: Network, parameters, examples: Examples) -> jax.Array:
    """Mean of the task's loss over n examples."""
    outputs = jax.vmap(network.forward, (None, 0))(parameters, examples.inputs)
    return jax.vmap(network.task.loss)(outputs, examples.targets).mean()


@functools.partial(jax.jit, static_argnames="network")
def mean_score(network: Network, parameters, examples: Examples) -> jax.Array:
    """Mean of the task's score over n examples: for classes, the share of right answers."""
    outputs = jax.vmap(network.forward, (None, 0))(parameters, examples.inputs)
    return jax.vmap(network.task.score)(outputs, examples.targets).mean()


def begin_training(seed, *, network: Network) -> TrainedNetwork:
    """The network as `seed` draws it, before the first epoch."""
    parameters = network.init(jax.random.key(seed))
    blank = jnp.full(MAX_EPOCHS, jnp.nan)
    memory = _adam(0.0).init(parameters)
    return TrainedNetwork(parameters, memory, jnp.int32(0), blank, blank, jnp.int32(-1))


def train_epochs(
    trained: TrainedNetwork, examples: Examples, seed, learning_rate, n_epochs, *, network: Network
) -> TrainedNetwork:
    """Train for `n_epochs` more, up to MAX_EPOCHS in all; `seed` draws the batches.

    Twice five epochs are the same ten as at one go.
    """
    optimizer, task = _adam(learning_rate), network.task
    examples = Examples(*map(jnp.asarray, examples))
    test = task.test(examples)

    def step(state, rows):
        parameters, memory = state
        batch = Examples(examples.inputs[rows], examples.targets[rows])
        loss, gradient = jax.value_and_grad(mean_loss, argnums=1)(network, parameters, batch)
        change, memory = optimizer.update(gradient, memory)
        return (optax.apply_updates(parameters, change), memory), loss

    def epoch(number, so_far: TrainedNetwork):
        order = shuffled_indices(seed, number, task.n_train, task.n_train)
        rows = order[: task.n_batches * task.batch_size].reshape(task.n_batches, -1)
        state, losses = jax.lax.scan(step, (so_far.parameters, so_far.memory), rows)
        lost = ~jnp.isfinite(losses)
        here = jnp.where(lost.any(), number * task.n_batches + lost.argmax(), -1)
        return TrainedNetwork(
            *state,
            n_epochs=number + 1,
            train_loss=so_far.train_loss.at[number].set(losses.mean()),
            test_score=so_far.test_score.at[number].set(mean_score(network, state[0], test)),
            diverged_at=jnp.where(
                so_far.diverged_at < 0, here.astype(jnp.int32), so_far.diverged_at
            ),
        )

    done = trained.n_epochs
    last = jnp.minimum(done + n_epochs, MAX_EPOCHS).astype(jnp.int32)
    return jax.lax.fori_loop(done, last, epoch, trained)


@functools.partial(jit_loop, static_argnames="network")
def train_network(
    examples: Examples, seed, learning_rate, n_epochs, *, network: Network
) -> TrainedNetwork:
    """Train from the start for `n_epochs`, at most MAX_EPOCHS; `seed` draws weights and batches.

    Seed, rate and epochs may be traced: changing them compiles nothing.
    """
    start = begin_training(seed, network=network)
    return train_epochs(start, examples, seed, learning_rate, n_epochs, network=network)


start_network = jax.jit(begin_training, static_argnames="network")
train_on = jit_loop(train_epochs, static_argnames="network")
