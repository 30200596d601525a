"""Page 10's laboratory "How LLMs work" through the entry, without a browser."""

import pytest
from reading import formulas, metrics, said

from dashboard.language import how_inference, how_inference_words, trained
from nnjax.language.decoding import NextCharacter
from nnjax.language.text import read_text

PAGE = "10_from_nns_to_llms.py"
LAB = {"llm_lab": "How LLMs work"}


@pytest.fixture
def untrained(monkeypatch):
    """The model as it is drawn, wherever a trained one is asked for."""
    state = trained.trained(0)
    monkeypatch.setattr(trained, "trained", lambda piece: state)


def test_a_text_is_cut_into_tokens(open_app):
    app = open_app(PAGE, **LAB)
    assert "17 of 41 are still single bytes" not in said(app)  # plain quotation marks
    assert "With **300** merges a token holds **2.22** characters" in said(app)
    assert "| 300 | n + ing | **ning** | 44 × |" in said(app)
    assert "**How many r are in strawberry?** With these merges the word is 6 tokens" in said(app)
    assert "V = 256 + 300 = 556" in formulas(app)
    assert metrics(app)["Of 70 billion parameters"] == "1.50%"
    app.radio(key="guess_how_merges").set_value("It doubles them again").run()
    assert "**Not this time: It adds less than a third.**" in app.info[0].value
    app.slider(key="how_merges").set_value(0).run()
    assert "the tokens are the 256 bytes" in said(app)
    assert "Here each letter still has its own number." in said(app)


def test_a_script_that_the_book_lacks_is_cut_into_bytes(open_app):
    app = open_app(PAGE, **LAB, how_text="кролик 🐇", how_merges="800")
    assert "**Less than one:**" in said(app)
    good = said(app)
    app.text_input(key="how_text").set_value("").run()
    assert app.error[0].value == "The text needs at least one character."
    assert said(app) == good


def test_one_more_character_is_measured_both_ways(open_app, untrained, monkeypatch):
    monkeypatch.setattr(how_inference, "LENGTHS", (64,))
    app = open_app(PAGE, **LAB, how_step="Inference", how_kv_heads="64: every head", how_users="64")
    assert "| 64 | " in said(app)
    assert r"2 \cdot 2 \cdot 4 \cdot 16 \cdot 64 \cdot 4 = 65{,}536" in formulas(app)
    assert metrics(app)["Cache of one token"] == "2.62 MB"
    assert "**the cache is 4.8 times that.**" in said(app)


@pytest.mark.parametrize(
    ("anew", "cached", "option"), [(2.0, 1.1, 1), (2.0, 1.9, 0), (1.1, 1.0, 2)]
)
def test_the_answer_is_read_from_the_measurement(anew, cached, option):
    short = NextCharacter(256, 0.01, 0.001, 1e-6, 1)
    long = NextCharacter(512, 0.01 * anew, 0.001 * cached, 1e-6, 1)
    answer, _ = how_inference_words.answer([short, long])
    assert answer == how_inference_words.OPTIONS[option]
    assert "not ready yet" in how_inference_words.answer([short])[1]


def test_a_text_streams_in(open_app, untrained):
    app = open_app(PAGE, **LAB, how_step="Streaming")
    assert "Time to the first character: **" in said(app)
    assert "3 times the 64 characters that it can see were full" in said(app)
    assert r"t_\text{first} + (n - 1)\, t_\text{each}" in formulas(app)
    assert metrics(app)["To the first token, at least"] == "177 ms"
    assert metrics(app)["Each further token, at least"] == "5.2 ms"


def test_a_window_is_learned_by_heart(open_app):
    app = open_app(PAGE, **LAB, how_step="Training")
    assert "1 step at 0.003: the window's mean loss went from 4.79" in said(app)
    assert r"\frac{1}{64}" in formulas(app)
    app.radio(key="guess_how_practice").set_value("It becomes 0").run()
    assert "**Not this time: It stays far above the window's.**" in app.info[0].value
    app.slider(key="how_steps").set_value(60).run()
    assert "**Learned by heart:**" in said(app)
    app.slider(key="how_steps").set_value(0).run()
    assert "a fresh model is unsure, and wrong with confidence" in said(app)
    app.slider(key="how_steps").set_value(3)
    app.select_slider(key="how_rate").set_value(0.1).run()
    assert "**The steps were too large:**" in said(app)


def test_the_merges_are_those_of_the_text_that_was_pasted(open_app):
    app = open_app(PAGE, llm_lab="How LLMs work")
    app.session_state["text_source"] = "own"
    app.session_state["_text_read"] = read_text("abab cdcd " * 50)
    app.run()
    assert not app.exception
    assert "| 1 | a + b | **ab** |" in said(app)
