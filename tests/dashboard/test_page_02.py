"""Page 02 through the entry point, without a browser."""

import pytest
from reading import formulas, said, warnings

PAGE = "02_single_neuron.py"

LINE, BEYOND = {"neuron_lab": "Draw the line"}, {"neuron_lab": "Beyond one line"}


def test_first_paint_has_the_numbers(open_app):
    app = open_app(PAGE)
    assert "The sum is **0.750**: the step neuron **fires**" in said(app)
    assert "**67.9%** sure" in said(app)
    assert "- 0.20 = 0.750" in formulas(app)
    assert r"\text{step}(z) = 1" in formulas(app)
    assert "= 0.679" in formulas(app)
    assert [m.value for m in app.metric] == ["12,288", "49,152", "4,718,592", "58.0 billion"]


def test_sliders_move_the_numbers_and_the_address(open_app):
    app = open_app(PAGE)
    app.slider(key="b").set_value(-1.0).run()
    assert "The sum is **-0.050**: the step neuron **stays silent**" in said(app)
    app.number_input(key="llm_layers").set_value(1).run()
    assert app.metric[2].value == "49,152"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("AND", "**10 mistakes, then none:** all 4 points are right. The bound allows at most 51."),
        ("OR", "**4 mistakes, then none:** all 4 points are right. The bound allows at most 27."),
        ("XOR", "**No line exists.** The star at (0.5, 0.5)"),
    ],
)
def test_rules(open_app, rule, words):
    assert words in said(open_app(PAGE, rule=rule, **LINE))


def test_xor_is_proved_impossible(open_app):
    app = open_app(PAGE, rule="XOR", **LINE)
    assert "The best line gets **3 of 4** right" in said(app)
    assert "After mistake 3 the rule goes round for ever: every 4 mistakes" in said(app)
    assert r"\gamma" not in formulas(app)


def test_own_points_come_from_the_address(open_app):
    app = open_app(PAGE, rule="Your points", points="0,0:0 1,1:1 0.5,0.5:0", **LINE)
    assert "all 3 points are right" in said(app)
    app.text_input(key="points").set_value("0,0:1 1,1:1 0.5,0.5:0").run()
    assert "The star at (0.5, 0.5)" in said(app)


def test_text_that_cannot_be_read_keeps_the_last_points(open_app):
    app = open_app(PAGE, rule="Your points", points="0,0:0 1,1:1", **LINE)
    app.text_input(key="points").set_value("0,0:0 hello").run()
    assert not app.exception
    assert "A point is written x1,x2:class" in app.error[0].value
    assert "all 2 points are right" in said(app)


def test_text_typed_while_a_rule_is_on_show_opens_the_own_points(open_app):
    app = open_app(PAGE, **LINE)
    app.text_input(key="points").set_value("0,0:0 1,1:1").run()
    assert app.query_params["rule"] == "Your points"
    assert "all 2 points are right" in said(app)


def test_a_random_start_and_the_rate_change_the_path(open_app):
    app = open_app(PAGE, line_start="A random line", **LINE)
    fast = said(app)
    app.slider(key="line_rate").set_value(0.125).run()
    assert "**61 mistakes, then none:**" in said(app)
    assert said(app) != fast


def test_beyond_one_line(open_app):
    app = open_app(PAGE, **BEYOND)
    assert "of 1,000 starts** solve XOR" in said(app)
    assert r"0.5 \cdot (0,\ 1) + 0.5 \cdot (1,\ 0) = (0.5,\ 0.5)" in formulas(app)
    app.selectbox(key="xor_activation").set_value("identity").run()
    assert "**0 of 1,000 starts** solve XOR: 0.0% (95 % interval 0.0% to 0.4%)" in said(app)
    app.selectbox(key="xor_shown").set_value("hand").run()
    assert r"\sigma(z(1, 0)) = \sigma(0.50) = 0.622" in formulas(app)


@pytest.mark.parametrize(
    ("settings", "key", "guess", "answer"),
    [
        ({}, "guess_bias", "1.0", "**Not this time: 0.5.**"),
        (LINE, "guess_xor", "3", "**Yes: 3.**"),
        (LINE | {"rule": "OR"}, "guess_xor", "4", "**Not this time: 3.**"),
        (LINE | {"rule": "XOR"}, "guess_rate", "just as many", "**Yes: just as many.**"),
        (BEYOND, "guess_relu", "more than with tanh", "**Not this time: fewer than with tanh.**"),
    ],
)
def test_a_guess_is_checked_against_the_engine(open_app, settings, key, guess, answer):
    app = open_app(PAGE, **settings)
    assert not app.info
    app.radio(key=key).set_value(guess).run()
    assert answer in app.info[0].value


@pytest.mark.parametrize("lab", ["One neuron", "Draw the line", "Beyond one line"])
def test_the_same_address_gives_the_same_words(open_app, lab):
    first, second = (said(open_app(PAGE, neuron_lab=lab)) for _ in range(2))
    assert first == second
    for part in ("Try this", "In large language models", "The formula", "Predict, then reveal"):
        assert part in [block.value for block in open_app(PAGE, neuron_lab=lab).header]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"w1": "nan"}, "Weight"),
        ({"x2": "1e400"}, "Input"),
        ({"neuron_lab": "Three neurons"}, "Laboratory"),
        ({"rule": "<b>NAND</b>"}, "What to learn"),
        ({"line_rate": "0"}, "Learning rate"),
        ({"points": "0,0:7"}, "The points as text"),
        ({"points": "1,1:1 " * 999}, "The points as text"),
        ({"xor_width": "0"}, "Hidden neurons"),
        ({"xor_steps": "inf"}, "Updates"),
        ({"llm_width": "-5"}, "Width of the model"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_address_is_noted_and_the_defaults_hold(open_app, settings, words):
    app = open_app(PAGE, **settings)
    assert len(app.warning) == 1
    assert words in warnings(app)[0]
    assert "The sum is **0.750**" in said(app)
