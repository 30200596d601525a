"""Networks of one hidden layer trained on a curve: every width and many seeds in one call.

The networks of one seed stand side by side in one wide layer. A fixed matrix of zeros and ones
adds up each network's own neurons only, so they learn independently, as if trained one by one.
"""

import functools
from collections.abc import Sequence
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax.sharding import AxisType, PartitionSpec

from nnjax.activations import ACTIVATIONS
from nnjax.curves import FINE, HIGH, LOW, N_TRAIN, SHOWN, TRAIN, WIDTHS, Samples
from nnjax.hats import OneLayer
from nnjax.optimizers import OPTIMIZERS
from nnjax.schedules import schedule_factor

LEARNING_RATE, MOMENTUM = 0.02, 0.9
STEEPNESS = 6.0  # standard deviation of the first weights, for an input scaled to -1..1
BATCH_SIZE = 32
_STRIDE = N_TRAIN // BATCH_SIZE


class Fits(NamedTuple):
    """What the trained networks came to: one row a seed, one column a width."""

    shown: np.ndarray  # (n_seeds, n_widths, n_shown) their values where the page draws them
    rms: np.ndarray  # (n_seeds, n_widths) root mean square error inside the interval
    largest: np.ndarray  # (n_seeds, n_widths) largest error inside the interval
    outside: np.ndarray  # (n_seeds, n_widths) root mean square error where only drawn


def fit_curve(
    activation: str,
    samples: Samples,
    *,
    n_steps: int,
    n_seeds: int = 16,
    first_seed: int = 0,
    widths: tuple[int, ...] = WIDTHS,
) -> Fits:
    """Train networks of all `widths` on a curve with Adam, once for each seed.

    Each step takes every fourth of the training places, in turn. The rate follows a cosine with
    warm-up. The curve is brought to mean 0 and deviation 1 first, so that its units do not matter.
    """
    places = np.arange(n_seeds + -n_seeds % jax.device_count())
    seeds = first_seed + np.minimum(places, n_seeds - 1)
    fits = _fit(
        jnp.asarray(seeds, jnp.uint32), samples, jnp.int32(n_steps), activation=activation,
        widths=widths,
    )  # fmt: skip
    return jax.tree.map(lambda part: np.asarray(part)[:n_seeds], fits)


@functools.partial(jax.jit, static_argnames=("activation", "widths"))
def _fit(seeds, samples, n_steps, *, activation, widths):
    function = ACTIVATIONS[activation].function
    mean = jnp.mean(samples.train)
    spread = jnp.std(samples.train)
    scale = jnp.where(spread > 0, spread, 1.0)
    targets = (samples.train - mean) / scale

    def one_seed(seed):
        first = init_ladder(jax.random.key(seed), widths)
        network = train_ladder(first, targets, n_steps, function, widths)

        def predict(x):
            return ladder_forward(network, _scaled(x), function, widths).T * scale + mean

        return _measure(predict(jnp.asarray(FINE)), predict(jnp.asarray(SHOWN)), samples)

    mesh = jax.make_mesh((jax.device_count(),), ("seeds",), axis_types=(AxisType.Auto,))
    dealt = jax.shard_map(
        jax.vmap(one_seed), mesh=mesh, in_specs=PartitionSpec("seeds"),
        out_specs=PartitionSpec("seeds"), check_vma=False,
    )  # fmt: skip
    return dealt(seeds)


def init_ladder(key, widths) -> OneLayer:
    """First weights of one network of each width: w ~ N(0, 6^2), b = -w u with u ~ U(-1, 1).

    So every neuron bends at a place u of its own inside the interval. v ~ N(0, 1/(6 n)) for a
    network of n neurons.
    """
    n_hidden = sum(widths)
    fan_in = jnp.asarray(np.repeat(widths, widths), jnp.float32)
    keys = jax.random.split(key, 3)
    weights = STEEPNESS * jax.random.normal(keys[0], (n_hidden,), jnp.float32)
    places = jax.random.uniform(keys[1], (n_hidden,), jnp.float32, -1.0, 1.0)
    readout = jax.random.normal(keys[2], (n_hidden,), jnp.float32) / jnp.sqrt(STEEPNESS * fan_in)
    return OneLayer(weights, -weights * places, readout, jnp.zeros(len(widths), jnp.float32))


def ladder_forward(network: OneLayer, x, function, widths) -> jax.Array:
    """Values of every network at x: (n,) -> (n, n_widths)."""
    own = np.eye(len(widths), dtype=np.float32)[np.repeat(np.arange(len(widths)), widths)]
    hidden = function(x[:, None] * network.weights[None, :] + network.bias[None, :])
    return (hidden * network.readout[None, :]) @ own + network.offset[None, :]


def train_ladder(network: OneLayer, targets, n_steps, function, widths) -> OneLayer:
    """Train with Adam on the squared error of each network; targets (N_TRAIN,)."""
    x = _scaled(TRAIN).reshape(BATCH_SIZE, _STRIDE).T  # (stride, batch): every fourth place
    y = jnp.asarray(targets).reshape(BATCH_SIZE, _STRIDE).T

    def loss(network, x, y):
        # The networks share no parameter: the sum's gradient is each one's own.
        errors = ladder_forward(network, x, function, widths) - y[:, None]
        return jnp.sum(jnp.mean(errors**2, axis=0))

    def update(step, state):
        network, memory = state
        progress = step.astype(jnp.float32) / n_steps.astype(jnp.float32)
        rate = LEARNING_RATE * schedule_factor("cosine", progress)
        optimizer = OPTIMIZERS["adam"].make(rate, MOMENTUM)
        turn = step % _STRIDE
        gradients = jax.grad(loss)(network, x[turn], y[turn])
        updates, memory = optimizer.update(gradients, memory, network)
        return optax.apply_updates(network, updates), memory

    memory = OPTIMIZERS["adam"].make(LEARNING_RATE, MOMENTUM).init(network)
    return jax.lax.fori_loop(0, n_steps, update, (network, memory))[0]


def _scaled(x):
    """The interval as -1..1."""
    return (jnp.asarray(x) - (HIGH + LOW) / 2) / ((HIGH - LOW) / 2)


def _measure(fine, shown, samples) -> Fits:
    errors = fine - samples.fine[None, :]
    beyond = (np.abs(SHOWN - (HIGH + LOW) / 2) > (HIGH - LOW) / 2)[None, :]
    beyond = beyond & jnp.isfinite(samples.shown)[None, :]
    off = jnp.where(beyond, shown - samples.shown[None, :], 0.0)
    return Fits(
        shown=shown,
        rms=jnp.sqrt(jnp.mean(errors**2, axis=1)),
        largest=jnp.max(jnp.abs(errors), axis=1),
        outside=jnp.sqrt(jnp.sum(off**2, axis=1) / jnp.sum(beyond, dtype=jnp.float32)),
    )


def join_seeds(parts: Sequence[Fits]) -> Fits:
    """The runs of several calls as those of one."""
    return Fits(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def best_line_error(samples: Samples) -> float:
    """Root mean square error of the best line a x + b, by least squares.

    As low as a network without a bend can get.
    """
    slope, offset = np.polyfit(FINE, samples.fine, 1)
    return float(np.sqrt(np.mean((slope * FINE + offset - samples.fine) ** 2)))
