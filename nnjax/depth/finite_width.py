"""Gradients of residual networks of finite width: the part along the signal, which theory drops.

A layer is h' = h + f(z), z = W h. On the way back g = g' + W^T (f'(z) g'), and the weights are not
independent of z: W = W_ + z h^T / |h|^2 with W_ drawn anew. So g = g' + noise + h (r . g') / |h|^2
with r = z f'(z). The last part starts as one n-th of the whole and so is absent for n -> infinity,
but it grows with the signal, for ReLU by 2.9 a layer where the rest grows by 1 + chi = 2. (For ReLU
r = f(z), and h . g is then the same in every layer.) Second moments are followed exactly in n for
inner products that are replaced by their means. After Yang and Schoenholz (2017), who drop it.
"""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.activations import activation_and_derivative
from nnjax.depth.mean_field import DENSITY, GRID

MAX_DEPTH = 64


class Moments(NamedTuple):
    """Means over the units of a wide residual network, (depth,) each; z ~ N(0, q)."""

    power: np.ndarray  # E[h^2] of what a layer is given
    mean: np.ndarray  # E[h] of it
    slope: np.ndarray  # E[f'(z)^2]
    output: np.ndarray  # E[f(z)]
    back: np.ndarray  # E[r], r = z f'(z)
    back_squared: np.ndarray  # E[r^2]
    back_output: np.ndarray  # E[r f(z)]


def residual_gradients(activation: str, variance: float, depth: int, width: int) -> np.ndarray:
    """log10 of the gradient's size at the sums of layers 1 to `depth` (at most MAX_DEPTH).

    With skips and without layer norm; as `mean_field_gradients`, with the part along the signal.
    `variance` is sigma_w^2. In float64, where nothing overflows.
    """
    with jax.enable_x64(True):
        found = jax.device_get(_moments(np.float64(variance), activation=activation))
    found = Moments(*(part[:depth] for part in found))
    with np.errstate(divide="ignore"):
        return np.log10(_walk_back(found, variance, width)) / 2


def _walk_back(at: Moments, variance: float, width: int) -> np.ndarray:
    """Mean square of the gradient at the sums, (depth,)."""
    depth, gram = len(at.power), _gram(at)
    noise = total = 1.0  # mean squares: of what has no direction of its own, and of all
    # The rest is sum_k c_k h_k: second moments of c, and of c with the noise along r and h.
    own, mixed = np.zeros((2 * depth, 2 * depth)), np.zeros((2 * depth, 2 * depth))
    sizes = np.zeros(depth)
    for layer in reversed(range(depth)):
        sizes[layer] = at.slope[layer] * total
        row = gram[layer]  # r . everything
        with_noise = noise / width * row + mixed.T @ row
        with_own = mixed[:, layer] + own @ row
        squared = noise / width * row[layer] + 2 * row @ mixed[:, layer] + row @ own @ row
        onto, share = depth + layer, 1 / at.power[layer]  # along h, by (r . g) / |h|^2
        own[onto] += share * with_own
        own[:, onto] += share * with_own
        own[onto, onto] += share**2 * squared
        mixed[onto] += share * with_noise
        noise += variance * at.slope[layer] * total
        total = noise + np.sum(own * gram) + 2 * np.trace(mixed)
    return sizes


def _gram(at: Moments) -> np.ndarray:
    """Inner products over n of r_1 ... r_L, h_0 ... h_L-1, (2 L, 2 L)."""
    order = np.arange(len(at.power))
    first, last = np.minimum.outer(order, order), np.maximum.outer(order, order)
    signal = at.power[first] + at.mean[first] * (at.mean[last] - at.mean[first])
    back = np.outer(at.back, at.back)
    np.fill_diagonal(back, at.back_squared)
    # r of a layer with what was given to this layer or an earlier one, or to a later one.
    before = np.outer(at.back, at.mean)
    later = before + (at.back_output - at.back * at.output)[:, None]
    cross = np.where(order[None, :] <= order[:, None], before, later)
    return np.block([[back, cross], [cross.T, signal]])


@functools.partial(jax.jit, static_argnames="activation")
def _moments(variance, *, activation) -> Moments:
    grid = jnp.asarray(GRID, jnp.float64)
    shares = jnp.asarray(DENSITY / DENSITY.sum(), jnp.float64)

    def layer(state, _):
        power, mean = state
        z = jnp.sqrt(variance * power) * grid
        values, slopes = activation_and_derivative(activation, z)
        back = z * slopes
        parts = (slopes**2, values, back, back**2, back * values)
        slope, output, *rest = (jnp.sum(part * shares) for part in parts)
        after = power + 2 * mean * output + jnp.sum(values**2 * shares)
        return (after, mean + output), Moments(power, mean, slope, output, *rest)

    start = jnp.float64(1), jnp.float64(0)
    return jax.lax.scan(layer, start, length=MAX_DEPTH)[1]
