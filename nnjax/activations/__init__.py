"""Activation functions: what a neuron does to its weighted sum.

A family a module: the function, and below it the row that tells about it. To add an activation,
write both in the family's module; every chart, card, selector and test reads `ACTIVATIONS`.
"""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.activations.gated import GATED, gelu, mish, silu
from nnjax.activations.rectifiers import RECTIFIERS, elu, leaky_relu, relu, selu, softplus
from nnjax.activations.row import Activation
from nnjax.activations.squashing import SQUASHING, identity, sigmoid, step, tanh
from nnjax.activations.vectors import VECTOR_ACTIVATIONS, softmax, swiglu

__all__ = [
    "ACTIVATIONS",
    "VECTOR_ACTIVATIONS",
    "Activation",
    "ActivationCurves",
    "activation_and_derivative",
    "activation_curves",
    "elu",
    "gelu",
    "identity",
    "leaky_relu",
    "mish",
    "relu",
    "selu",
    "sigmoid",
    "silu",
    "softmax",
    "softplus",
    "step",
    "swiglu",
    "tanh",
]

ACTIVATIONS = {row.key: row for row in SQUASHING + RECTIFIERS + GATED}


class ActivationCurves(NamedTuple):
    """Every activation at the same points, in the order of `ACTIVATIONS`."""

    values: jax.Array  # (n_activations, *x.shape)
    derivatives: jax.Array  # (n_activations, *x.shape)


@partial(jax.jit, static_argnames="key")
def activation_and_derivative(key, x):
    """f(x) and f'(x) by `jax.grad`, elementwise; `key` names a row, x has any shape."""
    return jnp.vectorize(jax.value_and_grad(ACTIVATIONS[key].function))(x)


@jax.jit
def activation_curves(x):
    """f(x) and f'(x) of every row at once: one program, whichever of them are on show."""
    pairs = [activation_and_derivative(key, x) for key in ACTIVATIONS]
    return ActivationCurves(*(jnp.stack(part) for part in zip(*pairs, strict=True)))
