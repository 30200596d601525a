"""Trains any of the zoo's image networks: Adam on shuffled batches, in one compiled call."""

import functools
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import optax

from nnjax.losses import LOSSES
from nnjax.optimizers import OPTIMIZERS
from nnjax.shuffling import shuffled_indices
from nnjax.zoo.digits import N_CLASSES, N_TRAIN, Digits
from nnjax.zoo.network import ImageNetwork

BATCH_SIZE, MOMENTUM = 32, 0.9
N_BATCHES = N_TRAIN // BATCH_SIZE  # of an epoch; the few images left over differ in each
MAX_EPOCHS = 30
cross_entropy = LOSSES["categorical_cross_entropy"].of_raw_output


class TrainedNetwork(NamedTuple):
    """A network after its training, and how that went."""

    parameters: Any
    train_loss: jax.Array  # (MAX_EPOCHS,) mean over an epoch's batches; NaN where none was run
    test_accuracy: jax.Array  # (MAX_EPOCHS,) after each epoch; NaN where none was run
    diverged_at: jax.Array  # () int32, the first step whose loss is not finite; -1 if none


def mean_loss(network: ImageNetwork, parameters, images, labels) -> jax.Array:
    """Mean cross-entropy of images (n, SIDE, SIDE) with labels (n,)."""
    logits = jax.vmap(network.forward, (None, 0))(parameters, images)
    targets = jax.nn.one_hot(labels, N_CLASSES, dtype=logits.dtype)
    return jax.vmap(cross_entropy)(logits, targets).mean()


@functools.partial(jax.jit, static_argnames="network")
def share_right(network: ImageNetwork, parameters, digits: Digits) -> jax.Array:
    """The share of images whose largest logit is the right one."""
    logits = jax.vmap(network.forward, (None, 0))(parameters, digits.images)
    return jnp.mean(logits.argmax(axis=1) == digits.labels, dtype=jnp.float32)


@functools.partial(jax.jit, static_argnames="network")
def train_network(
    digits: Digits, seed, learning_rate, n_epochs, *, network: ImageNetwork
) -> TrainedNetwork:
    """Train by Adam for `n_epochs`, at most MAX_EPOCHS; `seed` draws weights and batches.

    Seed, rate and epochs may be traced: changing them compiles nothing.
    """
    optimizer = OPTIMIZERS["adam"].make(learning_rate, MOMENTUM)
    images, labels = jnp.asarray(digits.images), jnp.asarray(digits.labels)
    test = Digits(images[N_TRAIN:], labels[N_TRAIN:])

    def step(state, rows):
        parameters, memory = state
        loss, gradient = jax.value_and_grad(mean_loss, argnums=1)(
            network, parameters, images[rows], labels[rows]
        )
        change, memory = optimizer.update(gradient, memory)
        return (optax.apply_updates(parameters, change), memory), loss

    def epoch(number, carry):
        state, trained = carry
        order = shuffled_indices(seed, number, N_TRAIN, N_TRAIN)[: N_BATCHES * BATCH_SIZE]
        state, losses = jax.lax.scan(step, state, order.reshape(N_BATCHES, BATCH_SIZE))
        lost = ~jnp.isfinite(losses)
        here = jnp.where(lost.any(), number * N_BATCHES + lost.argmax(), -1).astype(jnp.int32)
        return state, TrainedNetwork(
            parameters=state[0],
            train_loss=trained.train_loss.at[number].set(losses.mean()),
            test_accuracy=trained.test_accuracy.at[number].set(
                share_right(network, state[0], test)
            ),
            diverged_at=jnp.where(trained.diverged_at < 0, here, trained.diverged_at),
        )

    parameters = network.init(jax.random.key(seed))
    blank = jnp.full(MAX_EPOCHS, jnp.nan)
    start = TrainedNetwork(parameters, blank, blank, jnp.int32(-1))
    carry = ((parameters, optimizer.init(parameters)), start)
    return jax.lax.fori_loop(0, jnp.minimum(n_epochs, MAX_EPOCHS), epoch, carry)[1]
