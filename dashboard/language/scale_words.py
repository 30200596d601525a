"""What the laboratory "Scaling" says of five sizes and of the line through them."""

import math

import numpy as np

from dashboard.large_numbers import in_words, power_of_ten
from nnjax.language.scaling import Forecast, PowerLaw
from nnjax.large_models.compute_optimal import Share, best_share, expected_loss

QUESTION = (
    "Ten times as many parameters, the same text and the same number of characters read. What "
    "happens to the loss on unread text?"
)
OPTIONS = ("It falls to a tenth", "It falls, by less than half", "It does not fall")
IN_LLMS = (
    "Before a large training its makers draw this line through small ones, over many more powers "
    "of ten (Kaplan et al. 2020; Hestness et al. 2017). Hoffmann et al. (2022) let the text grow "
    "too, and found that about 20 tokens for each parameter use a budget of $C = 6ND$ operations "
    "best: $N = \\sqrt{C / 120}$. GPT-3 had 1.7 tokens for each. Models that will answer many "
    "questions are now trained on far more, for a small one is cheaper to run: Llama 3.1 405B had "
    "38."
)
NOTE = (
    "$E$ is what no size can get below with this much reading, $a$ and $b$ say how fast the rest "
    "shrinks. All three are fitted by least squares. The band holds nine of ten laws fitted to "
    "runs that were moved by each other's residuals, each with one residual more for the run that "
    "is forecast; it knows nothing of what it has not seen, such as a text that is too short."
)
WAIT = "A line needs three sizes besides one that is held out."


def law(fitted: PowerLaw) -> str:
    """Return the law in LaTeX, with its numbers."""
    return (
        rf"L(N) = E + a N^{{-b}} = {fitted.floor:.2f} + {fitted.factor:.1f} \cdot "
        rf"N^{{{-fitted.power:.2f}}}"
    )


def verdict(said: Forecast, size: float, measured: float) -> str:
    """Say whether the size that was held out lies where the others put it."""
    low, middle, high = (float(part[0]) for part in (said.low, said.middle, said.high))
    inside = low <= measured <= high
    word = "inside the band" if inside else "**outside the band**: the line does not hold there"
    return (
        f"**The size held out, {size:,.0f} parameters (stars).** The others say {middle:.2f} "
        f"({low:.2f} to {high:.2f}); measured, in the middle seed: **{measured:.2f}**, {word}."
    )


def reach(sizes: np.ndarray, target: float, said: Forecast, floors: tuple[float, float]) -> str:
    """Say over which range the line was measured, and how far beyond it is being drawn."""
    span = math.log10(sizes.max() / sizes.min())
    beyond = math.log10(target / sizes.max())
    low, high = float(said.low[-1]), float(said.high[-1])
    return (
        f"It rests on sizes from {sizes.min():,.0f} to {sizes.max():,.0f}, {span:.1f} powers of "
        f"ten. At {in_words(target)} parameters, {beyond:.1f} beyond, it says **{low:.2f} to "
        f"{high:.2f}**, and that is only if nothing changes on the way. How low it can go, $E$, is "
        f"hardly known: {floors[0]:.2f} to {floors[1]:.2f} fit about as well."
    )


def no_gain(sizes: np.ndarray, losses: np.ndarray) -> str:
    """Say so if the largest size is not the best."""
    best = int(np.argmin(losses))
    if best == len(sizes) - 1:
        return ""
    return (
        f" The largest size is **not the best**: {sizes[best]:,.0f} parameters end at "
        f"{losses[best]:.2f}, {sizes[-1]:,.0f} at {losses[-1]:.2f}. One learning rate and so "
        "little reading do not suit every size: a law holds only while training does."
    )


def lost(names: list[str]) -> str:
    """Say which runs have diverged."""
    if not names:
        return ""
    return (
        f" **Diverged: {', '.join(names)}** (crosses). Their loss ran away, and they are left out "
        "of the line."
    )


def answer(before: float, after: float, size: float) -> tuple[str, str]:
    """Return the option that the law supports, and why."""
    ratio = after / before
    option = OPTIONS[0] if ratio < 0.2 else OPTIONS[1] if ratio < 0.99 else OPTIONS[2]
    return option, (
        f"The line says {before:.2f} for {size:,.0f} parameters and {after:.2f} for ten times as "
        f"many: {1 - ratio:.0%} less. It is the steady repetition of such steps, over many powers "
        "of ten, that made large models good."
    )


def describe(n_runs: int, fitted: PowerLaw | None) -> str:
    """Return the picture in words."""
    said = f"Loss on unread text against size, {n_runs} runs, both axes logarithmic."
    if fitted is None:
        return f"{said} {WAIT}"
    return (
        f"{said} The law {fitted.floor:.2f} + {fitted.factor:.1f} N to the power of "
        f"{-fitted.power:.2f}, with a band that widens beyond the sizes measured."
    )


def metrics(budget: float) -> tuple[tuple[str, str], ...]:
    """Return what Chinchilla's rule makes of a budget, label and value."""
    share: Share = best_share(budget)
    return (
        ("Parameters", in_words(share.parameters)),
        ("Tokens", in_words(share.tokens)),
        ("Loss that Hoffmann et al. expect", f"{expected_loss(*share):.2f} nats a token"),
    )


def budget(exponent: int) -> str:
    """Return the label of a budget."""
    return power_of_ten(10.0**exponent).removeprefix("1.0 × ")
