"""What the step "Streaming" says about what it measured."""

from typing import Any

import numpy as np

from dashboard.compute import duration
from nnjax.language.decoding import Arrival

ABOUT = (
    "The prompt is read in one pass (*prefill*); then each character is drawn, shown, and read in "
    "its turn (*decode*). What you see is played back slowly; the times are real, of this machine."
)
DONE = "Trained on the book; the text below was written just now."
QUESTION = (
    "The prompt is read in one pass of up to 64 characters. How does the time to the first "
    "character compare with the time from one character to the next?"
)
OPTIONS = ("Shorter", "Up to ten times as long", "More than ten times as long")
FORMULA_NOTE = (
    "To the first character: reading the prompt and one draw. From then on each character costs "
    "one short step. Few people read more than 5 words, some 30 characters, a second: text that "
    "arrives faster need not be waited for, so services show it as it comes."
)
IN_LLMS = (
    "Served models stream in the same way. The time to the first token is that of $2NT$ "
    "operations, here at 40 % of the peak of an H100. Each further token needs few operations, but "
    "all weights must come out of memory once: 140 GB for 70 billion in 2 bytes, at 3.35 TB a "
    "second and GPU. Waiting between GPUs comes on top of both; many readers share one pass over "
    "the weights, which is why servers write many texts at once."
)


def _gaps(arrivals: list[Arrival]) -> np.ndarray:
    """Seconds from one character to the next, without those that follow a full context."""
    times = np.array([arrival.seconds for arrival in arrivals])
    plain = ~np.array([arrival.read_again for arrival in arrivals[1:]])
    return np.diff(times)[plain]


def gap(streamed: Any) -> float:
    """Return the median time from one character to the next, in seconds."""
    return float(np.median(_gaps(streamed.arrivals)))


def title(streamed: Any) -> str:
    """Return what stands above the text."""
    whole = streamed.arrivals[-1].seconds
    n = len(streamed.arrivals)
    return f"{n} characters in {duration(whole)}: {n / whole:,.0f} a second"


def describe(streamed: Any) -> str:
    """Return the picture in words."""
    first = duration(streamed.arrivals[0].seconds)
    return (
        f"After the prompt {streamed.prompt!r} the model wrote {streamed.text!r}. The first "
        f"character came after {first}, each further one about {duration(gap(streamed))} later."
    )


def what_to_see(streamed: Any) -> str:
    """Say how long the first and each further character took."""
    again = [arrival.read_again for arrival in streamed.arrivals].count(True)
    said = (
        f"Time to the first character: **{duration(streamed.arrivals[0].seconds)}**. From one to "
        f"the next: **{duration(gap(streamed))}** (median). Each stroke below the text is one "
        f"arrival; the model has learned for {streamed.steps} steps. "
    )
    if not again:
        return said
    often = "Once" if again == 1 else f"{again} times"
    return said + (
        f"{often} the 64 characters that it can see were full, and the newer half was read again."
    )


def caption(streamed: Any, k: int) -> str:
    """Return what the film says at a character."""
    return f"character {k + 1}, after {duration(streamed.arrivals[k].seconds)}"


def answer(streamed: Any) -> tuple[str, str]:
    """Return the option that the measurement supports, and why."""
    first, each = streamed.arrivals[0].seconds, gap(streamed)
    times = first / each
    option = OPTIONS[0] if times < 1 else OPTIONS[1] if times <= 10 else OPTIONS[2]
    return option, (
        f"{duration(first)} against {duration(each)}, {times:.1f} times as long. The pass over the "
        "prompt works on all its characters side by side, so it costs far less than as many "
        "single steps; in a large model with a long prompt it is a wait that you notice."
    )


def formulas(streamed: Any) -> tuple[str, ...]:
    """Return the time of the whole text from its two parts."""
    first, each = 1e3 * streamed.arrivals[0].seconds, 1e3 * gap(streamed)
    n = len(streamed.arrivals)
    return (
        r"t \approx t_\text{first} + (n - 1)\, t_\text{each}"
        rf" = {first:.2f} + {n - 1} \cdot {each:.2f}"
        rf" = {first + (n - 1) * each:.0f}\ \text{{ms}}",
    )
