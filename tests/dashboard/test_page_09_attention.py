"""Page 09's laboratory "Attention" through the entry, without a browser."""

import re

import pytest
from reading import formulas, said

from dashboard.language import trained

PAGE = "09_architecture_zoo.py"
LAB = {"zoo_lab": "Attention"}


@pytest.fixture
def app(open_app, monkeypatch):
    state = trained.trained(0)
    monkeypatch.setattr(trained, "trained", lambda piece: state)
    return open_app(PAGE, **LAB)


def test_a_weight_is_worked_out_in_four_steps(app):
    weight = re.search(r"with a weight of \*\*([\d.]+)\*\*", said(app)).group(1)
    assert f"= {weight}\n" in formulas(app)
    assert r"/ \sqrt{16} =" in formulas(app)
    app.slider(key="attend_other").set_value(17).run()
    assert "it comes later, and the mask hides it" in said(app)
    assert r"17 > 16: \quad s \to -\infty" in formulas(app)
    app.slider(key="attend_other").set_value(0)
    app.slider(key="attend_asks").set_value(1).run()
    assert "**nobody stands before it**" in said(app)
    app.radio(key="guess_attend").set_value("Fairly evenly").run()
    assert "**Yes: Fairly evenly.**" in app.info[0].value


def test_any_text_can_be_asked(app):
    good = said(app)
    app.text_input(key="attend_text").set_value("").run()
    assert app.error[0].value == "The text needs at least one character."
    assert said(app) == good
    app.text_input(key="attend_text").set_value("é*🐇\x00<b>").run()
    assert not app.exception
    app.text_input(key="attend_text").set_value("a").run()
    assert "With so short a text" in said(app)
