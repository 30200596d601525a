"""The laboratory "Sharpness" through the entry point, without a browser.

The engine's tests train the real runs (`tests/nnjax/test_sharpness.py`): here they are made up.
"""

import numpy as np
import pytest
from reading import formulas, said

from dashboard.landscape import sharpness_lab, sharpness_words
from nnjax.landscapes.edge_of_stability import EdgeRun
from nnjax.training.state import NOT_DIVERGED

LAB = {"training_lab": "Sharpness"}


@pytest.fixture
def made_up_runs(monkeypatch):
    """Runs whose sharpness rises to 2 / rate in 20 frames; of seed 16 on, they blow up."""

    def train(settings, seed):
        frames = np.arange(41.0)
        edge = 2 / settings.learning_rate
        sharpness = np.minimum(edge, edge * (0.5 + frames / 40))
        return EdgeRun(
            25 * frames, np.exp(-frames / 10), sharpness, 7 if seed >= 16 else NOT_DIVERGED
        )

    def several(settings, seed):
        return [train(settings, seed + i) for i in range(sharpness_lab.SEEDS_AT_ONCE)]

    monkeypatch.setattr(sharpness_lab, "train_several", several)
    monkeypatch.setattr(sharpness_words, "train_to_the_edge", train)


def test_the_words_are_those_of_the_runs(open_app, made_up_runs):
    app = open_app("08_training_loop.py", **LAB, sharp_seed="1")
    words = said(app)
    assert "**1.00 times 2 / rate**, which is 20; **15 of 16 seeds**" in words
    assert "by epoch 450" in words
    assert "**1 of 16 seeds diverged**" in words
    assert r"\frac{2}{0.1} = 20" in formulas(app)
    app.radio(key="guess_sharpness").set_value("At half of it").run()
    assert app.info[0].value.startswith("**Yes: At half of it.")
    assert "its sharpness is 10, where 2 / rate is 10" in app.info[0].value


def test_the_playgrounds_run_stands_against_its_own_edge(open_app):
    app = open_app("08_training_loop.py", **LAB, sharp_run="The playground's", epochs="20")
    assert "times 2 / rate = 66.7" in said(app)
