"""Softmax and SwiGLU on numbers small enough to follow: three scores, one gate."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.activations import softmax, swiglu


class Shares(NamedTuple):
    """What goes into softmax and what comes out."""

    scores: jax.Array  # (n,) after the shift
    shares: jax.Array  # (n,) adding up to 1
    unshifted: jax.Array  # (n,) the shares without the shift


@jax.jit
def shares_of(scores, shift) -> Shares:
    """Softmax(z + c) and softmax(z), for scores z (n,) and one number c added to all of them."""
    shifted = scores + jnp.full_like(scores, shift)
    return Shares(shifted, softmax(shifted), softmax(scores))


@jax.jit
def gate_outputs(gates, values):
    """SiLU(g) v for every pair: gates (n_gates,), values (n_values,) -> (n_values, n_gates).

    This is SwiGLU with one unit: x = (g, v), G = (1, 0) and V = (0, 1).
    """
    gate_weights, value_weights = jnp.array([[1.0, 0.0]]), jnp.array([[0.0, 1.0]])

    def output(value, gate):
        return swiglu(jnp.stack([gate, value]), gate_weights, value_weights)[0]

    over_gates = jax.vmap(output, in_axes=(None, 0))
    return jax.vmap(over_gates, in_axes=(0, None))(values, gates)
