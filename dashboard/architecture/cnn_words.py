"""What the laboratory "What a CNN sees" says about a trained network and one image."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import numpy as np

from dashboard.formulas import grouped, weighted_sum
from nnjax.zoo.cnn import N_FIRST, N_SECOND
from nnjax.zoo.convolution import REACH
from nnjax.zoo.digits import N_TEST, SIDE
from nnjax.zoo.shifted import ShiftedRuns

OPTIONS = ("The dense one", "Both about the same", "The CNN")
QUESTION = (
    "Every unseen digit is moved one pixel to the right. A dense network with one hidden layer of "
    "25 has 1,885 parameters, the CNN 1,898; neither was trained on moved digits. Which of them "
    "reads more?"
)
SAME = 0.02  # shares of right answers as close as this are called about the same
CLEAR_SLOPE = 0.3  # of all a filter's weight: what must differ between two sides to be an edge
LOW = 0.9  # the share of unseen digits that any healthy network here reads
NOTE = (
    "The frame on the image is this patch. The same nine weights make the same sum at all "
    "$8 \\times 8$ pixels; beyond the edge the image counts as paper, which is 0, and full ink is "
    "1. That is what *weight sharing* saves: eight filters have 80 parameters whatever the size of "
    "the image, where a dense layer to as many outputs has a weight of its own from every pixel to "
    "each of them."
)
IN_LLMS = (
    "Language models that take pictures begin in much the same way. A *vision transformer* cuts "
    "the image into square patches and multiplies each by the same matrix: a convolution that "
    "steps by a whole patch (Dosovitskiy et al. 2020, with patches of 16 × 16). From there on a "
    "patch is treated as a word is. Attention compares all patches with each other, and so their "
    "number, squared, is what a finer picture costs."
)
FIRST_TITLE = (
    "**First layer: eight filters of 3 × 3 pixels, each left of its responses.** Blue adds, orange "
    "subtracts. Click a filter to follow it."
)
SECOND_TITLE = (
    "**Second layer: sixteen units that combine all eight maps.** Click one to see what excites it."
)


def table(cnn: Sequence[int], dense: Sequence[int], accuracies: tuple[float, float]) -> str:
    """Return the parameters of every layer of both networks, and what they achieve."""
    names = ("First layer", "Second layer", "Third layer")
    rows = [
        f"| {name} | {one:,} | {f'{other:,}' if other else ''} |"
        for name, one, other in zip_longest(names, cnn, dense)
    ]
    return "\n".join(
        (
            "| Parameters | CNN | Dense |",
            "|:--|--:|--:|",
            *rows,
            f"| **All** | **{sum(cnn):,}** | {sum(dense):,} |",
            f"| **Reads, of {N_TEST}** | **{accuracies[0]:.1%}** | {accuracies[1]:.1%} |",
        )
    )


def reading(scene: Any) -> str:
    """Say what the network sees in the image, and how well it was trained."""
    seen, truth = scene.seen, scene.truth
    verdict = "right" if seen == truth else f"wrong: it is a {truth}"
    said = (
        f"It sees a **{seen}**, {float(scene.probabilities[seen]):.1%} sure, and that is "
        f"**{verdict}**. "
    )
    return said + _health(scene)


def _health(scene: Any) -> str:
    """Say what went wrong in training, if anything did."""
    lost, accuracy = int(scene.looking.network.diverged_at), scene.accuracy
    if lost >= 0:
        return f"Training diverged at step {lost}: the loss is no longer finite."
    silent = [
        int((np.asarray(peaks) <= 0).sum())
        for peaks in (scene.looking.first_peaks, scene.looking.strongest.max(axis=0))
    ]
    if accuracy < LOW and sum(silent) > (N_FIRST + N_SECOND) / 4:
        return (
            f"But {silent[0]} of {N_FIRST} filters and {silent[1]} of {N_SECOND} units answer no "
            "unseen image at all: steps this large pushed them below 0 everywhere, where ReLU has "
            "no slope to bring them back."
        )
    if accuracy < LOW:
        return f"Overall only **{accuracy:.1%}** of the unseen digits are read right so far."
    return f"Of all unseen digits it reads **{accuracy:.1%}** right."


def about_filter(scene: Any) -> str:
    """Say what the chosen filter looks for, and where it found it."""
    name = f"Filter {scene.filter + 1}"
    response = scene.stages.first[:, :, scene.filter]
    firing = int((response > 0).sum())
    said = f"**{name}** {looks_for(scene.kernel)}. "
    if not firing:
        return said + "It does not respond anywhere on this image."
    row, column = scene.spot
    return said + (
        f"On this image it responds at {firing} of {response.size} pixels, most at row {row + 1}, "
        f"column {column + 1}: the frame on the image."
    )


def looks_for(kernel: np.ndarray) -> str:
    """Say what a kernel (3, 3) responds to, as far as its two halves tell."""
    total = float(np.abs(kernel).sum()) or 1.0
    down = float(kernel[0].sum() - kernel[2].sum()) / total
    right = float(kernel[:, 0].sum() - kernel[:, 2].sum()) / total
    if max(abs(down), abs(right)) >= CLEAR_SLOPE:
        if abs(down) >= abs(right):
            return f"looks for ink {'above' if down > 0 else 'below'} paper: a level edge"
        return f"looks for ink {'left' if right > 0 else 'right'} of paper: an upright edge"
    balance = float(kernel.sum()) / total
    if balance >= 0.5:
        return "adds up ink, wherever in its patch it is"
    if balance <= -0.5:
        return "is held down by ink, wherever in its patch it is"
    return "weighs ink against ink, with no one direction"


def about_unit(scene: Any) -> str:
    """Say which digits the chosen unit responds to most."""
    name = f"Unit {scene.unit + 1}"
    if not len(scene.strengths):
        return f"**{name}** responds to no unseen digit."
    counts = np.bincount(scene.exciting_labels, minlength=10)
    digits = [int(digit) for digit in np.argsort(-counts, kind="stable") if counts[digit]]
    names = [f"{digit} ({counts[digit]} of {counts.sum()})" for digit in digits]
    return (
        f"**{name}** is excited most by {' and '.join(names[:2])}"
        f"{' and others' if len(names) > 2 else ''}. From one place it sees up to 8 × 8 pixels: "
        "no longer an edge but a part of a shape. Frames show what it sees from the place where "
        "it responds most; above each image stand its digit and that response."
    )


def formulas(scene: Any) -> tuple[str, ...]:
    """Return the sum at one pixel with its nine products, and the counts with and without it."""
    row, column = scene.spot
    number = scene.filter + 1
    patch = np.pad(scene.image, REACH)[row : row + 3, column : column + 3]
    bias = float(scene.looking.network.parameters.first.bias[scene.filter])
    total = float(scene.stages.first_sums[row, column, scene.filter])
    outputs, pixels = N_FIRST * SIDE**2, SIDE**2
    dense = grouped(outputs * (pixels + 1))
    products = weighted_sum(scene.kernel.ravel().tolist(), patch.ravel().tolist(), bias)
    return (
        r"z_{r,c} = \sum_{i=0}^{2} \sum_{j=0}^{2} w_{i,j}\, x_{r+i-1,\,c+j-1} + b",
        rf"z^{{({number})}}_{{{row + 1},{column + 1}}} = {products} = {total:.2f}, \quad "
        rf"\mathrm{{ReLU}}({total:.2f}) = {max(total, 0):.2f}",
        r"\text{shared: } 8\,(3 \cdot 3 + 1) = 80",
        rf"\text{{dense: }} {outputs}\,({pixels} + 1) = {dense}",
    )


def answer(cnn: ShiftedRuns, dense: ShiftedRuns) -> tuple[str, str]:
    """Return the option that the runs of both networks support, and why."""
    ours, theirs = (float(np.median(runs.shifted)) for runs in (cnn, dense))
    before = [float(np.median(runs.as_drawn)) for runs in (cnn, dense)]
    wins = int((cnn.shifted > dense.shifted).sum())
    option = (
        OPTIONS[1] if abs(ours - theirs) <= SAME else OPTIONS[2] if ours > theirs else OPTIONS[0]
    )
    return option, (
        f"In the middle of {len(cnn.shifted)} seeds the CNN goes from {before[0]:.1%} to "
        f"{ours:.1%}, the dense network from {before[1]:.1%} to {theirs:.1%}; the CNN reads more "
        f"in {wins} of {len(cnn.shifted)}. Its first maps move along with the digit, whereas every "
        "weight of the dense network waits at its own pixel. But the CNN's last layer is dense, "
        "with a weight for every place: moving does cost it, too."
    )


def describe_filters(scene: Any, first: int, count: int) -> str:
    """Return one panel of filters in words."""
    said = "; ".join(
        f"filter {index + 1} {looks_for(scene.kernels[index])}, its response reaches "
        f"{float(scene.stages.first[:, :, index].max()):.2f}"
        for index in range(first, first + count)
    )
    return f"Filters and their responses to this image: {said}."


def describe_units(scene: Any) -> str:
    """Return the second layer's maps in words."""
    peaks = scene.stages.second.max(axis=(0, 1))
    best = int(peaks.argmax())
    return (
        f"Responses of {N_SECOND} units, 4 by 4 places each. {int((peaks > 0).sum())} respond; "
        f"unit {best + 1} most, with {float(peaks[best]):.2f}. Framed: unit {scene.unit + 1}."
    )


def exciting_title(scene: Any) -> str:
    """Return the title of the images that excite the chosen unit."""
    found = len(scene.strengths)
    return f"{'What excites' if found else 'Nothing excites'} unit {scene.unit + 1}" + (
        " most" if found else ""
    )


def describe_exciting(scene: Any) -> str:
    """Return the images that excite the chosen unit in words."""
    if not len(scene.strengths):
        return f"No unseen digit excites unit {scene.unit + 1}: there is nothing to show."
    listed = ", ".join(
        f"a {label} ({strength:.2f})"
        for label, strength in zip(scene.exciting_labels, scene.strengths, strict=True)
    )
    return f"The unseen digits that excite unit {scene.unit + 1} most: {listed}."
