"""Page 10's character model through the entry point, without a browser."""

import numpy as np
import pytest
from reading import formulas, metrics, said

from dashboard.language import text_words as words
from dashboard.language.character_model import Model, Piece
from dashboard.language.characters import name_of, visible
from dashboard.language.own_text import OWN
from nnjax.language.text import bundled_text, read_text

PAGE = "10_from_nns_to_llms.py"
SHORT = {"text_size": "Small", "text_rate": "0.01", "text_steps": "100"}


def until_trained(app):
    while any(button.label == "Stop" for button in app.button):
        app.run()
    assert not app.exception


def make_training(held_out, diverged_at=-1, seconds=(9.0, 0.5, 0.5, 0.5)):
    model = Model(bundled_text(), "small", 0.01, 0)
    pieces = [
        Piece(np.full(25, loss), np.full(64, loss), "a\tb\n", diverged_at, took)
        for loss, took in zip(held_out, seconds, strict=False)
    ]
    return words.Training(model, pieces, 100, 4.2, 3.2, 2.4)


def test_a_small_model_trains_writes_and_reads_another_text(open_app):
    app = open_app(PAGE, llm_lab="A character model", **SHORT)
    until_trained(app)
    text = said(app)
    assert "**143,083 characters** of 67 kinds" in text
    assert "**18,880 parameters**: 1 block" in text
    assert "After 100 steps: **2." in text
    assert "**It writes, after 100 steps:**" in text
    assert r"\ln 67 = 4.205" in formulas(app)
    assert float(metrics(app)["Loss, held out"]) < 3
    history = next(block.value for block in app.code if block.value.startswith(" step"))
    assert len(history.split("\n")) == 5
    app.radio(key="guess_text_position").set_value(words.OPTIONS[1]).run()
    assert "Over the first four places the loss is 2." in app.info[0].value

    app.segmented_control(key="text_source").set_value("own").run()
    assert any("the book is read" in caption.value for caption in app.caption)
    app.text_area(key=OWN).set_value("x").run()
    assert app.error[0].value.endswith("this one has 1.")
    assert "**143,083 characters**" in said(app)  # the last good text stays
    app.text_area(key=OWN).set_value("שלום 🙂\x07\n" * 60).run()
    assert not app.error
    until_trained(app)
    assert "**480 characters** of 8 kinds; the last 160 are held out" in said(app)
    app.text_area(key=OWN).set_value("ab" * 200_000).run()
    assert "at most 200,000 characters; this one has 400,000." in app.error[0].value
    assert "**480 characters**" in said(app)


def test_the_verdict_follows_the_training():
    assert words.verdict(make_training([])).startswith("Before training")
    assert "still above the table of pairs" in words.verdict(make_training([3.0, 2.5]))
    won = make_training([3.0, 2.5, 2.3, 2.2])
    assert words.beaten(won) == (75, pytest.approx(1.5))
    assert "after **75 steps, 1.5 s**" in words.verdict(won)
    away = make_training([9.0], diverged_at=7)
    assert set(words.numbers(away).values()) == {"–"}
    assert "It diverged at step 7." in words.describe(away)
    lost = words.verdict(away)
    assert lost.startswith("**Diverged at step 7: the loss ran away.**")
    assert words.answer(np.linspace(3, 2, 64))[0] == words.OPTIONS[0]
    assert words.answer(np.full(64, 2.0))[0] == words.OPTIONS[2]
    merged = read_text("".join(chr(0x4E00 + i) for i in range(400)))
    about = words.about_text(Model(merged, "small", 0.01, 0))
    assert "The 305 rarest kinds are read as one sign" in about


def test_what_cannot_be_seen_is_shown_as_a_sign():
    assert visible("a\x00\x1b\x7f\n\u202e") == "a␀␛␡\n\N{REPLACEMENT CHARACTER}"
    assert [name_of(c) for c in " \n\ta"] == ["␣", "↵", "␉", "a"]
