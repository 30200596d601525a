"""The laboratory "Landscape" through the entry point, without a browser."""

import pytest
from reading import formulas, said

LAB = {"training_lab": "Landscape"}


def test_it_shows_the_way_of_the_playgrounds_run(open_app):
    app = open_app("08_training_loop.py", **LAB, epochs="20")
    words = said(app)
    assert "Its run moved in 25 dimensions" in words
    share = float(words.split("these two hold **")[1].split("%")[0])
    assert 50 < share <= 100
    written = float(formulas(app).split("= ")[-1].strip("$ \n"))
    assert written == pytest.approx(share / 100, abs=6e-4)
    app.radio(key="guess_landscape").set_value("About 60.0%").run()
    assert "2 of 25 dimensions are 8.0%" in app.info[0].value
    app.segmented_control(key="land_plane").set_value("random").run()
    assert "16 random directions" in said(app)
    before = said(app)
    app.number_input(key="land_seed").set_value(1).run()
    assert said(app) != before


def test_a_run_that_has_not_moved_has_no_path(open_app):
    app = open_app("08_training_loop.py", **LAB, epochs="0")
    assert "has no path" in said(app)
    assert not app.exception


def test_a_run_that_blew_up_is_a_result(open_app):
    app = open_app("08_training_loop.py", **LAB, learning_rate="10", land_view="Surface")
    assert "diverged at step" in said(app)
