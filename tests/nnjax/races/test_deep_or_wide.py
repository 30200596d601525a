"""The same number of parameters, deep or wide."""

import jax
import numpy as np
import pytest

from nnjax.networks import count_parameters
from nnjax.races.deep_or_wide import (
    DEPTHS,
    DepthRuns,
    DepthSettings,
    cost_of,
    judge,
    network_of,
    quartiles_of,
    train_depth,
    width_for,
)

QUICK = DepthSettings(budget=50, n_epochs=10, n_seeds=4)


@pytest.fixture(autouse=True, scope="module")
def strict_promotion():
    """Ranks only: optax itself takes a float to the power of an int."""
    with jax.numpy_rank_promotion("raise"):
        yield


@pytest.mark.parametrize("budget", [50, 100, 200, 400, 800])
@pytest.mark.parametrize("depth", DEPTHS)
def test_every_depth_spends_the_budget(budget, depth):
    network = network_of(budget, depth)
    assert len(network.hidden) == depth
    assert max(network.hidden) - min(network.hidden) <= 1
    assert count_parameters(network) == pytest.approx(budget, rel=0.05)


def test_counted_by_hand():
    assert network_of(100, 1).hidden == (25,)  # 25 (2 + 1) + 26 = 101
    assert network_of(100, 2).hidden == (8, 7)  # 24 + 63 + 8 = 95
    assert count_parameters(network_of(100, 2)) == 95


def test_too_small_a_budget_is_refused():
    with pytest.raises(ValueError, match="5 layers need more than 10 parameters"):
        network_of(10, 5)


def test_runs_and_what_compiles_nothing(compilations):
    runs = train_depth(2, QUICK)
    assert runs.hidden == (5, 5)
    assert runs.n_parameters == 51
    assert runs.train_loss.shape == (4, 11)
    assert runs.test_accuracy.shape == runs.diverged_at.shape == (4,)
    assert (runs.train_loss[:, -1] < runs.train_loss[:, 0]).all()
    with compilations() as count:
        train_depth(2, DepthSettings(budget=50, n_epochs=20, n_seeds=4, first_seed=7,
                                     learning_rate=0.03, dataset="spiral"))  # fmt: skip
    assert count() == 0


def made_up(accuracies):
    """Runs that ended with these accuracies."""
    shares = np.asarray(accuracies, np.float32)
    return DepthRuns((3,), 13, np.zeros((len(shares), 11)), 1 - shares, shares, -1 + 0 * shares)


def test_the_best_is_the_one_with_the_best_middle_seed():
    runs = {1: made_up([0.5] * 5), 2: made_up([0.9] * 5), 3: made_up([0.89, 0.91] * 2 + [0.6])}
    verdict = judge(runs, "test_accuracy")
    assert verdict.best == 2
    assert verdict.wins == {1: 5, 3: 3}
    assert verdict.losses == {1: 0, 3: 2}
    assert verdict.beaten == (1,)
    assert not verdict.clear
    assert judge({1: runs[1], 2: runs[2]}, "test_loss").clear


def test_quartiles_are_values_of_seeds_and_what_blew_up_is_the_worst():
    run = made_up([0.1, 0.2, 0.3, 0.4, 0.5])
    assert quartiles_of(run, "test_accuracy") == pytest.approx((0.2, 0.3, 0.4))
    assert quartiles_of(run, "test_loss") == pytest.approx((0.8, 0.7, 0.6))
    lost = run._replace(test_loss=np.array([np.nan] * 3 + [0.1, 0.2]))
    assert quartiles_of(lost, "test_loss")[1] == np.inf
    np.testing.assert_allclose(cost_of(run, "test_accuracy"), run.test_loss)


def test_the_width_of_gpt_3():
    assert width_for(174e9, 96) == pytest.approx(12_288, rel=0.002)
