"""The race of the optimisers: who came out how, counted by hand; rates sought on the course."""

import jax
import numpy as np
import pytest
from networks_for_tests import run_of

from nnjax.races import optimizer_race
from nnjax.races.bands import band_over_seeds
from nnjax.races.optimizer_race import (
    N_FRAMES,
    Course,
    Racer,
    best_rate,
    race_config,
    rank,
    run_optimizer,
    run_schedule,
)
from nnjax.training.config import make_hyperparameters


def racer(ends, accuracy=(1.0, 1.0, 1.0)):
    losses = np.ones((3, 2), np.float32)
    losses[:, 1] = ends
    return Racer(
        rate=0.1, losses=losses, accuracy=np.array(accuracy), test_loss=losses[:, 1],
        n_diverged=0, n_steps=10.0, gradients_per_step=1.0, examples_per_gradient=10,
    )  # fmt: skip


def test_standings_are_counted_in_pairs():
    racers = {
        "adam": racer([0.2, 0.1, 0.3], accuracy=(0.96, 1.0, 0.5)),
        "sgd": racer([0.1, 0.2, 0.4], accuracy=(0.1, 0.2, 0.94)),
        "lion": racer([np.inf, np.inf, 0.1]),
    }
    rows = {row.key: row for row in rank(racers)}
    assert list(rows) == ["adam", "sgd", "lion"]  # by the middle seed: 0.2, 0.2, infinite
    assert [rows[key].n_first for key in racers] == [1, 1, 1]
    assert [rows[key].n_solved for key in racers] == [2, 0, 1]  # a diverged seed solves nothing
    assert rows["adam"].final == band_over_seeds([0.2, 0.1, 0.3])


@pytest.fixture(scope="module")
def course():
    config, data = run_of("circle", hidden=(3,))
    stacked = jax.tree.map(lambda leaf: np.stack([leaf] * 4), jax.device_get(data))
    return Course(config, stacked, (0, 1, 2, 3), 0.9, N_FRAMES)


def test_a_race_is_trained_and_its_best_rate_found(course, monkeypatch):
    monkeypatch.setattr(optimizer_race, "FACTORS", (0.001, 10.0))
    rate = best_rate("sgd", course, n_runs=4)
    assert rate == pytest.approx(0.3)  # a thousandth of the usual rate learns nothing
    slow, fast = run_optimizer("sgd", course), run_optimizer("sgd", course, rate)
    assert slow.rate == pytest.approx(0.03)
    assert slow.losses.shape == (4, N_FRAMES + 1)
    assert (fast.losses[:, -1] < slow.losses[:, -1]).all()
    np.testing.assert_array_equal(slow.losses[:, 0], fast.losses[:, 0])  # the same first weights
    assert slow.n_steps == N_FRAMES * course.n_batches


def test_nothing_favours_one_rule():
    config, _ = run_of("circle", hidden=(3,))
    plain = race_config(config)
    assert (plain.schedules, plain.regularizer, plain.dropout) == (("constant",), "none", False)


def test_a_constant_schedule_is_no_schedule_and_another_is(course):
    hyper = make_hyperparameters(learning_rate=0.3, horizon=7.0)
    constant = run_schedule("constant", course, hyper)
    unscheduled = run_optimizer("sgd", course, 0.3).losses  # by another program
    np.testing.assert_allclose(constant.losses, unscheduled, rtol=1e-3)
    falling = run_schedule("step", course, hyper)
    # Alike up to the middle of the race, wherever the horizon was.
    half = N_FRAMES // 2
    np.testing.assert_allclose(falling.losses[:, :half], constant.losses[:, :half], rtol=1e-4)
    assert (np.abs(falling.losses[:, -1] - constant.losses[:, -1]) > 1e-4).all()
