"""What is left of a stack of layers without activations: one matrix and one bias."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.activations import ACTIVATIONS
from nnjax.layers import Dense
from nnjax.networks import OUTPUT_ACTIVATION
from nnjax.races.sized_stacks import MAX_OUTPUTS, MAX_WIDTH, stack_forward

N_TRIALS = 1000
SAME = 1e-5  # an output that varies by less of its own size does so by rounding only
_STRAIGHT = list(ACTIVATIONS).index(OUTPUT_ACTIVATION)


class Collapse(NamedTuple):
    """A stack without activations beside its one matrix; with them beside the best matrix.

    All outputs are (N_TRIALS, MAX_OUTPUTS), those that the network does not have are 0.
    """

    matrix: Dense  # weights (MAX_WIDTH, MAX_WIDTH), bias (MAX_WIDTH,)
    stacked: jax.Array  # the stack without activations
    multiplied: jax.Array  # its one matrix
    difference: jax.Array  # the largest between the two
    largest: jax.Array  # the largest output, for comparison
    bent: jax.Array  # the stack with its activations
    fitted: jax.Array  # the one matrix and bias that come nearest to it, by least squares
    missed: jax.Array  # (MAX_OUTPUTS,) the share of the variance that these miss, 0 to 1


def collapse(layers) -> Dense:
    """W = W_L ... W_2 W_1 and b = W_L (... (W_2 b_1 + b_2) ...) + b_L.

    W_2 (W_1 x + b_1) + b_2 = (W_2 W_1) x + (W_2 b_1 + b_2), layer after layer.
    """
    weights, bias = layers[0]
    for layer in layers[1:]:
        weights, bias = layer.weights @ weights, layer.weights @ bias + layer.bias
    return Dense(weights, bias)


def best_matrix(inputs, outputs, used):
    """The affine map nearest to `outputs` by least squares, as what it gives for `inputs`.

    Solves (X^T X) A = X^T Y, X the inputs and a column of ones; `used` (n_in,) says which inputs
    there are.
    """
    ones = jnp.ones((len(inputs), 1))
    x = jnp.concatenate([jnp.where(used[None, :], inputs, 0), ones], axis=1)
    unused = jnp.diag(jnp.append(~used, False).astype(x.dtype))  # else nothing would fix them
    return x @ jnp.linalg.solve(x.T @ x + unused, x.T @ outputs)


@jax.jit
def compare_collapse(stack: Dense, bends, n_in, seed) -> Collapse:
    """Send the same random inputs, N(0, 1), through the stack and through one matrix."""
    inputs = jax.random.normal(jax.random.key(seed), (N_TRIALS, MAX_WIDTH))
    matrix = collapse([Dense(*layer) for layer in zip(*stack, strict=True)])
    stacked = stack_forward(stack, jnp.full_like(bends, _STRAIGHT), inputs)
    multiplied = inputs @ matrix.weights.T + matrix.bias[None, :]
    bent = stack_forward(stack, bends, inputs)[:, :MAX_OUTPUTS]
    fitted = best_matrix(inputs, bent, jnp.arange(MAX_WIDTH) < n_in)
    spread = jnp.square(bent - bent.mean(axis=0)[None, :]).mean(axis=0)
    varies = spread > jnp.square(SAME * jnp.abs(bent).max(axis=0))
    error = jnp.square(bent - fitted).mean(axis=0)
    return Collapse(
        matrix,
        stacked[:, :MAX_OUTPUTS],
        multiplied[:, :MAX_OUTPUTS],
        jnp.abs(stacked - multiplied).max(),
        jnp.abs(stacked).max(),
        bent,
        fitted,
        jnp.where(varies, jnp.minimum(error / jnp.maximum(spread, 1e-30), 1), 0),
    )
