"""Page 09 through the entry point, without a browser."""

from types import SimpleNamespace

import pytest
from reading import formulas, metrics, said

from dashboard.zoo import cards_words
from nnjax.zoo.cards import CARDS
from nnjax.zoo.tasks import TASKS

PAGE = "09_architecture_zoo.py"
GUESS = "guess_zoo_arithmetic"


@pytest.fixture(scope="module")
def untrained():
    """The cards that say why nothing is trained."""
    return [card for card in CARDS.values() if card.not_here]


def test_first_paint_trains_a_feedforward_network(open_app):
    app = open_app(PAGE)
    while any(button.label == "Stop" for button in app.button):
        app.run()
    text = said(app)
    assert CARDS["feedforward"].description in text
    assert "After 12 epochs: **unseen tumours named right: 9" in text
    assert r"59\,(30 + 1) + 1\,(59 + 1) = 1{,}889" in formulas(app)
    assert "| Operations, counted by XLA | 3,840 |" in text
    app.radio(key=GUESS).set_value("The CNN").run()
    assert "**Yes: The CNN.**" in app.info[0].value
    assert "13 times as many" in app.info[0].value
    assert metrics(app)["Half of all at this many tokens"] == "73,728"
    app.slider(key="zoo_length").set_value(74).run()
    assert metrics(app)["Share spent on comparing tokens"] == "50.1%"


def test_a_loss_that_is_not_finite_is_a_result():
    lost = SimpleNamespace(n_epochs=3, diverged_at=7, test_score=(0.1, 0.1, 0.1))
    text = cards_words.result(CARDS["cnn"], TASKS["digits"], lost)
    assert text.startswith("**Diverged at step 7: the loss is no longer finite.**")


def test_the_verdict_compares_with_a_guess():
    poor = SimpleNamespace(n_epochs=2, diverged_at=-1, test_score=(0.1, 0.11))
    assert "no better than guessing" in cards_words.result(CARDS["rnn"], TASKS["recall"], poor)
    drawn = SimpleNamespace(n_epochs=1, diverged_at=-1, test_score=(0.0371,))
    said_of_it = cards_words.result(CARDS["autoencoder"], TASKS["redraw"], drawn)
    assert "**squared error of a pixel 0.0371**" in said_of_it


def test_a_card_without_training_says_why(open_app, untrained):
    assert {card.key for card in untrained} == {"gan", "resnet", "diffusion", "graph"}
    app = open_app(PAGE, zoo_card="GAN")
    assert CARDS["gan"].not_here in [info.value for info in app.info]
    assert not app.latex
    app.selectbox(key="zoo_card").set_value("graph").run()
    assert not app.exception
    assert CARDS["graph"].description in said(app)
