"""What the laboratory "Draw a digit" says about one drawing and those who read it."""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from dashboard.charts.readers import Readings
from nnjax.zoo.readers import Reader

QUESTION = (
    "All these networks were trained on the same digits, each in its place. Now every unseen digit "
    "moves one pixel to the right. Which of them still reads the most?"
)
NOTE = (
    "$z$ are the last layer's ten sums for the drawing as it is. Softmax makes ten shares of 1 of "
    "them, whatever is on the sheet: there is no eleventh for *none of these*."
)
IN_LLMS = (
    "A language model ends in the same softmax, over every token that it knows, and it too must "
    "name one. *I do not know* comes out only where the training text taught it to. And a "
    "probability of 0.99 is not a promise: networks are often surer than they are right (Guo et "
    "al. 2017). Suppose that each token is right with the chance below, whatever the others are: "
    "an answer of $n$ tokens is all right with $p^n$."
)


def title(said: Readings) -> str:
    """Return what most of them see: "5 of 6 read a 3"."""
    n = len(said.seen)
    digit, votes = Counter(map(int, said.seen)).most_common(1)[0]
    return f"{votes} of {n} read {_a(digit)}" if n > 1 else f"Read as {_a(digit)}"


def verdict(said: Readings) -> str:
    """Say who agrees with whom, and who is right where that is known."""
    n = len(said.seen)
    votes = Counter(map(int, said.seen)).most_common()
    if n == 1:
        words = f"The {said.labels[0]} reads **{_a(votes[0][0])}**."
    elif len(votes) == 1:
        words = f"**They agree: all {n} read {_a(votes[0][0])}.**"
    else:
        parts = [f"{_who(said, digit)} {_a(digit)}" for digit, _ in votes]
        words = f"**They disagree.** Read by {'; by '.join(parts)}."
    if said.meant is None:
        return f"{words} Whether that is right is not said: a network must name one of ten digits."
    right = int((said.seen == said.meant).sum())
    if right == n:
        return f"{words} That is right."
    wrong = "that is wrong" if n == 1 else f"{right} of {n} are right"
    return f"{words} It is meant to be {_a(said.meant)}: {wrong}."


def about_moves(said: Readings) -> str:
    """Say who withstands the moves best."""
    steady = said.kept.sum(axis=1)
    best = int(steady.argmax())
    as_what = "as where it is" if said.meant is None else f"as {_a(said.meant)}"
    return (
        "On the right, the drawing has moved to the side where the number stands; the framed one "
        f"is where it is, × is read otherwise. Of nine places the {said.labels[best]} reads "
        f"**{steady[best]}** {as_what}, the {said.labels[int(steady.argmin())]} "
        f"**{steady.min()}**. All of them learned from digits that stand in their place; only a "
        "kernel is the same everywhere."
    )


def describe(said: Readings) -> str:
    """Return the rows of bars in words."""
    rows = (
        f"the {label} {digit} with {sure:.1%}"
        for label, digit, sure in zip(said.labels, said.seen, said.sure, strict=True)
    )
    meant = "" if said.meant is None else f" It is meant to be {_a(said.meant)}."
    return f"Ten probabilities for each network; the largest are: {', '.join(rows)}.{meant}"


def describe_moves(said: Readings) -> str:
    """Return the tiles in words."""
    rows = (
        f"the {label} {', '.join(map(str, digits))}"
        for label, digits in zip(said.labels, said.moved, strict=True)
    )
    return f"Read in nine places, from up and left to down and right: {'; '.join(rows)}."


def answer(readers: Mapping[str, Reader]) -> tuple[str, str]:
    """Return who reads the most moved digits, and the shares of all."""
    best = max(readers, key=lambda label: readers[label].moved)
    shares = "; ".join(
        f"{label} {reader.as_drawn:.1%} and then {reader.moved:.1%}"
        for label, reader in readers.items()
    )
    return best, (
        f"Of the unseen digits, as they are and moved: {shares}. A kernel is the same at every "
        "pixel, so the CNN's maps move with the stroke and only its last layer is at a loss. For "
        "the others each pixel, or each place in a row of eight, has weights of its own. These are "
        "networks of one seed; the measured table has several."
    )


def formulas(said: Readings) -> tuple[str, ...]:
    """Return softmax with the numbers of the network that is least sure, and the move."""
    least = int(said.sure.argmin())
    seen, logits = int(said.seen[least]), np.asarray(said.logits[least, 4], float)
    total = float(np.exp(logits - logits[seen]).sum())
    top = f"({logits[seen]:.2f})" if logits[seen] < 0 else f"{logits[seen]:.2f}"
    return (
        rf"p_{{{seen}}} = \frac{{e^{{z_{{{seen}}}}}}}{{\sum_k e^{{z_k}}}} = \frac{{1}}{{\sum_k "
        rf"e^{{z_k - {top}}}}} = \frac{{1}}{{{total:.3f}}} = {said.sure[least]:.3f}"
        rf"\quad\text{{({said.labels[least]}, the least sure)}}",
        r"\text{one pixel to the right:}\quad x'_{r,c} = x_{r,c-1}, \quad x'_{r,1} = 0",
    )


def _a(digit: int) -> str:
    return f"an {digit}" if digit == 8 else f"a {digit}"


def _who(said: Readings, digit: int) -> str:
    names = [f"the {label}" for label, seen in zip(said.labels, said.seen, strict=True)
             if seen == digit]  # fmt: skip
    together = " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
    return f"{together}:"
