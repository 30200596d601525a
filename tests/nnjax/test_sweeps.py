import jax
import jax.numpy as jnp
import numpy as np
import pytest
from networks_for_tests import run_of

from nnjax.sweeps import sweep
from nnjax.training.chunks import still_frame, train_steps
from nnjax.training.config import make_hyperparameters
from nnjax.training.state import NOT_DIVERGED, init_training

# Short sums, and sums in blocks; 3 runs do not divide by 2 devices.
SHAPES = [(4, 2), (20,)]
RATES = np.array([0.003, 0.03, 0.3], np.float32)
SEEDS = [5, 6, 7]


def single_run(config, data, *, rate, seed, n_steps, n_frames):
    """What `sweep` must return for one run: snapshots from the untrained network on, and where."""
    hyper = make_hyperparameters(learning_rate=rate)
    state = init_training(config, seed=seed)
    first = still_frame(config, state, data, hyper)
    state, film = train_steps(config, state, data, hyper, n_steps=n_steps, n_frames=n_frames)
    joined = jax.tree.map(lambda one, rest: np.concatenate([one, rest]), first, film)
    return joined._replace(parameters=()), int(state.diverged_at)


def test_the_tests_run_on_two_devices():
    assert jax.device_count() == 2


@pytest.mark.parametrize("hidden", SHAPES, ids=str)
def test_a_sweep_is_its_single_runs(hidden):
    config, data = run_of("circle", hidden=hidden)
    hyper = make_hyperparameters(learning_rate=0.0)._replace(learning_rate=RATES)
    films, diverged_at = sweep(config, data, hyper, seeds=SEEDS, steps_per_frame=20, n_frames=3)
    assert films.step.shape == (3, 4)
    np.testing.assert_array_equal(films.step[0], [0, 20, 40, 60])
    for run, (rate, seed) in enumerate(zip(RATES, SEEDS, strict=True)):
        film, diverged = single_run(config, data, rate=rate, seed=seed, n_steps=20, n_frames=3)
        assert diverged_at[run] == diverged == NOT_DIVERGED
        for found, expected in zip(jax.tree.leaves(films), jax.tree.leaves(film), strict=True):
            np.testing.assert_allclose(found[run], expected, rtol=2e-3, atol=2e-4)


@pytest.mark.parametrize("n_runs", [1, 5])
def test_any_number_of_runs_on_any_number_of_devices(n_runs):
    config, data = run_of("circle", hidden=(4, 2))
    hyper = make_hyperparameters(learning_rate=0.03)
    films, diverged_at = sweep(
        config, data, hyper, seeds=np.arange(n_runs), steps_per_frame=50, n_frames=1
    )
    assert diverged_at.shape == (n_runs,)
    assert films.test_loss.shape == (n_runs, 2)
    assert len(set(films.test_loss[:, -1].tolist())) == n_runs  # each seed its own run
    assert (films.test_loss[:, -1] < films.test_loss[:, 0]).all()


def test_runs_that_diverge_are_named_and_spoil_no_other():
    config, data = run_of("plane", hidden=(4, 2))
    rates = np.array([0.01, 30.0, 0.01], np.float32)
    hyper = make_hyperparameters(learning_rate=0.0)._replace(learning_rate=rates)
    films, diverged_at = sweep(config, data, hyper, seeds=[1, 1, 1], steps_per_frame=40, n_frames=2)
    assert diverged_at[0] == diverged_at[2] == NOT_DIVERGED
    assert 1 <= diverged_at[1] < 40
    np.testing.assert_array_equal(films.train_loss[0], films.train_loss[2])
    assert np.isfinite(films.train_loss[0]).all()


def test_one_value_of_a_hyperparameter_serves_all_runs():
    config, data = run_of("circle", hidden=(4, 2))
    one = make_hyperparameters(learning_rate=0.03)
    many = one._replace(learning_rate=jnp.full(3, 0.03))
    found, _ = sweep(config, data, one, seeds=SEEDS, steps_per_frame=30, n_frames=1)
    expected, _ = sweep(config, data, many, seeds=SEEDS, steps_per_frame=30, n_frames=1)
    np.testing.assert_array_equal(found.train_loss, expected.train_loss)
