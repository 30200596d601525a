"""The museum through the entry point, without a browser.

The engine's tests train real exhibits (`tests/nnjax/test_museum.py`): here they are made up.
"""

import numpy as np
import pytest
from reading import said

from dashboard.museum import museum_lab, museum_words
from dashboard.museum.in_playground import playground_values
from dashboard.playground import settings
from nnjax.failures.exhibits import N_FRAMES, N_SEEDS, SeedRuns
from nnjax.failures.museum import EXHIBITS
from nnjax.failures.vitals import UnitVitals, Vitals

LAB = {"training_lab": "Museum of failures"}


@pytest.fixture
def made_up_runs(monkeypatch):
    """Runs that are as ill in everything as their set-up is broken; longer ones are worse."""
    broken = {row.broken for row in EXHIBITS.values()}

    def train(setup, first_seed=0):
        n = N_FRAMES + 1
        bad = float(setup in broken or setup.epochs > 300)
        loss = np.geomspace(0.7, 0.6 if bad else 0.01, n)
        dead = 0.75 if setup.activation in ("relu", "step") else 0.0
        units = UnitVitals(*(np.full(n, bad * share) for share in (dead, 0.6, 1.0, 0.1)))
        one = Vitals(
            epochs=np.linspace(0, setup.epochs, n),
            train_loss=loss,
            test_loss=np.linspace(0.7, 2.1, n) if bad else loss,
            train_accuracy=np.full(n, 0.5 if bad else 1.0),
            gradient_norms=np.ones((n, 3)) * [[1e-4 if bad else 1.0, 1, 300 * bad + 1]],
            units=units,
            diverged=bool(bad),
        )
        return SeedRuns((one,) * N_SEEDS)

    monkeypatch.setattr(museum_lab, "train_setup", train)
    monkeypatch.setattr(museum_words, "train_setup", train)


@pytest.mark.parametrize("key", EXHIBITS)
def test_every_exhibit_has_its_address_and_a_verdict(open_app, made_up_runs, key):
    row = EXHIBITS[key]
    app = open_app("08_training_loop.py", **LAB, exhibit=row.label, exhibit_seed="9")
    words = said(app)
    assert row.story in words
    assert "Broken: **8 of 8 seeds**" in words
    assert "Cured: **0 of 8 seeds**" in words
    n_buttons = sum(setup.standardized for setup in (row.broken, row.cured))
    assert sum("in the playground" in button.label for button in app.button) == n_buttons


def test_more_of_the_same_is_measured(open_app, made_up_runs):
    app = open_app("08_training_loop.py", **LAB, exhibit="Dead ReLUs", exhibit_seed="9")
    app.radio(key="guess_museum").set_value("No, it stays ill").run()
    assert app.info[0].value.startswith("**Yes: No, it stays ill.** After 600 epochs 8 of 8")


@pytest.mark.parametrize("key", EXHIBITS)
def test_the_playground_makes_the_same_run(key):
    for setup in (EXHIBITS[key].broken, EXHIBITS[key].cured):
        values = playground_values(setup)
        for control in settings.CONTROLS:
            value = values[control.key]
            assert control.parse(control.write(value)) == value
        run, notes = settings.run_settings(values)
        assert not notes
        assert run.config == setup.config()
        assert (run.dataset, run.noise, run.seed) == (setup.dataset, setup.noise, 0)
        assert run.train_share == pytest.approx(setup.train_share)
        mine = setup.hyperparameters()
        theirs = settings.hyperparameters(values)
        assert float(mine.learning_rate) == float(theirs.learning_rate)
        assert float(mine.regularization_rate) == float(theirs.regularization_rate)


def test_a_button_opens_the_run_in_the_playground(open_app, made_up_runs):
    app = open_app("08_training_loop.py", **LAB, exhibit="Learning rate too high")
    next(b for b in app.button if b.label == "Open it in the playground").click().run()
    assert app.select_slider(key="learning_rate").value == 10
    assert "Diverged at step" in said(app)
