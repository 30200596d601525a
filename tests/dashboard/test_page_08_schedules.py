"""Page 08's schedules through the entry point, without a browser."""

import pytest
from reading import formulas, said

PAGE = "08_training_loop.py"
SCHEDULES = {"training_lab": "Schedules", "schedule_epochs": "20", "learning_rate": "0.3"}


@pytest.fixture
def opened(open_app, monkeypatch):
    """The page with two schedules to train: each is a program to compile."""
    monkeypatch.setattr("dashboard.tuning.schedules_lab.RACED", ("constant", "step"))
    app = open_app(PAGE, **SCHEDULES)
    while any(button.label == "Stop" for button in app.button):
        app.run()
    return app


def test_schedules_have_numbers_a_verdict_and_the_published_one(opened):
    words = said(opened)
    assert "of 16 seeds**" in words
    assert "| Step | 0.03 | 0.003 |" in words  # half-way, and at the end
    assert sorted(opened.table[0].value["schedule"]) == ["Constant", "Step"]
    assert r"\eta(10) = 0.3" in formulas(opened)
    assert "70B is at step **250,000** of 500,000" in words
    opened.slider(key="llama_read").set_value(4).run()
    assert "at step **1,000** of 500,000, and its rate is **7.5 × 10⁻⁵**" in said(opened)
    question = opened.radio(key="guess_llama_half")
    question.set_value("55 %").run()
    assert any("Yes: 55 %" in info.value for info in opened.info)
