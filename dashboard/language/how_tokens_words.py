"""What the step "Tokenisation" says about what it computed."""

from typing import Any

import numpy as np

from dashboard.address import escape_markdown
from dashboard.charts.tokens import cells_of
from dashboard.formulas import grouped
from dashboard.wording import count
from nnjax.language.byte_pairs import N_BYTES

COMPRESSION = "Characters in a token, merge by merge"
LISTED = 6  # merges in the table
QUESTION = (
    "The first half of all merges lengthens the tokens of unseen pages a great deal. What does the "
    "second half, as many merges again, do?"
)
OPTIONS = ("It doubles them again", "It adds less than a third", "It changes nothing")
FORMULA_NOTE = (
    "Tokens are numbers from 0: the 256 values of a byte first, then one more for each merge. "
    "Every text has bytes, so there is no text that cannot be written down, and joining what the "
    "tokens stand for gives back exactly what went in."
)
IN_LLMS = (
    "Large models use the same procedure with tens of thousands of merges: GPT-2 has the 256 "
    "bytes, 50,000 merges and one mark for the end of a text, 50,257 in all. Each token has a row "
    "of its own in a table, as wide as the model, which turns its number into a vector."
)


def title(shown: Any) -> str:
    """Return what stands above the tokens."""
    return f"{count(len(shown.text), 'character')}, {count(len(shown.numbers), 'token')}"


def describe(shown: Any) -> str:
    """Return the tokens in words."""
    said = " | ".join("".join(piece) for piece in shown.pieces)
    return f"The text in {count(len(shown.numbers), 'token')}: {said}."


def what_to_see(learned: Any, shown: Any) -> str:
    """Say what the model is given, and which token is longest."""
    first = ", ".join(map(str, shown.numbers[:8]))
    more = ", ..." if len(shown.numbers) > 8 else ""
    said = f"One box is one token. All that a model is given is their numbers: **{first}{more}** "
    n_bytes = sum(len(learned.tokens[number]) == 1 for number in shown.numbers)
    if n_bytes == len(shown.numbers):
        return said + "Every token is a single byte: no merge of the list applies here."
    longest = max(shown.pieces, key=len)
    return said + (
        f"The longest token is **{_written(longest)}**; "
        f"{n_bytes} of {len(shown.numbers)} are still single bytes. ␣ is a space."
    )


def merges_table(learned: Any, n_merges: int) -> str:
    """Return the last of the merges in use, as Markdown."""
    if not n_merges:
        return "No pair is joined yet: the tokens are the 256 bytes."
    lines = ["| merge | joins | into | seen |", "|--:|:--|:--|--:|"]
    for k in range(max(0, n_merges - LISTED), min(n_merges, len(learned.merges))):
        merge = learned.merges[k]
        parts = merge.left, merge.right, N_BYTES + k
        left, right, made = (_written(cells_of(learned.tokens[part])) for part in parts)
        lines.append(f"| {k + 1} | {left} + {right} | **{made}** | {merge.count:,} × |")
    return "\n".join(lines)


def _written(cells: list[str]) -> str:
    return escape_markdown("".join(cells))


def compression(learned: Any, shown: Any) -> str:
    """Compare the learner's text with the pages that were held out."""
    k, last = shown.n_merges, len(learned.unseen) - 1
    unseen, own = float(learned.unseen[k]), float(shown.ratios[k])
    said = (
        f"With **{k}** merges a token holds **{unseen:.2f}** characters of the pages that the "
        f"merges were not learned from, and {own:.2f} of your text. "
    )
    if own < 1:
        return said + (
            "**Less than one:** your letters are two or more bytes each, and this text has taught "
            "no merge for them. A model trained so pays more tokens for the same sentence."
        )
    if k == last:
        return said + "The curve flattens: what is left to join is rare."
    return said + f"All {last} would make it {float(learned.unseen[-1]):.2f}."


def describe_compression(learned: Any, shown: Any) -> str:
    """Return the curves in words."""
    unseen, own = learned.unseen, shown.ratios
    return (
        f"Characters in a token from 0 to {len(unseen) - 1} merges: unseen pages rise from "
        f"{unseen[0]:.2f} to {unseen[-1]:.2f}, your text from {own[0]:.2f} to {own[-1]:.2f}. "
        f"At {shown.n_merges} merges: {unseen[shown.n_merges]:.2f} and {own[shown.n_merges]:.2f}."
    )


def strawberry(berry: Any) -> str:
    """Say why a model cannot see the letters of a word."""
    numbers = ", ".join(map(str, berry.numbers))
    return (
        "**How many r are in strawberry?** With these merges the word is "
        f"{count(len(berry.numbers), 'token')}, {' · '.join(map(_written, berry.pieces))}, and the "
        f"model sees {numbers}. "
        + (
            "Here each letter still has its own number."
            if len(berry.numbers) == len(berry.text)
            else "No number says which letters are inside: a model has to learn the spelling of "
            "every token by heart, from texts that spell it out."
        )
    )


def answer(unseen: np.ndarray) -> tuple[str, str]:
    """Return the option that the curve supports, and why."""
    before, after = float(unseen[len(unseen) // 2]), float(unseen[-1])
    gain = after / before - 1
    option = OPTIONS[0] if gain > 0.8 else OPTIONS[2] if gain < 0.01 else OPTIONS[1]
    return option, (
        f"From {unseen[0]:.2f} to {before:.2f} characters by the first half of the merges, to "
        f"{after:.2f} by the second: {gain:.0%} more. The most frequent pairs come first; each "
        "later merge joins a pair that is rarer than all before it."
    )


def formulas(shown: Any) -> tuple[str, ...]:
    """Return the size of the vocabulary and the characters per token with the learner's numbers."""
    n, k = len(shown.text), len(shown.numbers)
    return (
        rf"V = 256 + {shown.n_merges} = {grouped(256 + shown.n_merges)}",
        rf"\frac{{\text{{characters}}}}{{\text{{tokens}}}} = \frac{{{n}}}{{{k}}} = {n / k:.2f}",
    )
