"""What the laboratory "Why cross-entropy" says about what it computed."""

from typing import Any

import numpy as np

from nnjax.races.bands import count_wins, middle_seed
from nnjax.saturation import LEARNED, N_SEEDS, N_STEPS

QUESTION = (
    "The truth is 1 and the neuron says 0.01. How hard does squared error pull at the logit, "
    "compared with cross-entropy?"
)
OPTIONS = ("twice as hard", "half as hard", "a tenth as hard", "a fiftieth as hard")
_SIZES = (2.0, 0.5, 0.1, 0.02)
FORMULA_NOTE = (
    "The factor 2 is that of $(p - y)^2$ without a half in front. The rest of the difference is "
    "$p\\,(1 - p)$, the slope of the sigmoid: never above a quarter, and next to nothing where the "
    "neuron is sure, rightly or wrongly. Cross-entropy's own slope, $-1/p$, cancels it exactly, so "
    "only the error is left. `jax.grad` draws both lines; a test holds them to these formulas."
)
IN_LLMS = (
    "Softmax and cross-entropy cancel in the same way: the pull on each token's logit is its "
    "probability less 1 for the token that came, and its probability for all others. A model that "
    "is sure of the wrong token gets a pull close to 1, never a vanishing one. This is a reason, "
    "not a law: trained with as much care, squared error has matched cross-entropy on a range of "
    "classification tasks (Hui and Belkin, 2020)."
)


def compare_pulls(cross: float, squared: float) -> tuple[str, str]:
    """Return the option that fits, and why."""
    ratio = squared / cross
    answer = OPTIONS[int(np.argmin([abs(np.log(size / ratio)) for size in _SIZES]))]
    return answer, (
        f"Cross-entropy pulls with {cross:.4f}, squared error with {squared:.4f}: the slope of the "
        f"sigmoid there is 0.01 · 0.99, and twice that is **{ratio:.4f}**."
    )


def who_learned(duel: Any) -> str:
    """Return when the middle seed of each loss has learned, for the ear."""
    names = {"binary_cross_entropy": "cross-entropy", "mse": "squared error"}
    return ", ".join(f"{names[key]} {_when(steps)}" for key, steps in duel.learned.items())


def _when(steps) -> str:
    middle = middle_seed(steps)
    if not np.isfinite(middle):
        return f"has not after {N_STEPS} steps"
    return f"after {middle:.0f} steps"


def what_to_see(duel: Any) -> str:
    """Return the pull at the start, and who gets to LEARNED first."""
    cross, squared = duel.pull["binary_cross_entropy"], duel.pull["mse"]
    said = (
        f"At the start the neuron gives the truth **{duel.p:.4f}**. Cross-entropy pulls with "
        f"**{cross:.4f}**, squared error with **{squared:.4f}**"
    )
    ratio = cross / squared if squared else np.inf
    said += f", {ratio:,.0f} times less. " if ratio >= 2 else ". "
    fast, slow = duel.learned["binary_cross_entropy"], duel.learned["mse"]
    wins = count_wins(fast, slow)
    return said + (
        f"To reach {LEARNED:g}, cross-entropy needs {_needs(fast)}; squared error needs "
        f"{_needs(slow)}. Cross-entropy is first in **{wins} of {N_SEEDS}** seeds."
    )


def _needs(steps) -> str:
    middle = middle_seed(steps)
    if not np.isfinite(middle):
        return f"**more than {N_STEPS} steps** in the middle seed"
    return f"**{middle:.0f} step{'' if middle == 1 else 's'}** in the middle seed"


def formulas(duel: Any) -> tuple[str, ...]:
    """Return both gradients with the learner's numbers in them."""
    p, error = duel.p, duel.p - 1
    cross, squared = duel.pull["binary_cross_entropy"], duel.pull["mse"]
    return (
        r"\text{cross-entropy:}\quad \frac{\partial L}{\partial z} = p - y"
        rf" = {p:.4f} - 1 = {cross:.4f}",
        r"\text{squared error:}\quad \frac{\partial L}{\partial z} = 2\,(p - y)\,p\,(1 - p)"
        rf" = 2 \cdot ({error:.4f}) \cdot {p:.4f} \cdot {1 - p:.4f} = {squared:.4f}",
    )
