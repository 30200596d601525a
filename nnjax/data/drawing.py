"""What the generators of toy data share: the domain, and the ways in which noise enters.

Each generator draws all its random numbers in one call: a second call compiles
noticeably longer, and the first picture would wait for it.
"""

import functools
from collections.abc import Callable

import jax
import jax.numpy as jnp

from nnjax.data.spec import Points

DOMAIN = (-6.0, 6.0)
SOURCE = "Drawn by formula, after the idea of TensorFlow Playground (playground.tensorflow.org)."


def accepts_numbers(make: Callable[..., Points]) -> Callable[..., Points]:
    """Compile `make`, and turn any kind of number into the one kind it was compiled for."""
    compiled = jax.jit(make)

    @functools.wraps(make)
    def make_from_numbers(key: jax.Array, noise: float | jax.Array) -> Points:
        return compiled(key, jnp.asarray(noise, jnp.float32))

    return make_from_numbers


def polar(radius: jax.Array, angle: jax.Array) -> jax.Array:
    """Compute r (cos a, sin a): (n,), (n,) -> (n, 2)."""
    return jnp.stack([radius * jnp.cos(angle), radius * jnp.sin(angle)], axis=1)


def beside(points: jax.Array, u: jax.Array, reach: jax.Array) -> jax.Array:
    """Compute points + e, e = (2 u - 1) reach: for u ~ U(0, 1), a place in the square around."""
    return points + (2 * u - 1) * reach


def scatter(centers: jax.Array, u: jax.Array, spread: jax.Array) -> jax.Array:
    """Compute centers + spread z, z normal but cut off where a point would leave the domain.

    z = F^-1(F(a) + u (F(b) - F(a))), F the normal distribution and a, b the edges seen from the
    centre; here by way of erf = 2 F(z sqrt 2) - 1. u ~ U(0, 1), of the shape of the centres (n, 2).
    """
    low, high = DOMAIN
    unit = jnp.sqrt(2.0) * jnp.maximum(spread, 1e-6)  # a spread of exactly 0 must not divide
    erf_low = jax.lax.erf((low - centers) / unit)
    erf_high = jax.lax.erf((high - centers) / unit)
    # At +-1 exactly, erf^-1 is infinite: stop just short of it, at 4.9 standard deviations.
    erf_z = jnp.clip(erf_low + u * (erf_high - erf_low), -1 + 1e-6, 1 - 1e-6)
    points = centers + spread * jnp.sqrt(2.0) * jax.lax.erf_inv(erf_z)
    return jnp.clip(points, low, high)  # rounding alone could step over the edge
