"""A few steps on one window of a text: what they do to it, and to all that is not in it."""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax

from nnjax.language.model import LanguageConfig, LanguageModel, window_losses
from nnjax.language.text import Corpus
from nnjax.language.training import held_out_loss


class Practice(NamedTuple):
    """Losses on the window and on the held-out part, before and after."""

    before: jax.Array  # (context,) of each target in the window
    after: jax.Array  # (context,)
    held_out_before: jax.Array  # ()
    held_out_after: jax.Array  # ()


@functools.partial(jax.jit, static_argnames="config")
def practise(
    parameters: LanguageModel, window, corpus: Corpus, n_steps, learning_rate, *,
    config: LanguageConfig,
) -> Practice:  # fmt: skip
    """`n_steps` updates by Adam on the mean loss of one window (context + 1,), again and again.

    n_steps and learning_rate () may be traced.
    """
    optimizer = optax.adam(learning_rate, b1=0.9, b2=0.99)

    def losses(parameters):
        return window_losses(parameters, window[None], corpus.n_kinds, config=config)[0]

    def step(_, state):
        parameters, memory = state
        gradient = jax.grad(lambda own: losses(own).mean())(parameters)
        change, memory = optimizer.update(gradient, memory)
        return optax.apply_updates(parameters, change), memory

    start = parameters, optimizer.init(parameters)
    ended, _ = jax.lax.fori_loop(0, n_steps, step, start)
    return Practice(
        losses(parameters),
        losses(ended),
        jnp.mean(held_out_loss(parameters, corpus, config=config)),
        jnp.mean(held_out_loss(ended, corpus, config=config)),
    )
