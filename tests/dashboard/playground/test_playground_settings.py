"""The playground's controls: each one means something, and misfits are said."""

import pytest
from playground_runs import values_with

from dashboard.playground import settings
from nnjax.data import DATASETS
from nnjax.training.stopping import STOP_RULES

ONLY_LOOKS = {"epochs", "speed", "show_test", "discrete", "below"}
ENDS_A_RUN = {control.key: control for control in settings.STOP_CONTROLS}


def other_value(control):
    if hasattr(control, "options"):
        return next(option for option in control.options if option != control.default)
    if isinstance(control.default, bool):
        return not control.default
    return control.snap(control.default + control.step)


@pytest.mark.parametrize("control", settings.CONTROLS, ids=lambda control: control.key)
def test_every_control_changes_the_run_or_its_numbers(control):
    if control.key in ONLY_LOOKS:
        pytest.skip("changes how long, how fast or what is shown: see the view and page tests")
    if control.key in ENDS_A_RUN:
        pytest.skip("changes where the run ends: see below")
    base = {"layers": 6, "data": "circle"}
    before = values_with(**base)
    after = before | {control.key: other_value(control)}
    if control.key == "layers":
        after["layers"] = 3
    same_run = settings.run_settings(before)[0] == settings.run_settings(after)[0]
    numbers = [tuple(map(float, settings.hyperparameters(v))) for v in (before, after)]
    assert not same_run or numbers[0] != numbers[1]


@pytest.mark.parametrize("rule", STOP_RULES.values(), ids=lambda rule: rule.key)
def test_every_stop_rule_is_compared_with_its_own_control(rule):
    control = settings.STOP_AT[rule.threshold]
    one, other = (
        settings.stop(values_with(**{"stop_when": rule.key, control.key: value}))
        for value in (control.default, other_value(control))
    )
    assert one.rule == other.rule == rule.key
    assert one.threshold != other.threshold


def test_without_a_stop_rule_nothing_ends_a_run():
    assert settings.stop(values_with()) is None


def test_a_layer_has_its_own_activation_where_it_is_chosen():
    found, _ = settings.run_settings(
        values_with(layers=3, activation="relu", activation_2="sigmoid")
    )
    assert found.config.network.activations == ("relu", "sigmoid", "relu")


@pytest.mark.parametrize("data", DATASETS)
def test_every_data_set_has_a_default_run(data):
    run_settings, notes = settings.run_settings(values_with(data=data))
    assert notes == []
    assert run_settings.config.task == DATASETS[data].task


def test_a_loss_that_does_not_fit_is_replaced_and_said():
    run_settings, notes = settings.run_settings(values_with(data="plane", loss="hinge"))
    assert run_settings.config.loss == "mse"
    assert len(notes) == 1
    assert "Hinge" in notes[0]
    assert "Mean squared error" in notes[0]


def test_no_inputs_at_all_is_one_sentence():
    off = {f"use_{key}": False for key in settings.FEATURES}
    run_settings, notes = settings.run_settings(values_with(**off))
    assert run_settings.features == ("x1", "x2")
    assert len(notes) == 1


def test_learning_rates_are_those_of_the_best_known_playground():
    assert settings.RATES == (1e-5, 1e-4, 1e-3, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
    assert settings.RATE.default == 0.03
    assert settings.RATE.say(1e-5) == "0.00001"
