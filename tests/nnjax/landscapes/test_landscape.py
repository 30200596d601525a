"""Planes through the space of the parameters, against NumPy and by hand."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.flatten_util import ravel_pytree
from networks_for_tests import assert_same_tree, random_parameters, run_of

from nnjax.landscapes.landscape import (
    from_vector,
    grid_places,
    path_plane,
    plane_losses,
    random_directions,
    random_plane_shares,
    random_walk_shares,
    to_vectors,
)
from nnjax.networks import init_network
from nnjax.training.metrics import training_gradients


@pytest.fixture(scope="module")
def run():
    return run_of(hidden=(3, 2))


def stack(*trees):
    return jax.tree.map(lambda *leaves: np.stack(leaves), *trees)


def test_parameters_become_a_vector_and_come_back(run):
    network = run[0].network
    first, second = (random_parameters(network, seed=seed) for seed in (0, 1))
    vectors = to_vectors(stack(first, second))
    np.testing.assert_array_equal(vectors[0], ravel_pytree(first)[0])
    assert_same_tree(from_vector(network, vectors[1]), second)


def test_the_plane_holds_the_runs_own_losses(run):
    config, data = run
    center, other = (random_parameters(config.network, seed=seed) for seed in (0, 1))
    vectors = to_vectors(stack(center, other))
    directions = np.stack([vectors[1] - vectors[0], vectors[0]])
    places = np.array([[0, 0], [1, 0]], np.float32)
    losses = plane_losses(vectors[0], directions, places, data, config=config)
    for loss, parameters in zip(losses, (center, other), strict=True):
        (expected, _), _ = training_gradients(parameters, data, config=config)
        np.testing.assert_allclose(loss, expected, rtol=1e-5)


def test_a_random_direction_is_as_long_as_each_unit(run):
    network = run[0].network
    center = init_network(network, key=jax.random.key(3))
    vector = ravel_pytree(center)[0]
    drawn = random_directions(vector, jnp.uint32(5), network=network, n=2)
    assert not np.allclose(drawn[0], drawn[1])
    for direction in drawn:
        for own, part in zip(center, from_vector(network, np.asarray(direction)), strict=True):
            lengths = [
                np.hypot(np.linalg.norm(layer.weights, axis=1), layer.bias) for layer in (own, part)
            ]
            np.testing.assert_allclose(*lengths, rtol=1e-5)


def test_a_path_in_a_plane_is_found_whole():
    rng = np.random.default_rng(0)
    basis = np.linalg.qr(rng.normal(size=(7, 2))).Q.T
    drawn = np.array([[-4, 0], [-3, 1], [-1, 1], [0, 0]], float)
    path = (rng.normal(size=7) + drawn @ basis).astype(np.float32)
    plane = path_plane(path)
    assert plane.shares.sum() == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(plane.places @ plane.directions, path - path[-1], atol=1e-5)
    assert plane.places[0, 0] < 0  # it starts on the left
    sizes = np.linalg.svd(drawn, compute_uv=False) ** 2
    np.testing.assert_allclose(plane.shares, sizes / sizes.sum(), rtol=1e-4)


def test_a_straight_path_needs_one_direction():
    path = np.outer([0, 1, 2], [3, 4]).astype(np.float32)
    plane = path_plane(path)
    np.testing.assert_allclose(plane.shares, [1, 0], atol=1e-6)
    np.testing.assert_allclose(plane.places[:, 0], [-10, -5, 0], atol=1e-4)
    with pytest.raises(ValueError, match="at least 2 frames, given 1"):
        path_plane(path[:1])


def test_random_planes_hold_two_parts_of_n():
    path = np.random.default_rng(1).normal(size=(5, 20)).astype(np.float32)
    shares = random_plane_shares(path, seed=0, n=400)
    assert shares.mean() == pytest.approx(2 / 20, rel=0.1)
    assert (shares <= 1).all()


def test_the_plane_of_a_random_walk_holds_nine_tenths():
    shares = random_walk_shares(60, 400, seed=0)
    expected = 8 / np.pi**2 * (1 + 1 / 9)
    assert shares.mean() == pytest.approx(expected, abs=0.02)


def test_a_grid_runs_row_by_row():
    places = grid_places(np.array([1.0, 2.0]), np.array([5.0, 6.0, 7.0]))
    np.testing.assert_array_equal(places, [[1, 5], [2, 5], [1, 6], [2, 6], [1, 7], [2, 7]])
