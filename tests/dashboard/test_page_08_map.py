"""Page 08's learning-rate map through the entry point, without a browser."""

import re

import pytest
from reading import said

PAGE = "08_training_loop.py"
MAP = {"training_lab": "Learning-rate map", "map_epochs": "10"}


@pytest.fixture
def opened(open_app):
    return open_app(PAGE, **MAP)


def test_the_map_names_its_bands_and_loads_a_run(opened):
    words = said(opened)
    good = re.search(r"\*\*Good rates: ([\d.]+) to ([\d.]+)\*\*", words)
    assert 0 < float(good.group(1)) < float(good.group(2)) < 30
    assert "Yours, 0.03, is **too low**" in words
    assert "512 networks" in " ".join(caption.value for caption in opened.caption)
    opened.select_slider(key="map_rate").set_value(0.1).run()
    opened.number_input(key="map_seed").set_value(3).run()
    loss = float(re.search(r"At rate 0.1, seed 2 ended .* of \*\*([\d.]+)\*\*", said(opened))[1])
    # A fork that the learner left behind on the playground must not be where it begins.
    opened.session_state["_fork"] = "somewhere else"
    opened.button(key="load_run").click().run()
    assert not opened.exception
    values = {key: opened.session_state[key] for key in ("learning_rate", "seed", "epochs")}
    assert values == {"learning_rate": 0.1, "seed": 2, "epochs": 10}
    assert opened.session_state["training_lab"] == "playground"
    assert opened.query_params == {"learning_rate": "0.1", "seed": "2", "epochs": "10"}
    run = opened.session_state["_run"]
    assert run.fork is None
    assert run.epoch == 10
    assert float(run.film.train_loss[-1]) == pytest.approx(loss, rel=0.01)


def test_each_seed_has_a_best_rate_of_its_own(opened):
    question = opened.radio(key="guess_best_rates")
    question.set_value(question.options[0]).run()
    assert any("Seed by seed the best rates are" in info.value for info in opened.info)


def test_rate_by_momentum_falls_back_on_the_optimiser_that_has_one(open_app):
    app = open_app(PAGE, **MAP, map_over="Rate × momentum")
    while any(button.label == "Stop" for button in app.button):
        app.run()
    assert "SGD has no momentum" in " ".join(caption.value for caption in app.caption)
    assert re.search(r"Lowest middle loss: \*\*[\d.]+\*\* at rate", said(app))
    app.selectbox(key="cell_momentum").set_value(0.95).run()
    app.button(key="load_cell").click().run()
    assert app.session_state["momentum"] == 0.95
    assert app.session_state["optimizer"] == "momentum"
    assert app.session_state["training_lab"] == "playground"
