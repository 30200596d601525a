"""Sharpness: how strongly the training loss curves along its steepest-curving direction.

Gradient descent with rate eta on a bowl of curvature a overshoots ever further once a > 2 / eta.
A network's loss has a curvature in every direction; the largest is the top eigenvalue of its
Hessian, which is found here without ever forming that matrix.
"""

import functools

import jax
import jax.numpy as jnp

from nnjax.compiler import jit_loop
from nnjax.data.prepare import Dataset
from nnjax.landscapes.landscape import training_loss
from nnjax.networks import count_parameters
from nnjax.training.config import TrainingConfig

MAX_ITERATIONS = 24


def hessian_product(loss, vector, direction) -> jax.Array:
    """H d, the derivative of the gradient along d: (n,), (n,) -> (n,). Source: Pearlmutter (1994).

    Costs about as much as two gradients, where H itself would cost n of them.
    """
    return jax.jvp(jax.grad(loss), (vector,), (direction,))[1]


def top_eigenvalue(multiply, start, n_iterations: int) -> jax.Array:
    """The largest eigenvalue of a symmetric matrix that is only known by `multiply`: v -> A v.

    Lanczos: an orthonormal basis of start, A start, A^2 start, ..., in which A is tridiagonal with
    `a` on the diagonal and `b` beside it. Its eigenvalues approach A's, the outer ones first, and
    always from within. `n_iterations` must not exceed the size of A. Source: Lanczos (1950).
    """
    first = start / jnp.linalg.norm(start)
    basis = jnp.zeros((n_iterations + 1, start.shape[0])).at[0].set(first)

    def extend(i, carry):
        basis, a, b = carry
        image = multiply(basis[i])
        # Against all earlier ones, not the last two alone: rounding would bring them back.
        along = basis @ image
        rest = image - along @ basis
        rest = rest - (basis @ rest) @ basis
        length = jnp.linalg.norm(rest)
        basis = basis.at[i + 1].set(rest / jnp.maximum(length, 1e-12))
        return basis, a.at[i].set(along[i]), b.at[i].set(length)

    zeros = jnp.zeros(n_iterations)
    _, a, b = jax.lax.fori_loop(0, n_iterations, extend, (basis, zeros, zeros))
    beside = jnp.diag(b[:-1], 1)
    return jnp.linalg.eigvalsh(jnp.diag(a) + beside + beside.T)[-1]


def sharpness(config: TrainingConfig, vector, data: Dataset) -> jax.Array:
    """The top eigenvalue of d2L / d theta2, L the mean loss of the training rows without penalty.

    `vector` is theta (n_parameters,), as `landscape.to_vectors` makes it. nan where L is.
    """
    n_iterations = min(MAX_ITERATIONS, count_parameters(config.network))
    # A fixed start: it only has to have some part along the eigenvector.
    start = jax.random.normal(jax.random.key(0), vector.shape)
    return top_eigenvalue(
        functools.partial(hessian_product, lambda v: training_loss(config, v, data), vector),
        start,
        n_iterations,
    )


@functools.partial(jit_loop, static_argnames="config")
def sharpness_of_each(vectors, data: Dataset, *, config: TrainingConfig) -> jax.Array:
    """The sharpness at several places of the landscape: (n, n_parameters) -> (n,)."""
    return jax.lax.map(lambda vector: sharpness(config, vector, data), vectors)
