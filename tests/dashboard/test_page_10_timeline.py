"""The timeline of page 10 through the entry point."""

import datetime

from reading import formulas, metrics, said

from dashboard.language import time_words as words
from nnjax.language.milestones import MILESTONES

PAGE = "10_from_nns_to_llms.py"


def test_the_timeline_says_what_is_known_and_how(open_app):
    app = open_app(PAGE, llm_lab="Timeline")
    years = datetime.date.today().year - 1958
    assert f"**{years} years**" in said(app)
    assert rf"- 1958 = {years}" in formulas(app)
    assert "double every 9 months" in said(app)
    app.selectbox(key="time_milestone").set_value("frontier").run()
    assert "1.8 trillion, estimated: unconfirmed" in said(app)
    assert "3.8 × 10²⁵, published" in said(app)
    app.radio(key="guess_timeline").set_value("A hundred million times").run()
    assert "**Yes: A hundred million times.**" in app.info[0].value
    assert metrics(app)["Operations, 6 N D"] == "3.2 × 10²³"
    app.slider(key="time_since").set_value(2021).run()
    assert not app.exception
    assert "halve every 6 months" in said(app)
    assert "No trend" in said(app)


def test_unknown_is_printed_as_unknown():
    text = words.card(MILESTONES["chatgpt"])
    assert "parameters: not published" in text
    assert "training operations: not published" in text
    assert "a proof, no network" in words.card(MILESTONES["xor"])
