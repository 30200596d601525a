"""What the step "Inference" says about what it measured."""

from collections.abc import Sequence
from typing import Any

from dashboard.compute import duration
from dashboard.formulas import grouped
from dashboard.large_numbers import in_bytes
from nnjax.language.model import LanguageConfig

TITLE = "Time for one more character"
DONE = "Median of seven at each length, on this machine, now."
TWO_WAYS = (
    "**Anew**: the whole text passes through the network for every character that is added.\n\n"
    "**With a cache**: of every earlier character the *keys* and *values* are kept, all that "
    "attention asks of it. Only the newest character passes through.\n\n"
    "The network is the character transformer of this page with a longer context. Its weights are "
    "freshly drawn: what it has learned makes no difference to the time."
)
QUESTION = "The text so far becomes twice as long. What does one more character cost then?"
OPTIONS = (
    "About twice as much either way",
    "Anew clearly more, with the cache hardly more",
    "The same either way",
)
FORMULA_NOTE = (
    "The first line is the memory of the cache here: a key and a value (2), for every layer and "
    "head, as wide as a head, for every character, in 4 bytes. The second and third count how many "
    "characters pass through the network while a text of this length is written. Both ways compute "
    "the same numbers in another order, so their logits differ by rounding alone."
)
IN_LLMS = (
    "No large model writes without this cache. It turns the cost of a text from a square into a "
    "line, and pays with memory: for each token of each text that is being written. Llama 2 70B "
    "has 80 layers with heads 128 wide, and keeps each number in 2 bytes."
)
WEIGHTS = 140e9  # bytes: 70 billion weights of two bytes


def describe(ready: Sequence[Any]) -> str:
    """Return the lines in words."""
    said = "; ".join(
        f"at {one.length} characters {duration(one.anew)} anew, {duration(one.cached)} with a cache"
        for one in ready
    )
    return f"Time for one more character: {said}."


def what_to_see(here: Any) -> str:
    """Compare the two ways at one length."""
    times = here.anew / here.cached
    said = f"At **{here.length}** characters: {duration(here.anew)} anew, "
    said += f"{duration(here.cached)} with the cache, "
    said += f"**{times:.1f} times** faster. " if times > 1 else "which does not pay here. "
    return said + (
        f"The logits of the two ways differ by at most **{here.difference:.1e}**; the cache takes "
        f"{in_bytes(here.bytes_kept) if here.bytes_kept >= 1e6 else f'{here.bytes_kept:,} bytes'}."
    )


def table(ready: Sequence[Any]) -> str:
    """Return all that was measured, as Markdown."""
    lines = ["| characters | anew | with a cache | logits differ by |", "|--:|--:|--:|--:|"]
    lines += [
        f"| {one.length} | {duration(one.anew)} | {duration(one.cached)} | {one.difference:.1e} |"
        for one in ready
    ]
    return "\n".join(lines)


def answer(ready: Sequence[Any]) -> tuple[str, str]:
    """Return the option that the measurement supports, and why."""
    if len(ready) < 2:
        return "measured in a moment", "The second length is not ready yet."
    short, long = ready[-2], ready[-1]
    anew, cached = long.anew / short.anew, long.cached / short.cached
    option = OPTIONS[2] if anew < 1.3 else OPTIONS[1] if cached < 0.75 * anew else OPTIONS[0]
    return option, (
        f"From {short.length} to {long.length} characters the time went up by a factor of "
        f"{anew:.1f} anew and of {cached:.1f} with the cache. One pass reads every character and "
        "compares it with all before it; with the cache only the newest one does."
    )


def formulas(here: Any, config: LanguageConfig) -> tuple[str, ...]:
    """Return the cache's memory and the passes of both ways with the learner's numbers."""
    n, depth = here.length, config.width // config.n_heads
    return (
        rf"2 \cdot {config.n_layers} \cdot {config.n_heads} \cdot {depth} \cdot {n} \cdot 4"
        rf" = {grouped(here.bytes_kept)}\ \text{{bytes}}",
        rf"\text{{anew: }} 1 + 2 + \dots + {n} = \frac{{{n} \cdot {n + 1}}}{{2}}"
        rf" = {grouped(n * (n + 1) // 2)}",
        rf"\text{{with a cache: }} {n}",
    )


def against_weights(total: float) -> str:
    """Compare the calculator's cache with the model's own weights."""
    share = total / WEIGHTS
    said = f"The weights themselves are {in_bytes(WEIGHTS)} in 2 bytes each; "
    if share > 1:
        return said + f"**the cache is {share:.1f} times that.** More texts at once need more GPUs."
    return said + f"the cache adds {share:.0%} to that."
