"""The toy sets follow their formulas, exactly where there is no noise."""

import jax
import numpy as np
import pytest

from nnjax.data import DATASETS

SEEDS = (0, 1, 12345)
EPSILON = 1e-4


def make(key: str, seed: int = 0, noise: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    x, y = DATASETS[key].make(jax.random.key(seed), noise)
    return np.asarray(x, np.float64), np.asarray(y, np.float64)


@pytest.mark.parametrize("key", ["circle", "xor", "gaussian", "spiral", "moons", "blobs"])
@pytest.mark.parametrize("seed", SEEDS)
def test_classes_are_balanced_without_noise(key: str, seed: int):
    _, y = make(key, seed)
    counts = np.bincount(y.astype(int))
    assert (counts == 500 // DATASETS[key].n_classes).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_circle_labels_follow_the_radius(seed: int):
    x, y = make("circle", seed)
    radius = np.linalg.norm(x, axis=1)
    np.testing.assert_array_equal(y, radius < 3)
    assert radius[y == 1].max() <= 2.5 + EPSILON
    assert radius[y == 0].min() >= 3.5 - EPSILON
    assert radius.max() <= 5 + EPSILON


def test_circle_fills_its_areas_evenly():
    """Within the disc, r^2 / 2.5^2 is uniform: its mean is a half, its variance a twelfth."""
    x, y = make("circle")
    share = (np.linalg.norm(x[y == 1], axis=1) / 2.5) ** 2
    assert share.mean() == pytest.approx(1 / 2, abs=0.06)
    assert share.var() == pytest.approx(1 / 12, abs=0.02)


@pytest.mark.parametrize("seed", SEEDS)
def test_xor_labels_follow_the_signs(seed: int):
    x, y = make("xor", seed)
    np.testing.assert_array_equal(y, (x[:, 0] > 0) != (x[:, 1] > 0))
    assert np.abs(x).min() >= 0.3 - EPSILON
    assert np.abs(x).max() <= 5.3 + EPSILON
    quadrants = 2 * (x[:, 0] > 0) + (x[:, 1] > 0)
    assert (np.bincount(quadrants) == 125).all()


@pytest.mark.parametrize("key", ["circle", "xor"])
def test_noise_mislabels_points_but_leaves_them_in_place(key: str):
    (x_quiet, y_quiet), (x_some, y_some), (x_much, y_much) = (
        make(key, 5, noise) for noise in (0, 25, 50)
    )
    np.testing.assert_array_equal(x_quiet, x_some)
    np.testing.assert_array_equal(x_quiet, x_much)
    assert 0 < np.sum(y_quiet != y_some) < np.sum(y_quiet != y_much) < 250


@pytest.mark.parametrize(("noise", "spread"), [(0, 0.7), (50, 2.0)])
@pytest.mark.parametrize("key", ["gaussian", "blobs"])
def test_clouds_have_their_centre_and_spread(key: str, noise: float, spread: float):
    centers = {
        "gaussian": [(-2, -2), (2, 2)],
        "blobs": [(2.5, 2.5), (-2.5, 2.5), (-2.5, -2.5), (2.5, -2.5)],
    }[key]
    x, y = make(key, 11, noise)
    for label, center in enumerate(centers):
        cloud = x[y == label]
        # Cutting off at the edge of the domain pulls a wide cloud inwards a little.
        np.testing.assert_allclose(cloud.mean(axis=0), center, atol=4 * spread / np.sqrt(125))
        np.testing.assert_allclose(cloud.std(axis=0), spread, rtol=0.25)


def test_quiet_clouds_are_normal():
    """Skewness 0 and kurtosis 3, over all 1000 standardised coordinates."""
    x, y = make("gaussian", 2)
    z = ((x - np.where(y == 1, 2, -2)[:, None]) / 0.7).ravel()
    assert np.mean(z**3) == pytest.approx(0, abs=0.35)
    assert np.mean(z**4) == pytest.approx(3, abs=0.8)


@pytest.mark.parametrize("seed", SEEDS)
def test_spiral_points_lie_on_their_arms(seed: int):
    x, y = make("spiral", seed)
    s = np.linalg.norm(x, axis=1) / 5
    angle = 3.5 * np.pi * s + np.pi * y
    on_arm = 5 * s[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    np.testing.assert_allclose(x, on_arm, atol=EPSILON)
    for label in (0, 1):  # one point in each of the 250 equal steps along the arm
        steps = np.sort(s[y == label]) * 250
        assert (steps >= np.arange(250) - 0.01).all()
        assert (steps <= np.arange(1, 251) + 0.01).all()


def test_spiral_noise_moves_points_by_at_most_its_reach():
    quiet, noisy = make("spiral", 4, 0)[0], make("spiral", 4, 50)[0]
    shift = np.abs(noisy - quiet)
    assert 0.45 < shift.max() <= 0.5 + EPSILON


@pytest.mark.parametrize("seed", SEEDS)
def test_moons_lie_on_two_half_circles(seed: int):
    x, y = make("moons", seed)
    upper = np.where((y == 0)[:, None], x, -x)  # turned by 180 degrees, the lower is the upper
    from_center = upper - np.array([-1.5, -0.75])
    np.testing.assert_allclose(np.linalg.norm(from_center, axis=1), 3, atol=1e-3)
    assert from_center[:, 1].min() >= -1e-3


def test_moons_noise_is_a_standard_deviation_of_one_at_fifty():
    shift = make("moons", 8, 50)[0] - make("moons", 8, 0)[0]
    np.testing.assert_allclose(shift.std(axis=0), 1, rtol=0.1)
    np.testing.assert_allclose(shift.mean(axis=0), 0, atol=0.15)


@pytest.mark.parametrize("seed", SEEDS)
def test_plane_is_a_plane(seed: int):
    x, y = make("plane", seed)
    np.testing.assert_allclose(y, x.sum(axis=1) / 12, atol=1e-6)


def test_multi_gaussian_is_its_sum_of_bumps():
    x, y = make("multi_gaussian")
    expected = np.zeros(len(x))
    for center, height in {
        (-4, 2.5): 1,
        (0, 2.5): -1,
        (4, 2.5): 1,
        (-4, -2.5): -1,
        (0, -2.5): 1,
        (4, -2.5): -1,
    }.items():
        expected += height * np.exp(-np.sum((x - center) ** 2, axis=1) / 2)
    np.testing.assert_allclose(y, expected, atol=1e-6)
    assert y.max() > 0.9
    assert y.min() < -0.9


@pytest.mark.parametrize("key", ["plane", "multi_gaussian"])
@pytest.mark.parametrize("noise", [0, 50])
def test_values_stay_between_minus_one_and_one(key: str, noise: float):
    _, y = make(key, 6, noise)
    assert np.abs(y).max() <= 1


@pytest.mark.parametrize("key", [key for key, spec in DATASETS.items() if spec.in_plane])
def test_many_seeds_at_full_noise_stay_finite_and_inside(key: str):
    keys = jax.vmap(jax.random.key)(np.arange(64, dtype=np.uint32))
    x, y = jax.vmap(DATASETS[key].make, in_axes=(0, None))(keys, np.float32(50))
    assert x.shape == (64, DATASETS[key].n_points, 2)
    assert np.isfinite(x).all()
    assert np.isfinite(y).all()
    assert np.abs(x).max() <= 6
