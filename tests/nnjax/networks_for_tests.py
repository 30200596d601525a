"""Small networks, random parameters and training runs, shared by the tests of the engine's core."""

import contextlib
import functools

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.data import DATASETS, prepare_dataset
from nnjax.layers import Dense
from nnjax.losses import default_loss
from nnjax.networks import NetworkConfig
from nnjax.training.config import TrainingConfig

# optax raises a float to an integer power to correct Adam's start. Strict promotion forbids that:
# its code, not ours.
MIXES_DTYPES = ("adam", "adamw")


def random_parameters(network, seed=0, dtype=np.float32, scale=0.7):
    """Weights and biases (n_out, n_in), (n_out,), none of them zero."""
    rng = np.random.default_rng(seed)
    return tuple(
        Dense(
            jnp.asarray((scale * rng.normal(size=shape)).astype(dtype)),
            jnp.asarray((scale * rng.normal(size=shape[0])).astype(dtype)),
        )
        for shape in network.layer_shapes
    )


def network_of(*widths, activation="tanh", **settings):
    """A network from all its widths: inputs, hidden layers, outputs."""
    n_in, *hidden, n_out = widths
    return NetworkConfig(
        n_in=n_in,
        hidden=tuple(hidden),
        n_out=n_out,
        activations=(activation,) * len(hidden),
        **settings,
    )


def run_of(dataset="circle", hidden=(4, 2), activation="tanh", initializer="xavier", **settings):
    """The configuration of a run on a data set, and the data."""
    spec = DATASETS[dataset]
    data = prepare_cached(dataset)
    network = network_of(
        data.inputs.shape[1],
        *hidden,
        spec.n_outputs,
        activation=activation,
        initializer=initializer,
    )
    settings.setdefault("loss", default_loss(spec.task).key)
    return TrainingConfig(network=network, task=spec.task, **settings), data


@functools.cache
def prepare_cached(dataset):
    return prepare_dataset(DATASETS[dataset])


@contextlib.contextmanager
def allowing_optax(*keys):
    """Lifts strict dtypes, and nothing else, for the optimisers and schedules that need it."""
    if not set(keys) & set(MIXES_DTYPES):
        yield
        return
    with jax.numpy_dtype_promotion("standard"):
        yield


def assert_same_tree(found, expected):
    """Equal bit for bit, leaf by leaf, nan included."""
    assert jax.tree.structure(found) == jax.tree.structure(expected)
    for one, other in zip(jax.tree.leaves(found), jax.tree.leaves(expected), strict=True):
        np.testing.assert_array_equal(np.asarray(one), np.asarray(other))
