"""What a slider moves is traced: another value runs the program that is already there."""

import numpy as np
import pytest
from networks_for_tests import run_of

from nnjax.data import DATASETS, prepare_dataset
from nnjax.sweeps import sweep
from nnjax.training.chunks import still_frame, train_epochs, train_steps
from nnjax.training.config import make_hyperparameters
from nnjax.training.state import edit_parameters, init_training

BASE = {"learning_rate": 0.03, "momentum": 0.9, "regularization_rate": 0.0, "horizon": 200}
MOVES = [
    {"learning_rate": 3},
    {"learning_rate": np.float64(1e-5)},
    {"momentum": 0.5},
    {"momentum": 0},
    {"regularization_rate": 0.1},
    {"schedule": 1},
    {"horizon": 17},
]


@pytest.fixture
def warm():
    """A run whose programs exist: every choice that could depend on a slider is in it."""
    # For one test, not for the module: jax compiles again under other rules of promotion.
    config, data = run_of(
        "circle", optimizer="momentum", schedules=("cosine", "step"), regularizer="l2"
    )
    hyper = make_hyperparameters(**BASE)
    state = init_training(config, seed=0)
    state, _ = train_steps(config, state, data, hyper, n_steps=5, n_frames=2)
    still_frame(config, state, data, hyper)
    return config, data, state


@pytest.mark.parametrize("move", MOVES, ids=str)
def test_moving_a_hyperparameter_compiles_nothing(warm, move, compilations):
    config, data, state = warm
    with compilations() as count:
        hyper = make_hyperparameters(**(BASE | move))
        after, _ = train_steps(config, state, data, hyper, n_steps=5, n_frames=2)
        still_frame(config, after, data, hyper)
    assert count() == 0


@pytest.mark.parametrize(("n_steps", "n_frames"), [(1, 1), (5, 10), (1000, 3)])
def test_another_number_of_steps_or_frames_compiles_nothing(warm, n_steps, n_frames, compilations):
    config, data, state = warm
    with compilations() as count:
        hyper = make_hyperparameters(**BASE)
        train_steps(config, state, data, hyper, n_steps=n_steps, n_frames=n_frames)
        train_epochs(config, state, data, hyper, n_epochs=2, n_frames=n_frames)
    assert count() == 0


@pytest.mark.parametrize(
    "change", [{"noise": 25.0}, {"seed": 9}, {"train_share": 0.8}, {"train_share": 0.1}], ids=str
)
def test_other_noise_seed_or_train_share_compiles_nothing(warm, change, compilations):
    config, _, state = warm
    with compilations() as count:
        data = prepare_dataset(DATASETS["circle"], **change)
        train_steps(config, state, data, make_hyperparameters(**BASE), n_steps=5)
    assert count() == 0


def test_a_new_seed_and_an_edited_weight_compile_nothing(warm, compilations):
    config, data, state = warm
    with compilations() as count:
        hyper = make_hyperparameters(**BASE)
        fresh = init_training(config, seed=123)
        state, _ = train_steps(config, fresh, data, hyper, n_steps=5)
        layers = [layer._replace(bias=np.asarray(layer.bias) + 1) for layer in state.parameters]
        train_steps(config, edit_parameters(state, tuple(layers)), data, hyper, n_steps=5)
    assert count() == 0


def test_another_optimizer_does_compile(warm, compilations):
    config, data = run_of("circle", optimizer="sgd", schedules=("cosine", "step"), regularizer="l2")
    with compilations() as count:
        state = init_training(config, seed=0)
        train_steps(config, state, data, make_hyperparameters(**BASE), n_steps=5)
    assert count() > 0  # the counter counts


def test_a_sweep_of_other_rates_and_seeds_compiles_nothing(compilations):
    config, data = run_of("circle", hidden=(3,))
    hyper = make_hyperparameters(**BASE)
    rates = np.array([0.1, 0.2, 0.3], np.float32)
    sweep(config, data, hyper._replace(learning_rate=rates), seeds=[0, 1, 2],
          steps_per_frame=4, n_frames=1)  # fmt: skip
    with compilations() as count:
        sweep(config, data, hyper._replace(learning_rate=rates * 2), seeds=[7, 8, 9],
              steps_per_frame=9, n_frames=1)  # fmt: skip
    assert count() == 0
