"""One dense layer: its forward pass, what it keeps, and its backward pass by hand."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.activations import ACTIVATIONS
from nnjax.contractions import apply_weights


class Dense(NamedTuple):
    """The parameters of a layer: weights (n_out, n_in) and bias (n_out,)."""

    weights: jax.Array
    bias: jax.Array


class DenseCache(NamedTuple):
    """What a forward pass through one layer leaves behind; leading axes are those of `inputs`."""

    inputs: jax.Array  # (..., n_in)
    preactivation: jax.Array  # (..., n_out), z = W x + b
    output: jax.Array  # (..., n_out), a = f(z)


def dense_forward(layer: Dense, inputs: jax.Array, activation: str) -> DenseCache:
    """A = f(W x + b) for inputs (n_in,) or (batch, n_in), with every value on the way."""
    sums = apply_weights(layer.weights, inputs)
    preactivation = sums + jnp.broadcast_to(layer.bias, sums.shape)
    return DenseCache(inputs, preactivation, ACTIVATIONS[activation].function(preactivation))


def dense_backward(layer: Dense, cache: DenseCache, d_output: jax.Array, activation: str):
    """Gradients of one layer from dL/da, for a batch: (dL/dW and dL/db as a `Dense`, dL/dx).

    delta = dL/dz = dL/da * f'(z);  dL/dW = delta^T x;  dL/db = sum of delta;  dL/dx = delta W.
    Source: Rumelhart, Hinton and Williams (1986).
    """
    _, slope = jax.jvp(
        ACTIVATIONS[activation].function,
        (cache.preactivation,),
        (jnp.ones_like(cache.preactivation),),
    )
    delta = d_output * slope  # (batch, n_out)
    d_layer = Dense(weights=delta.T @ cache.inputs, bias=delta.sum(axis=0))
    return d_layer, delta @ layer.weights
