"""Page 09's memory laboratory: through the entry point, and its words on made-up gradients."""

import numpy as np
import pytest
from reading import formulas, metrics, said

from dashboard.zoo import memory_words as words
from dashboard.zoo.memory_lab import FIRST, check
from dashboard.zoo.memory_words import Seen
from nnjax.zoo.memory import Memory

PAGE = "09_architecture_zoo.py"
LETTERS = "memory_letters"


def seen(label, arrives, answer=0):
    probabilities = np.full(8, 0.05)
    probabilities[answer] = 0.65
    gradient = 0.5 * np.array([arrives, 0.5, 1.0])
    memory = Memory(np.zeros((3, 2)), gradient, probabilities, np.float32(0.4))
    return Seen(label, memory, memory, 0.9)


def test_a_plain_cell_is_trained_asked_and_given_another_sequence(open_app):
    app = open_app(PAGE, zoo_lab="Memory", memory_networks="rnn", memory_epochs="3")
    while any(button.label == "Stop" for button in app.button):
        app.run()
    text = said(app)
    assert "The first letter was **H**." in text
    assert "| RNN | " in text
    assert r"\text{RNN, untrained:} \quad 0." in formulas(app)
    assert metrics(app)["Key-value cache"] == "1.31 GB"
    app.text_input(key=LETTERS).set_value("bad").run()
    assert "The first letter was **B**." in said(app)
    app.text_input(key=LETTERS).set_value("x-y").run()
    assert [error.value for error in app.error] == ["The sequence needs letters from A to H only."]
    assert "The first letter was **B**." in said(app)
    app.radio(key="guess_memory_doubled").set_value("Far more: it explodes").run()
    assert "**Yes: Far more: it explodes.**" in app.info[0].value


def test_letters_are_those_that_the_networks_have_learnt():
    check(FIRST)
    for text in ("", "HI", "😀", "\x00"):
        with pytest.raises(ValueError, match="letters from A to H"):
            check(text)


def test_the_verdict_names_who_recalls_and_what_arrives():
    both = {"rnn": seen("RNN", 1e-5, answer=2), "lstm": seen("LSTM", 0.25)}
    text = words.verdict(both, "A")
    assert "Right: **LSTM**. Wrong: **RNN (C)**." in text
    assert "**1.0 × 10⁻⁵** arrives at step 1, against 0.25 (LSTM)." in text
    assert "hardly teaches" in text
    assert "hardly teaches" not in words.verdict({"rnn": seen("RNN", 0.5)}, "A")
    assert "right all the same" not in text
    assert "right all the same" in words.verdict({"rnn": seen("RNN", 1e-5)}, "A")
    assert "| LSTM | A (65%) | 90% | 0.25 | 0.25 |" in words.table(both)
    assert "RNN 1.0 × 10⁻⁵; LSTM 0.25" in words.describe_back(both, after=False)


def test_a_gradient_of_nothing_has_no_share():
    memory = seen("RNN", 1.0).after._replace(gradient=np.zeros(3))
    lost = Seen("RNN", memory, memory, np.nan)
    assert "| none left |" in words.table({"rnn": lost})
    assert len(words.formulas({"rnn": lost})) == 1


def test_the_answer_is_what_the_seeds_do():
    assert words.answer(np.array([50.0, 60.0, 0.5]))[0] == words.OPTIONS[2]
    assert "in 2 of them more than once" in words.answer(np.array([50.0, 60.0, 0.5]))[1]
    assert words.answer(np.array([0.001]))[0] == words.OPTIONS[0]
