"""The character model at its defaults, for laboratories that look at it without training it."""

from dashboard.language.character_model import (
    AT_ONCE,
    KEPT,
    RATE,
    SEED,
    SIZE,
    SIZES,
    STEPS,
    Model,
    state_after,
    train_piece,
)
from nnjax.language.text import bundled_text
from nnjax.language.training import LanguageState

CONFIG = SIZES[SIZE.default]
PIECES = tuple(range(0, STEPS.default // AT_ONCE + 1, KEPT))  # the models that are remembered


def trained(piece: int) -> LanguageState:
    """Return the model after so many pieces of training, a multiple of KEPT; 0: as drawn."""
    model = Model(bundled_text(), SIZE.default, RATE.default, SEED.default)
    for number in range(max(1, piece - KEPT + 1), piece + 1):
        train_piece(model, number)
    return state_after(model, piece)


def say(piece: int) -> str:
    """Say what is being done, for the bar."""
    return f"Training the character model, {KEPT * AT_ONCE} steps at a time"
