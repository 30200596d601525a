"""The first weights of several matrices, from one draw."""

import math

import jax
import jax.numpy as jnp


def draw_weights(key: jax.Array, *shapes: tuple[int, int]) -> tuple[jax.Array, ...]:
    """Matrices (n_out, n_in) with W ~ N(0, 1 / n_in), as LeCun et al. (1998) advise.

    One long draw, cut to pieces: each draw of its own would take longer to compile than to train
    with.
    """
    sizes = [math.prod(shape) for shape in shapes]
    ends = [sum(sizes[: i + 1]) for i in range(len(sizes))]
    pieces = jnp.split(jax.random.normal(key, (ends[-1],)), ends[:-1])
    return tuple(
        piece.reshape(shape) / math.sqrt(shape[1])
        for piece, shape in zip(pieces, shapes, strict=True)
    )
