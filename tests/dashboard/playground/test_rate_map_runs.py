"""The map's four bands say of a rate what the playground's own run does at that rate."""

import dataclasses

import numpy as np
import pytest

from dashboard.playground import settings as s
from dashboard.playground.run import Run
from dashboard.tuning.many_runs import Asked, divide, train_runs
from nnjax.races.rate_maps import DIVERGES, GOOD, IS_GOOD, TOO_LOW, judge_rates

RATES = (0.001, 0.01, 0.03, 0.3, 10.0)
SEEDS = (0, 1, 2, 3)
N_EPOCHS = 50


@pytest.fixture(scope="module")
def asked():
    """All runs of a small map of the playground's network."""
    values = {control.key: control.default for control in s.CONTROLS}
    hyper = tuple(map(float, s.hyperparameters(values)))
    settings, _ = s.run_settings(values)
    return Asked(settings, hyper, (("learning_rate", RATES),), SEEDS, N_EPOCHS)


@pytest.fixture(scope="module")
def ends(asked):
    return train_runs(asked, (0, len(RATES) * len(SEEDS)))


def single_run(asked, rate, seed):
    settings = dataclasses.replace(asked.settings, seed=seed)
    values = {control.key: control.default for control in s.CONTROLS}
    run = Run(settings, s.hyperparameters(values | {"learning_rate": rate}))
    run.train_to(N_EPOCHS, n_frames=5, budget=60.0)
    return run


@pytest.mark.parametrize(("rate", "band"), [(0.001, TOO_LOW), (0.3, IS_GOOD), (10.0, DIVERGES)])
def test_a_band_says_what_single_runs_do(asked, ends, rate, band):
    losses = ends.train_loss.reshape(len(SEEDS), len(RATES)).T
    first = float(np.median(ends.first_train_loss))
    bands = judge_rates(losses, first)
    column = RATES.index(rate)
    assert bands.at(column) == band
    for number, seed in enumerate(SEEDS[:2]):
        run = single_run(asked, rate, seed)
        at = number * len(RATES) + column
        # At which step a run explodes is up to its roundings, which differ between the programs.
        assert (run.diverged_at is not None) == (ends.diverged_at[at] >= 0)
        if run.diverged_at is None:
            found = float(run.film.train_loss[-1])
            assert found == pytest.approx(float(ends.train_loss[at]), rel=5e-3)
            drop = first - float(np.median(losses[bands.best]))
            assert (first - found >= GOOD * drop) == (band == IS_GOOD)
    if band == DIVERGES:
        assert np.isinf(losses[column]).mean() >= 0.5


def test_long_maps_are_divided_and_short_ones_are_not(asked):
    assert divide(asked.settings, 512, 100) == [(0, 512)]
    pieces = divide(asked.settings, 512, 500)
    assert len(pieces) > 1
    assert pieces[0][0] == 0
    assert pieces[-1][1] == 512
    assert len({stop - start for start, stop in pieces}) == 1  # one shape to compile
