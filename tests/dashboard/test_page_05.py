"""Page 05 through the entry point, without a browser."""

import pytest
from reading import formulas, said

PAGE = "05_forward_propagation.py"

DIGITS, LENS = {"forward_lab": "Real inputs"}, {"forward_lab": "The lens"}


def test_first_paint_has_the_numbers(open_app):
    app = open_app(PAGE)
    assert "**Step 4 of 9, hidden 2.** Each of 2 neurons multiplies the 3 numbers" in said(app)
    assert r"0.59 \cdot 0.291 + 0.50 \cdot 0.272 + 0.39 \cdot 0.000 - 0.11 = 0.198" in formulas(app)
    assert r"\max(0,\ 0.198) = 0.198" in formulas(app)
    assert "The network has 20 parameters" in said(app)
    values = [metric.value for metric in app.metric]
    assert values == ["5.7 × 10¹⁴", "14.5% of the peak", "181 ms", "140 GB", "17.5 GB"]


def test_the_last_step_is_the_prediction(open_app):
    app = open_app(PAGE, forward_step="9", forward_neuron="The output")
    assert "The sigmoid turns the sum 0.653 into the **prediction 0.658**." in said(app)
    assert r"p = \sigma(0.653)" in formulas(app)
    app.slider(key="forward_x1").set_value(-2.0).run()
    assert "The sigmoid turns the sum 0.653" not in said(app)


def test_the_step_and_the_neuron_follow_the_network(open_app):
    app = open_app(PAGE, forward_step="9", forward_neuron="Hidden 2, neuron 2")
    app.slider(key="forward_layers").set_value(1).run()
    assert app.slider(key="forward_step").value == 6
    assert "**Step 6 of 6, output.**" in said(app)
    assert "**the output**" in said(app)
    app.slider(key="forward_layers").set_value(3).run()
    assert app.slider(key="forward_step").value == 6
    assert "**Step 6 of 12, hidden 2.**" in said(app)


def test_an_address_of_the_largest_network(open_app):
    widths = {f"forward_n{i}": "6" for i in (1, 2, 3)}
    app = open_app(PAGE, 
        forward_inputs="4", forward_layers="3", forward_step="12",
        forward_neuron="Hidden 3, neuron 6", forward_activation="Tanh", **widths,
    )  # fmt: skip
    assert "**Step 12 of 12, output.**" in said(app)
    assert "**hidden 3, neuron 6**" in said(app)
    assert "The network has 121 parameters" in said(app)  # 4·6+6 + 6·6+6 + 6·6+6 + 6+1


def test_an_address_of_a_step_and_a_neuron_that_are_not_there(open_app):
    app = open_app(PAGE, forward_layers="0", forward_step="12", forward_neuron="Hidden 3, neuron 6")
    assert "**Step 3 of 3, output.**" in said(app)
    assert "**the output**" in said(app)


def test_zero_weights_give_every_input_the_same(open_app):
    app = open_app(PAGE, forward_init="Zeros", forward_step="9")
    before = said(app).split("prediction ")[1][:5]
    app.slider(key="forward_x1").set_value(2.0).run()
    assert said(app).split("prediction ")[1][:5] == before


def test_the_guess_is_checked_against_the_engine(open_app):
    app = open_app(PAGE)
    assert not app.info
    app.radio(key="guess_double").set_value("it doubles too").run()
    assert "**Not this time: it changes by another factor.**" in app.info[0].value


def test_the_calculator(open_app):
    app = open_app(PAGE)
    app.number_input(key="forward_llm_ms").set_value(50.0).run()
    assert app.metric[1].value == "145.0% of the peak"
    assert "no such machine can be that fast" in said(app)
    app.number_input(key="forward_llm_parameters").set_value(7.0).run()
    assert app.metric[0].value == "5.7 × 10¹³"
    assert app.metric[3].value == "14 GB"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"forward_x1": "nan"}, "Input"),
        ({"forward_layers": "9"}, "Hidden layers"),
        ({"forward_step": "-1"}, "Step"),
        ({"forward_neuron": "Hidden 9"}, "Neuron to explain"),
        ({"forward_llm_gpus": "0"}, "GPUs"),
        ({"forward_lab": "Backwards"}, "Laboratory"),
    ],
)
def test_a_bad_address_is_noted_and_the_defaults_hold(open_app, settings, words):
    app = open_app(PAGE, **settings)
    assert len(app.warning) == 1
    assert words in app.warning[0].value.replace("\\", "")
    assert "**Step 4 of 9, hidden 2.**" in said(app)


def test_real_inputs(open_app):
    app = open_app(PAGE, **DIGITS)
    assert "The largest says **1**, and that is **right**" in said(app)
    assert "| **Read right, unseen** | **9" in said(app)
    assert "**1 marked × is read wrong**" in said(app)
    assert r"2 \cdot 32 \cdot 64 \cdot 32 + 2 \cdot 32 \cdot 32 \cdot 10 = 151{,}552" in formulas(
        app
    )
    app.slider(key="forward_digit").set_value(538).run()
    assert "The largest says **7**" in said(app)


def test_too_few_neurons_read_few_digits(open_app):
    app = open_app(PAGE, forward_hidden="2", **DIGITS)
    assert "| Parameters | 160 |" in said(app)  # 64·2+2 + 2·10+10
    app.radio(key="guess_two_neurons").set_value("nearly all").run()
    assert "**Not this time: about half.**" in app.info[0].value


def test_every_unseen_digit_can_be_chosen():
    from dashboard.forward.real_inputs import N_UNSEEN
    from nnjax.data import DATASETS
    from nnjax.digit_reader import TRAIN_SHARE

    n = DATASETS["digits"].n_points
    assert n - round(n * TRAIN_SHARE) == N_UNSEEN


def test_the_lens(open_app):
    app = open_app(PAGE, **LENS)
    assert "| Parameters | 20 | – |" in said(app)
    assert "| Multiplications and additions | 34 |" in said(app)
    assert r"(2 \cdot 2 \cdot 3 + 3) + (2 \cdot 3 \cdot 2 + 2) + (2 \cdot 2 \cdot 1 + 1) = 34" in (
        formulas(app)
    )
    assert "dot_general" in app.code[1].value
    assert app.code[2].value.startswith("HloModule")
    before = said(app)
    app.button[0].click().run()
    assert not app.exception
    assert said(app) != before
    app.slider(key="forward_layers").set_value(0).run()
    assert "| Parameters | 3 | – |" in said(app)


def test_the_lens_on_many_digits(open_app):
    app = open_app(PAGE, forward_which="The digits' network", forward_batch_size="32", **LENS)
    assert "| Parameters | 2,410 | – |" in said(app)
    assert "| Multiplications and additions | 152,896 |" in said(app)


@pytest.mark.parametrize("lab", ["Step by step", "Real inputs", "The lens"])
def test_every_laboratory_has_every_part(open_app, lab):
    headings = [block.value for block in open_app(PAGE, forward_lab=lab).header]
    for part in ("Try this", "In large language models", "The formula", "Predict, then reveal"):
        assert part in headings
