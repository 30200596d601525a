"""Page 10's writing through the entry point, without a browser."""

import numpy as np
from reading import formulas, metrics, said

from dashboard.language import write_lab
from dashboard.language import write_words as words

PAGE = "10_from_nns_to_llms.py"
SHORT = {"text_size": "Small", "text_rate": "0.01", "text_steps": "100"}


def continued(app):
    return next(block.value for block in app.code if "│" in block.value)


def test_a_prompt_is_continued_and_looked_into(open_app):
    app = open_app(PAGE, llm_lab="Write and look", write_prompt="said the Q", **SHORT)
    assert "The model after **" in said(app)
    app.run()
    while any(button.label == "Stop" for button in app.button):
        app.run()
    assert not app.exception
    text = said(app)
    assert "The model after **100 training steps**." in text
    assert "of 67 characters may be drawn" in text
    assert "**Q** (character 10) looks most at" in text
    written = continued(app)
    assert written.startswith("said the Q│")
    assert len(written) == len("said the Q│") + write_lab.N_NEW
    assert r"\frac{e^{z_i / T}}" in formulas(app)

    app.slider(key="write_top_k").set_value(1).run()
    assert "Only that one may be drawn" in said(app)
    greedy = continued(app)
    app.number_input(key="write_seed").set_value(5).run()
    assert continued(app) == greedy
    assert "It **repeats itself**" in said(app)
    app.radio(key="guess_write_seeds").set_value("One").run()
    assert "**Yes: One.** Of 4 texts, 1 is different." in app.info[0].value

    app.text_input(key="write_prompt").set_value("").run()
    assert [error.value for error in app.error] == ["The text needs at least one character."]
    assert continued(app) == greedy  # the last good prompt stays
    app.text_input(key="write_prompt").set_value("🙂 é").run()
    assert "Its text has no “🙂”, “é”: read as ␣." in said(app)
    app.slider(key="write_gap").set_value(0.0).run()
    assert metrics(app)["Its share, of the two"] == "50.0%"
    assert not app.exception


def test_what_repeats_itself_has_few_different_stretches():
    assert words.different("abcdefghijklmnop") == 1.0
    assert words.different("said the " * 20) < 0.1
    assert words.different("a") == 0.0


def test_a_character_does_nothing_in_markdown():
    assert [words.in_markdown(name) for name in ("*", "$", "a", "␣", "é")] == [
        "\\*", "\\$", "a", "␣", "é",
    ]  # fmt: skip


def test_the_answer_follows_what_was_written():
    assert words.answer(["a", "a", "a", "a"])[0] == "One"
    assert words.answer(["a", "b", "a", "a"])[0] == "Two or three"
    assert words.answer(["a", "b", "c", "d"])[0] == "Four"


def test_a_click_picks_a_character(monkeypatch):
    state = {}
    monkeypatch.setattr(write_lab.st, "session_state", state)
    for x, picked in ((2.3, 3), (-9.0, 1), (99.0, write_lab.LONGEST)):
        write_lab._pick(write_lab.Click(x=x, y=0.0))
        assert state["write_pick"] == picked
    write_lab._pick(write_lab.Click())
    assert np.isclose(state["write_pick"], write_lab.LONGEST)
