"""Rules that end a run, judged by what it has recorded so far."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnjax.training.metrics import Snapshot

IMPROVEMENT = 0.01  # a test loss that falls by less than this share has not improved


@dataclass(frozen=True, kw_only=True)
class StopRule:
    """One rule. `holds` says of every frame whether the run could have ended there."""

    key: str
    label: str
    threshold: str  # what is compared with: a loss, a share, or a time in epochs
    holds: Callable[[Snapshot, np.ndarray, float], np.ndarray]
    reason: str  # what is said of a run that it ended, with {threshold} in it


def first_stop(rule: StopRule, film: Snapshot, epochs: np.ndarray, threshold: float) -> int | None:
    """The first frame at which `rule` holds, or None. `film` and `epochs` are (n_frames, ...)."""
    found = np.flatnonzero(rule.holds(film, epochs, threshold))
    return int(found[0]) if found.size else None


def is_on_plateau(film: Snapshot, epochs: np.ndarray, patience: float) -> np.ndarray:
    """Whether the test loss has not fallen by IMPROVEMENT of its best for `patience` epochs.

    Source: Prechelt (1998), whose class of rules counts strips without progress.
    """
    best, since, stuck = np.inf, epochs[0], []
    for loss, epoch in zip(film.test_loss, epochs, strict=True):
        if loss < (1 - IMPROVEMENT) * best:
            best, since = loss, epoch
        stuck.append(epoch - since >= patience)
    return np.array(stuck)


_ROWS = (
    StopRule(
        key="train_loss",
        label="Train loss falls to",
        threshold="loss",
        holds=lambda film, epochs, loss: film.train_loss <= loss,
        reason="the train loss has fallen to {threshold:g}",
    ),
    StopRule(
        key="test_loss",
        label="Test loss falls to",
        threshold="loss",
        holds=lambda film, epochs, loss: film.test_loss <= loss,
        reason="the test loss has fallen to {threshold:g}",
    ),
    StopRule(
        key="score",
        label="Test accuracy or R² reaches",
        threshold="share",
        holds=lambda film, epochs, share: film.test_accuracy >= share,
        reason="the test score has reached {threshold:.0%}",
    ),
    StopRule(
        key="plateau",
        label="Test loss stops falling for",
        threshold="epochs",
        holds=is_on_plateau,
        reason="for {threshold:g} epochs the test loss has not fallen by a hundredth of its best",
    ),
    StopRule(
        key="steps",
        label="Updates reach",
        threshold="updates",
        holds=lambda film, epochs, count: film.step >= count,
        reason="{threshold:,.0f} updates have been made",
    ),
)
STOP_RULES = {row.key: row for row in _ROWS}
