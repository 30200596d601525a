"""What a run is examined by: losses, gradients and the state of its units, frame by frame."""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.activations import ACTIVATIONS
from nnjax.data.prepare import Dataset
from nnjax.networks import Parameters, forward_trace
from nnjax.training.config import TrainingConfig
from nnjax.training.metrics import Snapshot, masked_mean, training_rows

# The steepest slope of each activation that is flat on both sides: these can saturate.
STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "step": 1.0}
FLAT = 0.05  # of the activation's steepest slope: below this a unit counts as saturated
NO_SLOPE = 1e-6
TWIN = 1e-5  # of the longest weight vector: units closer than this are twins
TINY = 1e-12
FRAMES_AT_ONCE = 25  # fixed, so that a film of any length is the same program


class UnitVitals(NamedTuple):
    """How the hidden units and the classes fare on the training rows; scalars of one frame."""

    dead: jax.Array  # share of hidden units without any slope on any training row
    saturated: jax.Array  # share of (hidden unit, row) pairs on a flat end; 0 if there is none
    twins: jax.Array  # share of hidden units that have a twin in their layer
    accuracy_gap: jax.Array  # overall share right less that of the worst class; 0 for values


class Vitals(NamedTuple):
    """What is known of one run: arrays (n_frames,), from the untrained network on."""

    epochs: np.ndarray
    train_loss: np.ndarray
    test_loss: np.ndarray
    train_accuracy: np.ndarray  # for a value, R^2
    gradient_norms: np.ndarray  # (n_frames, n_layers)
    units: UnitVitals  # each (n_frames,)
    diverged: bool


@functools.partial(jax.jit, static_argnames="config")
def unit_vitals(parameters: Parameters, data: Dataset, *, config: TrainingConfig) -> UnitVitals:
    """The state of health of a network's units on its training rows."""
    in_train = training_rows(data)
    trace = forward_trace(config.network, parameters, data.inputs)
    dead, saturated, twins = [], [], []
    for layer, cache, key in zip(parameters, trace, config.network.activations, strict=False):
        slopes = jnp.abs(_slopes(key, cache.preactivation))
        counted = in_train[:, None] > 0
        dead.append(jnp.all((slopes < NO_SLOPE) | ~counted, axis=0))
        if key in STEEPEST:
            flat = (slopes < FLAT * STEEPEST[key]).astype(jnp.float32)
            saturated.append(jax.vmap(masked_mean, in_axes=(1, None))(flat, in_train))
        twins.append(_has_twin(layer))
    return UnitVitals(
        dead=_share(dead),
        saturated=_share(saturated),
        twins=_share(twins),
        accuracy_gap=_accuracy_gap(trace[-1].output, data.targets, in_train, config.task),
    )


def _slopes(key: str, sums):
    """F'(z), with the shape of z."""
    return jax.jvp(ACTIVATIONS[key].function, (sums,), (jnp.ones_like(sums),))[1]


def _share(parts) -> jax.Array:
    """The mean over all units of all layers; 0 where there are none."""
    if not parts:
        return jnp.float32(0)
    return jnp.concatenate([part.astype(jnp.float32) for part in parts]).mean()


def _has_twin(layer) -> jax.Array:
    """Whether another unit of the layer has the same incoming weights and bias, (n_units,)."""
    rows = jnp.concatenate([layer.weights, layer.bias[:, None]], axis=1)
    apart = jnp.max(jnp.abs(rows[:, None, :] - rows[None, :, :]), axis=-1)
    close = apart <= TWIN * jnp.maximum(jnp.max(jnp.abs(rows)), TINY)
    return jnp.sum(close, axis=1) > 1


def _accuracy_gap(outputs, targets, in_train, task: str) -> jax.Array:
    """Share right over all training rows, less that of the class with the fewest right."""
    if task == "regression":
        return jnp.float32(0)
    if task == "binary":
        right = (outputs[:, 0] > 0) == (targets[:, 0] > 0.5)
        members = jnp.concatenate([targets, 1 - targets], axis=1)
    else:
        right = jnp.argmax(outputs, axis=-1) == jnp.argmax(targets, axis=-1)
        members = targets
    right, members = right.astype(jnp.float32), members * in_train[:, None]
    size = members.sum(axis=0)
    by_class = (members * right[:, None]).sum(axis=0) / jnp.maximum(size, 1.0)
    return masked_mean(right, in_train) - jnp.min(jnp.where(size > 0, by_class, 1.0))


def vitals_of_film(
    film: Snapshot,
    data: Dataset,
    *,
    config: TrainingConfig,
    steps_per_epoch: int,
    has_diverged: bool,
) -> Vitals:
    """The vitals of a recorded run; `film` has a leading frame axis, (n_frames, ...)."""
    n_frames, parts = len(film.step), []
    for start in range(0, n_frames, FRAMES_AT_ONCE):
        rows = np.minimum(np.arange(start, start + FRAMES_AT_ONCE), n_frames - 1)
        frames = jax.tree.map(lambda leaf, rows=rows: leaf[rows], film.parameters)
        parts.append(jax.device_get(_vitals_of_frames(frames, data, config=config)))
    units = jax.tree.map(lambda *leaves: np.concatenate(leaves)[:n_frames], *parts)
    return Vitals(
        epochs=np.asarray(film.step) / steps_per_epoch,
        train_loss=np.asarray(film.train_loss),
        test_loss=np.asarray(film.test_loss),
        train_accuracy=np.asarray(film.train_accuracy),
        gradient_norms=np.asarray(film.gradient_norms),
        units=units,
        diverged=has_diverged,
    )


@functools.partial(jax.jit, static_argnames="config")
def _vitals_of_frames(parameters, data: Dataset, *, config: TrainingConfig) -> UnitVitals:
    return jax.lax.map(lambda one: unit_vitals(one, data, config=config), parameters)
