"""Every stop rule ends a run at the first frame where its own sentence is true."""

from types import SimpleNamespace

import numpy as np
import pytest

from nnjax.training.stopping import STOP_RULES, first_stop

EPOCHS = np.arange(8) * 10.0
FILM = SimpleNamespace(
    step=np.arange(8) * 250,
    train_loss=np.array([0.9, 0.5, 0.3, 0.2, 0.1, 0.05, 0.04, 0.04]),
    test_loss=np.array([0.9, 0.6, 0.4, 0.399, 0.398, 0.397, 0.5, 0.3]),
    test_accuracy=np.array([0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.9, 0.99]),
)


@pytest.mark.parametrize(
    ("rule", "threshold", "frame"),
    [
        ("train_loss", 0.2, 3),
        ("train_loss", 0.01, None),
        ("test_loss", 0.4, 2),
        ("score", 0.9, 4),
        ("score", 1.0, None),
        ("plateau", 30, 5),  # best at frame 2; frames 3 to 5 fall by less than a hundredth
        ("plateau", 50, None),  # at frame 7 it falls again, in time
        ("steps", 1000, 4),
        ("steps", 1001, 5),
    ],
)
def test_the_first_frame(rule, threshold, frame):
    assert first_stop(STOP_RULES[rule], FILM, EPOCHS, threshold) == frame


def test_a_diverged_loss_reaches_nothing_and_is_a_plateau():
    film = SimpleNamespace(**vars(FILM) | {"test_loss": np.full(8, np.nan)})
    assert first_stop(STOP_RULES["test_loss"], film, EPOCHS, 1e9) is None
    assert first_stop(STOP_RULES["plateau"], film, EPOCHS, 40) == 4


@pytest.mark.parametrize("rule", STOP_RULES.values(), ids=lambda rule: rule.key)
def test_every_reason_names_its_threshold(rule):
    assert "5" in rule.reason.format(threshold=0.5 if rule.threshold == "share" else 5.0)
