"""The character transformer at its defaults, trained on the book once for all learners."""

from typing import Any

import numpy as np

from dashboard.compute import remember
from nnjax.language.model import LanguageConfig
from nnjax.language.text import bundled_text
from nnjax.language.training import start_training, train_chunk

CONFIG = LanguageConfig()
RATE = 3e-3
AT_ONCE = 50  # steps trained before the page is drawn again
PIECES = tuple(range(1, 7))


def trained(piece: int) -> Any:
    """Return the training after `piece` times AT_ONCE steps; none is done twice."""
    before = trained(piece - 1) if piece else None
    return remember("training the character model", lambda *_: _go_on(before), piece)


def _go_on(before: Any) -> Any:
    if before is None:
        return start_training(np.uint32(0), config=CONFIG)
    corpus = bundled_text().corpus
    return train_chunk(before, corpus, np.float32(RATE), config=CONFIG, n_steps=AT_ONCE)[0]


def say(piece: int) -> str:
    """Say what is being done, for the bar."""
    return f"Training the character transformer, {AT_ONCE} steps at a time"
