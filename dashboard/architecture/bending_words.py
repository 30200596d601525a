"""What the laboratory "What each layer sees" says about what it computed."""

from typing import Any

import numpy as np

from dashboard.formulas import signed
from nnjax.activations import ACTIVATIONS
from nnjax.bending import first_layer_sums

SOLVED = 0.99  # of the points on their right side counts as parted
SMALL = 0.02  # a difference in shares that is not worth a word

QUESTION = (
    "A disc lies in a ring. Every hidden layer has just two tanh neurons, so the plane is "
    "stretched and bent but nothing is added to it. Of 16 networks with three such layers, how "
    "many let one straight cut part disc and ring?"
)
OPTIONS = ("None", "Some", "Most of them")
IN_LLMS = (
    "A language model's last layer does just this: one straight cut for every token of the "
    "vocabulary, through a space that the layers before have bent until the cuts suffice. People "
    "look into the layers on the way with the same tool, a *linear probe*: in BERT the middle "
    "layers part words by grammar sooner than by meaning (Tenney et al. 2019), and in GPT-like "
    "models the next token can be read off, more and more surely, from layer to layer (Belrose et "
    "al. 2023). The pictures that follow from there are not planes: they have as many dimensions "
    "as the model is wide."
)


def what_to_see(scene: Any) -> str:
    """Return where the classes became separable, in numbers."""
    shares = scene.test_accuracy
    first, last = float(shares[0]), float(shares[-1])
    said = (
        f"One straight cut through the inputs gets **{first:.1%}** of the {scene.n_test} test "
        f"points right; after {_layers(len(shares) - 1)} it gets **{last:.1%}**. "
    )
    if scene.diverged_at >= 0:
        said = f"**Diverged at step {scene.diverged_at}**: this is the wreck. " + said
    return said + _reason(scene, shares)


def _reason(scene: Any, shares: np.ndarray) -> str:
    first, last = float(shares[0]), float(shares[-1])
    if np.ptp(scene.bent[-1].points[-1]) == 0:
        return (
            "The last hidden layer gives the same answer everywhere: all points lie on one place, "
            "and nothing after it can tell them apart. Another seed may live."
        )
    if scene.settings.activation == "identity":
        return (
            "Without an activation the grid stays straight from layer to layer: no cut can part "
            "more than one through the inputs could."
        )
    if last < first - SMALL:
        return "The layers made it worse: what they fold together, no cut gets apart again."
    return _how_far(shares)


def _how_far(shares: np.ndarray) -> str:
    parted = [depth for depth, share in enumerate(shares) if share >= SOLVED]
    if parted and parted[0] == 0:
        return "These classes needed no layer at all."
    if parted and shares[-1] >= SOLVED:
        return f"From layer {parted[0]} on, the classes are parted."
    if shares[-1] - shares[0] > SMALL:
        return "The layers made the classes easier to part, but not fully."
    return "The layers made it no easier."


def of_pieces(count: int, side: int, activation: str) -> str:
    """Say of how many flat pieces a network is made."""
    return (
        f"Every {ACTIVATIONS[activation].label} neuron folds the plane along one line, and later "
        f"layers fold what is folded already: looking at {side} by {side} places finds "
        f"**{count} flat pieces**."
    )


def _layers(count: int) -> str:
    return "one layer" if count == 1 else f"{count} layers"


def about_two_wide(shares: np.ndarray) -> tuple[str, str]:
    """Return the option that fits the shares of 16 networks (n,), and why."""
    n = len(shares)
    parted = int(np.sum(shares >= SOLVED))
    answer = OPTIONS[0] if parted == 0 else OPTIONS[1] if parted <= n / 2 else OPTIONS[2]
    return answer, (
        f"{parted} of {n} get {SOLVED:.0%} of the test points right; the best gets "
        f"{shares.max():.1%}. Two tanh neurons map the plane onto a plane without tearing it, so "
        "the ring stays closed around the disc, and no line can leave a closed ring on one side "
        "and its middle on the other. A layer of three or more can lift the disc out."
    )


def formulas(scene: Any) -> tuple[str, ...]:
    """Return the first neuron and the last cut, with the learner's numbers."""
    weights, bias = first_layer_sums(scene.parameters(-1), scene.data)
    total = (
        rf"{weights[0][0]:.2f}\, x_1 {signed(float(weights[0][1]))}\, x_2 {signed(float(bias[0]))}"
    )
    name = rf"\text{{{scene.settings.activation.replace('_', ' ')}}}"
    share = float(scene.test_accuracy[-1])
    right = round(share * scene.n_test)
    return (
        rf"h_1 = {name}({total}), \qquad \text{{its line: }} {total} = 0",
        r"\mathbf{h}^{(l)} = f(\mathbf{W}^{(l)} \mathbf{h}^{(l-1)} + \mathbf{b}^{(l)}), \qquad"
        r" \text{the cut: } \mathbf{v} \cdot \mathbf{h}^{(l)} + c = 0",
        rf"\frac{{\text{{test points on their side}}}}{{\text{{all of them}}}}"
        rf" = \frac{{{right}}}{{{scene.n_test}}} = {share:.3f}",
    )


def note(scene: Any) -> str:
    """Return what the pictures leave out and what they choose."""
    widest = max(scene.settings.hidden)
    said = (
        "Weighing and summing keeps straight lines straight; only "
        f"{ACTIVATIONS[scene.settings.activation].label} can bend them. The cut at each depth is "
        "fitted anew (logistic regression on the training points); the network itself is not "
        "touched. Each picture is moved and scaled to fill its frame; between two layers the film "
        "goes straight across. "
    )
    if widest > 2:
        said += (
            f"A layer of {widest} neurons does not fit on a plane: it is shown on its two "
            "principal components, turned to lie as near as can be to the picture before. The "
            "cut is counted in all its dimensions, and drawn where it meets the picture, so some "
            "points may seem to lie on the wrong side."
        )
    return said
