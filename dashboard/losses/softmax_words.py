"""What the laboratory "Softmax" says about what it computed."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboard.formulas import factor

QUESTION = (
    "Labels are smoothed by 0.1, and you raise the right class's score further and further. What "
    "does the loss do?"
)
OPTIONS = ("It falls towards 0", "It falls, then rises", "It falls, then stays level")
FORMULA_NOTE = (
    "The loss has two parts: the entropy of the target, $H(t)$, which no prediction can avoid, and "
    "the divergence, KL, which training can bring to 0. With a hard target the first is 0, and "
    "both losses are the same number. The pull on a score is its share less its target, over $T$."
)
IN_LLMS = (
    "The same three steps end every language model, with a score for each token of the vocabulary "
    "instead of four animals. *Temperature* is mostly turned after training, when text is sampled; "
    "in the loss it appears where a small model learns from a large one (distillation). *Label "
    "smoothing* of 0.1 was used to train the first transformer: it made its perplexity worse and "
    "its translations better."
)


def what_to_see(scene: Any, names: Sequence[str]) -> str:
    """Return one or two sentences on the share, the loss, and what no one can avoid."""
    result, name = scene.result, names[scene.right]
    best = names[int(np.argmax(result.shares))]
    said = f"Softmax gives **{name}**, the truth, **{result.shares[scene.right]:.1%}**"
    said += ". " if best == name else f", less than {best}. "
    said += f"The loss is **{result.loss:.4f}**"
    if scene.smoothing > 0:
        said += (
            f": {result.entropy:.4f} that the smoothed target costs whoever guesses, and "
            f"{result.divergence:.4f} that training can still remove"
        )
    said += ". "
    if result.gradient[scene.right] > 1e-4:
        return f"{said}It is too sure for this target: the score of {name} is pulled **down**."
    if scene.temperature != 1:
        effect = "shrinks" if scene.temperature > 1 else "stretches"
        said += f"Temperature {scene.temperature:g} {effect} every gap between scores."
    return said


def read_bend(scores, along) -> tuple[str, str]:
    """Return the option that fits the loss along the right class's score, and why."""
    lowest = int(np.argmin(along))
    answer = OPTIONS[0] if along[-1] < 0.01 else OPTIONS[2]
    if along[-1] - along[lowest] > 0.01:
        answer = OPTIONS[1]
    return answer, (
        f"With the other scores as they are at first, it is lowest at a score of "
        f"{scores[lowest]:.2f}, where it is {along[lowest]:.3f}; at {scores[-1]:.0f} it is "
        f"{along[-1]:.3f} again. A smoothed target wants a share of 0.925, not of 1: every "
        "step beyond takes from the other classes what the target leaves them."
    )


def formulas(scene: Any, names: Sequence[str]) -> tuple[str, ...]:
    """Return softmax, loss and pull of the right class with the learner's numbers in them."""
    result, right, heat = scene.result, scene.right, f"{scene.temperature:g}"
    above = rf"{scene.scores[right]:.1f} / {heat}"
    below = " + ".join(rf"e^{{{score:.1f} / {heat}}}" for score in scene.scores)
    share, target = float(result.shares[right]), float(result.targets[right])
    terms = " - ".join(
        rf"{wanted:.3f} \ln {given:.4f}"
        for wanted, given in zip(result.targets, result.shares, strict=True)
        if wanted > 0
    )
    name = rf"\text{{{names[right]}}}"
    return (
        rf"p_{{{name}}} = \frac{{e^{{{above}}}}}{{{below}}} = {share:.4f}",
        rf"t_{{{name}}} = (1 - {scene.smoothing:.2f}) \cdot 1 + \frac{{{scene.smoothing:.2f}}}"
        rf"{{{len(names)}}} = {target:.3f}",
        rf"L = -\sum_k t_k \ln p_k = -{terms} = {result.loss:.4f}",
        rf"L = H(t) + \text{{KL}} = {result.entropy:.4f} + {factor(float(result.divergence), 4)}",
        rf"\frac{{\partial L}}{{\partial z_{{{name}}}}} = \frac{{{share:.4f} - {target:.3f}}}"
        rf"{{{heat}}} = {result.gradient[right]:.4f}",
    )
