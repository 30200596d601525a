"""Page 08's race of the optimisers through the entry point, without a browser."""

import numpy as np
import pytest
from reading import said

from dashboard.tuning.optimizer_words import loss_text

PAGE = "08_training_loop.py"
# Two that are quick to compile; 20 epochs.
RACE = {"training_lab": "Optimisers", "racers": "sgd,lbfgs", "race_epochs": "20"}


@pytest.fixture
def finished(open_app):
    app = open_app(PAGE, **RACE)
    while any(button.label == "Stop" for button in app.button):
        app.run()
    return app


def test_the_race_has_a_verdict_a_table_and_a_question(finished):
    words = said(finished)
    assert "of 16 seeds**" in words
    table = finished.table[0].value
    assert sorted(table["optimiser"]) == ["L-BFGS", "SGD"]
    costs = finished.table[1].value
    assert set(costs["rate"]) == {"0.03", "searched"}
    assert any("250 examples" in cell for cell in costs["gradients a step"])
    question = finished.radio(key="guess_lbfgs")
    question.set_value(question.options[2]).run()
    assert any("Its best seed ends at" in info.value for info in finished.info)


@pytest.mark.parametrize(
    ("loss", "text"),
    [(0.12345, "0.123"), (3.0, "3"), (np.inf, "diverged"), (2.34e-19, "2.3 × 10⁻¹⁹")],
)
def test_a_loss_of_any_size_can_be_read(loss, text):
    assert loss_text(loss) == text
