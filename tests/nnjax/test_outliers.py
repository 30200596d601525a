import itertools

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.outliers import (
    FITS,
    N_SEEDS,
    distance_moved,
    fit_with_and_without,
    moved_over_seeds,
    pulls_over_errors,
    steady_points,
)

MSE, MAE, HUBER = (FITS.index(key) for key in ("mse", "mae", "huber"))
OUTLIER = jnp.float32(8.0), jnp.float32(0.5)


@pytest.fixture(autouse=True)
def strict_promotion():
    """Optax's Adam adds whole numbers to floats: its code, not ours. Ranks stay strict."""
    with jax.numpy_rank_promotion("raise"):
        yield


def points_and_fits(seed):
    x, y = steady_points(jnp.uint32(seed))
    fits, without = fit_with_and_without(x, y, *OUTLIER)
    sides = zip(OUTLIER, (x, y), strict=True)
    every = [np.append(np.float64(first), np.asarray(rest)) for first, rest in sides]
    return every, fits, without


@pytest.mark.parametrize("seed", [0, 4, 17])
def test_squared_error_gives_the_least_squares_line(seed):
    (x, y), fits, without = points_and_fits(seed)
    np.testing.assert_allclose(
        (fits.lines.slope[MSE], fits.lines.start[MSE]), np.polyfit(x, y, 1), rtol=1e-4
    )
    np.testing.assert_allclose(
        (without.lines.slope[MSE], without.lines.start[MSE]),
        np.polyfit(x[1:], y[1:], 1),
        rtol=1e-4,
    )


@pytest.mark.parametrize("seed", [0, 4, 17])
def test_absolute_error_is_as_low_as_any_line_through_two_points(seed):
    (x, y), fits, _ = points_and_fits(seed)
    least = min(
        np.abs(y[i] + (y[j] - y[i]) / (x[j] - x[i]) * (x - x[i]) - y).mean()
        for i, j in itertools.combinations(range(len(x)), 2)
        if x[i] != x[j]
    )
    assert float(fits.losses[MAE]) == pytest.approx(least, rel=2e-3)


@pytest.mark.parametrize("seed", [0, 4, 17])
def test_huber_is_where_its_clipped_errors_balance(seed):
    (x, y), fits, _ = points_and_fits(seed)
    clipped = np.clip(fits.lines.slope[HUBER] * x + fits.lines.start[HUBER] - y, -1, 1)
    np.testing.assert_allclose([clipped.sum(), (clipped * x).sum()], [0, 0], atol=2e-2)


def test_pulls_are_those_of_the_formulas():
    errors = jnp.float32([-3.0, -0.5, 0.25, 2.0])
    pulls = pulls_over_errors(errors)
    np.testing.assert_allclose(pulls[MSE], 2 * errors, rtol=1e-6)
    np.testing.assert_allclose(pulls[MAE], [-1, -1, 1, 1])
    np.testing.assert_allclose(pulls[HUBER], [-1, -0.5, 0.25, 1], rtol=1e-6)


def test_squared_error_moves_most_over_many_sets_of_points():
    moved = moved_over_seeds(jnp.uint32(0), OUTLIER[0], jnp.float32([-8, -4, -2, 0]))
    assert moved.shape == (N_SEEDS, 4, len(FITS))
    assert N_SEEDS >= 16
    middle = np.median(moved, axis=0)
    np.testing.assert_allclose(middle[0, MSE] / middle[1, MSE], 2, rtol=0.1)
    assert middle[0, HUBER] == pytest.approx(middle[1, HUBER], rel=0.01)
    assert np.all(moved[:, 0, MSE] > moved[:, 0, HUBER])
    assert np.mean(moved[:, 0, MSE] > moved[:, 0, MAE]) > 0.95


def test_the_first_of_many_is_the_one_on_show():
    _, fits, without = points_and_fits(4)
    gap = OUTLIER[1] - 0.6 * OUTLIER[0] - 2
    moved = moved_over_seeds(jnp.uint32(4), OUTLIER[0], gap + jnp.float32([0, 1, 2, 3]))
    alone = distance_moved(without.lines, fits.lines)
    np.testing.assert_allclose(moved[0, 0, [MSE, HUBER]], alone[jnp.array([MSE, HUBER])], rtol=1e-3)
    assert f"{alone[MSE]:.2f} {alone[HUBER]:.2f}" == "0.58 0.11"


def test_dragging_the_outlier_compiles_nothing(compilations):
    points_and_fits(4)
    x, y = steady_points(jnp.uint32(4))
    with compilations() as count:
        fit_with_and_without(x, y, OUTLIER[1], OUTLIER[0])
    assert count() == 0
