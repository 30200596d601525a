"""Trains a character transformer in chunks: Adam on random windows of the text."""

import functools
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import optax

from nnjax.compiler import jit_loop
from nnjax.language.model import (
    LanguageConfig,
    LanguageModel,
    init_language_model,
    window_losses,
)
from nnjax.language.text import Corpus

BATCH_SIZE = 32
N_HELD_OUT = 96  # windows of the held-out part, spread evenly over it
# A loss this many times that of an even guess has run away, though it may stay finite.
RAN_AWAY = 4.0
NOT_DIVERGED = -1


class LanguageState(NamedTuple):
    """A training between two steps: all that is needed to go on exactly where it stopped."""

    parameters: LanguageModel
    memory: Any  # Adam's
    step: jax.Array  # () int32, updates made so far
    seed: jax.Array  # () uint32, draws the weights and the windows
    diverged_at: jax.Array  # () int32, the first step whose loss ran away, or NOT_DIVERGED


class Progress(NamedTuple):
    """How a chunk of training went."""

    train_loss: jax.Array  # (n_steps,) of each batch before its update; NaN once diverged
    held_out: jax.Array  # (context,) mean loss at each position, over the held-out windows


def _adam(learning_rate):
    return optax.adam(learning_rate, b1=0.9, b2=0.99)


@functools.partial(jax.jit, static_argnames="config")
def start_training(seed, *, config: LanguageConfig) -> LanguageState:
    """A model that has learnt nothing, its weights drawn by `seed` (uint32, may be traced)."""
    parameters = init_language_model(jax.random.key(seed), config=config)
    return LanguageState(
        parameters,
        _adam(0.0).init(parameters),
        jnp.int32(0),
        jnp.asarray(seed, jnp.uint32),
        jnp.int32(NOT_DIVERGED),
    )


def windows_at(corpus: Corpus, starts, context: int) -> jax.Array:
    """Cuts windows out of the text: starts (n,) -> (n, context + 1) uint8."""
    return jax.vmap(
        lambda start: jax.lax.dynamic_slice(jnp.asarray(corpus.tokens), (start,), (context + 1,))
    )(starts)


def training_windows(corpus: Corpus, key, n: int, context: int) -> jax.Array:
    """Windows that begin anywhere in the training part: (n, context + 1)."""
    starts = jax.random.randint(key, (n,), 0, corpus.n_train - context)
    return windows_at(corpus, starts, context)


def held_out_windows(corpus: Corpus, context: int) -> jax.Array:
    """The same windows for every model and baseline: (N_HELD_OUT, context + 1)."""
    room = corpus.n - corpus.n_train - context - 1  # the last window ends where the text does
    steps = jnp.arange(N_HELD_OUT, dtype=jnp.float32) / (N_HELD_OUT - 1)
    offsets = jnp.floor(steps * jnp.asarray(room).astype(jnp.float32)).astype(jnp.int32)
    return windows_at(corpus, corpus.n_train + offsets, context)


@functools.partial(jax.jit, static_argnames="config")
def held_out_loss(parameters: LanguageModel, corpus: Corpus, *, config: LanguageConfig):
    """Mean loss at each position of the held-out windows: (context,)."""
    windows = held_out_windows(corpus, config.context)
    return window_losses(parameters, windows, corpus.n_kinds, config=config).mean(axis=0)


def train(
    state: LanguageState,
    corpus: Corpus,
    learning_rate,
    *,
    config: LanguageConfig,
    n_steps: int,
    batch_size: int = BATCH_SIZE,
) -> tuple[LanguageState, Progress]:
    """`n_steps` updates by Adam, each on `batch_size` random windows of the training part.

    Twice ten steps are the same twenty as at one go. `learning_rate` and all of `corpus` are
    traced. A training whose loss has run away keeps the weights from before that step.
    """
    optimizer = _adam(learning_rate)
    limit = RAN_AWAY * jnp.log(corpus.n_kinds.astype(jnp.float32))

    def mean_loss(parameters, windows):
        return window_losses(parameters, windows, corpus.n_kinds, config=config).mean()

    def step(state: LanguageState, _):
        key = jax.random.fold_in(jax.random.key(state.seed), state.step)
        windows = training_windows(corpus, key, batch_size, config.context)
        loss, gradient = jax.value_and_grad(mean_loss)(state.parameters, windows)
        change, memory = optimizer.update(gradient, state.memory)
        after = optax.apply_updates(state.parameters, change), memory
        before = state.parameters, state.memory
        lost = ~(loss < limit)  # also where it is not a number
        ended = lost | (state.diverged_at != NOT_DIVERGED)
        kept = jax.tree.map(lambda new, old: jnp.where(ended, old, new), after, before)
        fresh = lost & (state.diverged_at == NOT_DIVERGED)
        return LanguageState(
            *kept,
            step=jnp.where(ended, state.step, state.step + 1),
            seed=state.seed,
            diverged_at=jnp.where(fresh, state.step, state.diverged_at),
        ), jnp.where(ended, jnp.nan, loss)

    state, losses = jax.lax.scan(step, state, length=n_steps)
    return state, Progress(losses, held_out_loss(state.parameters, corpus, config=config))


train_chunk = jit_loop(train, static_argnames=("config", "n_steps", "batch_size"))
