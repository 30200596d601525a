"""One suite for every table of the engine: a complete row, and a run in which it learns."""

import functools
from dataclasses import replace

import jax
import numpy as np
import pytest
from networks_for_tests import allowing_optax, run_of

from nnjax.activations import ACTIVATIONS
from nnjax.backprop import mean_loss
from nnjax.data import DATASETS
from nnjax.initializers import INITIALIZERS
from nnjax.losses import LOSSES
from nnjax.optimizers import OPTIMIZERS
from nnjax.regularizers import REGULARIZERS
from nnjax.schedules import SCHEDULES
from nnjax.sources import SOURCES
from nnjax.training import steps
from nnjax.training.config import make_hyperparameters
from nnjax.training.state import NOT_DIVERGED, init_training

TABLES = {
    "activations": ACTIVATIONS,
    "data sets": DATASETS,
    "initializers": INITIALIZERS,
    "losses": LOSSES,
    "optimizers": OPTIMIZERS,
    "regularizers": REGULARIZERS,
    "schedules": SCHEDULES,
}
ROWS = [(name, row) for name, table in TABLES.items() for row in table.values()]
LOSS_CASES = [(loss.key, task) for loss in LOSSES.values() for task in loss.tasks]
SET_FOR = {"binary": "moons", "multiclass": "iris", "regression": "plane"}


@pytest.mark.parametrize("name", TABLES)
def test_keys_and_labels_are_unique_and_in_place(name):
    table = TABLES[name]
    assert [row.key for row in table.values()] == list(table)
    assert len({row.label for row in table.values()}) == len(table)


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{n}-{r.key}" for n, r in ROWS])
def test_every_row_says_what_a_card_needs(name, row):
    assert row.key.isidentifier()
    assert row.label[0].isupper() or row.label[0].isdigit()
    assert not row.label.endswith((".", "!"))
    note = getattr(row, "note", None) or getattr(row, "how_it_works", "")
    assert len(note) > 10
    assert note.endswith(".")
    assert row.source
    if name != "data sets":
        assert row.source in SOURCES


@functools.partial(jax.jit, static_argnames="config")
def losses_around(config, state, data, hyper, n_steps):
    """Training loss over all rows before and after a run through the real loop."""

    def loss(state):
        return mean_loss(
            config.network, state.parameters, data.inputs, data.targets,
            loss=config.loss, task=config.task,
        )  # fmt: skip

    after = steps.run_steps(config, state, data, hyper, n_steps)
    return loss(state), loss(after), after.diverged_at


def learns(*, rate=0.1, n_steps=300, seed=0, momentum=0.9, pull=1e-4, schedule=0, **settings):
    """Run once, without divergence: the losses before and after."""
    config, data = run_of(**settings)
    hyper = make_hyperparameters(
        learning_rate=rate, momentum=momentum, regularization_rate=pull, schedule=schedule,
        horizon=12,
    )  # fmt: skip
    state = init_training(config, seed=seed)
    # The steps do not know how the weights were drawn: one program serves all initialisers.
    drawn = replace(config, network=replace(config.network, initializer="xavier"))
    with allowing_optax(config.optimizer):
        before, after, diverged_at = losses_around(drawn, state, data, hyper, np.int32(n_steps))
    assert int(diverged_at) == NOT_DIVERGED
    assert np.isfinite(after)
    return float(before), float(after)


def check_falls(share=0.7, **settings):
    before, after = learns(**settings)
    assert after < share * before


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer_learns_at_the_rate_it_begins_with(key):
    check_falls(optimizer=key, rate=OPTIMIZERS[key].learning_rate, n_steps=500)


@pytest.mark.parametrize("key", SCHEDULES)
def test_every_schedule_learns(key):
    schedules = tuple(SCHEDULES)
    check_falls(schedules=schedules, schedule=schedules.index(key))


@pytest.mark.parametrize("key", REGULARIZERS)
def test_every_regularizer_learns(key):
    check_falls(regularizer=key)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_every_activation_learns(key):
    # Hidden steps pass no gradient back: only the output layer learns, so it gets more to work on.
    check_falls(dataset="moons", hidden=(8,), activation=key)


@pytest.mark.parametrize("key", [key for key in INITIALIZERS if key != "zeros"])
def test_every_initializer_but_zeros_learns(key):
    check_falls(initializer=key, n_steps=900)


def test_zeros_never_break_the_symmetry():
    # With tanh every unit stays at 0 but the output's bias: the loss stays that of a guess.
    before, after = learns(initializer="zeros")
    assert before == pytest.approx(np.log(2), rel=1e-5)
    assert after == pytest.approx(before, rel=0.02)


@pytest.mark.parametrize(("loss", "task"), LOSS_CASES, ids=str)
def test_every_loss_learns_in_every_task_it_names(loss, task):
    check_falls(dataset=SET_FOR[task], loss=loss)


@pytest.mark.parametrize("key", DATASETS)
def test_every_data_set_is_learnt(key):
    hidden, share = ((8,), 0.95) if key == "spiral" else ((8,), 0.7)
    check_falls(dataset=key, hidden=hidden, optimizer="adam", rate=0.01, share=share)
