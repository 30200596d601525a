"""A small convolutional network that reads 8 x 8 digits, every stage of it open to view."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.initializers import he
from nnjax.layers import Dense, dense_forward
from nnjax.zoo.convolution import Convolution, convolve, init_convolution, max_pool
from nnjax.zoo.digits import N_CLASSES, SIDE

N_FIRST, N_SECOND = 8, 16  # filters of the two convolutional layers
N_FLAT = N_SECOND * (SIDE // 4) ** 2  # two pools halve each side twice
# Of the products: 2 x 9 n_in n_out a pixel, and 2 n_in n_out of the dense layer.
CNN_FLOPS = 2 * (
    9 * N_FIRST * SIDE**2 + 9 * N_FIRST * N_SECOND * (SIDE // 2) ** 2 + N_FLAT * N_CLASSES
)


class CnnParameters(NamedTuple):
    """80 + 1,168 + 650 = 1,898 parameters."""

    first: Convolution  # kernels (8, 3, 3, 1)
    second: Convolution  # kernels (16, 3, 3, 8)
    dense: Dense  # weights (10, 64)


class Stages(NamedTuple):
    """What one image becomes on its way through the network."""

    first_sums: jax.Array  # (8, 8, N_FIRST) before ReLU
    first: jax.Array  # (8, 8, N_FIRST)
    first_pooled: jax.Array  # (4, 4, N_FIRST)
    second: jax.Array  # (4, 4, N_SECOND)
    second_pooled: jax.Array  # (2, 2, N_SECOND)
    logits: jax.Array  # (N_CLASSES,)


def init_cnn(key: jax.Array) -> CnnParameters:
    """Weights after He, biases 0."""
    first, second, dense = jax.random.split(key, 3)
    return CnnParameters(
        init_convolution(first, 1, N_FIRST),
        init_convolution(second, N_FIRST, N_SECOND),
        Dense(he(dense, (N_CLASSES, N_FLAT)), jnp.zeros(N_CLASSES)),
    )


def cnn_stages(parameters: CnnParameters, image: jax.Array) -> Stages:
    """Convolve, ReLU, pool; again; then one dense layer: (SIDE, SIDE) -> every stage."""
    first_sums = convolve(parameters.first, image[:, :, None])
    first = jax.nn.relu(first_sums)
    first_pooled = max_pool(first)
    second = jax.nn.relu(convolve(parameters.second, first_pooled))
    second_pooled = max_pool(second)
    logits = dense_forward(parameters.dense, second_pooled.reshape(-1), "identity").output
    return Stages(first_sums, first, first_pooled, second, second_pooled, logits)


read_image = jax.jit(cnn_stages)


def cnn_forward(parameters: CnnParameters, image: jax.Array) -> jax.Array:
    """The ten logits for one image (SIDE, SIDE)."""
    return cnn_stages(parameters, image).logits


def seen_by(row: int, column: int) -> tuple[int, int, int, int]:
    """The pixels that a place of the second layer's maps can see: top, left, bottom, right.

    Three pooled values each way are six first-layer values, and those see one pixel more on each
    side: 8 x 8, cut off at the image's edge. Bottom and right are the first pixels not seen.
    """
    top, left = 2 * (row - 1) - 1, 2 * (column - 1) - 1
    return max(top, 0), max(left, 0), min(top + 8, SIDE), min(left + 8, SIDE)
