"""What is wrong with a run, measured: each diagnosis is a curve over its frames, and a threshold.

The thresholds are this project's own: round numbers that part the runs of the playground that
went well from those that did not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nnjax.failures.vitals import TINY, Vitals
from nnjax.training.steps import DIVERGENCE_FACTOR


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """One illness: `curve(vitals)` (n_frames,), ill if it ends beyond `threshold`.

    `above` says on which side the illness lies; `only_if` and `unless` name another that must
    hold as well, or must not.
    """

    key: str
    label: str
    measure: str  # what the curve shows, for an axis
    curve: Callable[[Vitals], np.ndarray]
    threshold: float
    above: bool = True
    only_if: str | None = None
    unless: str | None = None
    scale: str = "share"  # how to write it: "share", "times", "size" (the last two on a log axis)
    why: str
    source: str

    def write(self, value: float) -> str:
        """Return what was measured, in its own unit."""
        if self.scale == "share":
            return f"{value:.0%}"
        if value >= 1e29:
            return "beyond all numbers"
        return f"{value:.3g}" + (" times" if self.scale == "times" else "")


class Finding(NamedTuple):
    """A diagnosis applied to one run."""

    diagnosis: Diagnosis
    curve: np.ndarray  # (n_frames,)
    value: float  # its end
    holds: bool


def examine(vitals: Vitals) -> list[Finding]:
    """Every diagnosis of the table, applied to one run, in the table's order."""
    return [find(row.key, vitals) for row in DIAGNOSES.values()]


def find(key: str, vitals: Vitals) -> Finding:
    """One diagnosis, applied to one run."""
    row = DIAGNOSES[key]
    curve = np.asarray(row.curve(vitals), np.float64)
    value = float(curve[-1])
    holds = value >= row.threshold if row.above else value <= row.threshold
    if row.only_if is not None:
        holds = holds and find(row.only_if, vitals).holds
    if row.unless is not None:
        holds = holds and not find(row.unless, vitals).holds
    return Finding(row, curve, value, bool(holds) and len(curve) > 1)


def loss_growth(vitals: Vitals) -> np.ndarray:
    """L_t / L_0; at least DIVERGENCE_FACTOR at the end of a run that was found to diverge."""
    growth = _known(vitals.train_loss) / max(float(vitals.train_loss[0]), TINY)
    if vitals.diverged:
        growth[-1] = max(growth[-1], DIVERGENCE_FACTOR)
    return growth


def loss_rise(vitals: Vitals) -> np.ndarray:
    """Test loss over the lowest that it has had so far."""
    losses = np.maximum(_known(vitals.test_loss), TINY)
    return losses / np.minimum.accumulate(losses)


def training_error(vitals: Vitals) -> np.ndarray:
    """Share of the training rows that are wrong; for a value, 1 - R^2, at most 1."""
    return np.clip(1 - np.nan_to_num(vitals.train_accuracy, nan=0.0, posinf=0, neginf=0), 0, 1)


def late_fall(vitals: Vitals) -> np.ndarray:
    """By which share the training loss fell over the last quarter of the frames so far."""
    losses = np.maximum(_known(vitals.train_loss), TINY)
    earlier = losses[(np.arange(len(losses)) * 3) // 4]
    return np.clip(1 - losses / earlier, -1, 1)


def gradient_ratio(vitals: Vitals) -> np.ndarray:
    """The first layer's gradient norm over the largest of all layers."""
    norms = np.nan_to_num(vitals.gradient_norms, nan=0.0, posinf=1e30)
    return norms[:, 0] / np.maximum(norms.max(axis=1), TINY)


def largest_gradient(vitals: Vitals) -> np.ndarray:
    """The largest gradient norm of a layer that the run has met so far."""
    return np.maximum.accumulate(_known(vitals.gradient_norms).max(axis=1))


def _known(values) -> np.ndarray:
    return np.nan_to_num(np.asarray(values, np.float64), nan=1e30, posinf=1e30)


_ROWS = (
    Diagnosis(
        key="diverged",
        label="It diverged",
        measure="training loss over its first",
        curve=loss_growth,
        threshold=DIVERGENCE_FACTOR,
        scale="times",
        why="Each step went so far past the lowest place that the next slope was steeper.",
        source="cohen_2021",
    ),
    Diagnosis(
        key="twins",
        label="Units are copies of one another",
        measure="hidden units with a twin in their layer",
        curve=lambda vitals: vitals.units.twins,
        threshold=0.5,
        why="Units with the same weights get the same gradient, and stay the same for ever.",
        source="lecun_1998",
    ),
    Diagnosis(
        key="dead",
        label="Units are dead",
        measure="hidden units without any slope",
        curve=lambda vitals: vitals.units.dead,
        threshold=0.25,
        why="Where the activation is flat for every example, no gradient gets through: such a unit "
        "cannot learn its way back.",
        source="lu_2019",
    ),
    Diagnosis(
        key="saturated",
        label="Units are saturated",
        measure="units on a flat end, mean of examples",
        curve=lambda vitals: vitals.units.saturated,
        threshold=0.5,
        why="On its flat ends a sigmoid or tanh has less than a twentieth of its steepest slope, "
        "and so has everything that comes back through it.",
        source="glorot_bengio_2010",
    ),
    Diagnosis(
        key="exploding",
        label="Gradients explode",
        measure="largest gradient norm so far",
        curve=largest_gradient,
        threshold=100.0,
        scale="size",
        why="Every layer multiplies what comes back through it by more than 1.",
        source="glorot_bengio_2010",
    ),
    Diagnosis(
        key="vanishing",
        label="Gradients vanish",
        measure="first layer's gradient over the largest",
        curve=gradient_ratio,
        threshold=0.01,
        above=False,
        unless="dead",
        scale="times",
        why="Every layer multiplies what comes back through it by less than 1, so the first layers "
        "hardly learn.",
        source="glorot_bengio_2010",
    ),
    Diagnosis(
        key="overfitting",
        label="It memorises",
        measure="test loss over its own lowest",
        curve=loss_rise,
        threshold=1.25,
        scale="times",
        why="The training loss goes on falling while the test loss rises: what is learned now "
        "holds for the training examples alone.",
        source="krogh_hertz_1991",
    ),
    Diagnosis(
        key="underfitting",
        label="It has not learned the training set",
        measure="training examples that are wrong",
        curve=training_error,
        threshold=0.2,
        why="The network is too small, or the training too short, even for the examples it sees.",
        source="rumelhart_1986",
    ),
    Diagnosis(
        key="plateau",
        label="It is stuck",
        measure="fall of the loss in the last quarter",
        curve=late_fall,
        threshold=0.01,
        above=False,
        only_if="underfitting",
        why="The loss is flat where the run stands, and the gradient too small to leave.",
        source="glorot_bengio_2010",
    ),
    Diagnosis(
        key="crawling",
        label="It is not done",
        measure="fall of the loss in the last quarter",
        curve=late_fall,
        threshold=0.05,
        only_if="underfitting",
        why="The loss was still falling when the run ended: more epochs, or a higher rate.",
        source="robbins_monro_1951",
    ),
    Diagnosis(
        key="neglected",
        label="A class is neglected",
        measure="share right, less the worst class's",
        curve=lambda vitals: vitals.units.accuracy_gap,
        threshold=0.3,
        unless="underfitting",
        why="A class with few examples adds little to the mean loss, so it pays to ignore it.",
        source="he_garcia_2009",
    ),
)
DIAGNOSES = {row.key: row for row in _ROWS}
