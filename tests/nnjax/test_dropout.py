"""Dropout silences the share of units that it says, keeps the mean, and only while training."""

import jax.numpy as jnp
import numpy as np
import pytest
from networks_for_tests import run_of

from nnjax.dropout import drop_units, dropout_at
from nnjax.training.anatomy import trace_steps
from nnjax.training.chunks import train_steps
from nnjax.training.config import make_hyperparameters
from nnjax.training.metrics import training_gradients
from nnjax.training.state import init_training


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.8])
def test_the_share_that_is_silent_is_the_rate_and_the_mean_stays(rate):
    ones = jnp.ones((400, 100))
    dropped = np.asarray(drop_units(dropout_at(0, 3, rate), 0, ones))
    assert (dropped == 0).mean() == pytest.approx(rate, abs=0.01)
    assert dropped.mean() == pytest.approx(1, abs=0.02)
    np.testing.assert_allclose(dropped[dropped > 0], 1 / (1 - rate), rtol=1e-6)


def test_every_step_and_layer_draws_anew_and_a_repeat_draws_the_same():
    def silent(seed, step, layer):
        return np.asarray(drop_units(dropout_at(seed, step, 0.5), layer, jnp.ones(64))) == 0

    first = silent(1, 5, 0)
    assert np.array_equal(first, silent(1, 5, 0))
    for other in [(2, 5, 0), (1, 6, 0), (1, 5, 1)]:
        assert not np.array_equal(first, silent(*other))


@pytest.fixture(scope="module")
def runs():
    """A run without dropout, and what makes one with it."""
    config, data = run_of("circle", hidden=(4, 2), dropout=True)

    def train(rate, n_steps=50):
        hyper = make_hyperparameters(learning_rate=0.1, dropout_rate=rate)
        return train_steps(config, init_training(config, seed=0), data, hyper, n_steps=n_steps)

    return config, data, train


def test_a_rate_of_nothing_is_a_run_without(runs):
    _, _, train = runs
    plain, data = run_of("circle", hidden=(4, 2))
    hyper = make_hyperparameters(learning_rate=0.1)
    expected, _ = train_steps(plain, init_training(plain, seed=0), data, hyper, n_steps=50)
    state, _ = train(0.0)
    for ours, theirs in zip(state.parameters[0], expected.parameters[0], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-6)


def test_what_is_recorded_is_the_whole_network(runs):
    config, data, train = runs
    state, film = train(0.5)
    (loss, _), _ = training_gradients(state.parameters, data, config=config)
    assert film.train_loss[-1] == pytest.approx(float(loss), rel=1e-6)


def test_the_anatomy_of_a_step_is_the_step_with_its_coins(runs):
    config, data, train = runs
    state, _ = train(0.5, n_steps=7)
    hyper = make_hyperparameters(learning_rate=0.1, dropout_rate=0.5)
    trace = trace_steps(config, state, data, hyper, n_steps=2)
    moved = float(trace.update_norm[0])
    assert moved == pytest.approx(0.1 * float(trace.gradient_norm[0]), rel=1e-4)
