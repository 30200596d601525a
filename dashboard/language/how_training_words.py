"""What the step "Training" says about what it computed."""

from typing import Any

import numpy as np

from dashboard.language.characters import name_of

ABOUT = (
    "No one has to write answers down: the text itself says what comes next. Under each bar stands "
    "a character that the model **reads** and, in bold, the **target**, the next one. All 64 "
    "positions of a window are guessed at once, each from what stands before it."
)
QUESTION = (
    "A fresh model makes sixty steps on one window alone. What happens to its loss on pages that "
    "it has never seen?"
)
OPTIONS = ("It falls as far as the window's", "It stays far above the window's", "It becomes 0")
FORMULA_NOTE = (
    "The mean over all targets of the window is what a step lowers: Adam moves every weight a "
    "little against its gradient. In real training each step takes other windows, so that what "
    "helps in one only is forgotten, and what helps everywhere stays."
)
IN_LLMS = (
    "Training a large model is this step, with tokens for characters and thousands of windows at "
    "a time, each text seen about once. Forward and back cost about $6NT$ operations for $N$ "
    "weights and $T$ tokens. What follows, tuning on conversations and on people's judgements, "
    "uses the same gradients with far fewer examples."
)


def seen(text: str) -> list[str]:
    """Return characters so that each can be seen."""
    return [name_of(character) for character in text]


def title(lesson: Any) -> str:
    """Return what stands above the bars."""
    mean = float(np.mean(lesson.result.after))
    return f"mean loss of the window {mean:.2f} after {_steps(lesson.steps)}"


def _steps(n: int) -> str:
    return "1 step" if n == 1 else f"{n} steps"


def describe(lesson: Any, n: int) -> str:
    """Return the bars in words."""
    rows = zip(
        seen(lesson.reads[:n]), seen(lesson.targets[:n]), lesson.result.before,
        lesson.result.after, strict=False,
    )  # fmt: skip
    said = "; ".join(f"{r} then {t}: {b:.1f} to {a:.1f}" for r, t, b, a in rows)
    return f"Loss of each target before and after {_steps(lesson.steps)}: {said}."


def what_to_see(lesson: Any) -> str:
    """Say what the steps did to the window and to the rest."""
    result = lesson.result
    before, after = float(np.mean(result.before)), float(np.mean(result.after))
    held, rest = float(result.held_out_before), float(result.held_out_after)
    if not np.isfinite(after):
        return "**The loss is no longer finite**: these steps were too large."
    if lesson.steps == 0:
        return (
            f"With weights as they are drawn the mean loss is **{before:.2f}**. An even guess "
            f"would cost {lesson.even:.2f}: a fresh model is unsure, and wrong with confidence."
        )
    said = (
        f"{_steps(lesson.steps).capitalize()} at {lesson.rate:g}: the window's mean loss went "
        f"from {before:.2f} (crosses) to **{after:.2f}** (bars), that of unseen pages from "
        f"{held:.2f} to **{rest:.2f}**. "
    )
    if after < 0.5:
        return said + "**Learned by heart:** it knows this window, not the language."
    if rest > held:
        return said + "**The steps were too large:** they unlearn more than they teach."
    return said + "What it learns here first, how frequent each character is, helps elsewhere too."


def table(lesson: Any) -> str:
    """Return the two mean losses before and after, as Markdown."""
    result = lesson.result
    rows = (
        ("this window", np.mean(result.before), np.mean(result.after)),
        ("pages not seen", result.held_out_before, result.held_out_after),
    )
    lines = ["| mean loss | before | after |", "|:--|--:|--:|"]
    lines += [f"| {name} | {before:.2f} | {after:.2f} |" for name, before, after in rows]
    return "\n".join(lines)


def answer(lesson: Any) -> tuple[str, str]:
    """Return the option that sixty steps support, and why."""
    after, rest = float(np.mean(lesson.result.after)), float(lesson.result.held_out_after)
    option = OPTIONS[2] if rest < 0.05 else OPTIONS[1] if rest > after + 0.5 else OPTIONS[0]
    return option, (
        f"At the opening of the book the window's mean loss falls to {after:.2f}, that of unseen "
        f"pages only to {rest:.2f}. {word_count(lesson)} are far too few to learn a language from: "
        "it is cheaper to remember them."
    )


def word_count(lesson: Any) -> str:
    """Return how many targets the window has."""
    return f"{len(lesson.targets)} characters"


def formulas(lesson: Any) -> tuple[str, ...]:
    """Return the mean loss with the first targets' numbers in it, and the step."""
    after, n = lesson.result.after, len(lesson.targets)
    terms = " + ".join(f"{loss:.2f}" for loss in after[:4])
    return (
        rf"L = -\frac{{1}}{{{n}}} \sum_{{i=1}}^{{{n}}} \ln p(x_{{i+1}} \mid x_1 \dots x_i)"
        rf" = \frac{{1}}{{{n}}}\left({terms} + \dots\right) = {float(np.mean(after)):.3f}",
        rf"w \leftarrow w - {lesson.rate:g} \cdot \frac{{\hat m}}{{\sqrt{{\hat v}} + \epsilon}}",
    )
