"""Networks of every size from one program: each layer sits at the top left of a large matrix.

A compiled program has fixed shapes. Here the widths are numbers that it is given, so that another
width or another layer compiles nothing: what a layer does not use is zero, and a layer that the
network does not have hands on what it gets.
"""

import functools

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.activations import ACTIVATIONS
from nnjax.initializers import INITIALIZERS, inside, uniform
from nnjax.layers import Dense, dense_forward
from nnjax.networks import OUTPUT_ACTIVATION, NetworkConfig, Parameters

MAX_INPUTS, MAX_HIDDEN, MAX_WIDTH, MAX_OUTPUTS = 10, 6, 32, 10
MAX_LAYERS = MAX_HIDDEN + 1
_BENDS = {key: index for index, key in enumerate(ACTIVATIONS)}
_FUNCTIONS = [row.function for row in ACTIVATIONS.values()]


def stack_widths(config: NetworkConfig) -> np.ndarray:
    """The widths (MAX_LAYERS + 1,) from the inputs to the outputs, and zeros after them."""
    widths = [config.n_in, *config.hidden, config.n_out]
    return np.array(widths + [0] * (MAX_LAYERS + 1 - len(widths)), np.int32)


def stack_bends(config: NetworkConfig) -> np.ndarray:
    """Which activation each layer has, (MAX_LAYERS,): places in `ACTIVATIONS`."""
    keys = [*config.layer_activations]
    keys += [OUTPUT_ACTIVATION] * (MAX_LAYERS - len(keys))
    return np.array([_BENDS[key] for key in keys], np.int32)


@functools.partial(jax.jit, static_argnames="initializer")
def draw_stack(seed, widths, *, initializer: str) -> Dense:
    """Weights by the initialiser, biases from U(-0.5, 0.5), of all layers as one `Dense`.

    `widths` as `stack_widths` makes them; weights (MAX_LAYERS, MAX_WIDTH, MAX_WIDTH), bias
    (MAX_LAYERS, MAX_WIDTH). Training mostly starts with biases at 0; here they are to be seen.
    """
    function, shape = INITIALIZERS[initializer].function, (MAX_WIDTH, MAX_WIDTH)
    key_weights, key_bias = jax.random.split(jax.random.key(seed))

    def draw(key, n_out, n_in):
        drawn = jnp.where(inside(shape, n_out, n_in), function(key, shape, (n_out, n_in)), 0)
        return jnp.where(n_out > 0, drawn, jnp.eye(MAX_WIDTH))  # no layer: nothing changes

    keys = jax.random.split(key_weights, MAX_LAYERS)
    weights = jax.vmap(draw)(keys, widths[1:], widths[:-1])
    used = jnp.arange(MAX_WIDTH)[None, :] < widths[1:, None]
    return Dense(weights, jnp.where(used, uniform(key_bias, (MAX_LAYERS, MAX_WIDTH)), 0))


def crop(config: NetworkConfig, stack: Dense) -> Parameters:
    """The layers that the network has, each with its own shape."""
    return tuple(
        Dense(weights[:n_out, :n_in], bias[:n_out])
        for (n_out, n_in), weights, bias in zip(config.layer_shapes, *stack, strict=False)
    )


def stack_forward(stack: Dense, bends, inputs) -> jax.Array:
    """The outputs (batch, MAX_WIDTH) of all layers in turn; inputs (batch, MAX_WIDTH)."""

    def one_layer(values, layer):
        dense, bend = layer
        sums = dense_forward(dense, values, OUTPUT_ACTIVATION).output
        return jax.lax.switch(bend, _FUNCTIONS, sums), None

    return jax.lax.scan(one_layer, inputs, (stack, bends))[0]
