"""The loss around a trained network: planes through the space of its parameters.

All parameters of a network are one vector theta (n_parameters,), layer by layer, weights before
biases. A plane is theta(a, b) = center + a u + b v.
"""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.data.prepare import Dataset
from nnjax.layers import Dense
from nnjax.networks import NetworkConfig, Parameters, count_parameters, network_forward
from nnjax.sweeps import runs_side_by_side
from nnjax.training.config import TrainingConfig
from nnjax.training.metrics import masked_mean, training_rows
from nnjax.training.steps import example_losses

SIDE_BY_SIDE = 64  # networks at a time on an accelerator, so that memory stays bounded


class PathPlane(NamedTuple):
    """The plane that holds most of a path."""

    directions: np.ndarray  # (2, n_parameters), of length 1
    places: np.ndarray  # (n_frames, 2), the path in the plane; its end is (0, 0)
    shares: np.ndarray  # (2,) of the movement, along each direction


def to_vectors(parameters: Parameters) -> np.ndarray:
    """Theta of every frame of a film: leaves (n_frames, ...) -> (n_frames, n_parameters)."""
    leaves = [np.asarray(leaf, np.float32) for leaf in jax.tree.leaves(parameters)]
    return np.concatenate([leaf.reshape(len(leaf), -1) for leaf in leaves], axis=1)


def from_vector(network: NetworkConfig, vector) -> Parameters:
    """The parameters whose vector this is, (n_parameters,)."""
    parameters, start = [], 0
    for shape in network.layer_shapes:
        middle, end = start + shape[0] * shape[1], start + shape[0] * (shape[1] + 1)
        parameters.append(Dense(vector[start:middle].reshape(shape), vector[middle:end]))
        start = end
    return tuple(parameters)


def training_loss(config: TrainingConfig, vector, data: Dataset) -> jax.Array:
    """L(theta): the mean loss of the training rows, without any penalty."""
    outputs = network_forward(config.network, from_vector(config.network, vector), data.inputs)
    return masked_mean(example_losses(config, outputs, data.targets), training_rows(data))


@functools.partial(jax.jit, static_argnames="config")
def plane_losses(center, directions, places, data: Dataset, *, config: TrainingConfig) -> jax.Array:
    """L(center + places . directions): directions (k, n_parameters), places (n, k) -> (n,).

    Networks follow one another, as the runs of a sweep do on a CPU: no more than one of them (or
    SIDE_BY_SIDE on an accelerator) is in memory at a time, however fine the grid.
    """
    return jax.lax.map(
        lambda place: training_loss(config, center + place @ directions, data),
        places,
        batch_size=SIDE_BY_SIDE if runs_side_by_side() else None,
    )


@functools.partial(jax.jit, static_argnames=("network", "n"))
def random_directions(center, seed, *, network: NetworkConfig, n: int) -> jax.Array:
    """`n` random directions (n, n_parameters), each unit's part as long as the unit's own.

    d_unit <- d_unit |theta_unit| / |d_unit|, with d normal and a unit's parameters its incoming
    weights and its bias. Without this, a network whose weights are large (which ReLU's layers can
    be without computing anything else) would look flat. Source: Li et al. (2018), section 4.
    """
    drawn = jax.random.normal(jax.random.key(seed), (n, count_parameters(network)))
    own = from_vector(network, center)

    def rescaled(vector):
        layers = from_vector(network, vector)
        return jnp.concatenate([part for pair in zip(layers, own, strict=True)
                                for part in _like_units(*pair)])  # fmt: skip

    return jax.vmap(rescaled)(drawn)


def _like_units(layer: Dense, own: Dense) -> tuple[jax.Array, jax.Array]:
    """A random layer with every unit's part rescaled to the length of the unit's own."""
    factor = _unit_norms(own) / jnp.maximum(_unit_norms(layer), 1e-12)
    return (layer.weights * factor[:, None]).ravel(), layer.bias * factor


def _unit_norms(layer: Dense) -> jax.Array:
    return jnp.sqrt(jnp.sum(layer.weights**2, axis=1) + layer.bias**2)


def path_plane(vectors: np.ndarray) -> PathPlane:
    """The plane that holds most of a path's movement: vectors (n_frames, n_parameters), n >= 2.

    The first two right singular vectors of the rows theta_t - theta_end; a direction's share is
    its squared singular value over their sum. Source: Li et al. (2018), section 7.
    """
    if len(vectors) < 2:
        raise ValueError(f"a path has at least 2 frames, given {len(vectors)}")
    moves = vectors - vectors[-1]
    _, sizes, rows = np.linalg.svd(moves, full_matrices=False)
    directions, sizes = np.zeros((2, moves.shape[1]), np.float32), np.pad(sizes, (0, 2))
    directions[: len(rows[:2])] = rows[:2]
    places = moves @ directions.T
    # A singular vector's sign is anybody's: the path starts on the left, and bends upwards.
    furthest = np.argmax(np.abs(places[:, 1]))
    flips = np.where([places[0, 0] > 0, places[furthest, 1] < 0], -1, 1).astype(np.float32)
    total = max(float(np.sum(sizes**2)), 1e-30)
    return PathPlane(directions * flips[:, None], places * flips, sizes[:2] ** 2 / total)


def random_plane_shares(vectors: np.ndarray, *, seed: int, n: int = 64) -> np.ndarray:
    """Which share of a path's movement each of `n` random planes holds, (n,).

    The mean over many planes is 2 / n_parameters.
    """
    moves = vectors - vectors[-1]
    drawn = np.random.default_rng(seed).standard_normal((n, moves.shape[1], min(2, moves.shape[1])))
    bases = np.linalg.qr(drawn).Q  # (n, n_parameters, 2)
    held = np.sum(np.square(moves @ bases), axis=(1, 2))
    return held / max(float(np.sum(np.square(moves))), 1e-30)


def grid_places(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Every place of a grid, row by row: x (n,), y (m,) -> (m n, 2)."""
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2).astype(np.float32)


def random_walk_shares(n_frames: int, n_parameters: int, *, seed: int, n: int = 32) -> np.ndarray:
    """What the principal plane holds of `n` random walks of as many frames, (n,).

    With many frames and parameters 8 / pi^2 + 8 / (9 pi^2) = 90 %, so that a high share alone does
    not make a path simple. After Antognini and Sohl-Dickstein (2018), who centre on the mean.
    """
    n_parameters = min(n_parameters, 256)  # more of them change nothing that can be seen
    steps = np.random.default_rng(seed).standard_normal((n, n_frames, n_parameters), np.float32)
    walks = np.cumsum(steps, axis=1)
    moves = walks - walks[:, -1:]
    # The squared singular values, from the small matrix of the frames' products.
    sizes = np.linalg.eigvalsh(moves @ moves.transpose(0, 2, 1))
    return sizes[:, -2:].sum(axis=1) / sizes.sum(axis=1)
