"""Page 01 through the entry point, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import navigation

ENTRY = Path(__file__).resolve().parents[2] / "streamlit_app.py"


@pytest.fixture
def open_app():
    """Open the page as its address would, in a session that has seen no page yet."""

    def open_(**params):
        app = AppTest.from_file(str(ENTRY), default_timeout=120)
        for name, value in params.items():
            app.query_params[name] = value
        app.switch_page("pages/01_what_is_a_neural_network.py").run()
        assert not app.exception
        return app

    return open_


def said(app):
    """Return all that the page says in Markdown, without how long it took."""
    return "\n".join(b.value for b in app.markdown if not b.value.startswith(":gray-badge"))


def formulas(app):
    """Return all LaTeX on the page as one text."""
    return "\n".join(block.value for block in app.latex)


def warnings(app):
    """Return the page's warnings, without the marks that keep Markdown from acting."""
    return [warning.value.replace("\\", "") for warning in app.warning]


def test_the_app_opens_with_the_first_row():
    assert next(iter(navigation.PAGES)) == "what_is_a_neural_network"


def test_two_neurons_first_paint(open_app):
    app = open_app()
    assert "The **cell body** is the **weighted sum**" in said(app)
    assert "0.70 - 0.15 + 0.40 - 0.20 = 0.750" in said(app)
    assert r"\text{step}(0.750) = 1" in formulas(app)
    assert [m.value for m in app.metric] == ["4,718,592", "about 86 billion"]


def test_a_part_and_a_slider_move_the_words(open_app):
    app = open_app()
    app.selectbox(key="first_part").set_value("terminals").run()
    assert "The **axon terminals** are the **output**: **fires: 1**" in said(app)
    app.slider(key="first_b").set_value(-1.0).run()
    assert "**silent: 0**" in said(app)


@pytest.mark.parametrize(
    ("bias", "answer"), [("-0.2", "more than twice"), ("0.5", "less than twice"),
                         ("0.0", "exactly twice as large")],
)  # fmt: skip
def test_the_guess_follows_the_bias(open_app, bias, answer):
    app = open_app(first_b=bias)
    assert not app.info
    app.radio(key="guess_louder").set_value("more than twice").run()
    assert f"{answer}.**" in app.info[0].value


@pytest.mark.parametrize("lab", ["Two neurons"])
def test_the_same_address_gives_the_same_words(open_app, lab):
    first, second = (said(open_app(first_lab=lab)) for _ in range(2))
    assert first == second
    for part in ("Try this", "In large language models", "The formula", "Predict, then reveal"):
        assert part in [block.value for block in open_app(first_lab=lab).header]


@pytest.mark.parametrize(
    ("settings", "words"),
    [({"first_w1": "nan"}, "Weight"), ({"first_part": "brain"}, "Light up"),
     ({"first_lab": "zoo"}, "Laboratory"), ({"first_b": "1e400"}, "Bias")],
)  # fmt: skip
def test_a_bad_address_is_noted_and_the_defaults_hold(open_app, settings, words):
    app = open_app(**settings)
    assert len(app.warning) == 1
    assert words in warnings(app)[0]
    assert "= 0.750" in said(app)
