"""What the laboratory "Memory" says of what networks hold and of what reaches back to it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from dashboard.large_numbers import power_of_ten
from nnjax.zoo.recall import LENGTH, TOKENS

QUESTION = (
    "Untrained, a plain RNN lets almost nothing of its gradient arrive at the first token. Double "
    "all weights of its state before training: what arrives there now?"
)
OPTIONS = (
    "Still less than a hundredth",
    "About as much as at the last token",
    "Far more: it explodes",
)
NOTE = (
    "A gradient travels back through a plain cell by one product a step, with the slope of tanh "
    "and the state's weights in it. Products of many numbers below 1 vanish, above 1 they explode. "
    "A gate that is open multiplies by a number close to 1. The transformer has no such product: "
    "every position is one step from the answer."
)
IN_LLMS = (
    "A language model that generates must keep what it has read. A recurrent one keeps a state of "
    "one size, whatever the length, and must choose what to forget. A transformer keeps a key and "
    "a value of every token in every layer, its *key-value cache*: nothing is forgotten, and "
    "memory grows with each token. The numbers below take two bytes each; the width is that of a "
    "layer's keys."
)
TABLE_NOTE = (
    "\n\n:gray[Right: of 512 unseen sequences. Before and after training: what arrives at step 1 "
    "of the gradient at the last step.]"
)
SETTLED = (
    " Now it is right all the same: its state has settled into a pattern that the first letter set "
    "going, and that small nudges no longer change. What is so settled can hardly be taught anew."
)
FADES = 0.01  # a share below this is called faded


class Seen(NamedTuple):
    """One network before training and after, on the learner's sequence."""

    label: str
    before: Any  # Memory
    after: Any  # Memory
    score: float  # on unseen sequences; NaN before the first epoch

    @property
    def shares(self) -> tuple[np.ndarray, np.ndarray]:
        """What arrives at each step of the gradient at the last, before and after: (length,)."""
        return tuple(_share(memory.gradient) for memory in (self.before, self.after))


def _share(gradient: np.ndarray) -> np.ndarray:
    gradient = np.asarray(gradient, float)
    last = gradient[-1]
    return gradient / last if last > 0 else np.full_like(gradient, np.nan)


def table(seen: Mapping[str, Seen]) -> str:
    """Return what each network answers, and what arrives at its first step, as Markdown."""
    lines = [
        "| | answers | right | before | after |",
        "|:--|:--|--:|--:|--:|",
    ]
    for one in seen.values():
        p = one.after.probabilities
        before, after = (_number(share[0]) for share in one.shares)
        score = "" if np.isnan(one.score) else f"{one.score:.0%}"
        said = f"{TOKENS[int(p.argmax())]} ({p.max():.0%})"
        lines.append(f"| {one.label} | {said} | {score} | {before} | {after} |")
    return "\n".join(lines) + TABLE_NOTE


def _number(share: float) -> str:
    if not np.isfinite(share):
        return "none left"
    return f"{share:.2f}" if 0.01 <= share < 100 else power_of_ten(share)


def verdict(seen: Mapping[str, Seen], first: str) -> str:
    """Say who recalls the first letter, and what arrived there of the gradient."""
    right = [one.label for one in seen.values() if _answer(one) == first]
    wrong = [f"{one.label} ({_answer(one)})" for one in seen.values() if _answer(one) != first]
    said = f"The first letter was **{first}**. Right: **{_listed(right)}**."
    if wrong:
        said += f" Wrong: **{_listed(wrong)}**."
    if "rnn" in seen:
        rnn = seen["rnn"].shares[0][0]
        said += (
            f"\n\nBefore training, of the plain RNN's gradient at step {LENGTH} "
            f"**{_number(rnn)}** arrives at step 1"
        )
        others = [
            f"{_number(one.shares[0][0])} ({one.label})"
            for key, one in seen.items()
            if key != "rnn"
        ]
        said += f", against {_listed(others)}." if others else "."
        if rnn < FADES:
            said += " What hardly arrives hardly teaches: the first letter seems not to matter."
        said += SETTLED if _is_settled(seen["rnn"], first) else ""
    return said


def _is_settled(one: Seen, first: str) -> bool:
    """Whether a trained network knows the letter though no gradient gets back to it."""
    return one.score > 0.5 and one.shares[1][0] < FADES and _answer(one) == first


def _answer(one: Seen) -> str:
    return TOKENS[int(one.after.probabilities.argmax())]


def _listed(items: list[str]) -> str:
    return ", ".join(items) if items else "none"


def describe_held(one: Seen, letters: str) -> str:
    """Return a heat map in words."""
    held = np.asarray(one.after.held)
    steady = int((np.abs(held[-1] - held[len(held) // 2]) < 0.1).sum())
    return (
        f"Hidden state of the {one.label}, {held.shape[1]} units over {len(held)} steps, reading "
        f"{letters}. {steady} units are at the end where they were half way."
    )


def describe_back(seen: Mapping[str, Seen], after: bool) -> str:
    """Return a chart of gradients in words."""
    each = (f"{one.label} {_number(one.shares[after][0])}" for one in seen.values())
    when = "after" if after else "before"
    said = f"Share of the last step's gradient that arrives at step 1 {when} training: "
    return f"{said}{'; '.join(each)}."


def about_held(seen: Mapping[str, Seen]) -> str:
    """Say how many units stay where they were."""
    each = []
    for key, one in seen.items():
        if key == "transformer":
            continue
        held = np.asarray(one.after.held)
        steady = (np.abs(np.diff(held, axis=0)).max(axis=0) < 0.5).mean()
        each.append(f"{one.label} {steady:.0%}")
    return (
        "Blue is 1, orange is -1. A unit that **remembers** is a line of one colour from left to "
        "right; one that flickers follows each letter, or swings in a rhythm of its own. Units "
        "that never jump by more than 0.5 "
        f"from one step to the next: **{', '.join(each)}**."
    )


def formulas(seen: Mapping[str, Seen]) -> tuple[str, ...]:
    """Return the product behind the fading, with the mean factor of a step of each cell."""
    lines = [
        r"\frac{\partial L}{\partial h_1} = \frac{\partial L}{\partial h_T}"
        r" \prod_{t=2}^{T} \frac{\partial h_t}{\partial h_{t-1}}",
    ]
    for key, one in seen.items():
        share = one.shares[0][0]
        if key == "transformer" or not 0 < share < np.inf:
            continue
        factor = share ** (1 / (LENGTH - 1))
        digits, power = f"{share:.1e}".split("e")
        lines.append(
            rf"\text{{{one.label}, untrained:}} \quad {factor:.3f}^{{{LENGTH - 1}}}"
            rf" = {digits} \cdot 10^{{{int(power)}}}"
        )
    return tuple(lines)


def answer(shares: np.ndarray) -> tuple[str, str]:
    """Return the option that the seeds support, and why; shares (n_seeds,) arrive at step 1."""
    middle = float(np.median(shares))
    option = OPTIONS[2] if middle > 5 else OPTIONS[1] if middle > FADES else OPTIONS[0]
    return option, (
        f"In the middle of {len(shares)} seeds {middle:.0f} times as much arrives at the first "
        f"step as was there at the last, in {int((shares > 1).sum())} of them more than once. With "
        "half the weights it would vanish, with twice the weights it explodes: only a narrow band "
        "between them lets it pass, and training does not stay there by itself."
    )
