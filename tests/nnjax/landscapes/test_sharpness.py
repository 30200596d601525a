"""Sharpness against the dense Hessian, and where gradient descent takes it."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.flatten_util import ravel_pytree
from networks_for_tests import random_parameters, run_of

from nnjax.landscapes.edge_of_stability import EdgeRun, EdgeSettings, late_ratio, train_to_the_edge
from nnjax.landscapes.landscape import training_loss
from nnjax.landscapes.sharpness import hessian_product, sharpness_of_each, top_eigenvalue
from nnjax.training.state import NOT_DIVERGED

NETWORKS = {
    "one layer": ("moons", {"hidden": (6,), "loss": "mse"}),
    "several classes": ("iris", {"hidden": (5, 3), "activation": "gelu"}),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_it_is_the_dense_hessians_largest_eigenvalue(name):
    dataset, settings = NETWORKS[name]
    config, data = run_of(dataset, **settings)
    vectors = np.stack(
        [ravel_pytree(random_parameters(config.network, seed=seed))[0] for seed in (0, 1)]
    )
    dense = jax.jit(jax.hessian(lambda v: training_loss(config, v, data)))
    measured = sharpness_of_each(vectors, data, config=config)
    for vector, value in zip(vectors, measured, strict=True):
        expected = np.linalg.eigvalsh(np.asarray(dense(vector), np.float64))[-1]
        assert float(value) == pytest.approx(expected, rel=0.01)


def test_a_product_with_the_hessian_by_hand():
    matrix = np.array([[3.0, 1.0], [1.0, -2.0]], np.float32)

    def loss(v):
        return 0.5 * v @ matrix @ v

    direction = np.array([1.0, 2.0], np.float32)
    product = hessian_product(loss, np.zeros(2, np.float32), direction)
    np.testing.assert_allclose(product, [5.0, -3.0], rtol=1e-6)


@pytest.mark.parametrize("values", [(1.0, 2.0, 7.0, -9.0), (4.0, 4.0, 4.0, 4.0), (-1, -2, -3, -5)])
def test_lanczos_finds_the_largest_and_not_the_longest(values):
    rng = np.random.default_rng(0)
    basis = np.linalg.qr(rng.normal(size=(4, 4))).Q
    matrix = jnp.asarray(basis @ np.diag(values) @ basis.T, jnp.float32)
    start = jnp.asarray(rng.normal(size=4), jnp.float32)
    found = top_eigenvalue(lambda v: matrix @ v, start, 4)
    assert float(found) == pytest.approx(max(values), rel=1e-3)


def test_gradient_descent_rises_to_two_over_the_rate_and_stays_there():
    settings = EdgeSettings()  # the laboratory's own
    for seed in (0, 1):
        run = train_to_the_edge(settings, seed)
        assert run.diverged_at == NOT_DIVERGED
        assert run.sharpness[0] < 0.8 * 2 / settings.learning_rate
        assert late_ratio(run, settings.learning_rate) == pytest.approx(1, abs=0.05)
        assert run.loss[-1] < 0.5 * run.loss[len(run.loss) // 4]


def test_a_run_that_blew_up_has_no_ratio():
    frames = np.ones(41)
    assert np.isnan(late_ratio(EdgeRun(frames, frames, frames, 12), 0.1))
    assert late_ratio(EdgeRun(frames, frames, 20 * frames, NOT_DIVERGED), 0.1) == pytest.approx(1)
