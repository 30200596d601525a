"""What theory says of gradients in depth: very wide networks with random weights.

Mean-field theory treats the weighted sums of a layer as normal numbers, and the weights on the way
back as drawn anew. Both hold exactly in the limit of infinite width.

References: Glorot and Bengio (2010) for the variances, He et al. (2015) for ReLU, Poole et al.
(2016) and Schoenholz et al. (2017) for chi, Yang and Schoenholz (2017) for residual networks. The
lines for layer norm follow in the same way, see `mean_field_gradients`.
"""

import functools

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.activations import activation_and_derivative
from nnjax.depth.probes import NORM_EPSILON

# The mean of f(z) over normal z, by the trapezoidal rule. For smooth functions that is as exact as
# Gauss-Hermite quadrature, and unlike it stays fine where large weights make f change abruptly. An
# even number of points leaves out 0 itself, where ReLU and its relatives have their corner.
GRID = np.linspace(-8.5, 8.5, 4000).astype(np.float32)
DENSITY = np.exp(-(GRID.astype(float) ** 2) / 2)
_SHARES = (DENSITY / DENSITY.sum()).astype(np.float32)


def normal_mean(values):
    """E[f(z)] for z ~ N(0, 1), of values (n,) on the grid."""
    return jnp.sum(values * _SHARES)


@functools.partial(jax.jit, static_argnames=("activation", "max_depth", "skip", "normed"))
def mean_field_gradients(
    variance, depth, width, *, activation, max_depth, skip=False, normed=False
):
    """log10 of the gradient's size at the sums of layer 1, 2, ..., (max_depth,); nan beyond depth.

    `variance` is sigma_w^2 = n_in Var(w). The gradient sent back from layer `depth` has size 1 and
    the inputs have mean square 1, as in `signal_through_depth`. With p the mean square of what a
    layer is given, m its mean, z ~ N(0, q):

    forward: q = sigma_w^2 p, or 1 with layer norm; p' = E[f^2], and with a skip
    p' = p + 2 m E[f] + E[f^2], m' = m + E[f].
    backward: a layer multiplies the squared gradient by chi = sigma_w^2 E[f'^2] / s^2 and with a
    skip by 1 + chi; s^2 = 1, and with layer norm sigma_w^2 p, the variance that it divides by. Of
    n directions layer norm takes out two, the mean and z itself: (n - 2) / n.
    """
    log_variance = jnp.log(variance)

    def forward(state, _):
        log_power, mean = state  # mean in units of the root of the power
        root = 1.0 if normed else jnp.exp((log_variance + log_power) / 2)
        values, slopes = activation_and_derivative(activation, root * GRID)
        # In units of the power before, so that neither grows nor vanishes beyond float32.
        values = values * jnp.exp(-log_power / 2)
        first, second = normal_mean(values), normal_mean(values**2)
        power = second + (1 + 2 * mean * first if skip else 0.0)
        new_mean = ((mean if skip else 0.0) + first) / jnp.sqrt(power)
        passed = jnp.log(normal_mean(slopes**2))  # of the squared gradient, down to the sums
        if normed:
            divided = jnp.logaddexp(log_variance + log_power, jnp.log(NORM_EPSILON))
            passed = passed + jnp.log1p(-2 / width) - divided
        return (log_power + jnp.log(power), new_mean), passed

    start = jnp.float32(0), jnp.float32(0)
    _, passed = jax.lax.scan(forward, start, length=max_depth)
    used = jnp.arange(max_depth) < depth
    per_layer = jnp.logaddexp(0.0, log_variance + passed) if skip else log_variance + passed
    per_layer = jnp.where(used, per_layer, 0.0)
    above = jnp.cumsum(per_layer[::-1])[::-1] - per_layer  # of all layers behind this one
    return jnp.where(used, (passed + above) / (2 * jnp.log(10.0)), jnp.nan)
