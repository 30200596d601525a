"""What the laboratory "Emergence" says of one set of models under two scores."""

import numpy as np

from dashboard.formulas import grouped
from dashboard.large_numbers import power_of_ten
from nnjax.language.emergence import Scores, all_right, sharpest_step

QUESTION = (
    "A model guesses 40 per cent of single characters right. In how many of 1,000 tries will it "
    "write five in a row without a mistake, if the guesses do not depend on one another?"
)
GUESSED, LENGTH = 0.4, 5
OPTIONS = {400: "About 400", 80: "About 80", 10: "About 10"}
DEBATE = (
    "**What the debate is about.** Wei et al. (2022) collected tasks on which small language "
    "models do no better than chance and large ones suddenly much better, and called such "
    "abilities *emergent*: one would not have foreseen them from the small ones. Schaeffer et al. "
    "(2023) answered that in most of these cases the score makes the jump: it gives nothing for "
    "an answer that is almost right. With a score that counts nearness, or with more questions, "
    "the same models improve smoothly. Both can be right in part. What people want from a model is "
    "often the whole answer, so a sharp rise of that is real to them, even if it could have been "
    "foreseen; and a smooth score has to be found first. Not every case has been explained by "
    "its score, and these five small models cannot settle it: they show only how a score can do it."
)
IN_LLMS = (
    "An answer of many tokens needs every one of them right. If a model gets each with "
    "probability $p$, a whole answer of $k$ comes out with about $p^k$: from 0.90 to 0.99 is a "
    "small step for a token and a great one for a hundred. Set both."
)
NOTE = (
    "$p$ is the share of single characters guessed right by each size. The formula takes the "
    "guesses for independent. They are not: characters inside a word that is already clear are "
    "easy together, so long answers are right more often than it says."
)


def verdict(sizes: np.ndarray, scores: list[Scores], k: int) -> str:
    """Say how sharp either score rises, with the learner's numbers."""
    if len(sizes) < 2:
        return "Two sizes at least are needed to compare."
    first, last = scores[0], scores[-1]
    exact, each = ([getattr(s, name) for s in scores] for name in ("exact", "each"))
    if not any(exact):
        return (
            f"Not one of {first.n_stretches:,.0f} stretches of {k} is right, whatever the size: "
            "this score sees no difference between the models. Of single characters "
            f"{first.each:.1%} to {last.each:.1%} are."
        )
    text = (
        f"From {sizes[0]:,.0f} to {sizes[-1]:,.0f} parameters, single characters right go from "
        f"{first.each:.1%} to {last.each:.1%}, **{last.each / first.each:.1f} times**. Stretches "
        f"of {k} go from {first.exact:.2%} to {last.exact:.2%}"
    )
    text += f", **{last.exact / first.exact:.0f} times**." if first.exact > 0 else ", from nothing."
    return text + _sharpness(sharpest_step(exact), sharpest_step(each))


def _sharpness(exact: float, each: float) -> str:
    """Compare how much of the rise the largest step makes up."""
    if np.isnan(exact) or np.isnan(each):
        return " One of the two scores does not rise at all."
    words = (
        f" The largest step between neighbouring sizes makes up {exact:.0%} of the rise of the "
        f"whole answers, {each:.0%} of that of single characters: "
    )
    if exact > each + 0.05:
        return words + "**the same models look sudden on one scale and steady on the other**."
    return words + "here the two rise much alike; ask for longer answers."


def table(sizes: np.ndarray, scores: list[Scores], k: int) -> str:
    """Return every size's scores, as Markdown."""
    lines = [
        f"| Parameters | one right, $p$ | $p^{{{k}}}$ | {k} in a row, measured |",
        "|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {size:,.0f} | {s.each:.3f} | {_share(all_right(s.each, k))} | {_share(s.exact)} |"
        for size, s in zip(sizes, scores, strict=True)
    ]
    return "\n".join(lines)


def _share(value: float) -> str:
    return f"{value:.2g}" if value == 0 or value >= 1e-4 else power_of_ten(value)


def formula(size: float, scores: Scores, k: int) -> tuple[str, str]:
    """Return p^k with the largest size's numbers, and what was measured."""
    return (
        rf"P(\text{{{k} in a row}}) \approx p^{{k}} = {scores.each:.3f}^{{{k}}} = "
        rf"{all_right(scores.each, k):.4f}",
        rf"\text{{measured with }} {grouped(round(size))}\ \text{{parameters: }} "
        rf"{scores.exact:.4f}",
    )


def answer() -> tuple[str, str]:
    """Return the option that p^k gives, and why."""
    tries = 1000 * all_right(GUESSED, LENGTH)
    nearest = min(OPTIONS, key=lambda option: max(option / tries, tries / option))
    return OPTIONS[nearest], (
        f"{GUESSED:g} multiplied with itself {LENGTH} times is {GUESSED**LENGTH:.4f}: "
        f"{tries:.1f} in 1,000. At 60 per cent it would be {1000 * all_right(0.6, LENGTH):.0f}: a "
        "model half as good again on one character is nearly eight times as good on five."
    )


def describe(sizes: np.ndarray, values, name: str) -> str:
    """Return one panel in words."""
    said = ", ".join(
        f"{size:,.0f} parameters {value:.3g}" for size, value in zip(sizes, values, strict=True)
    )
    return f"{name}, in the middle seed of each size: {said}."
