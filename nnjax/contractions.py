"""How a layer multiplies its inputs by its weights: the one place where speed changes the form.

All forms compute `inputs @ weights.T`. On the CPU a matrix product is a call to a kernel of its
own, which for ten rows and a few units costs more than the arithmetic; and one such call keeps
the loop around it from being compiled as a whole (see `nnjax.compiler`). So small batches are
multiplied by sums of products instead. The measurements behind the limits are printed by
`python -m benchmarks training`.
"""

import functools

import jax
import jax.numpy as jnp

from nnjax.compiler import loops_are_whole

VECTOR = 16  # numbers that the widest vector unit takes at once
SMALL_BATCH = 16  # up to this many rows, sums beat products
LARGER_BATCH = 32  # and up to this many where layers are no wider than a vector: two or three times
NARROW = 4  # up to this width, the rows of any larger batch lie along the vector unit
WIDE = 96  # above this width the products of a small batch are worth a kernel, but not dL/dW's sum
BLOCK = 8  # products written out at a time: a longer sum is a loop over blocks


def apply_weights(weights: jax.Array, inputs: jax.Array) -> jax.Array:
    """Z = inputs W^T: weights (n_out, n_in), inputs (n_in,) or (batch, n_in) -> (..., n_out)."""
    if inputs.ndim != 2 or jax.default_backend() != "cpu":
        return as_product(weights, inputs)
    n_rows, width = inputs.shape[0], max(weights.shape)
    if n_rows > LARGER_BATCH:
        return (as_columns if width <= NARROW else as_product)(weights, inputs)
    if width < VECTOR and n_rows % VECTOR == 0:
        return as_columns(weights, inputs)
    if n_rows > SMALL_BATCH and width > VECTOR:
        return as_product(weights, inputs)
    if width > BLOCK and not loops_are_whole():
        return as_product(weights, inputs)  # a loop of separate calls would be far slower
    return (as_product_and_sums if width > WIDE else as_sums)(weights, inputs)


def padded_batch(batch_size: int, width: int) -> int:
    """How many rows a batch is best laid out on, where the network's widest layer is `width`.

    The units of a narrow layer do not fill a vector; the rows of a batch do, once there are 16 or
    32 of them: up to three times as fast, although the rows added count for nothing. A batch of a
    few rows would be mostly padding, and eight units are half a vector as they are.
    """
    few = 2 * batch_size < VECTOR or batch_size > LARGER_BATCH
    if jax.default_backend() != "cpu" or few or width >= VECTOR or width == BLOCK:
        return batch_size
    return -(-batch_size // VECTOR) * VECTOR


def as_product(weights, inputs):
    """`inputs @ weights.T` as one matrix product: for large batches, and for accelerators."""
    return inputs @ weights.T


def as_columns(weights, inputs):
    """z_ob = sum_i W_oi x_ib over columns of the whole batch: a few long sums."""
    return jnp.sum(weights[:, :, None] * inputs.T[None], axis=1).T


def as_sums(weights, inputs):
    """z_bo = sum_i W_oi x_bi without a matrix product, and no product in its gradient either."""
    return _with_summed_gradient(_sum_of_products, weights, inputs)


def as_product_and_sums(weights, inputs):
    """`inputs @ weights.T` as one product, and dL/dx too; only dL/dW is a sum."""
    return _with_summed_gradient(jnp.matmul, weights, inputs)


@functools.partial(jax.custom_vjp, nondiff_argnums=(0,))
def _with_summed_gradient(multiply, weights, inputs):
    return multiply(inputs, weights.T)


def _forward(multiply, weights, inputs):
    return multiply(inputs, weights.T), (weights, inputs)


def _backward(multiply, saved, d_outputs):
    weights, inputs = saved
    # dL/dW = sum over the batch of (dL/dz)_b x_b^T: written out, it is fused with the update.
    outer = [d[:, None] * x[None, :] for d, x in zip(d_outputs, inputs, strict=True)]
    return _add_in_pairs(outer), multiply(d_outputs, weights)


_with_summed_gradient.defvjp(_forward, _backward)


def _sum_of_products(left, right):
    """C_mn = sum_k A_mk B_kn, block by block: each is one pass over C, kept in the fast cache."""
    n_terms = right.shape[0]
    if n_terms <= BLOCK:
        return jnp.sum(left[:, :, None] * right[None, :, :], axis=1)
    n_blocks, rest = divmod(n_terms, BLOCK)

    def add_block(block, total):
        columns = jax.lax.dynamic_slice_in_dim(left, block * BLOCK, BLOCK, axis=1)
        rows = jax.lax.dynamic_slice_in_dim(right, block * BLOCK, BLOCK, axis=0)
        return total + _written_out(columns, rows)

    zeros = jnp.zeros((left.shape[0], right.shape[1]), left.dtype)
    total = jax.lax.fori_loop(0, n_blocks, add_block, zeros)
    return total + _written_out(left[:, -rest:], right[-rest:]) if rest else total


def _written_out(left, right):
    return _add_in_pairs([a[:, None] * b[None, :] for a, b in zip(left.T, right, strict=True)])


def _add_in_pairs(terms):
    """Adding neighbours first keeps the chain of additions short."""
    while len(terms) > 1:
        terms = [sum(terms[i : i + 2][1:], terms[i]) for i in range(0, len(terms), 2)]
    return terms[0]
