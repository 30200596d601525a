"""Dropout: while a network trains, a random part of its hidden units says nothing."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

STREAM = 0x0D20  # keeps these coins apart from those that drew the first weights


class Dropout(NamedTuple):
    """The coins of one update: where they come from, and how often a unit is silenced."""

    key: jax.Array
    rate: jax.Array  # () in [0, 1), the share of units that is dropped


def dropout_at(seed: jax.Array, step: jax.Array, rate: jax.Array) -> Dropout:
    """The coins of update `step` of the run drawn by `seed`: the same whenever it is repeated."""
    stream = jax.random.fold_in(jax.random.key(seed), STREAM)
    return Dropout(jax.random.fold_in(stream, step), rate)


def drop_units(dropout: Dropout, layer: int, outputs: jax.Array) -> jax.Array:
    """A <- m a / (1 - rate), m = 0 with probability `rate`, else 1, for every unit and example.

    Dividing while it trains keeps the mean, so the trained network is used as it is.
    `outputs` (..., n_units) are those of hidden layer number `layer`.
    Source: Srivastava et al. (2014).
    """
    key = jax.random.fold_in(dropout.key, layer)
    kept = jax.random.uniform(key, outputs.shape) >= dropout.rate
    return jnp.where(kept, outputs / (1.0 - dropout.rate), 0.0)
