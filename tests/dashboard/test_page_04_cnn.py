"""Page 04, "What a CNN sees", through the entry point."""

import numpy as np
import pytest
from reading import formulas, metrics, said, warnings

from dashboard.architecture import cnn_words as words
from dashboard.architecture import what_a_cnn_sees
from dashboard.architecture.what_a_cnn_sees import FILTER, UNIT, _pick
from dashboard.chart import Click
from nnjax.zoo.shifted import ShiftedRuns

PAGE = "04_layers_and_architecture.py"
LAB = {"architecture_lab": "images"}


def test_the_page_reads_a_digit_and_counts(open_app):
    app = open_app(PAGE, **LAB)
    assert "It sees a **3**" in said(app)
    for row in ("| First layer | 80 | 1,625 |", "| Third layer | 650 |  |", "**1,898** | 1,885 |"):
        assert row in said(app)
    assert r"512\,(64 + 1) = 33{,}280" in formulas(app)
    assert r"z^{(5)}_" in formulas(app)
    assert metrics(app)["Patches, as many as words"] == "196"
    assert metrics(app)["Numbers in a patch of three colours"] == "768"
    assert metrics(app)["Pairs for attention to compare"] == "38,416"


def test_every_control_changes_what_is_said(open_app, monkeypatch):
    app = open_app(PAGE, **LAB, cnn_epochs="1")
    assert "of the unseen digits are read right so far" in said(app)
    trained = what_a_cnn_sees.look_into_cnn
    calls = []
    monkeypatch.setattr(
        what_a_cnn_sees, "look_into_cnn", lambda *a, **k: calls.append(a) or trained(*a, **k)
    )
    for key, value in (("cnn_digit", 10), ("cnn_filter", 2), ("cnn_unit", 12)):
        before = said(app), formulas(app)
        app.slider(key=key).set_value(value).run()
        assert (said(app), formulas(app)) != before
    assert not calls  # other images, filters and units train nothing
    app.number_input(key="cnn_seed").set_value(1).run()
    assert len(calls) == 1
    assert not app.exception


def test_a_rate_too_high_silences_the_filters(open_app):
    app = open_app(PAGE, **LAB, cnn_rate="0.1")
    assert "8 of 8 filters and 16 of 16 units answer no unseen image" in said(app)
    assert "**Unit 6** responds to no unseen digit" in said(app)
    assert "does not respond anywhere" in said(app)


def test_a_bad_address_is_noted(open_app):
    app = open_app(PAGE, **LAB, cnn_digit="539", cnn_rate="7", cnn_epochs="1")
    assert "Image" in warnings(app)[0]
    assert "Learning rate" in warnings(app)[0]


def test_the_question_is_answered_by_sixteen_seeds(open_app, monkeypatch):
    def untrained(key, *, n_seeds, **_):
        share = {"cnn": 0.7, "feedforward": 0.5}[key]
        return ShiftedRuns(np.full(n_seeds, 0.97), np.full(n_seeds, share))

    monkeypatch.setattr(what_a_cnn_sees, "try_shifted", untrained)
    app = open_app(PAGE, **LAB, cnn_epochs="1")
    app.radio(key=what_a_cnn_sees.GUESS).set_value("The CNN").run()
    assert "Yes: The CNN." in app.info[0].value
    assert "16 of 16" in app.info[0].value


@pytest.mark.parametrize(("ours", "option"), [(0.7, 2), (0.51, 1), (0.3, 0)])
def test_the_answer_follows_what_was_computed(ours, option):
    runs = [ShiftedRuns(np.full(16, 0.97), np.full(16, share)) for share in (ours, 0.5)]
    assert words.answer(*runs)[0] == words.OPTIONS[option]


@pytest.mark.parametrize(
    ("kernel", "says"),
    [
        ([[1, 1, 1], [0, 0, 0], [-1, -1, -1]], "ink above paper"),
        ([[-1, -1, -1], [0, 0, 0], [1, 1, 1]], "ink below paper"),
        ([[1, 0, -1]] * 3, "ink left of paper"),
        ([[-1, 0, 1]] * 3, "ink right of paper"),
        ([[1] * 3] * 3, "adds up ink"),
        ([[-1] * 3] * 3, "held down by ink"),
        ([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]], "no one direction"),
        ([[0] * 3] * 3, "no one direction"),
    ],
)
def test_a_kernel_is_read_by_its_sides(kernel, says):
    assert says in words.looks_for(np.array(kernel, float))


def test_a_click_outside_chooses_nothing(monkeypatch):
    chosen = {}
    monkeypatch.setattr(what_a_cnn_sees.st, "session_state", chosen)
    _pick(Click(x=1.0, y=1.0), FILTER, lambda x, y: None)
    _pick(Click(), UNIT, lambda x, y: 3)
    _pick(Click(x=1.0, y=1.0), UNIT, lambda x, y: 99)
    assert chosen == {}
    _pick(Click(x=1.0, y=1.0), UNIT, lambda x, y: 3)
    assert chosen == {UNIT.key: 4}
