"""What the laboratory "Beyond one line" says about what it computed."""

from typing import Any

import numpy as np

from dashboard.formulas import weighted_sum
from dashboard.neuron.line_words import plural
from nnjax.races.intervals import wilson_interval

QUESTION = (
    "Keep two hidden neurons and swap tanh for ReLU. How many of the 1,000 starts will solve XOR?"
)
OPTIONS = ("fewer than with tanh", "about as many", "more than with tanh")
MAP_NOTE = (
    "Wider is safer, for every activation that bends. SiLU, GELU and Mish dip before they rise, "
    "so one neuron of theirs can be high, low and high again along a line: enough for XOR. Choose "
    "a cell to open its setting."
)
FORMULA_NOTE = (
    "The first two lines are the proof: one place is a mean of either class. A line's sum at the "
    "middle of two points is the mean of its sums at those points. So there it would have to be "
    "above 0, as the mean of two corners that fire, and not above 0, as the mean of two that are "
    "silent. A hidden layer is free of this, because the bend $f$ comes between two weighted sums: "
    "the other lines are the network above, at (1, 0)."
)
IN_LLMS = (
    "The same cure at scale: every transformer layer has a hidden layer of its own, 49,152 "
    "neurons wide in GPT-3, between two weighted sums, with a bend (GELU) in the middle. Take the "
    "bend away and the two sums collapse into one. That a hidden layer *can* represent almost any "
    "function says nothing about finding it: here too, some starts fail, and width makes that "
    "rarer."
)


def certificate(proof: Any, best: Any) -> str:
    """Describe the picture of the proof."""
    x1, x2 = proof.meeting_point
    return (
        f"XOR's four points. Both classes' hulls hold ({x1:.3g}, {x2:.3g}). The best line gets "
        f"{best.n_right} of 4 right."
    )


def counted(n_right: np.ndarray) -> str:
    """Return "473 of 1,000 starts solve it"."""
    return f"{int((n_right == 4).sum()):,} of {len(n_right):,} starts solve it"


def verdict(n_right: np.ndarray, activation: str, width: int) -> str:
    """Say what fraction solves it, how sure that is, and where the others end."""
    solved, n_seeds = int((n_right == 4).sum()), len(n_right)
    share = wilson_interval(solved, n_seeds)
    words = (
        f"With {plural(width, 'hidden neuron')} ({activation}), **{solved:,} of {n_seeds:,} "
        f"starts** solve XOR: {share.share:.1%} (95 % interval {share.low:.1%} to "
        f"{share.high:.1%})."
    )
    if solved == n_seeds:
        return words
    counts = np.bincount(n_right, minlength=5)[:4]
    return (
        f"{words} Most of the others, {counts.max():,}, end with {counts.argmax()} of 4 clearly on "
        "the right side."
    )


def relu_against_tanh(relu: int, tanh: int) -> tuple[str, str]:
    """Return the answer to `QUESTION` and the reason, from both counts of 1,000."""
    below, above = wilson_interval(tanh, 1000).low * 1000, wilson_interval(tanh, 1000).high * 1000
    answer = OPTIONS[0] if relu < below else OPTIONS[2] if relu > above else OPTIONS[1]
    return answer, (
        f"{relu} with ReLU, {tanh} with tanh. A ReLU neuron that is off at all four points has no "
        "gradient and cannot come back, and with two neurons there is none to spare."
    )


def formulas(proof: Any, view: Any, film: Any, activation: str) -> list[str]:
    """Return the proof, and what the network on show makes of (1, 0)."""
    sums = [
        " + ".join(
            rf"{share:.3g} \cdot {_pair(corner)}"
            for share, corner in zip(shares, hull, strict=True)
            if share > 0
        )
        for shares, hull in zip(proof.shares, proof.hulls, strict=True)
    ]
    n_hidden = int(view.kind.n_hidden)
    hidden, logit = film.hidden[-1][2][:n_hidden], float(film.logits[-1][2])
    lines = [
        f"{sums[0]} = {_pair(proof.meeting_point)}",
        f"{sums[1]} = {_pair(proof.meeting_point)}",
        r"z = \mathbf{v} \cdot f(W \mathbf{x} + \mathbf{b}) + c,"
        rf"\quad f = \text{{{activation}}}",
    ]
    if n_hidden <= 2:
        weights = view.networks.output_weights[-1]
        bias = float(view.networks.output_bias[-1])
        lines.append(f"z(1, 0) = {weighted_sum(weights[:n_hidden], hidden, bias)} = {logit:.2f}")
    prediction = float(film.predictions[-1][2])
    return [*lines, rf"\sigma(z(1, 0)) = \sigma({logit:.2f}) = {prediction:.3f}"]


def _pair(place: Any) -> str:
    return f"({place[0]:.3g},\\ {place[1]:.3g})"
