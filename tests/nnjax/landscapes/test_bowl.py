"""The ball in a bowl against its formulas."""

import math

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnjax.landscapes.bowl import (
    N_STEPS,
    NEVER,
    REGIMES,
    bowl_loss,
    contraction_factor,
    roll_ball,
    stability_edge,
    sweep_rates,
)

# As the sliders step.
RATES = st.integers(1, 400).map(lambda i: i / 100)
CURVATURES = st.integers(4, 40).map(lambda i: i / 20)
MOMENTA = st.integers(0, 19).map(lambda i: i / 20)


def roll(rate, curvature=1.0, momentum=0.0, start=-3.5, **more):
    numbers = (np.float32(n) for n in (rate, curvature, momentum, start))
    return roll_ball(*numbers, **more)


def regime(path):
    return REGIMES[int(path.regime)].key


@settings(max_examples=40, deadline=None)
@given(RATES, CURVATURES)
def test_without_momentum_every_step_multiplies_by_one_minus_rate_times_curvature(rate, curvature):
    path = roll(rate, curvature)
    factor = 1 - np.float64(rate) * np.float64(curvature)
    expected = -3.5 * factor ** np.arange(N_STEPS + 1)
    np.testing.assert_allclose(path.positions, expected, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_path_is_that_of_optax(momentum):
    path = roll(0.3, 1.5, momentum)
    optimizer = optax.sgd(0.3, momentum=momentum)
    x = jnp.float32(-3.5)
    memory = optimizer.init(x)
    for t in range(N_STEPS):
        np.testing.assert_allclose(path.positions[t], x, rtol=1e-4, atol=1e-5)
        gradient = jax.grad(bowl_loss)(x, jnp.float32(1.5))
        np.testing.assert_allclose(path.gradients[t], gradient, rtol=1e-4, atol=1e-5)
        updates, memory = optimizer.update(gradient, memory, x)
        x = optax.apply_updates(x, updates)


@settings(max_examples=60, deadline=None)
@given(RATES, CURVATURES, MOMENTA)
def test_factor_is_the_spectral_radius(rate, curvature, momentum):
    rate, curvature, momentum = (np.float64(n) for n in (rate, curvature, momentum))
    matrix = [[1 + momentum - rate * curvature, -momentum], [1, 0]]
    expected = np.abs(np.linalg.eigvals(matrix)).max()
    numbers = (np.float32(n) for n in (rate, curvature, momentum))
    # Near a double root the root moves as the square root of the rounding.
    assert contraction_factor(*numbers) == pytest.approx(expected, abs=2e-3)


@pytest.mark.parametrize("curvature", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_factor_passes_one_at_the_edge(curvature, momentum):
    edge = float(stability_edge(curvature, momentum))
    assert edge == pytest.approx(2 * (1 + momentum) / curvature)
    below, above = (
        contraction_factor(np.float32(edge * share), np.float32(curvature), np.float32(momentum))
        for share in (0.99, 1.01)
    )
    assert below < 1 < above


@pytest.mark.parametrize(
    ("rate", "curvature", "momentum", "start", "expected"),
    [
        (0.3, 1.0, 0.0, 0.0, "rests"),
        (0.02, 1.0, 0.0, -3.5, "crawls"),
        (0.3, 1.0, 0.0, -3.5, "converges"),
        (1.0, 1.0, 0.0, -3.5, "converges"),
        (0.5, 2.0, 0.0, 3.1, "converges"),
        (1.7, 1.0, 0.0, -3.5, "oscillates"),
        (0.3, 1.0, 0.9, -3.5, "oscillates"),
        (2.0, 1.0, 0.0, -3.5, "edge"),
        (2.5, 0.8, 0.0, 2.2, "edge"),
        (3.0, 1.0, 0.5, -3.5, "edge"),
        (2.3, 1.0, 0.0, -3.5, "explodes"),
        (2.3, 1.0, 0.5, -3.5, "oscillates"),
        (3.2, 1.0, 0.5, -3.5, "explodes"),
    ],
)
def test_regimes(rate, curvature, momentum, start, expected):
    assert regime(roll(rate, curvature, momentum, start)) == expected


def test_at_the_edge_it_swings_for_ever():
    distances = np.abs(roll(2.0).positions)
    np.testing.assert_array_equal(distances, np.float32(3.5))


def test_rate_of_one_over_curvature_arrives_in_one_step():
    assert abs(float(roll(0.5, 2.0).positions[1])) < 1e-6


def test_explosion_is_dated():
    path = roll(2.3)
    assert path.left_at == 2  # 3.5, 4.55, 5.9
    assert roll(1.7).left_at == NEVER
    slow = roll(2.002, start=0.1)
    assert regime(slow) == "explodes"
    assert slow.left_at == NEVER


def test_overflow_stays_a_result():
    path = roll(4.0, 2.0, start=4.0, n_steps=200)
    assert not np.isfinite(path.positions[-1])
    assert regime(path) == "explodes"
    assert path.left_at == 1


def test_overshoot_is_measured_in_starting_distances():
    assert roll(1.7).overshoot == pytest.approx(0.7, rel=1e-4)
    assert roll(0.3).overshoot <= 0


@pytest.mark.parametrize("curvature", [0.5, 1.0, 1.6, 2.0])
@pytest.mark.parametrize("momentum", [0.0, 0.3, 0.9])
def test_sweep_finds_the_edge_by_running(curvature, momentum):
    rates = np.round(np.arange(0.01, 4.005, 0.01), 2).astype(np.float32)
    sweep = sweep_rates(rates, np.float32(curvature), np.float32(momentum), np.float32(-3.5))
    edge = 2 * (1 + momentum) / curvature
    first = float(sweep.first_failure)
    if edge > 4.005:
        assert math.isnan(first)
    else:
        assert first == pytest.approx(edge, abs=0.0101)
        assert not sweep.converges[rates > edge + 0.01].any()
    assert sweep.converges[rates < edge - 0.01].all()


def test_sliders_compile_nothing():
    roll(0.3)
    compiled = roll_ball._cache_size()
    roll(0.7, 1.3, 0.4, 2.0)
    assert roll_ball._cache_size() == compiled


def test_every_regime_says_what_it_is():
    assert len({row.key for row in REGIMES}) == len(REGIMES)
    assert all(row.label and row.note.endswith(".") and row.condition for row in REGIMES)
