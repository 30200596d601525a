"""The autoencoder's plane: its scale, its walks, its neighbours, and two principal components."""

import jax
import numpy as np
import pytest

from nnjax.zoo import latent
from nnjax.zoo.autoencoder import encode_all
from nnjax.zoo.tasks import TASKS


@pytest.fixture(scope="module")
def plane():
    with jax.numpy_dtype_promotion("standard"), jax.numpy_rank_promotion("allow"):
        return jax.device_get(latent.make_plane(3, n_epochs=4))


def test_places_are_standard_deviations_from_the_middle(plane):
    np.testing.assert_allclose(plane.places.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(plane.places.std(axis=0), 1, rtol=1e-4)
    images = TASKS["redraw"].test(TASKS["redraw"].load()).inputs
    numbers = encode_all(plane.parameters, images)
    np.testing.assert_allclose(plane.raw(plane.places), numbers, atol=1e-5)
    assert plane.redrawn.shape == images.shape
    expected = np.mean((plane.redrawn[7] - images[7]) ** 2)
    assert plane.errors[7] == pytest.approx(float(expected), rel=1e-3)


def test_a_walk_is_straight_and_even():
    walk = latent.straight_walk(np.float32([0, 2]), np.float32([4, 0]), 5)
    np.testing.assert_allclose(walk, [[0, 2], [1, 1.5], [2, 1], [3, 0.5], [4, 0]])


def test_the_neighbours_say_whose_land_it_is():
    places = np.float32([[0, 0], [0, 1], [1, 0], [1, 1], [0.5, 0.5], [9, 9], [9, 8], [8, 9]])
    labels = np.array([3, 3, 3, 1, 1, 7, 7, 7])
    assert latent.land_of(places, labels, np.array([0.2, 0.2])) == 3
    assert latent.land_of(places, labels, np.array([9.0, 9.0])) == 7
    assert latent.loneliest(places, [(0.1, 0.1), (5, 5), (8, 8)]) == (5, 5)


def test_two_components_leave_what_the_other_axes_hold():
    task = TASKS["redraw"]
    inputs = task.load().inputs.reshape(-1, 64).astype(float)
    seen, unseen = inputs[: task.n_train], inputs[task.n_train :]
    _, vectors = np.linalg.eigh(np.cov(seen.T))
    rest = (unseen - seen.mean(axis=0)) @ vectors[:, :-2]
    expected = (rest**2).sum(axis=1).mean() / 64
    assert latent.two_component_error() == pytest.approx(expected, rel=1e-3)
