"""What every unit of a network answers over a set of inputs, for many frames of a film at once."""

import functools

import jax
import jax.numpy as jnp

from nnjax.losses import LINKS
from nnjax.networks import NetworkConfig, forward_trace, network_forward

LEVELS = 254  # maps are sent as bytes: 0 ... 254, with 255 left over for "nothing here"


@functools.partial(jax.jit, static_argnames="config")
def unit_maps(parameters, inputs, *, config: NetworkConfig) -> tuple[jax.Array, ...]:
    """Every unit's answer to `inputs` (n_points, n_in), for parameters with a leading frame axis.

    Per layer (n_frames, n_units, n_points) uint8: a unit's output over the largest absolute
    output that it gives here, with -1 as 0, 0 as LEVELS / 2 and 1 as LEVELS.
    """

    def one_frame(parameters):
        caches = forward_trace(config, parameters, inputs)
        return tuple(centred_levels(cache.output.T) for cache in caches)

    return jax.vmap(one_frame)(parameters)


@functools.partial(jax.jit, static_argnames=("config", "task"))
def prediction_map(parameters, inputs, *, config: NetworkConfig, task: str) -> jax.Array:
    """The network's prediction over `inputs`, as bytes (see `prediction_levels`).

    Parameters have a leading frame axis; returns (n_frames, n_points) uint8.
    """

    def one_frame(parameters):
        return prediction_levels(network_forward(config, parameters, inputs), task)

    return jax.vmap(one_frame)(parameters)


def prediction_levels(outputs, task: str) -> jax.Array:
    """Predictions as bytes, (n_points,) uint8 from raw outputs (n_points, n_out).

    binary: probability 0 ... 1 is 0 ... LEVELS. regression: -1 ... 1 is 0 ... LEVELS.
    multiclass with k classes: each has a band of LEVELS // k bytes, from unsure to sure.
    """
    return PREDICTION_LEVELS[task](jax.vmap(LINKS[task])(outputs))


@jax.jit
def centred_levels(values):
    """Bytes from values (n_units, n_points), each row scaled by its largest absolute value."""
    largest = jnp.max(jnp.abs(values), axis=-1, keepdims=True)
    return _to_levels(0.5 + 0.5 * values / jnp.where(largest > 0, largest, 1.0))


def _to_levels(share):
    """0 ... 1 -> 0 ... LEVELS; what is not a number is drawn as the middle."""
    share = jnp.where(jnp.isnan(share), 0.5, jnp.clip(share, 0.0, 1.0))
    return jnp.round(share * LEVELS).astype(jnp.uint8)


def _class_levels(probabilities):
    """The band of the likeliest class; within it, how far it is ahead of a pure guess."""
    n_classes = probabilities.shape[-1]
    guess = 1 / n_classes
    sure = (jnp.max(probabilities, axis=-1) - guess) / (1 - guess)
    sure = jnp.where(jnp.isnan(sure), 0.0, jnp.clip(sure, 0.0, 1.0))
    band = LEVELS // n_classes
    winner = jnp.argmax(probabilities, axis=-1)
    return (winner * band + jnp.round(sure * (band - 1)).astype(winner.dtype)).astype(jnp.uint8)


PREDICTION_LEVELS = {
    "binary": lambda p: _to_levels(p[:, 0]),
    "multiclass": _class_levels,
    "regression": lambda p: _to_levels(0.5 + 0.5 * p[:, 0]),
}


@functools.partial(jax.jit, static_argnames=("config", "task"))
def predictions(parameters, inputs, *, config: NetworkConfig, task: str) -> jax.Array:
    """link(outputs), (n_frames, n_points, n_out), for parameters with a leading frame axis."""

    def one_frame(parameters):
        return jax.vmap(LINKS[task])(network_forward(config, parameters, inputs))

    return jax.vmap(one_frame)(parameters)


@functools.partial(jax.jit, static_argnames=("config", "n_classes"))
def confusion_matrices(parameters, data, *, config: NetworkConfig, n_classes: int) -> jax.Array:
    """Test examples by true and predicted class: (n_frames, n_classes, n_classes) int32.

    Rows are the truth, columns the prediction. Two classes may share one output (a logit).
    """
    is_test = (jnp.arange(data.inputs.shape[0]) >= data.n_train).astype(jnp.int32)
    truth = data.labels.astype(jnp.int32)

    def one_frame(parameters):
        outputs = network_forward(config, parameters, data.inputs)
        if config.n_out == 1:
            predicted = (outputs[:, 0] > 0).astype(jnp.int32)
        else:
            predicted = jnp.argmax(outputs, axis=-1).astype(jnp.int32)
        table = jnp.zeros((n_classes, n_classes), jnp.int32)
        return table.at[truth, predicted].add(is_test)

    return jax.vmap(one_frame)(parameters)


N_BINS = 10


@functools.partial(jax.jit, static_argnames=("config", "task"))
def test_histograms(parameters, data, *, config: NetworkConfig, task: str) -> jax.Array:
    """How many test examples fall into each of N_BINS bins, (n_frames, N_BINS) int32.

    Classes are binned by the probability given to the true one, 0 ... 1; values by the error
    prediction - target, -1 ... 1 (in units of the targets), the outer bins holding all beyond.
    """
    is_test = (jnp.arange(data.inputs.shape[0]) >= data.n_train).astype(jnp.int32)

    def one_frame(parameters):
        answers = jax.vmap(LINKS[task])(network_forward(config, parameters, data.inputs))
        share = _true_share(answers, data.targets, task)
        share = jnp.where(jnp.isnan(share), 0.0, share)
        bins = jnp.clip((share * N_BINS).astype(jnp.int32), 0, N_BINS - 1)
        return jnp.zeros(N_BINS, jnp.int32).at[bins].add(is_test)

    return jax.vmap(one_frame)(parameters)


def _true_share(answers, targets, task):
    if task == "regression":
        return 0.5 + 0.5 * (answers - targets)[:, 0]
    if task == "binary":
        return jnp.where(targets[:, 0] > 0.5, answers[:, 0], 1 - answers[:, 0])
    return jnp.sum(answers * targets, axis=-1)
