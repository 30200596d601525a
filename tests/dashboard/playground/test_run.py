"""The live run: what it records, how it goes on, how it stays bounded."""

import jax
import numpy as np
import pytest
from playground_runs import make_run, values_with

from dashboard.playground import run as run_module
from dashboard.playground import settings
from dashboard.playground.run_settings import Stop
from nnjax.training.config import make_hyperparameters


def test_the_defaults_fall_below_a_test_loss_of_0_05():
    run = make_run()
    run.train_to(200, n_frames=4, budget=60)
    assert run.epoch == 200
    assert run.film.test_loss[-1] < 0.05
    assert run.film.test_loss[-1] < run.film.test_loss[0]


def test_a_rate_of_10_says_at_which_step_it_diverged():
    run = make_run(learning_rate=10.0)
    run.train_to(200, n_frames=10, budget=60)
    assert 0 <= run.diverged_at <= run.step
    assert run.epoch < 200, "a diverged run is not trained on"


def test_the_same_settings_make_the_same_run():
    first, second = make_run(seed=3), make_run(seed=3)
    for run in (first, second):
        run.train_to(5, n_frames=2, budget=60)
    assert jax.tree.all(jax.tree.map(np.array_equal, first.film, second.film))


def test_steps_by_batch_and_by_epoch_meet():
    by_batch, by_epoch = make_run(), make_run()
    for _ in range(by_batch.n_batches):
        by_batch.advance(n_steps=1)
    by_epoch.advance(n_steps=by_epoch.n_batches)
    assert by_batch.epoch == by_epoch.epoch == 1
    same = jax.tree.map(np.array_equal, by_batch.parameters, by_epoch.parameters)
    assert jax.tree.all(same)


def test_a_long_film_is_thinned_and_keeps_its_ends(monkeypatch):
    monkeypatch.setattr(run_module, "MAX_FRAMES", 12)
    run = make_run()
    number = run.number
    for _ in range(6):
        run.advance(n_steps=3, n_frames=5)
        assert run.n_frames <= 12
        assert np.all(np.diff(run.film.step) > 0)
    assert run.film.step[0] == 0
    assert run.step == 90
    assert run.number != number, "the browser must be told that frames have moved"


def test_training_stops_when_its_time_is_up():
    run = make_run()
    run.train_to(100_000, n_frames=100_000, budget=0.0)
    assert 0 < run.epoch < 100_000


def test_a_new_rate_takes_effect_and_is_remembered():
    run = make_run()
    run.advance(n_steps=25)
    run.steer(make_hyperparameters(learning_rate=0.3))
    run.advance(n_steps=25)
    assert run.film.learning_rate[-1] == pytest.approx(0.3)
    assert run.rate_changed_at == 1


def test_edited_weights_are_what_goes_on():
    run = make_run()
    halved = jax.tree.map(lambda leaf: leaf / 2, run.parameters)
    run.edit(halved)
    assert run.edited
    assert np.array_equal(run.parameters[0].weights, halved[0].weights)
    run.advance(n_steps=1)
    moved = run.parameters[0].weights - halved[0].weights
    assert 0 < np.abs(moved).max() < 0.1


def test_a_run_stops_at_the_very_frame_where_its_rule_holds():
    whole, stopped = make_run(), make_run(stop=Stop("train_loss", 0.2))
    whole.train_to(200, n_frames=40, budget=60)
    stopped.train_to(200, n_frames=40, budget=60)
    assert stopped.is_over
    assert "train loss has fallen to 0.2" in stopped.stopped_for
    assert stopped.film.train_loss[-1] <= 0.2 < stopped.film.train_loss[-2]
    frame = list(whole.film.step).index(stopped.step)
    assert np.array_equal(whole.film.train_loss[: frame + 1], stopped.film.train_loss)
    assert int(stopped.state.step) == stopped.step, "the state is that of the last frame"


def test_a_stopped_run_goes_on_as_if_it_had_not_stopped():
    whole, stopped = make_run(), make_run(stop=Stop("steps", 500))
    for run in (whole, stopped):
        run.train_to(40, n_frames=40, budget=60)
    assert stopped.step == 500
    stopped.go_on()
    stopped.train_to(40, n_frames=20, budget=60)
    assert stopped.step == whole.step == 1000
    assert np.array_equal(stopped.parameters[0].weights, whole.parameters[0].weights)


def test_a_fork_goes_on_from_its_frame_with_other_settings():
    run = make_run()
    run.train_to(20, n_frames=4, budget=60)
    fork = run.fork_at(2)
    assert fork.epoch == 10
    faster = make_run(learning_rate=0.3, fork=fork)
    assert faster.epoch == 10
    assert faster.film.train_loss[0] == pytest.approx(run.film.train_loss[2])
    same = make_run(fork=fork)
    same.train_to(20, n_frames=2, budget=60)
    # Plain SGD remembers nothing: the same settings come to the same place.
    assert np.array_equal(same.parameters[0].weights, run.parameters[0].weights)
    faster.train_to(20, n_frames=2, budget=60)
    assert not np.array_equal(faster.parameters[0].weights, run.parameters[0].weights)


def test_a_fork_fits_other_training_but_no_other_network_or_data():
    fork = make_run().fork_at(0)
    for fits, change in [
        (True, {"optimizer": "adam", "batch_size": 30, "dropout": 20, "schedule": "cosine"}),
        (False, {"units_1": 5}),
        (False, {"activation": "relu"}),
        (False, {"seed": 1}),
        (False, {"noise": 10}),
        (False, {"data": "xor"}),
    ]:
        assert fork.fits(settings.run_settings(values_with(**change))[0]) is fits
