import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.loss_curves import logit, loss_curves
from nnjax.losses import LOSSES

KEYS = list(LOSSES)
# (prediction, truth) -> loss and slope of every row, by hand.
BY_HAND = {
    (0.7, 1): {
        "mse": (0.09, -0.6),
        "mae": (0.3, -1.0),
        "huber": (0.045, -0.3),
        "binary_cross_entropy": (0.3567, -1 / 0.7),
        "categorical_cross_entropy": (0.3567, -1 / 0.7),
        "hinge": (1 - np.log(7 / 3), -1 / 0.21),
        "kl": (0.3567, -1 / 0.7),
    },
    (0.99, 0): {
        "mse": (0.9801, 1.98),
        "mae": (0.99, 1.0),
        "huber": (0.49005, 0.99),
        "binary_cross_entropy": (np.log(100), 100.0),
        "categorical_cross_entropy": (np.log(100), 100.0),
        "hinge": (1 + np.log(99), 1 / 0.0099),
        "kl": (np.log(100), 100.0),
    },
}


@pytest.mark.parametrize("case", BY_HAND)
def test_losses_and_slopes_by_hand(case):
    prediction, truth = case
    curves = loss_curves(jnp.float32([prediction]), jnp.float32(truth))
    expected = np.array([BY_HAND[case][key] for key in KEYS])
    np.testing.assert_allclose(curves.values[:, 0], expected[:, 0], rtol=2e-4)
    np.testing.assert_allclose(curves.slopes[:, 0], expected[:, 1], rtol=1e-4)


def test_the_number_of_page_06():
    curves = loss_curves(jnp.float32([0.70]), jnp.float32(1))
    assert f"{curves.values[KEYS.index('binary_cross_entropy'), 0]:.4f}" == "0.3567"


@pytest.mark.parametrize("truth", [0.0, 1.0])
def test_slopes_are_central_differences(truth):
    points = np.linspace(0.05, 0.95, 37, dtype=np.float32)
    step = 2.0**-10
    here = loss_curves(jnp.asarray(points), jnp.float32(truth)).slopes
    up, down = (
        loss_curves(jnp.asarray(points + s), jnp.float32(truth)).values for s in (step, -step)
    )
    smooth = np.abs(np.abs(logit(points)) - 1) > 0.02  # the hinge's corner is no place to compare
    difference = (up - down) / (2 * step)
    np.testing.assert_allclose(here[:, smooth], difference[:, smooth], rtol=5e-3, atol=2e-3)


def test_every_loss_falls_towards_the_truth():
    points = jnp.linspace(0.01, 0.99, 99)
    curves = loss_curves(points, jnp.float32(1))
    assert np.all(np.isfinite(curves.values))
    assert np.all(np.diff(curves.values, axis=1) <= 1e-6)
    mirrored = loss_curves(1 - points, jnp.float32(0))
    np.testing.assert_allclose(mirrored.values, curves.values, rtol=1e-4, atol=1e-6)


def test_moving_the_prediction_compiles_nothing(compilations):
    loss_curves(jnp.float32([0.2, 0.3]), jnp.float32(1))
    points, truth = jnp.float32([0.5, 0.9]), jnp.float32(0)
    with compilations() as count:
        loss_curves(points, truth)
    assert count() == 0
