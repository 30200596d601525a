"""Page 03 through the entry point, without a browser."""

import pytest
from reading import formulas, said

from nnjax.activations import ACTIVATIONS

PAGE = "03_activation_functions.py"


def test_first_paint_has_the_numbers(open_app):
    app = open_app(PAGE)
    assert "At 0.50, ReLU gives **0.500**" in said(app)
    assert "| **ReLU** | **0.500** | **1.000** |" in said(app)
    assert "| Sigmoid | 0.622 | 0.235 |" in said(app)
    assert r"\max(0,\ 0.50) = 0.500" in formulas(app)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_every_activation_has_its_card(open_app, key):
    row = ACTIVATIONS[key]
    app = open_app(PAGE, focus=row.label, x="-1.25")
    words = said(app)
    assert f"At -1.25, {row.label} gives" in words
    assert row.how_it_works in words
    assert row.used_in in words
    assert all(f"- {text}" in words for text in (*row.strengths, *row.weaknesses))
    assert f"{row.label}, {row.year}" in [block.value for block in app.header]
    assert row.formula_at("-1.25") in formulas(app)


def test_the_slider_and_the_pills_move_the_numbers(open_app):
    app = open_app(PAGE)
    app.slider(key="x").set_value(-2.0).run()
    assert "At -2.00, ReLU gives **0.000**" in said(app)
    assert "no gradient passes back" in said(app)
    app.pills(key="show").set_value(["tanh", "elu"]).run()
    assert "| Tanh | -0.964 | 0.071 |" in said(app)
    assert "Sigmoid |" not in said(app)
    assert app.query_params["show"] == "tanh,elu"
    app.pills(key="show").set_value(["sigmoid", "relu", "gelu"]).run()
    assert "show" not in app.query_params  # the default needs no mention


def test_the_same_address_gives_the_same_numbers(open_app):
    settings = {"show": "mish,silu", "focus": "Mish", "x": "1.3"}
    first, second = (open_app(PAGE, **settings) for _ in range(2))
    assert said(first) == said(second)
    assert "| **Mish** |" in said(first)
    assert "| SiLU (swish) |" in said(first)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"x": "nan"}, "The sum x"),
        ({"x": "1e400"}, "The sum x"),
        ({"show": "relu,foo"}, "On the chart"),
        ({"focus": "<b>relu</b>"}, "Hold a point on"),
        ({"activation_lab": "race;drop"}, "Laboratory"),
        ({"depth": "0"}, "Layers"),
        ({"dead_rate": "-1"}, "Learning rate"),
        ({"d_model": "0"}, "Width of the model"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_address_is_noted_and_the_defaults_hold(open_app, settings, words):
    app = open_app(PAGE, **settings)
    assert len(app.warning) == 1
    assert words in app.warning[0].value.replace("\\", "")
    assert "At 0.50, ReLU gives **0.500**" in said(app)


def test_which_is_steeper_is_checked_by_the_engine(open_app):
    app = open_app(PAGE)
    assert not app.info
    app.radio(key="guess_steeper").set_value("Sigmoid").run()
    assert app.info[0].value.startswith("**Not this time: Tanh.**")
    assert "1.000 for tanh and 0.250 for sigmoid" in app.info[0].value
    app.radio(key="guess_steeper").set_value("Tanh").run()
    assert app.info[0].value.startswith("**Yes: Tanh.**")


def test_only_the_open_laboratory_computes(open_app):
    app = open_app(PAGE)
    assert not [widget for widget in app.select_slider if widget.key == "race_rate"]
    app.segmented_control(key="activation_lab").set_value("vectors").run()
    assert not [widget for widget in app.slider if widget.key == "x"]


def test_softmax_shares_and_their_indifference_to_a_shift(open_app):
    app = open_app(PAGE, activation_lab="Whole vectors")
    assert "= 0.659" in formulas(app)
    assert "p_2 = 0.242" in formulas(app)
    app.slider(key="shift").set_value(3.0).run()
    assert "e^{5.0}" in formulas(app)
    assert "= 0.659" in formulas(app)
    app.radio(key="guess_shift").set_value("They stay the same").run()
    assert app.info[0].value.startswith("**Yes")


def test_a_shut_gate_lets_nothing_through(open_app):
    app = open_app(PAGE, activation_lab="Whole vectors", vector="SwiGLU")
    assert "**0.731** times the value through: **1.462**" in said(app)
    app.slider(key="gate").set_value(0.0).run()
    assert "**0.000** times the value through: **0.000**" in said(app)


def test_a_sigmoid_loses_the_gradient_that_tanh_keeps(open_app):
    app = open_app(PAGE, activation_lab="Signals in depth", carry="sigmoid,tanh")
    assert "Tanh stays closer to 1 in **32 of 32** seeds" in said(app)
    assert "| Tanh | 0.15 | 0.19 |" in said(app)
    app.slider(key="depth").set_value(3).run()
    assert "at the first of 3" in said(app)


def test_weights_for_relu(open_app):
    app = open_app(PAGE, activation_lab="Signals in depth", carry="relu")
    app.radio(key="guess_he").set_value("It grows at least tenfold").run()
    assert app.info[0].value.startswith("**Yes")


def test_dead_units_by_rate(open_app):
    app = open_app(PAGE, activation_lab="Dead units", dead_rate="5")
    assert "13 rates, 16 seeds each" in app.caption[0].value
    assert "At a rate of **5**" in said(app)
    share = int(said(app).split("At a rate of **5**, **")[1].split("%")[0])
    assert share > 40
    app.select_slider(key="dead_rate").set_value(0.1).run()
    share = int(said(app).split("At a rate of **0.1**, **")[1].split("%")[0])
    assert share < 10
    app.radio(key="guess_dead").set_value("In none").run()
    assert app.info


def test_the_race_finishes_and_holds_the_step_back_until_it_is_guessed(open_app):
    app = open_app(PAGE, activation_lab="Race", runners="step,sigmoid,relu")
    assert "3 activations, 16 seeds each, 60 epochs" in app.caption[0].value
    assert not [button for button in app.button if button.label == "Stop"]
    standings = app.table[0].value
    assert list(standings["activation"]) == ["ReLU", "Sigmoid"]
    assert list(standings["below 0.1"]) == ["16 of 16", "0 of 16"]
    assert "ReLU ends below Sigmoid in **16 of 16** seeds" in said(app)
    app.radio(key="guess_step").set_value("It does not move").run()
    assert app.info[0].value.startswith("**Not this time: It falls a little, then stalls.**")
    assert "Step" in list(app.table[0].value["activation"])


def test_the_calculator_knows_llama(open_app):
    app = open_app(PAGE)
    assert "| inner width | 16,384 | 11,008 |" in said(app)
    app.select_slider(key="d_model").set_value(768).run()
    assert "**4.7 M**" in said(app)
