"""Page 08 through the entry point, without a browser."""

import pytest

DIVERGED = "Diverged at step"


def verdict(app):
    """Return the line that says how the run stands."""
    return next(m.value for m in app.markdown if m.value.startswith(("After **", f"**{DIVERGED}")))


def test_first_paint_shows_a_trained_network(open_app):
    app = open_app("08_training_loop.py")
    assert "After **200 epochs** (5,000 updates of 25 parameters)" in verdict(app)
    loss = float(verdict(app).split("test loss is **")[1].split("**")[0])
    assert loss < 0.05


def test_the_same_address_gives_the_same_numbers(open_app):
    settings = {"data": "XOR", "activation": "ReLU", "learning_rate": "0.1", "seed": "7"}
    first, second = (verdict(open_app("08_training_loop.py", **settings)) for _ in range(2))
    assert first == second
    assert first != verdict(open_app("08_training_loop.py", **settings | {"seed": "8"}))


def test_a_rate_of_ten_diverges_and_says_where(open_app):
    app = open_app("08_training_loop.py", learning_rate="10")
    assert DIVERGED in verdict(app)
    assert app.button(key="play").disabled


def test_steps_and_reset(open_app):
    app = open_app("08_training_loop.py")
    app.button(key="reset").click().run()
    assert "After **0 epochs** (0 updates" in verdict(app)
    app.button(key="step_batch").click().run()
    assert "(1 updates" in verdict(app)
    app.button(key="step_epoch").click().run()
    assert "After **1 epochs** (25 updates" in verdict(app)


def test_a_slider_moves_the_run(open_app):
    app = open_app("08_training_loop.py")
    before = verdict(app)
    app.select_slider(key="learning_rate").set_value(0.1).run()
    assert verdict(app) != before
    assert "After **200 epochs**" in verdict(app)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"learning_rate": "nan"}, "Learning rate"),
        ({"units_1": "0"}, "Units in layer 1"),
        ({"layers": "-3"}, "Hidden layers"),
        ({"noise": "1e400"}, "Noise"),
        ({"data": "<script>alert(1)</script>"}, "Data"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_an_absurd_address_is_one_sentence_and_the_default(open_app, settings, words):
    app = open_app("08_training_loop.py", **settings)
    assert len(app.warning) == 1
    assert words in app.warning[0].value.replace("\\", "")
    assert "After **200 epochs** (5,000 updates of 25 parameters)" in verdict(app)


@pytest.mark.parametrize("lab", ["Playground", "The loop", "Ball in a bowl"])
def test_every_laboratory_opens(open_app, lab):
    app = open_app("08_training_loop.py", training_lab=lab)
    assert not app.exception
    assert not app.warning
