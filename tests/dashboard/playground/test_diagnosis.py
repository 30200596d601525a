"""Diagnoses of the playground's run, and the change that is offered against each."""

import numpy as np
import pytest
from playground_runs import trained_run, values_with

from dashboard.playground import diagnosis, settings
from dashboard.playground.cures import cure_for
from nnjax.failures.diagnoses import DIAGNOSES, examine

CASES = (
    {},
    {"activation": "relu", "initializer": "normal", "learning_rate": 10.0, "train_share": 80},
    {"activation": "step", "layers": 0, "epochs": 1000},
    {"activation": "sigmoid", "layers": 6, "regularizer": "l1", "train_share": 90},
    {"activation": "selu", "initializer": "lecun", "learning_rate": 1e-5},
    {"activation": "tanh", "layers": 2, "units_1": 32, "units_2": 32},
)


@pytest.mark.parametrize("changed", CASES, ids=str)
@pytest.mark.parametrize("key", DIAGNOSES)
def test_every_cure_is_a_change_that_the_playground_can_make(key, changed):
    values = values_with(**changed)
    cure = cure_for(key, values)
    rows = {control.key: control for control in settings.CONTROLS}
    for name, value in cure.changes.items():
        assert rows[name].parse(rows[name].write(value)) == value
    after = values | cure.changes
    _, notes = settings.run_settings(after)
    assert not notes
    assert cure.text
    at_an_end = values["learning_rate"] in (settings.RATES[0], settings.RATES[-1])
    assert after != values or at_an_end or values["epochs"] == 1000


def test_a_run_is_examined_frame_by_frame():
    run = trained_run(learning_rate=10.0, epochs=20)
    vitals = diagnosis._vitals(run)
    assert vitals.diverged
    assert len(vitals.units.dead) == len(vitals.epochs) == run.n_frames
    found = [finding for finding in examine(vitals) if finding.holds]
    assert found[0].diagnosis.key == "diverged"
    assert "diagnoses hold" in diagnosis.summary(found, vitals)
    assert "ill above 10 times" in diagnosis.explain(found[0])


def test_an_untrained_or_healthy_run_is_said_to_be_so():
    vitals = diagnosis._vitals(trained_run(learning_rate=10.0, epochs=20))
    assert "went well" in diagnosis.summary([], vitals)
    untrained = vitals._replace(epochs=np.zeros(1))
    assert "not been trained" in diagnosis.summary([], untrained)
