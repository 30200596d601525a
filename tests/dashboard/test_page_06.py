"""Page 06 through the entry point, without a browser."""

import pytest
from reading import formulas, metrics, said

from dashboard.language import trained
from nnjax.losses import LOSSES

PAGE = "06_loss_functions.py"


def test_first_paint_has_the_numbers(open_app):
    app = open_app(PAGE)
    assert "**Loss 0.3567**" in said(app)
    assert "**Moderate**: there is room to improve" in said(app)
    assert "| **Binary cross-entropy** | **0.3567** | **-1.429** |" in said(app)
    assert r"\ln 0.30\right) = 0.3567" in formulas(app)
    assert metrics(app)["Guessing among 100,000 costs ln V"] == "11.51"


def test_the_verdict_follows_the_slider(open_app):
    app = open_app(PAGE)
    app.slider(key="loss_p").set_value(0.02).run()
    assert "**Extreme**" in said(app)
    assert "**-50.000**" in said(app)
    app.segmented_control(key="loss_truth").set_value(0).run()
    assert "**Tiny**" in said(app)


def test_other_losses_are_compared_with_cross_entropy(open_app):
    app = open_app(PAGE, loss_focus="mse", loss_p="0.02")
    assert "Cross-entropy makes it 3.9120, **extreme**. Its slope is **25.5** times" in said(app)
    app = open_app(PAGE, loss_focus="hinge", loss_p="0.8")
    assert "nothing pulls any more" in said(app)
    app = open_app(PAGE, loss_focus="kl")
    assert "**Moderate**" in said(app)


@pytest.mark.parametrize("key", LOSSES)
def test_every_loss_has_its_formula(open_app, key):
    app = open_app(PAGE, loss_focus=LOSSES[key].label, loss_p="0.9", loss_show="")
    assert LOSSES[key].formula in formulas(app)
    assert LOSSES[key].note in said(app)
    assert f"| **{LOSSES[key].label}** |" in said(app)


def test_the_calculator_follows_its_sliders(open_app):
    app = open_app(PAGE)
    app.select_slider(key="loss_vocabulary").set_value(27).run()
    app.slider(key="loss_mean").set_value(4.0).run()
    assert metrics(app)["Guessing among 27 costs ln V"] == "3.30"
    assert metrics(app)["Perplexity at a loss of 4.00"] == "54.60"
    assert "worse than guessing" in said(app)


def test_a_guess_about_the_slope_is_checked(open_app):
    app = open_app(PAGE)
    assert not app.info
    app.radio(key="guess_steeper_loss").set_value("2 times").run()
    assert "**Not this time: 10 times.**" in app.info[0].value
    assert "-10.0 and -100.0" in app.info[0].value


def test_a_saturated_neuron_is_pulled_by_both(open_app):
    app = open_app(PAGE, loss_lab="why")
    assert "Cross-entropy pulls with **-0.9933**, squared error with **-0.0132**" in said(app)
    assert "first in **32 of 32** seeds" in said(app)
    assert r"p - y = 0.0067 - 1 = -0.9933" in formulas(app)
    app.slider(key="loss_start").set_value(-8.0).run()
    assert "squared error needs **more than 500 steps**" in said(app)
    app.select_slider(key="loss_rate").set_value(3.0).run()
    assert "cross-entropy needs **2 steps**" in said(app)


def test_a_guess_about_the_pull_is_checked(open_app):
    app = open_app(PAGE, loss_lab="why")
    app.radio(key="guess_pull").set_value("a fiftieth as hard").run()
    assert "**Yes: a fiftieth as hard.**" in app.info[0].value
    assert "**0.0198**" in app.info[0].value


def test_softmax_and_its_loss(open_app):
    app = open_app(PAGE, loss_lab="softmax")
    assert "Softmax gives **cat**, the truth, **63.8%**. The loss is **0.5968**" in said(app)
    assert "= 0.3488 + 0.2480" in formulas(app)
    app.slider(key="loss_smoothing").set_value(0.0).run()
    assert "The loss is **0.4493**" in said(app)
    app.slider(key="loss_temperature").set_value(2.0).run()
    assert "Temperature 2 shrinks every gap" in said(app)
    app.segmented_control(key="loss_right").set_value("owl").run()
    assert "less than cat" in said(app)


def test_a_smoothed_label_can_be_overshot(open_app):
    app = open_app(PAGE, loss_lab="softmax", loss_cat="6")
    assert "is pulled **down**" in said(app)
    app.radio(key="guess_smoothing").set_value("It falls towards 0").run()
    assert "**Not this time: It falls, then rises.**" in app.info[0].value


def test_an_outlier_moves_the_three_fits_differently(open_app):
    app = open_app(PAGE, loss_lab="outliers")
    assert "| Squared error | 0.59 → 0.41 | **0.58** |" in said(app)
    assert "| Huber | 0.59 → 0.56 | **0.11** |" in said(app)
    assert r"2 \cdot (5.33) = 10.67" in formulas(app)
    app.slider(key="loss_y").set_value(6.8).run()
    assert "**no line moves much**" in said(app)
    app.radio(key="guess_outlier").set_value("four times as far").run()
    assert "**Not this time: hardly any further.**" in app.info[0].value


def test_a_sentence_has_a_loss_at_every_position(open_app):
    app = open_app(PAGE, loss_lab="text")
    assert "| All alike | 3.30 | 27.0 |" in said(app)
    assert "| **Pairs** | **2.20** | **9.0** |" in said(app)
    assert "The dearest letter is **a** after c: given 0.29%, it costs **5.85**" in said(app)
    assert r"\frac{1}{20}" in formulas(app)
    assert r"e^{2.1959} = 8.99" in formulas(app)
    app.select_slider(key="loss_extra").set_value(0.0).run()
    assert "**are not finite**" in said(app)
    assert r"\infty" in formulas(app)
    app.text_input(key="loss_text").set_value("it was very late").run()
    assert "**1.96**" in said(app)


def test_a_text_without_letters_keeps_the_last_one(open_app):
    app = open_app(PAGE, loss_lab="text", loss_text="late")
    good = said(app)
    app.text_input(key="loss_text").set_value("12 34").run()
    assert app.error[0].value == "The text needs at least one letter from a to z."
    assert said(app) == good


def test_a_guess_about_the_vocabulary_is_checked(open_app):
    app = open_app(PAGE, loss_lab="text")
    app.radio(key="guess_vocabulary").set_value("It doubles").run()
    assert "**Not this time: It grows by 0.69.**" in app.info[0].value
    assert "**11.51**" in app.info[0].value


@pytest.mark.parametrize("lab", ["one", "why", "softmax", "outliers", "text"])
def test_the_same_address_gives_the_same_words(open_app, lab):
    first, second = (open_app(PAGE, loss_lab=lab) for _ in range(2))
    assert said(first) == said(second)
    assert formulas(first) == formulas(second)
    for part in ("Try this", "In large language models", "The formula", "Predict, then reveal"):
        assert part in [block.value for block in first.header]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"loss_p": "nan"}, "Prediction"),
        ({"loss_p": "1.5"}, "Prediction"),
        ({"loss_focus": "<b>"}, "Loss"),
        ({"loss_lab": "none"}, "Laboratory"),
        ({"loss_start": "1e400"}, "Sum z at the start"),
        ({"loss_rate": "0"}, "Learning rate"),
        ({"loss_smoothing": "-1"}, "Label smoothing"),
        ({"loss_text": "<1>"}, "A sentence"),
        ({"loss_vocabulary": "7"}, "Vocabulary"),
    ],
)
def test_a_bad_address_is_noted_and_the_defaults_hold(open_app, settings, words):
    app = open_app(PAGE, **settings)
    assert len(app.warning) == 1
    assert words in app.warning[0].value.replace("\\", "")
    assert "**Loss 0.3567**" in said(app)


def test_a_transformer_guesses_too(open_app, monkeypatch):
    untrained = trained.trained(0)
    monkeypatch.setattr(trained, "trained", lambda piece: untrained)
    app = open_app(PAGE, loss_lab="text", loss_model="A trained transformer")
    assert "| **Transformer** |" in said(app)
    assert "after 0 steps on the whole book" in said(app)
    app.selectbox(key="loss_model").set_value("pairs").run()
    assert "Transformer" not in said(app)
