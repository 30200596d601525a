"""How a layer multiplies its inputs by its weights: the one place where speed changes the form.

All forms compute `inputs @ weights.T`. On the CPU a matrix product is a call to a kernel of its
own, which for ten rows and a few units costs more than the arithmetic, while a sum of products
is fused with its neighbours (activation, loss, update) into one loop. The measurements behind
the two limits are printed by `python -m benchmarks training`.
"""

import jax
import jax.numpy as jnp

FUSED_WIDTH = 16  # up to this many units on either side, the sum of products is fastest
SMALL_BATCH = 16  # up to this many rows, the weights' gradient is a sum of outer products


def apply_weights(weights: jax.Array, inputs: jax.Array) -> jax.Array:
    """Z = inputs W^T: weights (n_out, n_in), inputs (n_in,) or (batch, n_in) -> (..., n_out)."""
    if inputs.ndim != 2 or inputs.shape[0] > SMALL_BATCH or jax.default_backend() != "cpu":
        return as_product(weights, inputs)
    if max(weights.shape) <= FUSED_WIDTH:
        return as_sum(weights, inputs)
    return as_product_with_summed_gradient(weights, inputs)


def as_product(weights, inputs):
    """`inputs @ weights.T` as one matrix product: for large batches, and for accelerators."""
    return inputs @ weights.T


def as_sum(weights, inputs):
    """z_bo = sum_i W_oi x_bi, written elementwise so that the compiler fuses it."""
    return jnp.sum(weights[None, :, :] * inputs[:, None, :], axis=-1)


@jax.custom_vjp
def as_product_with_summed_gradient(weights, inputs):
    """A matrix product forwards; backwards, dL/dW as a sum that fuses with the update of W."""
    return inputs @ weights.T


def _forward(weights, inputs):
    return inputs @ weights.T, (weights, inputs)


def _backward(saved, d_outputs):
    weights, inputs = saved
    # dL/dW = sum over the batch of (dL/dz)_b x_b^T: written out, it is one elementwise loop.
    outer = [d[:, None] * x[None, :] for d, x in zip(d_outputs, inputs, strict=True)]
    while len(outer) > 1:  # adding in pairs keeps the chain of additions short
        outer = [sum(outer[i : i + 2][1:], outer[i]) for i in range(0, len(outer), 2)]
    return outer[0], d_outputs @ weights


as_product_with_summed_gradient.defvjp(_forward, _backward)
