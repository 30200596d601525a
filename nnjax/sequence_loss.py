"""The loss of a text, position by position: -ln of the probability that each token was given."""

import jax
import jax.numpy as jnp


@jax.jit
def guessing_loss(n_tokens):
    """Ln V: cross-entropy of a guess that gives each of V tokens the same 1 / V; V and L ()."""
    return -jnp.log(1 / n_tokens)


@jax.jit
def perplexity(loss):
    """Exp(L): among how many equally likely tokens a guess would cost as much; both ()."""
    return jnp.exp(loss)
