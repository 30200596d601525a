"""Page 09, "Draw a digit", through the entry point: one reader, trained once."""

import numpy as np
import pytest
from reading import formulas, metrics, said, warnings

from dashboard.charts.readers import Readings
from dashboard.zoo import draw_lab, draw_words
from nnjax.zoo.digits import load_digits
from nnjax.zoo.ink import BLANK, move_ink, write_ink
from nnjax.zoo.readers import Reader

PAGE = "09_architecture_zoo.py"
ONE = {"zoo_lab": "Draw a digit", "draw_readers": "feedforward"}
LABELS = ("Feedforward", "CNN", "RNN")


def readings(*seen, meant=None):
    """Networks that are quite sure of these digits, wherever the drawing is moved."""
    logits = np.zeros((len(seen), 9, 10), np.float32)
    for row, digit in zip(logits, seen, strict=True):
        row[:, digit] = 5
    return Readings(LABELS[: len(seen)], logits, meant)


def test_a_drawing_is_read_moved_and_cleared(open_app):
    app = open_app(PAGE, **ONE)
    assert "The Feedforward reads **a 6**. That is right." in said(app)
    assert "p_{6}" in formulas(app)
    app.button(key="draw_right").click().run()
    assert app.session_state["draw_ink"] == move_ink(draw_lab.FIRST, 0, 1)
    assert "reads **a 1**. It is meant to be a 6: that is wrong." in said(app)
    app.button(key="draw_clear").click().run()
    assert app.session_state["draw_ink"] == BLANK
    assert "Whether that is right is not said" in said(app)
    app.button(key="draw_another").click().run()
    first = load_digits().test
    assert app.session_state["draw_ink"] == write_ink(first.images[0])
    assert app.session_state["draw_meant"] == str(first.labels[0])
    app.text_input(key="draw_ink").set_value("12").run()
    assert "64 levels of ink" in app.error[0].value
    assert not app.exception
    app.radio(key=draw_lab.GUESS).set_value("Feedforward").run()
    assert "**Yes: Feedforward.**" in app.info[0].value
    app.slider(key="draw_tokens").set_value(10).run()
    assert metrics(app)["All tokens right"] == "90.4%"


def test_an_address_without_a_drawing_says_so_and_shows_the_first(open_app):
    app = open_app(PAGE, **ONE, draw_ink="9" * 64)
    (warning,) = warnings(app)
    assert "64 levels of ink from 0 to 4, row by row; the first digit is used instead" in warning
    assert app.session_state["draw_ink"] == draw_lab.FIRST
    app.run()  # as while networks train: the note stays until the learner moves a control
    assert warnings(app) == [warning]
    app.button(key="draw_right").click().run()
    assert not warnings(app)


@pytest.mark.parametrize("sent", [None, 3, "1", ["0"] * 64, "9" * 64, {"ink": BLANK}])
def test_what_the_browser_sends_is_not_trusted(sent):
    assert not draw_lab._is_readable(sent)


def test_the_digits_shown_are_unseen_ones():
    unseen = {write_ink(image) for image in load_digits().test.images}
    assert {draw_lab.FIRST, draw_lab.DOUBTFUL} <= unseen


def test_the_verdict_counts_who_agrees_and_who_is_right():
    assert draw_words.verdict(readings(8, 8, 8)).startswith("**They agree: all 3 read an 8.**")
    two = draw_words.verdict(readings(8, 3, 8, meant=3))
    assert "Read by the Feedforward and the RNN: an 8; by the CNN: a 3." in two
    assert two.endswith("It is meant to be a 3: 1 of 3 are right.")
    assert "0 of 2 are right" in draw_words.verdict(readings(1, 1, meant=7))
    assert draw_words.title(readings(8, 3, 8)) == "2 of 3 read an 8"
    assert "**9** as a 3, the Feedforward **0**" in draw_words.about_moves(readings(8, 3, meant=3))


def test_the_answer_is_who_reads_most_once_moved():
    best, why = draw_words.answer({"A": Reader(None, 0.9, 0.5), "B": Reader(None, 0.8, 0.7)})
    assert best == "B"
    assert "A 90.0% and then 50.0%" in why
