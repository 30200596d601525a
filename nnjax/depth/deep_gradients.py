"""Vanishing and exploding gradients: what is measured in deep random networks beside theory."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.depth.finite_width import MAX_DEPTH, residual_gradients
from nnjax.depth.mean_field import mean_field_gradients
from nnjax.depth.probes import signal_through_depth
from nnjax.initializers import INITIALIZERS

WIDTH, N_SEEDS, N_EXAMPLES = 64, 16, 8
# The weights made for each activation; what is not here gets He's, made for ReLU.
MADE_FOR = {
    "identity": "orthogonal", "step": "xavier", "sigmoid": "xavier", "tanh": "xavier",
    "selu": "lecun",
}  # fmt: skip
FOR_RECTIFIERS = "he"


class DeepGradients(NamedTuple):
    """Size of dL/d(W h) in layer 1, 2, ...; nan beyond the depth."""

    measured: jax.Array  # (N_SEEDS, MAX_DEPTH)
    theory: jax.Array  # (MAX_DEPTH,) its log10


def careful_weights(activation: str) -> str:
    """Return the initialiser made for an activation."""
    return MADE_FOR.get(activation, FOR_RECTIFIERS)


def weight_scale(initializer: str, width: int = WIDTH) -> float:
    """sigma_w^2 = n_in Var(w) of a square layer."""
    return width * INITIALIZERS[initializer].variance(width, width)


def deep_gradients(
    activation,
    initializer,
    *,
    seed,
    depth,
    skip,
    normed,
    width=WIDTH,
    max_depth=MAX_DEPTH,
    n_seeds=N_SEEDS,
    n_examples=N_EXAMPLES,
) -> DeepGradients:
    """Send a gradient of size 1 back through `depth` random layers, in all seeds at once.

    A layer is h' = f(W h), with `normed` h' = f(LN(W h)), with `skip` h is added to that.
    Only `seed` and `depth` can change without a compilation.
    """
    kind = {"skip": skip, "normed": normed, "max_depth": max_depth}
    signal = signal_through_depth(
        activation, initializer, seed=seed, depth=depth, width=width, n_seeds=n_seeds,
        n_examples=n_examples, **kind,
    )  # fmt: skip
    if skip and not normed:
        line = residual_gradients(activation, weight_scale(initializer, width), depth, width)
        theory = np.append(line, np.full(max_depth - depth, np.nan)).astype(np.float32)
        return DeepGradients(signal.gradient, theory)
    numbers = (jnp.float32(weight_scale(initializer, width)), jnp.int32(depth), jnp.float32(width))
    theory = mean_field_gradients(*numbers, activation=activation, **kind)
    return DeepGradients(signal.gradient, theory)
