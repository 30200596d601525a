"""How layers bend the plane, and what one straight cut makes of it."""

import jax
import numpy as np
import pytest

from nnjax.bending import (
    BendingSettings,
    bend_plane,
    count_pieces,
    first_layer_sums,
    linear_cut,
    train_film,
)
from nnjax.data import decision_grid, transform_inputs
from nnjax.layers import Dense
from nnjax.networks import forward_trace, init_network

NARROW = BendingSettings(hidden=(4, 2), n_epochs=50)


@pytest.fixture(autouse=True, scope="module")
def strict_promotion():
    """Optax's Adam mixes int32 and float32; all that is ours is still checked for shapes."""
    with jax.numpy_rank_promotion("raise"):
        yield


@pytest.fixture(scope="module")
def trained(strict_promotion):
    """A trained network's parameters, its data, and a grid in its inputs."""
    film, diverged_at = train_film(NARROW)
    assert diverged_at == -1
    data = NARROW.prepare()
    parameters = jax.tree.map(lambda leaf: leaf[-1], film.parameters)
    return parameters, data, transform_inputs(data, decision_grid((-6, 6), 7))


def test_the_film_goes_from_the_first_weights_to_the_last_epoch(trained):
    film, _ = train_film(NARROW)
    assert film.step.tolist() == [125 * tenth for tenth in range(11)]
    assert film.train_loss[-1] < 0.5 * film.train_loss[0]


def test_another_seed_rate_or_number_of_epochs_compiles_nothing(trained, compilations):
    data, grid = trained[1:]
    bend_plane(trained[0], data, grid, config=NARROW.config.network)
    with compilations() as count:
        other = BendingSettings(hidden=(4, 2), n_epochs=10, seed=3, learning_rate=0.1)
        film, _ = train_film(other)
        parameters = jax.tree.map(lambda leaf: leaf[-1], film.parameters)
        bend_plane(parameters, other.prepare(), grid, config=other.config.network)
    assert count() == 0


def test_two_neurons_are_shown_as_they_are(trained):
    parameters, data, grid = trained
    bent = bend_plane(parameters, data, grid, config=NARROW.config.network)
    assert bent.points.shape == (5, 500, 2)
    assert bent.grid.shape == (5, 49, 2)
    outputs = np.asarray(forward_trace(NARROW.config.network, parameters, data.inputs)[1].output)
    low, high = outputs.min(axis=0), outputs.max(axis=0)
    expected = (outputs - (low + high) / 2) / (max(high - low) / 2)
    np.testing.assert_allclose(bent.points[-1], expected, atol=1e-5)
    assert np.abs(bent.points).max() <= 1 + 1e-5
    np.testing.assert_allclose(bent.explained[[0, 3, 4]], 1)


def test_where_a_stage_is_a_plane_the_drawn_cut_counts_what_is_said(trained):
    parameters, data, grid = trained
    bent = bend_plane(parameters, data, grid, config=NARROW.config.network)
    for stage in (0, 1, 4):  # the inputs, their sums (still a plane), and two neurons
        a, b, c = bent.cuts[stage]
        says = bent.points[stage] @ [a, b] + c > 0
        right = (says == (np.asarray(data.targets)[:, 0] > 0.5))[int(data.n_train) :]
        assert right.mean() == pytest.approx(bent.test_accuracy[stage], abs=0.005)
    # Weighing and summing moves no point across any line.
    assert bent.test_accuracy[1] == pytest.approx(bent.test_accuracy[0], abs=0.01)
    assert bent.test_accuracy[2] > bent.test_accuracy[0] + 0.2


def test_a_wide_stage_is_its_two_principal_components_turned(trained):
    parameters, data, grid = trained
    bent = bend_plane(parameters, data, grid, config=NARROW.config.network)
    hidden = np.asarray(forward_trace(NARROW.config.network, parameters, data.inputs)[0].output)
    centered = hidden - hidden.mean(axis=0)
    _, singular, directions = np.linalg.svd(centered, full_matrices=False)
    flat = centered @ directions[:2].T
    apart = np.linalg.norm(flat[:40, None] - flat[None, :40], axis=2)
    shown = np.linalg.norm(bent.points[2, :40, None] - bent.points[2, None, :40], axis=2)
    np.testing.assert_allclose(shown / shown.max(), apart / apart.max(), atol=1e-4)
    assert bent.explained[2] == pytest.approx((singular[:2] ** 2).sum() / (singular**2).sum())


def test_without_a_bend_nothing_is_gained():
    settings = BendingSettings(hidden=(4, 4, 4), activation="identity")
    data = settings.prepare()
    parameters = init_network(settings.config.network, key=jax.random.key(0))
    grid = transform_inputs(data, decision_grid((-6, 6), 7))
    bent = bend_plane(parameters, data, grid, config=settings.config.network)
    np.testing.assert_allclose(bent.train_accuracy, bent.train_accuracy[0], atol=0.01)


def test_two_crossing_lines_make_four_pieces(trained):
    grid = decision_grid((-6, 6), 7)  # raw places do as inputs: the lines are x1 = 0 and x2 = 0
    crossing = (
        Dense(np.eye(2, dtype=np.float32), np.full(2, 0.5, np.float32)),
        Dense(np.ones((1, 2), np.float32), np.zeros(1, np.float32)),
    )
    config = BendingSettings(hidden=(2,), activation="relu").config.network
    assert count_pieces(crossing, grid, config=config) == 4
    parallel = (crossing[0]._replace(weights=np.array([[1, 0], [1, 0]], np.float32)), crossing[1])
    parallel = (parallel[0]._replace(bias=np.array([0.5, -3.5], np.float32)), crossing[1])
    assert count_pieces(parallel, grid, config=config) == 3


def test_a_dead_layer_is_drawn_on_one_place(trained):
    parameters, data, grid = trained
    dead = (Dense(0 * parameters[0].weights, 0 * parameters[0].bias), *parameters[1:])
    bent = bend_plane(dead, data, grid, config=NARROW.config.network)
    assert all(np.isfinite(leaf).all() for leaf in bent)
    assert np.ptp(bent.points[2]) == 0


def test_first_sums_are_those_of_the_points_as_drawn(trained):
    parameters, data, _ = trained
    weights, bias = first_layer_sums(parameters, data)
    sums = forward_trace(NARROW.config.network, parameters, data.inputs)[0].preactivation
    np.testing.assert_allclose(np.asarray(data.raw) @ weights.T + bias, sums, atol=1e-4)


def test_the_cut_is_logistic_regression():
    linear_model = pytest.importorskip("sklearn.linear_model")
    random = np.random.default_rng(0)
    features = random.normal(size=(80, 3)).astype(np.float32) * [1, 5, 0.2]
    targets = (features @ [1, 0.3, -2] + random.normal(size=80) > 0.2).astype(np.float32)
    weights, bias, train, test = linear_cut(features, targets, np.int32(60))
    peer = linear_model.LogisticRegression(C=1e3 / 60)
    scale, mean = features[:60].std(axis=0), features[:60].mean(axis=0)
    peer.fit((features[:60] - mean) / scale, targets[:60])
    np.testing.assert_allclose(weights * scale, peer.coef_[0], rtol=0.02)
    right = (features @ np.asarray(weights) + float(bias) > 0) == (targets > 0.5)
    assert float(train) == pytest.approx(right[:60].mean())
    assert float(test) == pytest.approx(right[60:].mean())
