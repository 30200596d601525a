"""Page 04 through the entry point, without a browser."""

import numpy as np
import pytest
from reading import formulas, metrics, said, warnings

PAGE = "04_layers_and_architecture.py"
COLLAPSE = {"architecture_lab": "Without activations"}
LARGEST = {"build_inputs": "10", "build_outputs": "10", "build_layers": "6"} | {
    f"build_n{i}": "32" for i in range(1, 7)
}


def test_first_paint_has_the_numbers(open_app):
    app = open_app(PAGE)
    assert "**3-4-4-2 has 46 parameters**: 36 weights" in said(app)
    assert r"4\,(3 + 1) + 4\,(4 + 1) + 2\,(4 + 1) = 46" in formulas(app)
    assert r"(6 \cdot 4 + 4) + (8 \cdot 4 + 4) + (8 \cdot 2 + 2) = 82" in formulas(app)
    assert "**3.8 billion networks like yours** have as many parameters as GPT-3" in said(app)
    assert "**The size of GPT-4 is not confirmed**" in said(app)
    table = app.dataframe[0].value
    assert list(table["Shape"]) == ["4 × 3", "4 × 4", "2 × 4", ""]
    assert list(table["Parameters"]) == [16, 20, 10, 46]
    assert list(table["FLOPs"]) == [28, 36, 18, 82]
    assert list(table["Bytes"]) == [64, 80, 40, 184]


def test_the_largest_network(open_app):
    app = open_app(PAGE, **LARGEST)
    assert "**10-32-32-32-32-32-32-10 has 5,962 parameters**: 5,760 weights" in said(app)
    assert "of 5,760 connections**, the strongest into each neuron" in said(app)
    assert len(app.dataframe[0].value) == 8
    app.slider(key="build_layers").set_value(0).run()
    assert "**10-10 has 110 parameters**" in said(app)


def test_a_neuron_tells_its_weights_and_is_let_go_with_its_layer(open_app):
    app = open_app(PAGE, build_neuron="Hidden 2, neuron 3")
    assert "**Hidden 2, neuron 3** adds 4 products and a bias of" in said(app)
    app.slider(key="build_layers").set_value(1).run()
    assert app.selectbox(key="build_neuron").value == "none"
    assert "**3-4-2 has 26 parameters**" in said(app)
    app.selectbox(key="build_neuron").set_value("out.2").run()
    assert "**Output 2** adds 4 products" in said(app)
    app.selectbox(key="build_neuron").set_value("0.1").run()
    assert "**Input 1** has no weights of its own" in said(app)


def test_zero_weights_carry_nothing(open_app):
    app = open_app(PAGE, build_init="Zeros")
    assert "Every weight is 0: no connection carries anything" in said(app)


def test_the_guess_is_checked_by_counting(open_app):
    app = open_app(PAGE)
    app.radio(key="guess_twice_as_wide").set_value("about 8 times").run()
    assert "**Not this time: between 3 and 4 times.**" in app.info[0].value
    assert "from 1,600 to 5,760 weights, 3.6 times" in app.info[0].value
    assert "Yours, 3-4-4-2, would go from 36 to 104, 2.9 times." in app.info[0].value


def test_the_calculator(open_app):
    app = open_app(PAGE)
    assert r"12 \cdot 96 \cdot 12288^2 = 173{,}946{,}175{,}488" in formulas(app)
    assert metrics(app)["With the tokens' vectors"] == "174.6 billion"
    app.number_input(key="build_llm_layers").set_value(48).run()
    assert metrics(app)["With the tokens' vectors"] == "87.6 billion"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"build_inputs": "11"}, "Inputs"),
        ({"build_layers": "7"}, "Hidden layers"),
        ({"build_n1": "0"}, "Neurons in hidden 1"),
        ({"build_a1": "Bumpy"}, "Activation of hidden 1"),
        ({"build_neuron": "Hidden 9"}, "Neuron to look at"),
        ({"build_llm_width": "-5"}, "Width"),
        ({"architecture_lab": "Taller"}, "Laboratory"),
    ],
)
def test_a_bad_address_is_noted_and_the_defaults_hold(open_app, settings, words):
    app = open_app(PAGE, **settings)
    assert len(app.warning) == 1
    assert words in warnings(app)[0]
    assert "**3-4-4-2 has 46 parameters**" in said(app)


def test_the_stack_is_one_matrix(open_app):
    app = open_app(PAGE, **COLLAPSE)
    assert "**46 parameters do the work of 8.**" in said(app)
    off = said(app).split("stack and matrix differ by at most **")[1].split("**")[0]
    assert off.endswith(" × 10⁻⁷")
    assert "With its activations no matrix fits" in said(app)
    assert r"2\,(3 + 1) = 8" in formulas(app)
    app.selectbox(key="build_a1").set_value("identity").run()
    app.selectbox(key="build_a2").set_value("identity").run()
    assert "a matrix still fits output 1" in said(app)


def test_the_entry_is_a_sum_of_products(open_app):
    line = next(f for f in formulas(open_app(PAGE, **COLLAPSE)).splitlines() if "w_{11}" in f)
    *_, terms, total = line.split(" = ")
    products = [
        np.prod([float(f.strip("()")) for f in term.split(r" \cdot ")])
        for term in terms.split(" + ")
    ]
    assert sum(products) == pytest.approx(float(total), abs=0.005)


def test_a_waist_and_a_deep_stack_and_no_hidden_layer(open_app):
    app = open_app(PAGE, build_n2="1", **COLLAPSE)
    assert "Everything passes through a layer of **1**" in said(app)
    app = open_app(PAGE, build_init="Normal (0, 1)", collapse_output="10", **COLLAPSE, **LARGEST)
    assert "**5,962 parameters do the work of 110.**" in said(app)
    app.slider(key="build_layers").set_value(0).run()
    assert not app.exception
    assert "**One layer is one matrix.**" in said(app)
    app.slider(key="build_outputs").set_value(2).run()  # output 10 is gone: the last is shown
    assert not app.exception


def test_outputs_that_never_change(open_app):
    app = open_app(PAGE, build_init="Zeros", **COLLAPSE)
    assert "output 1 is the same for every input" in said(app)


def test_the_guess_about_waste_and_the_thin_matrices(open_app):
    app = open_app(PAGE, **COLLAPSE)
    app.radio(key="guess_collapsed").set_value("330").run()
    assert "**Not this time: 110.**" in app.info[0].value
    assert metrics(app)["Both thin ones"] == "196,608"
    app.number_input(key="collapse_rank").set_value(16).run()
    assert metrics(app)["Both thin ones"] == "393,216"


@pytest.mark.parametrize("lab", ["Build a network", "Without activations"])
def test_every_part_is_there(open_app, lab):
    headings = [block.value for block in open_app(PAGE, architecture_lab=lab).header]
    for part in ("Try this", "In large language models", "The formula", "Predict, then reveal"):
        assert part in headings
