"""The two drawings of page 01: they follow the neuron, and a click finds the part it meant."""

import jax
import numpy as np
import pytest

from dashboard.biology.parts import PARTS, values
from dashboard.charts import two_neurons as charts
from dashboard.theme import LIGHT, PALETTES
from dashboard.wire import figure_json
from nnjax.neurons import neuron_trace

INPUTS, WEIGHTS, BIAS = (1.0, 0.5, 0.8), (0.7, -0.3, 0.5), -0.2


def neuron(inputs=INPUTS, weights=WEIGHTS, bias=BIAS, bend="step", picked="body"):
    arrays = [np.asarray(value, np.float32) for value in (inputs, weights, bias)]
    trace = jax.device_get(neuron_trace(*arrays))
    held = values(inputs, weights, bias, trace, bend)[picked]
    return charts.Neuron(inputs, weights, bias, trace, bend, picked, held)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("picked", PARTS)
@pytest.mark.parametrize("bend", ["step", "sigmoid"])
def test_drawings_never_raise_and_light_both_partners(palette, picked, bend):
    shown = neuron(picked=picked, bend=bend)
    for plot in (charts.plot_nerve_cell, charts.plot_artificial_neuron):
        figure = plot(shown, palette)
        lit = [note.text for note in figure.layout.annotations if note.bgcolor == palette.highlight]
        assert f"<b>{shown.value}</b>" in lit
        assert len(lit) >= 2  # the value and the part's name
        assert figure_json(figure)


def test_values_are_those_of_page_02():
    trace = neuron().trace
    step = values(INPUTS, WEIGHTS, BIAS, trace, "step")
    assert step["body"] == "0.70 - 0.15 + 0.40 - 0.20 = 0.750"
    assert step["hillock"] == "0.750 is above 0"
    assert step["terminals"] == "fires: 1"
    soft = values(INPUTS, WEIGHTS, BIAS, trace, "sigmoid")
    assert soft["hillock"] == "sigmoid(0.750) = 0.679"
    assert soft["terminals"] == "0.679"


def test_a_silent_neuron_says_so():
    assert neuron(bias=-2.0, picked="terminals").value == "silent: 0"
    assert neuron(inputs=(0.0,) * 3, bias=0.0, picked="hillock").value == "0.000 is not above 0"


@pytest.mark.parametrize("places", [charts.CELL_PLACES, charts.MODEL_PLACES])
@pytest.mark.parametrize("key", PARTS)
def test_a_click_on_a_part_or_its_name_means_that_part(places, key):
    for x, y in places[key]:
        assert charts.nearest_part(places, x + 0.1, y - 0.1) == key
    names = charts._CELL_NAMES if places is charts.CELL_PLACES else charts._MODEL_NAMES
    assert charts.nearest_part(places, names[key][0], charts._NAMES_Y) == key


def test_a_weight_changes_the_drawing():
    before, after = (
        charts.plot_nerve_cell(neuron(weights=(w, -0.3, 0.5)), LIGHT) for w in (0.7, -1.4)
    )
    bulbs = [figure.data[-2].marker for figure in (before, after)]
    assert bulbs[0].symbol[0] == "circle"
    assert bulbs[1].symbol[0] == "square"
    assert bulbs[1].size[0] > bulbs[0].size[0]
