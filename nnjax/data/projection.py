"""Two numbers for a row of many: the projection that keeps most of the spread."""

from typing import NamedTuple

import jax
import jax.numpy as jnp


class Projection(NamedTuple):
    """Rows seen along their first two principal components."""

    scores: jax.Array  # (n, 2)
    components: jax.Array  # (2, d), orthonormal rows
    explained: jax.Array  # (2,), share of the total variance


def project_two_components(inputs: jax.Array) -> Projection:
    """Compute scores = (X - mean) V, V the first two right singular vectors of X - mean = U S V^T.

    `inputs` is (n, d), n and d at least 2. `explained` is s_k^2 / sum(s^2), 0 where nothing varies.
    The largest entry of each component is made positive, so the picture never flips by chance.

    Raises:
        ValueError: `inputs` is not a table of at least two rows and two columns.

    References:
        K. Pearson, "On lines and planes of closest fit to systems of points in space",
        Philosophical Magazine 2 (1901), 559-572.
    """
    inputs = jnp.asarray(inputs, jnp.float32)
    if inputs.ndim != 2 or min(inputs.shape) < 2:
        raise ValueError(
            "Two components need at least 2 rows and 2 columns: got an array of shape "
            f"{inputs.shape}."
        )
    return _project(inputs)


@jax.jit
def _project(inputs: jax.Array) -> Projection:
    centered = inputs - jnp.mean(inputs, axis=0, keepdims=True)
    _, singular, components = jnp.linalg.svd(centered, full_matrices=False)
    components = components[:2]
    largest = jnp.argmax(jnp.abs(components), axis=1, keepdims=True)
    components = components * jnp.sign(jnp.take_along_axis(components, largest, axis=1))
    variance = singular**2
    total = jnp.sum(variance)
    explained = jnp.where(total > 0, variance[:2] / jnp.where(total > 0, total, 1.0), 0.0)
    return Projection(centered @ components.T, components, explained)
