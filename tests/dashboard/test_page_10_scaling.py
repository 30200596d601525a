"""Scaling and emergence on page 10, with made-up runs: what they say follows from the numbers."""

import numpy as np
import pytest
from reading import formulas, metrics, said

from dashboard.language import emerge_words, scale_words
from dashboard.language import scale_runs as shared
from nnjax.language.emergence import Scores
from nnjax.language.scaling import NOT_DIVERGED, SizeRun, parameters_of

PAGE = "10_from_nns_to_llms.py"
# Settings that no other test uses: what is remembered of them is made up.
SETTINGS = {"scale_steps": "409,600", "scale_rate": "0.003"}


def made_up(width, seed, n_steps, rate):
    """A run of the law 1.5 + 14 N^-0.35, a little off, right as often as its loss suggests."""
    loss = 1.5 + 14 * parameters_of(width) ** -0.35 + 0.01 * (seed - 1)
    draw = np.random.default_rng((width, seed))
    right = draw.random((96, 32)) < 1.2 - 0.35 * loss
    return SizeRun(np.float32(loss), right, np.int32(NOT_DIVERGED))


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(shared, "train_size", made_up)


@pytest.mark.usefixtures("quick")
def test_the_line_foretells_the_size_held_out(open_app):
    app = open_app(PAGE, llm_lab="Scaling", **SETTINGS)
    text = said(app)
    assert "**The size held out, 62,240 parameters (stars).**" in text
    assert "inside the band" in text
    assert "1.2 powers of ten" in text
    assert "L(N) = E + a N^{-b}" in formulas(app)
    assert metrics(app)["Parameters"] == "28.9 billion"
    app.radio(key="guess_scaling").set_value(scale_words.OPTIONS[1]).run()
    assert not app.exception
    assert "**Yes: It falls, by less than half.**" in app.info[0].value
    app.slider(key="scale_sizes").set_value(3).run()
    assert not app.exception
    assert scale_words.WAIT in said(app)


@pytest.mark.usefixtures("quick")
def test_longer_answers_rise_more_suddenly(open_app):
    app = open_app(PAGE, llm_lab="Emergence", **SETTINGS)
    assert "Stretches of 8" in said(app)
    assert "sudden on one scale" in said(app)
    app.slider(key="emerge_length").set_value(1).run()
    assert not app.exception
    assert "rise much alike" in said(app)
    app.radio(key="guess_emergence").set_value("About 10").run()
    assert "**Yes: About 10.**" in app.info[0].value


def test_a_line_that_does_not_hold_is_said_to_fail():
    sizes, losses = np.array([1e3, 1e4, 1e5]), np.array([2.7, 2.5, 2.9])
    assert "not the best**: 10,000 parameters end at 2.50" in scale_words.no_gain(sizes, losses)
    assert not scale_words.no_gain(sizes, np.sort(losses)[::-1])
    assert "Diverged: 1,100, seed 0" in scale_words.lost(["1,100, seed 0"])
    nothing = [Scores(0.0, p, 0.1, 9) for p in (0.2, 0.3)]
    assert "Not one of 9 stretches of 8" in emerge_words.verdict(sizes[:2], nothing, 8)
    falling = [Scores(e, p, 0.1, 9) for e, p in ((0.2, 0.4), (0.1, 0.3))]
    assert "does not rise" in emerge_words.verdict(sizes[:2], falling, 8)
