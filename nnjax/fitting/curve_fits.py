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
from nnjax.compiler import jit_loop
from nnjax.fitting.curves import FINE, HIGH, LOW, N_TRAIN, SHOWN, TRAIN, WIDTHS, Samples
from nnjax.fitting.hats import OneLayer
from nnjax.optimizers import OPTIMIZERS
from nnjax.schedules import schedule_factor

LEARNING_RATE, MOMENTUM = 0.02, 0.9
STEEPNESS = 6.0  # standard deviation of the first weights, for an input scaled to -1..1
BATCH_SIZE = 32
N_FRAMES = 20  # of the film of a training, after the first weights
FILM = SHOWN[::2]  # where the film shows the values
_STRIDE = N_TRAIN // BATCH_SIZE


class Fits(NamedTuple):
    """What the trained networks came to: one row a seed, one column a width."""

    shown: np.ndarray  # (n_seeds, n_widths, n_shown) their values where the page draws them
    rms: np.ndarray  # (n_seeds, n_widths) root mean square error inside the interval
    largest: np.ndarray  # (n_seeds, n_widths) largest error inside the interval
    outside: np.ndarray  # (n_seeds, n_widths) root mean square error where only drawn
    # Of one seed a call and width, the one with the middle error: (n_calls, n_widths, ...).
    film: np.ndarray  # (..., N_FRAMES + 1, n_film) values at FILM from the first weights on
    film_rms: np.ndarray  # (...) that seed's error in the end


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
    return _keep_middle_film(jax.tree.map(lambda part: np.asarray(part)[:n_seeds], fits))


def _keep_middle_film(fits: Fits) -> Fits:
    ranked = np.argsort(fits.rms, axis=0)
    middle = ranked[round(0.5 * (len(ranked) - 1))], np.arange(fits.rms.shape[1])
    return fits._replace(film=fits.film[middle][None], film_rms=fits.rms[middle][None])


def frame_steps(n_steps):
    """After how many steps the film's frames are taken: dense at first, when much happens."""
    share = jnp.arange(N_FRAMES + 1, dtype=jnp.float32) / N_FRAMES
    return jnp.round(share**2 * n_steps).astype(jnp.int32)


@functools.partial(jit_loop, static_argnames=("activation", "widths"))
def _fit(seeds, samples, n_steps, *, activation, widths):
    function = ACTIVATIONS[activation].function
    mean = jnp.mean(samples.train)
    spread = jnp.std(samples.train)
    scale = jnp.where(spread > 0, spread, 1.0)
    targets = (samples.train - mean) / scale

    def one_seed(seed):
        def predict(network, x):
            return ladder_forward(network, _scaled(x), function, widths).T * scale + mean

        first = init_ladder(jax.random.key(seed), widths)
        network, film = train_ladder(
            first, targets, n_steps, function, widths=widths, record=lambda n: predict(n, FILM)
        )
        fits = _measure(predict(network, FINE), predict(network, SHOWN), samples)
        return fits._replace(film=jnp.swapaxes(film, 0, 1))  # (n_widths, n_frames + 1, n_film)

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


def train_ladder(network: OneLayer, targets, n_steps, function, *, widths, record):
    """Train with Adam on the squared error of each network; targets (N_TRAIN,).

    Returns the trained networks, and `record(networks)` at each of `frame_steps(n_steps)`.
    """
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

    def frame(state, ends):
        state = jax.lax.fori_loop(*ends, update, state)
        return state, record(state[0])

    steps = frame_steps(n_steps)
    memory = OPTIMIZERS["adam"].make(LEARNING_RATE, MOMENTUM).init(network)
    state, film = jax.lax.scan(frame, (network, memory), (steps[:-1], steps[1:]))
    film = jax.tree.map(lambda one, rest: jnp.concatenate([one[None], rest]), record(network), film)
    return state[0], film


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
        film=(),
        film_rms=(),
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
