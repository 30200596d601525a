"""A network built by hand: ReLU neurons placed so that it follows any curve, no training at all.

Cut the interval into n equal parts of width h. Neuron j stands at the left end x_j of part j and
bends the line there by the change of slope, so that the network is the chain of chords:

    g(x) = f(x_0) + sum_j (s_j - s_(j-1)) relu(x - x_j),   s_j = (f(x_(j+1)) - f(x_j)) / h.

The same sum is a row of hats, one at each end of a part and as high as the curve is there: a hat
takes three ReLU neurons, and neighbours share theirs.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.activations import relu
from nnjax.fitting.curves import FINE, HIGH, KNOTS, LOW, SHOWN, WIDTHS, Samples

MAX_WIDTH = max(WIDTHS)


class OneLayer(NamedTuple):
    """g(x) = sum_j readout_j a(weights_j x + bias_j) + offset, of one input and one output."""

    weights: jax.Array  # (n_hidden,)
    bias: jax.Array  # (n_hidden,)
    readout: jax.Array  # (n_hidden,)
    offset: jax.Array  # ()


class Constructed(NamedTuple):
    """The networks built by hand for one curve, one for each of WIDTHS."""

    shown: jax.Array  # (n_widths, n_shown) their values where the page draws them
    rms: jax.Array  # (n_widths,) root mean square error inside the interval
    largest: jax.Array  # (n_widths,) largest error inside the interval
    bound: jax.Array  # (n_widths,) what the largest error cannot exceed, for any curve


def one_layer_forward(network: OneLayer, x: jax.Array, activation) -> jax.Array:
    """g(x) at the places x (n,) -> (n,)."""
    sums = x[:, None] * network.weights[None, :] + network.bias[None, :]
    return activation(sums) @ network.readout + network.offset


def place_hats(values, knots, width) -> OneLayer:
    """The network of `width` neurons through `values` at `knots`, (MAX_WIDTH + 1,) each.

    `width` may be traced: neurons from `width` on get a readout of 0.
    """
    used = jnp.arange(MAX_WIDTH, dtype=jnp.float32) < width
    slopes = jnp.where(used, jnp.diff(values) * (width / (HIGH - LOW)), 0.0)
    bends = jnp.diff(slopes, prepend=0.0)
    return OneLayer(
        weights=jnp.ones(MAX_WIDTH, jnp.float32),
        bias=-knots[:-1],
        readout=jnp.where(used, bends, 0.0),
        offset=values[0],
    )


def largest_rise(fine, knot_values, width):
    """The largest max f - min f within one of `width` equal parts, at FINE and at the knots.

    A chord stays between the values at its two ends, so |f - g| in a part is at most this, for
    every curve f. For a continuous one it goes to 0 with the width of the parts.
    """
    share = (FINE - LOW) / (HIGH - LOW)
    part = jnp.minimum((share * width).astype(jnp.int32), width.astype(jnp.int32) - 1)
    used = jnp.arange(MAX_WIDTH, dtype=jnp.float32) < width
    ends = knot_values[:-1], knot_values[1:]
    high = jnp.maximum(jax.ops.segment_max(fine, part, MAX_WIDTH), jnp.maximum(*ends))
    low = jnp.minimum(jax.ops.segment_min(fine, part, MAX_WIDTH), jnp.minimum(*ends))
    return jnp.max(jnp.where(used, high - low, 0.0))


@jax.jit
def build_by_hand(samples: Samples) -> Constructed:
    """The networks of all WIDTHS for one curve, and their errors beside the proved bound."""

    def build(width, knots, values):
        network = place_hats(values, knots, width)
        error = one_layer_forward(network, jnp.asarray(FINE), relu) - samples.fine
        return Constructed(
            shown=one_layer_forward(network, jnp.asarray(SHOWN), relu),
            rms=jnp.sqrt(jnp.mean(error**2)),
            largest=jnp.max(jnp.abs(error)),
            bound=largest_rise(samples.fine, values, width),
        )

    widths = jnp.asarray(WIDTHS, jnp.float32)
    return jax.vmap(build)(widths, jnp.asarray(KNOTS), samples.knots)


def curvature_bound(curvature: float, width) -> np.ndarray:
    """|f - g| <= h^2/8 max |f''| with h = (HIGH - LOW) / width, if f'' exists.

    Source: de Boor (1978), chapter III: the error of a broken line.
    """
    return ((HIGH - LOW) / np.asarray(width, float)) ** 2 / 8 * curvature


def log10_grid(per_axis, n_inputs) -> float:
    """log10(k^d): how many bumps a grid of k along each of d inputs takes, as a power of ten."""
    return float(n_inputs * np.log10(per_axis))
