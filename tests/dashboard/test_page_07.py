"""Page 07 through the entry point, without a browser."""

import math
import re

import pytest
from reading import formulas, said

PAGE = "07_backpropagation.py"


def lines(app):
    """Return the page's formulas, one by one."""
    return [block.value.strip("$\n") for block in app.latex]


def test_the_first_paint_has_every_factor(open_app):
    app = open_app(PAGE)
    assert "**Step 8 of 9, hidden 1.** 6 gradients in one product" in said(app)
    error, _, line, *_ = lines(app)
    assert error.endswith(r"p - y \;=\; 0.2420 - 1 = -0.7580")
    product, result = line[2:].split(" = ")
    numbers = [float(text.strip("()")) for text in product.split(r" \cdot ")]
    assert len(numbers) == 4  # from the cache: error, weight, slope, input
    assert numbers[0] * numbers[1] * numbers[2] * numbers[3] == pytest.approx(
        float(result), abs=2e-4
    )
    logit = float(said(app).split("| Output | ")[1].split(" | ")[0])
    assert 1 / (1 + math.exp(-logit)) == pytest.approx(0.2420, abs=1e-4)
    assert [metric.value for metric in app.metric] == [
        "1.1 × 10²³", "2.1 × 10²³", "3.2 × 10²³", "275 GB", "4.83 GB",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pick", "expected"),
    [
        ("Output, bias", r"= (-0.7580) = -0.7580"),
        ("Hidden 1, neuron 2, bias", r"\frac{\partial L}{\partial b_{2}^{(1)}}"),
    ],
)
def test_biases_have_their_chain_too(open_app, pick, expected):
    app = open_app(PAGE, backward_pick=pick)
    assert expected in formulas(app)
    assert f"**{pick.lower()}**" in said(app)


@pytest.mark.parametrize(
    ("task", "loss"),
    [
        ("Yes or no", "Mean squared error"),
        ("Yes or no", "Mean absolute error"),
        ("Yes or no", "Huber"),
        ("Yes or no", "Hinge"),
        ("A number", "Mean squared error"),
        ("A number", "Huber"),
    ],
)
def test_the_error_of_every_loss_is_the_number_it_says(open_app, task, loss):
    key = "binary" if task == "Yes or no" else "regression"
    settings = {
        "backward_task": task,
        f"backward_loss_{key}": loss,
        "backward_pick": "Output, bias",
    }
    shown = lines(open_app(PAGE, **settings))
    error, bias = (re.findall(r"-?\d+\.\d+", line)[-1] for line in (shown[0], shown[2]))
    assert error == bias
    if "squared" in loss:
        p = float(re.search(r"2 \\cdot \((-?[\d.]+) - 1\)", shown[0]).group(1))
        slope = p * (1 - p) if key == "binary" else 1
        assert float(error) == pytest.approx(2 * (p - 1) * slope, abs=2e-4)


def test_one_update_says_what_was_promised_and_what_came(open_app):
    app = open_app(PAGE)
    assert "**-1.0376**. What really happens is **-0.8037**" in said(app)
    app.select_slider(key="backward_rate").set_value(0.1).run()
    assert "half the rate would leave a quarter of it" in said(app)
    app.select_slider(key="backward_rate").set_value(20.0).run()
    assert "**The loss goes up.**" in said(app)


def test_step_and_pick_follow_the_network(open_app):
    app = open_app(PAGE, backward_step="9", backward_pick="Hidden 1, neuron 3, weight 2")
    assert "The loss falls from 1.4190" in said(app)
    app.slider(key="backward_layers").set_value(0).run()
    assert "**Step 5 of 5, update.**" in said(app)
    assert "**output, bias**" in said(app)
    app.slider(key="backward_inputs").set_value(4).run()
    assert not app.exception


def test_shut_units_and_zero_weights_say_why_nothing_passes(open_app):
    app = open_app(PAGE, backward_activation="Step", backward_step="7")
    assert "The slope of Step is 0 at 3 of 3: **nothing passes there**" in said(app)
    app = open_app(PAGE, backward_init="Zeros")
    assert r"\cdot 0.00 \cdot" in formulas(app)
    assert "= 0.0000" in formulas(app)


def test_the_guess_is_checked_against_the_engine(open_app):
    app = open_app(PAGE)
    assert not app.info
    app.radio(key="guess_zero_output").set_value("All of them").run()
    assert "**Not this time: Only those into the output.**" in app.info[0].value


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"backward_x1": "inf"}, "Input"),
        ({"backward_rate": "7"}, "Learning rate"),
        ({"backward_pick": "Hidden 9"}, "Weight or bias"),
        ({"backward_lab": "Sideways"}, "Laboratory"),
    ],
)
def test_a_bad_address_is_noted_and_the_defaults_hold(open_app, settings, words):
    app = open_app(PAGE, **settings)
    assert len(app.warning) == 1
    assert words in app.warning[0].value.replace("\\", "")
    assert "**Step 8 of 9, hidden 1.**" in said(app)


WITNESSES = {"backward_lab": "Three witnesses"}


def test_three_witnesses_agree_and_a_spoiled_rule_turns_the_light_red(open_app):
    app = open_app(PAGE, **WITNESSES)
    assert "**✓ They agree.**" in app.success[0].value
    assert "is best at $h$ = **" in said(app)
    assert "| Output, bias | -0.75" in said(app)
    app.selectbox(key="backward_mistake").set_value("slope").run()
    assert not app.success
    assert "**✗ They disagree: the rule by hand is wrong.**" in app.error[0].value


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"backward_h": "1e-07"}, "differ by little more than rounding"),
        ({"backward_h": "1"}, "no straight line between the two ends"),
        ({"backward_h": "1", "backward_activation": "ReLU"}, "across the corner of ReLU"),
    ],
)
def test_a_difference_that_is_off_says_why(open_app, settings, words):
    app = open_app(PAGE, **WITNESSES, **settings)
    assert "**✗ They disagree: the difference is off.**" in app.error[0].value
    assert words in app.error[0].value


def test_in_float64_and_with_steps(open_app):
    app = open_app(PAGE, backward_float="float64", backward_h="1e-05", **WITNESSES)
    assert "**✓ They agree.**" in app.success[0].value
    app.radio(key="guess_float64_step").set_value("About where it was").run()
    assert "**Not this time: At a step hundreds of times smaller.**" in app.info[0].value
    app = open_app(PAGE, backward_activation="Step", **WITNESSES)
    assert "**Step has slope 0 wherever it has one.**" in said(app)


DEEP = {"backward_lab": "Vanishing and exploding"}


def test_a_broken_network_vanishes_and_four_cures_bring_the_gradient_back(open_app):
    app = open_app(PAGE, **DEEP)
    assert "It has **vanished**" in said(app)
    for cure in ("relu", "careful", "skip", "norm"):
        app.toggle(key=f"backward_{cure}").set_value(True)
    app.run()
    assert "It **arrives**" in said(app)
    assert r"(1 + \chi)" in formulas(app)
    app.toggle(key="backward_norm").set_value(False).run()
    assert "It has **exploded**" in said(app)
    assert "grows as the signal does" in said(app)
    app.slider(key="backward_depth").set_value(2).run()
    assert not app.exception


def test_skips_alone_explode(open_app):
    app = open_app(PAGE, **DEEP)
    app.radio(key="guess_skip_alone").set_value("It shrinks").run()
    assert "**Not this time: It grows a thousandfold or more.**" in app.info[0].value


def test_why_it_scaled(open_app):
    app = open_app(PAGE, backward_lab="Why it scaled", backward_widest="8 units, 153 weights")
    while "153** gradients" not in said(app):
        app.run()
    assert "times as fast** on this machine" in said(app)
    assert r"(153 + 1) \cdot 1.2 \cdot 10^{4}" in formulas(app)
    assert [metric.value for metric in app.metric] == ["300 ms", "555 years"]
    app.radio(key="guess_ratio").set_value("It stays about the same").run()
    assert "**Not this time: About a hundredfold.**" in app.info[0].value


@pytest.mark.parametrize(
    "lab", ["Step backwards", "Three witnesses", "Vanishing and exploding", "Why it scaled"]
)
def test_every_laboratory_has_every_part(open_app, lab):
    app = open_app(PAGE, backward_lab=lab, backward_widest="8 units, 153 weights")
    headings = [block.value for block in app.header]
    for part in ("Try this", "In large language models", "The formula", "Predict, then reveal"):
        assert part in headings
