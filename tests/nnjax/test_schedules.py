import jax
import jax.numpy as jnp
import numpy as np
import pytest
from networks_for_tests import network_of

from nnjax.schedules import SCHEDULES, schedule_factor, schedule_factors
from nnjax.training.config import TrainingConfig, make_hyperparameters
from nnjax.training.steps import learning_rate_at

ALL = tuple(SCHEDULES)


def factors(key, progress):
    return np.asarray(jax.jit(jax.vmap(lambda p: schedule_factor(key, p)))(np.float32(progress)))


def rate_function(key, *, learning_rate, horizon, n_train):
    config = TrainingConfig(network=network_of(2, 1), task="binary", loss="mse", schedules=ALL)
    number = ALL.index(key)
    hyper = make_hyperparameters(learning_rate=learning_rate, schedule=number, horizon=horizon)
    rate = jax.jit(lambda step: learning_rate_at(config, hyper, step, jnp.int32(n_train)))
    return lambda step: float(rate(jnp.int32(step)))


@pytest.mark.parametrize(
    ("key", "progress", "expected"),
    [
        ("constant", [0, 0.5, 1], [1, 1, 1]),
        ("step", [0, 0.49, 0.51, 0.74, 0.76, 1], [1, 1, 0.1, 0.1, 0.01, 0.01]),
        # Up over the first twentieth, then cosine from 1 to 0.1: half-way down it is 0.55.
        ("cosine", [0, 0.025, 0.05, 0.525, 1], [0, 0.5, 1, 0.55, 0.1]),
        # 2,000 of 500,000 steps are 0.004 of the run; half-way through the rest it is 0.55.
        ("llama_2", [0, 0.002, 0.004, 0.502, 1], [0, 0.5, 1, 0.55, 0.1]),
        ("one_cycle", [0, 0.15, 0.3, 0.65, 1], [0.04, 0.52, 1, 0.5, 4e-6]),
    ],
)
def test_known_values(key, progress, expected):
    np.testing.assert_allclose(factors(key, progress), expected, rtol=1e-4, atol=2e-5)


@pytest.mark.parametrize("key", SCHEDULES)
def test_between_zero_and_one_with_a_peak_of_one(key):
    values = factors(key, np.linspace(0, 1, 2001))
    assert values.dtype == np.float32
    assert values.min() >= 0
    assert values.max() == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("key", SCHEDULES)
def test_the_last_value_holds_past_the_horizon(key):
    end, later, far = factors(key, [1.0, 1.5, 1e6])
    assert end == later == far


@pytest.mark.parametrize("key", SCHEDULES)
def test_rate_is_the_slider_times_the_factor_at_the_share_of_the_horizon(key):
    # 95 training rows in tens are 10 batches an epoch: 400 steps to the horizon.
    rate_at = rate_function(key, learning_rate=0.2, horizon=40, n_train=95)
    for step in (0, 10, 100, 210, 390, 400, 1000):
        expected = 0.2 * factors(key, [min(step / 400, 1.0)])[0]
        assert rate_at(step) == pytest.approx(expected, rel=1e-3, abs=1e-6)


@pytest.mark.parametrize("key", SCHEDULES)
def test_a_horizon_of_nothing_is_no_division_by_zero(key):
    rate_at = rate_function(key, learning_rate=0.2, horizon=0, n_train=100)
    assert np.isfinite(rate_at(3))


def test_all_schedules_at_once():
    progress = np.linspace(0, 1, 11, dtype=np.float32)
    together = schedule_factors(progress)
    assert set(together) == set(SCHEDULES)
    for key, found in together.items():
        np.testing.assert_allclose(found, factors(key, progress), rtol=1e-6)
