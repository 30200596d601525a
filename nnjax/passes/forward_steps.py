"""One forward pass taken apart: every product, sum and output between an input and a prediction."""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.initializers import uniform
from nnjax.layers import Dense, DenseCache
from nnjax.losses import LINKS
from nnjax.networks import NetworkConfig, Parameters, forward_trace, init_network

DECIMALS = 2  # of the parameters: few enough to follow with a pocket calculator
PARTS = ("multiply", "add", "activate")


class Step(NamedTuple):
    """One step of the pass: what happens, and in which layer (from 0; the input is -1)."""

    layer: int
    part: str  # "input", or one of PARTS


class ForwardPass(NamedTuple):
    """Every number of one pass through a network with n layers, for one input."""

    parameters: Parameters
    products: tuple[jax.Array, ...]  # n of (n_out, n_in), each weight times its input
    sums: tuple[jax.Array, ...]  # n of (n_out,), those products added up: W x
    caches: tuple[DenseCache, ...]  # n, from `forward_trace`
    prediction: jax.Array  # (n_out,), the sigmoid of the last output


def list_steps(n_layers: int) -> tuple[Step, ...]:
    """The input, then multiply, add and activate in each layer: 1 + 3 n steps."""
    inner = [Step(layer, part) for layer in range(n_layers) for part in PARTS]
    return (Step(-1, "input"), *inner)


@functools.partial(jax.jit, static_argnames="config")
def draw_parameters(seed, *, config: NetworkConfig) -> Parameters:
    """Weights by the config's initialiser, biases from U(-0.5, 0.5), rounded to two decimals.

    Training mostly starts with biases at 0; here they would leave nothing to see.
    """
    key_weights, key_bias = jax.random.split(jax.random.key(seed))
    layers = init_network(config, key=key_weights)
    keys = jax.random.split(key_bias, len(layers))
    return tuple(
        Dense(
            jnp.round(layer.weights, DECIMALS),
            jnp.round(uniform(key, (len(layer.bias), 1))[:, 0], DECIMALS),
        )
        for key, layer in zip(keys, layers, strict=True)
    )


@functools.partial(jax.jit, static_argnames="config")
def forward_pass(parameters: Parameters, inputs, *, config: NetworkConfig) -> ForwardPass:
    """Layer by layer z = W x + b and a = f(z), then p = sigmoid(z) of the last; inputs (n_in,)."""
    caches = forward_trace(config, parameters, inputs)
    products = tuple(
        layer.weights * jnp.broadcast_to(cache.inputs, layer.weights.shape)
        for layer, cache in zip(parameters, caches, strict=True)
    )
    sums = tuple(product.sum(axis=1) for product in products)
    return ForwardPass(parameters, products, sums, caches, LINKS["binary"](caches[-1].output))
