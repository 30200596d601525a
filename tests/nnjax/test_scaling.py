"""Scaling: the power law against data made by one, the band, one real small training."""

import functools

import jax
import numpy as np
import pytest

from nnjax.language.emergence import all_right, exact_matches, score, sharpest_step
from nnjax.language.model import init_language_model
from nnjax.language.scaling import (
    CHUNK,
    CONTEXT,
    WIDTHS,
    config_of,
    fit_power_law,
    forecast,
    has_diverged,
    parameters_of,
    tokens_read,
    train_size,
)
from nnjax.language.text import bundled_text
from nnjax.language.training import N_HELD_OUT
from nnjax.large_models.compute_optimal import best_share, expected_loss

N = np.array([1100, 2488, 6416, 18880, 62240.0])


def made(floor, factor, power, noise=0.0, seed=0):
    """Sizes and losses of a law, three runs each, with noise of this relative size."""
    sizes = np.repeat(N, 3)
    draw = np.random.default_rng(seed)
    return sizes, (floor + factor * sizes**-power) * np.exp(draw.normal(0, noise, len(sizes)))


def test_a_law_without_a_floor_is_found_exactly():
    law = fit_power_law(*made(0.0, 20.0, 0.3), floors=[0.0])
    np.testing.assert_allclose([law.factor, law.power], [20.0, 0.3], rtol=1e-9)
    np.testing.assert_allclose(law.residuals, 0, atol=1e-9)


def test_a_floor_is_found_to_the_step_at_which_it_is_tried():
    law = fit_power_law(*made(1.5, 14.0, 0.35))
    np.testing.assert_allclose([law.floor, law.power], [1.5, 0.35], rtol=0.05)
    np.testing.assert_allclose(law.at(N), 1.5 + 14 * N**-0.35, rtol=2e-3)


@pytest.mark.parametrize("seed", range(5))
def test_the_band_holds_the_size_held_out_and_widens(seed):
    sizes, losses = made(1.5, 14.0, 0.35, noise=0.01, seed=seed)
    kept = sizes < N[-1]
    _, said = forecast(sizes[kept], losses[kept], [N[-1], 1e6, 1e9])
    assert said.low[0] < 1.5 + 14 * N[-1] ** -0.35 < said.high[0]
    assert np.all(np.diff(said.high - said.low) > 0)
    assert said.floors[0] < said.floors[1]


def test_sizes_and_reading_are_counted():
    init = functools.partial(init_language_model, config=config_of(8))
    weights = jax.eval_shape(init, jax.random.key(0))
    assert parameters_of(8) == sum(leaf.size for leaf in jax.tree.leaves(weights))
    assert [parameters_of(width) for width in WIDTHS] == N.astype(int).tolist()
    assert tokens_read(200) == 200 * 32 * 32


def test_the_smallest_size_learns_something_in_one_chunk():
    # Adam of optax counts its steps in whole numbers and divides by them.
    with jax.numpy_dtype_promotion("standard"), jax.numpy_rank_promotion("allow"):
        run = train_size(WIDTHS[0], 0, CHUNK, 0.01)
    assert run.right.shape == (N_HELD_OUT, CONTEXT)
    assert float(run.loss) < 0.9 * np.log(bundled_text().corpus.n_kinds)
    assert not has_diverged(run)


def test_exact_matches_are_all_right_in_a_row():
    right = np.random.default_rng(0).random((5, 12)) < 0.7
    found = exact_matches(right, 3)
    assert found.shape == (5, 10)
    for row in range(5):
        for start in range(10):
            assert found[row, start] == all(right[row, start : start + 3])
    scores = score(right, np.log(4.0), 3)
    np.testing.assert_allclose([scores.exact, scores.each], [found.mean(), right.mean()])
    np.testing.assert_allclose(scores.chance, 0.25)
    assert scores.n_stretches == 50


def test_a_steady_rise_becomes_a_sharp_one():
    each = np.linspace(0.2, 0.5, 5)
    np.testing.assert_allclose(sharpest_step(each), 0.25)
    assert sharpest_step([all_right(p, 8) for p in each]) > 0.6
    assert np.isnan(sharpest_step([0.0, 0.0]))


def test_chinchilla_itself_is_a_best_share():
    flops = 6 * 70e9 * 1.4e12
    share = best_share(flops)
    np.testing.assert_allclose(share, [70e9, 1.4e12], rtol=1e-6)
    np.testing.assert_allclose(expected_loss(*share), 1.94, atol=0.01)
