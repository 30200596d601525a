"""Page 04, "Deep or wide", through the entry point."""

import numpy as np
from reading import formulas, metrics, said, warnings

from dashboard.architecture import deep_or_wide
from dashboard.architecture import deep_or_wide_words as words
from nnjax.races.deep_or_wide import DepthRuns, Verdict

PAGE = "04_layers_and_architecture.py"
# Four neurons at most: the fastest that there is to compile.
LAB = {"architecture_lab": "deep", "deep_budget": "50", "deep_epochs": "10"}


def test_the_page_counts_and_judges(open_app, monkeypatch):
    monkeypatch.setattr(deep_or_wide, "DEPTHS", (1, 2))  # the others only compile for longer
    app = open_app(PAGE, **LAB)
    for _ in range(8):  # each run of the page trains some more
        if "did best here" in said(app):
            break
        app.run()
    assert "did best here" in said(app)
    for row in ("| 12 | 49 |", "| 5-5 | 51 |"):
        assert row in said(app)
    assert r"12 \cdot (2 + 1) + 1 \cdot (12 + 1) = 49 \quad (-2.0\,\%" in formulas(app)
    assert metrics(app)["Width at this depth"] == "12,290"
    app.slider(key="deep_layers").set_value(48).run()
    assert metrics(app)["Width at this depth"] == "17,381"
    before = said(app)
    app.segmented_control(key="deep_measure").set_value("test_loss").run()
    assert said(app) != before


def test_a_bad_address_is_noted(open_app, monkeypatch):
    monkeypatch.setattr(deep_or_wide, "DEPTHS", (1, 2))
    app = open_app(PAGE, **LAB, deep_rate="7", deep_data="iris")
    assert "Learning rate" in warnings(app)[0]
    assert "Data" in warnings(app)[0]
    assert not app.exception


def runs(accuracy):
    shares = np.full(16, accuracy, np.float32)
    return DepthRuns((3,), 13, np.zeros((16, 11)), 1 - shares, shares, np.full(16, -1))


def test_words_follow_the_verdict():
    trained = {1: runs(0.5), 2: runs(0.9), 3: runs(0.8)}
    said = [
        words.verdict(Verdict(2, wins, {}, 16), trained, "test_accuracy")
        for wins in ({1: 16, 3: 14}, {1: 16, 3: 9}, {1: 9, 3: 9})
    ]
    assert all("**2 layers** did best here: 90.0%" in one for one in said)
    assert "every other depth" in said[0]
    assert "clearly beats 1 layer, but not 3 layers" in said[1]
    assert "call it a draw" in said[2]
    tied = words.verdict(Verdict(2, {3: 0}, {}, 16), {2: runs(0.9), 3: runs(0.9)}, "test_accuracy")
    assert "**2 layers**, and just as well 3 layers, did best here" in tied


def test_a_seed_that_diverged_is_told_of():
    assert "diverged" not in words.table({1: runs(0.5)})
    lost = runs(0.5)._replace(diverged_at=np.array([-1] * 14 + [3, 5]))
    assert "Seeds that diverged: 2 with 3." in words.table({1: lost})


def test_the_answer_about_sigmoid_follows_what_was_computed():
    assert words.about_sigmoid(0.9, 0.6)[0] == "Worse"
    assert words.about_sigmoid(0.9, 0.91)[0] == "About as well"
    assert words.about_sigmoid(0.6, 0.9)[0] == "Better"
