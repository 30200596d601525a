"""Kept runs are renamed, hidden, removed and written out as what they recorded."""

import numpy as np
import pytest
from playground_runs import trained_run

from dashboard.playground import kept
from dashboard.playground.view import history_of


def one(name, **changed):
    values = {
        "shown": True,
        "task": "binary",
        "address": "http://here/training_loop",
        "fork": False,
    }
    return kept.Kept(name=name, history=history_of(trained_run()), **values | changed)


RUNS = [one("first"), one("second"), one("third", fork=True)]


@pytest.mark.parametrize(
    ("changes", "gone", "names"),
    [
        ({}, [], ["first", "second", "third"]),
        ({0: {"name": "  slow  "}}, [], ["slow", "second", "third"]),
        ({0: {"name": "second"}, 1: {"name": None}}, [], ["first", "second", "third"]),
        ({2: {"name": "x" * 200}}, [0], ["second", "x" * kept.MAX_NAME]),
        ({}, [0, 1, 2], []),
    ],
)
def test_edits_of_the_table(changes, gone, names):
    assert [run.name for run in kept.edited(RUNS, changes, gone)] == names


def test_a_hidden_run_stays_kept():
    assert [run.shown for run in kept.edited(RUNS, {1: {"shown": False}}, [])] == [
        True,
        False,
        True,
    ]


def test_the_curves_are_what_the_runs_recorded():
    curves = kept.curves(RUNS)
    recorded = history_of(trained_run())
    own = curves[curves["run"] == "second"]
    np.testing.assert_allclose(own["test_loss"], recorded.test_loss, rtol=1e-6)
    np.testing.assert_allclose(own["epochs"], recorded.epochs)
    assert len(curves) == 3 * len(recorded.epochs)


def test_a_fork_has_no_address_in_the_table():
    assert list(kept.table(RUNS)["settings"].notna()) == [True, True, False]


def test_a_run_is_named_after_its_settings():
    assert kept.run_name(trained_run()) == "sgd 0.03, 4-2 tanh"
