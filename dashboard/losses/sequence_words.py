"""What the laboratory "A sentence" says about what it computed."""

from typing import Any

import numpy as np

NAMES = {"uniform": "All alike", "letters": "Letters", "pairs": "Pairs", "network": "Transformer"}
TRAINED = "Trained on the book."
QUESTION = (
    "A model that knows nothing guesses among 50,000 tokens. Its vocabulary doubles to 100,000. "
    "What happens to its loss?"
)
OPTIONS = ("It doubles", "It grows by 0.69", "It stays the same")
FORMULA_NOTE = (
    "One number a position, and the mean of them all: that mean is what training lowers. It is "
    "cross-entropy with a hard target, so only the probability of the letter that really came "
    "counts. The counts come from the opening of *Alice's Adventures in Wonderland* (1865), about "
    "1,800 letters; before the first letter stands a space."
)
IN_LLMS = (
    "A language model is scored in just this way, with tokens for letters and a network for the "
    "table of pairs: at each of a few thousand positions of a text at once, the loss is "
    "$-\\ln p$ of the token that came, and all positions are averaged. What the network gains over "
    "the table is that it looks further back than one letter."
)


def _number(value: float, digits: int = 2) -> str:
    return f"{value:.{digits}f}" if np.isfinite(value) else "∞"


def title(reading: Any) -> str:
    """Return what stands above the chart."""
    mean = float(reading.means[reading.model])
    return f"mean loss {_number(mean)}, perplexity {_number(reading.choices, 1)}"


def table(reading: Any) -> str:
    """Return each model's mean loss and perplexity, as Markdown."""
    lines = ["| guesses by | mean loss | perplexity |", "|:--|--:|--:|"]
    for i, (key, mean) in enumerate(zip(NAMES, reading.means, strict=False)):
        strong = "**" if i == reading.model else ""
        cells = (NAMES[key], _number(mean), _number(np.exp(np.float64(mean)), 1))
        lines.append("| " + " | ".join(f"{strong}{cell}{strong}" for cell in cells) + " |")
    return "\n".join(lines)


def describe(reading: Any) -> str:
    """Return the chart in words."""
    pairs = zip(reading.letters, reading.losses[reading.model], strict=True)
    said = ", ".join(f"{_spoken(letter)} {_number(loss)}" for letter, loss in pairs)
    return f"Loss of every letter: {said}. Mean {_number(reading.means[reading.model])}."


def _spoken(letter: str) -> str:
    return "space" if letter == "␣" else letter


def what_to_see(reading: Any) -> str:
    """Return which letter cost most, and how the mean compares with guessing."""
    losses, mean = reading.losses[reading.model], float(reading.means[reading.model])
    worst, n = int(np.argmax(losses)), len(losses)
    before = reading.letters[worst - 1] if worst else "␣"
    came = f"**{_spoken(reading.letters[worst])}** after {_spoken(before)}"
    if not np.isfinite(mean):
        return (
            f"{came} never came in the text that was counted: its probability is 0, so its loss "
            "and the mean **are not finite**. Add a little to every count."
        )
    by = list(NAMES)[reading.model]
    if by == "uniform":
        return f"Every letter costs ln 27 = **{mean:.2f}**, whatever comes: the mean of {n} is too."
    if by == "letters":
        came = f"**{_spoken(reading.letters[worst])}**"
    given = float(np.exp(-losses[worst]))
    gain = float(reading.means[0]) - mean
    side = f"**{gain:.2f} below** guessing" if gain >= 0 else f"**{-gain:.2f} above** guessing"
    return (
        f"The dearest letter is {came}: given {given:.2%}, it costs **{losses[worst]:.2f}**. The "
        f"mean of {n} is **{mean:.2f}**, {side}: as unsure as among **{reading.choices:.1f}** "
        "equally likely letters instead of 27." + (_of_network(reading) if by == "network" else "")
    )


def _of_network(reading: Any) -> str:
    """Say what the network is, and how it compares with the pairs."""
    gain = float(reading.means[2] - reading.means[3])
    side = f"**{gain:.2f} below** the pairs" if gain >= 0 else f"**{-gain:.2f} above** the pairs"
    return (
        f" That is {side}. The network is the character transformer of page 10 after "
        f"{reading.steps} steps on the whole book; it reads all letters so far, not one. Its "
        "chances for capitals count for their letter, those for all other signs as a space."
    )


def compare_guesses(small: float, large: float) -> tuple[str, str]:
    """Return the option that fits the two losses, and why."""
    grown = large - small
    answer = OPTIONS[1] if abs(grown - np.log(2)) < 0.01 else OPTIONS[0 if grown > 1 else 2]
    return answer, (
        f"ln 50,000 = {small:.2f} and ln 100,000 = **{large:.2f}**: twice the choices cost ln 2 = "
        f"{grown:.2f} more, from whatever size you start."
    )


def formulas(reading: Any) -> tuple[str, ...]:
    """Return the mean with the first terms of the learner's text in it, and the perplexity."""
    losses, n = reading.losses[reading.model], len(reading.letters)
    mean = float(reading.means[reading.model])
    terms = " + ".join(_latex(loss) for loss in losses[:4]) + (r" + \dots" if n > 4 else "")
    return (
        rf"L = -\frac{{1}}{{n}} \sum_i \ln p_i = \frac{{1}}{{{n}}}\left({terms}\right)"
        rf" = {_latex(mean, 4)}",
        rf"\text{{perplexity}} = e^{{L}} = e^{{{_latex(mean, 4)}}} = {_latex(reading.choices)}",
    )


def _latex(value: float, digits: int = 2) -> str:
    return _number(value, digits).replace("∞", r"\infty")
