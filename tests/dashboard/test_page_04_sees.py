"""Page 04, "What each layer sees", through the entry point."""

import re

import numpy as np
from reading import formulas, metrics, said, warnings

from dashboard.architecture import bending_words as words

PAGE = "04_layers_and_architecture.py"
LAB = {"architecture_lab": "sees", "sees_epochs": "50"}


def shares(app):
    """Return the share of test points that one cut gets right: in the inputs, at the end."""
    found = re.search(r"inputs gets \*\*(.+?)%\*\* .*? it gets \*\*(.+?)%\*\*", said(app))
    return [float(share) for share in found.groups()]


def test_the_layers_part_disc_and_ring(open_app):
    app = open_app(PAGE, **LAB)
    before, after = shares(app)
    assert before < 70
    assert after > 90
    assert f"= {after / 100:.3f}" in formulas(app)
    assert r"h_1 = \text{tanh}(" in formulas(app)
    for part in ("Try this", "In large language models", "The formula", "Predict, then reveal"):
        assert part in [block.value for block in app.header]
    assert metrics(app)["Weights in them"] == "618 million"
    app.select_slider(key="sees_model_width").set_value(768).run()
    assert metrics(app)["Weights in them"] == "39 million"


def test_without_an_activation_nothing_is_gained(open_app):
    app = open_app(PAGE, **LAB, sees_activation="Identity", sees_layers="1")
    before, after = shares(app)
    assert after < before + 1.5
    assert "the grid stays straight" in said(app)


def test_a_neuron_that_is_not_there_is_said(open_app):
    app = open_app(PAGE, **LAB, sees_unit="Layer 3, neuron 1", sees_film="While it learns")
    assert "This network has no layer 3, neuron 1: the prediction is shown." in said(app)
    app.selectbox(key="sees_unit").set_value("1.4").run()
    assert "This network has no" not in said(app)
    assert not app.exception


def test_a_guess_about_layers_two_wide_is_checked(open_app):
    app = open_app(PAGE, **LAB)
    app.radio(key="guess_two_wide").set_value("None").run()
    assert "**Yes: None.** 0 of 16 get 99%" in app.info[0].value


def test_a_bad_address_is_noted_and_the_defaults_hold(open_app):
    app = open_app(PAGE, **LAB, sees_width="9", sees_unit="<b>", sees_rate="0")
    for name in ("Neurons in each", "Large map", "Learning rate"):
        assert name in warnings(app)[0]
    assert app.slider(key="sees_width").value == 4


def test_flat_pieces_are_counted_where_there_are_any(open_app):
    assert "flat pieces" not in said(open_app(PAGE, **LAB))
    app = open_app(PAGE, **LAB, sees_activation="ReLU", sees_layers="1")
    assert re.search(r"finds \*\*[234] flat pieces\*\*", said(app))  # two lines


def test_words_follow_the_shares():
    assert words._how_far(np.array([0.995, 0.99])) == "These classes needed no layer at all."
    assert "From layer 2 on" in words._how_far(np.array([0.5, 0.8, 0.995]))
    assert "not fully" in words._how_far(np.array([0.5, 0.8, 0.9]))
    assert "no easier" in words._how_far(np.array([0.5, 0.51]))
    answers = [words.about_two_wide(np.array(shares))[0] for shares in ([0.9] * 4, [1, *[0.9] * 3])]
    assert answers == ["None", "Some"]
