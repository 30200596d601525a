"""From raw rows to what a network trains on: shuffled, split, standardised."""

import functools
import math
import operator
from collections.abc import Iterable
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.data.features import chosen_features, expand_features, ordered_features
from nnjax.data.spec import DatasetSpec

MAX_NOISE = 50.0


class Dataset(NamedTuple):
    """Rows in shuffled order; the first `n_train` train the network, the others test it.

    All arrays are float32 except the two integers. n_train is an array of its own, not a shape:
    another share of training rows runs the same compiled programs.
    """

    inputs: jax.Array  # (n, d) standardised with the training rows' mean and scale
    targets: jax.Array  # (n, k) binary: 0 or 1; multiclass: one-hot; regression: the value
    n_train: jax.Array  # () int32
    mean: jax.Array  # (d,) of the features over the training rows
    scale: jax.Array  # (d,) their standard deviation, 1 where a feature does not vary
    raw: jax.Array  # (n, d_raw) the rows as they were made, before features
    labels: jax.Array  # (n,) class index, or the value in its own unit
    rows: jax.Array  # (n,) int32, where each row stood before the shuffle
    target_mean: jax.Array  # () value = target * target_scale + target_mean
    target_scale: jax.Array  # ()


def prepare_dataset(
    spec: DatasetSpec,
    *,
    seed: int = 0,
    noise: float = 0.0,
    train_share: float = 0.5,
    features: Iterable[str] | None = None,
) -> Dataset:
    """Make `spec`'s rows, shuffle them by `seed`, compute z = (phi(x) - mean) / scale.

    `noise` is 0 to 50 (per cent), `train_share` a fraction strictly between 0 and 1; at least one
    row is left on each side. `features` names rows of FEATURES for points of the plane and must be
    None for other data. None of the three numbers compiles anything when it changes.

    Raises:
        ValueError: a number out of its range, or features that do not fit; the message says which.
        TypeError: the seed is not a whole number.
    """
    # Plain numbers first: comparing jax arrays would compile each comparison.
    seed, noise, train_share = operator.index(seed), float(noise), float(train_share)
    if not 0 <= seed < 2**32:
        raise ValueError(f"The seed must be a whole number from 0 to 2**32 - 1: got {seed}.")
    if not (math.isfinite(noise) and 0 <= noise <= MAX_NOISE):
        raise ValueError(f"The noise must be a number from 0 to {MAX_NOISE:g}: got {noise}.")
    if not 0 < train_share < 1:
        raise ValueError(f"The train share must lie between 0 and 1: got {train_share}.")
    return prepare_traced(spec, seed, noise, train_share, features=features)


def prepare_traced(
    spec: DatasetSpec,
    seed: int | jax.Array,
    noise: float | jax.Array,
    train_share: float | jax.Array,
    *,
    features: Iterable[str] | None = None,
) -> Dataset:
    """Do the work of `prepare_dataset` unchecked: the numbers may be tracers, as under `vmap`."""
    chosen = chosen_features(spec, features)
    key_points, key_order = _split_seed(jnp.asarray(seed, jnp.uint32))
    raw, labels = spec.make(key_points, noise)
    split = _shuffle(key_order, raw, labels, jnp.asarray(train_share, jnp.float32))
    return _assemble(
        *split,
        n_classes=spec.n_classes if spec.task == "multiclass" else 0,
        standardize_targets=spec.standardize_targets,
        features=chosen,
    )


@jax.jit
def _split_seed(seed: jax.Array) -> tuple[jax.Array, jax.Array]:
    key_points, key_order = jax.random.split(jax.random.key(seed))
    return key_points, key_order


# Two programs rather than one: another choice of features compiles only the second, cheap one.
@jax.jit
def _shuffle(key, raw, labels, train_share):
    n = raw.shape[0]
    # Sorting random bits is a shuffle; jax.random.permutation sorts twice and compiles longer.
    rows = jnp.argsort(jax.random.bits(key, (n,))).astype(jnp.int32)
    n_train = jnp.clip(jnp.round(n * train_share), 1, n - 1).astype(jnp.int32)
    return raw[rows], labels[rows], rows, n_train


@functools.partial(jax.jit, static_argnames=("n_classes", "standardize_targets", "features"))
def _assemble(raw, labels, rows, n_train, *, n_classes, standardize_targets, features):
    columns = expand_features(raw, features)
    mean, scale = _training_statistics(columns, n_train)
    target_mean, target_scale = jnp.float32(0), jnp.float32(1)
    if standardize_targets:
        (target_mean,), (target_scale,) = _training_statistics(labels[:, None], n_train)
    targets = ((labels - target_mean) / target_scale)[:, None]
    if n_classes:
        targets = jax.nn.one_hot(labels.astype(jnp.int32), n_classes, dtype=jnp.float32)
    return Dataset(
        inputs=_standardize(columns, mean, scale),
        targets=targets,
        n_train=n_train,
        mean=mean,
        scale=scale,
        raw=raw,
        labels=labels,
        rows=rows,
        target_mean=target_mean,
        target_scale=target_scale,
    )


def _training_statistics(columns: jax.Array, n_train: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Compute mean and standard deviation over the first n_train rows: (n, d) -> (d,), (d,)."""
    is_train = (jnp.arange(columns.shape[0]) < n_train)[:, None]
    count = n_train.astype(jnp.float32)
    mean = jnp.sum(jnp.where(is_train, columns, 0.0), axis=0) / count
    deviations = jnp.where(is_train, columns - mean[None, :], 0.0)
    scale = jnp.sqrt(jnp.sum(deviations**2, axis=0) / count)
    # A constant column must become zeros, not the rounding error of its mean blown up to 1.
    return mean, jnp.where(scale > 1e-6 * jnp.abs(mean), scale, 1.0)


def _standardize(columns: jax.Array, mean: jax.Array, scale: jax.Array) -> jax.Array:
    return (columns - mean[None, :]) / scale[None, :]


def transform_inputs(
    dataset: Dataset, raw: jax.Array, features: Iterable[str] | None = None
) -> jax.Array:
    """Compute (phi(raw) - mean) / scale with the data set's own statistics: (m, d_raw) -> (m, d).

    `features` must be those that the data set was prepared with.

    Raises:
        ValueError: the columns do not match those of the data set.
    """
    raw = jnp.asarray(raw, jnp.float32)
    chosen = None if features is None else ordered_features(features)
    width = raw.shape[-1] if chosen is None else len(chosen)
    if raw.ndim != 2 or raw.shape[1] != dataset.raw.shape[1] or width != dataset.mean.shape[0]:
        raise ValueError(
            f"Expected rows of {dataset.raw.shape[1]} raw columns that give "
            f"{dataset.mean.shape[0]} inputs: got shape {raw.shape} that gives {width}."
        )
    return _transform(raw, dataset.mean, dataset.scale, chosen)


@functools.partial(jax.jit, static_argnames="features")
def _transform(raw, mean, scale, features):
    return _standardize(expand_features(raw, features), mean, scale)


def split_rows(dataset: Dataset, values: jax.Array) -> tuple[np.ndarray, np.ndarray]:
    """Cut `values` (n, ...) into training and test rows, on the host.

    Slicing a jax array at n_train would compile a program for every length; NumPy does not.
    """
    host, n_train = np.asarray(values), int(dataset.n_train)
    return host[:n_train], host[n_train:]
