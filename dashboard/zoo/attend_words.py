"""What the laboratory "Attention" says about what it computed."""

from typing import Any

import numpy as np

from dashboard.address import escape_markdown
from dashboard.formulas import factor
from dashboard.large_numbers import in_words, power_of_ten

ABOUT = (
    "The model is the character transformer of page 10: two layers with four heads each. Every "
    "character *asks* all those up to itself and mixes what they answer. Click a map to open its "
    "head, a bar to work out its weight."
)
DONE = "Trained on Alice's Adventures in Wonderland, as far as you asked."
HEADS = "Eight heads: rows ask, columns are looked at"
QUESTION = "Before any training: how does this head spread a character's look over those before it?"
OPTIONS = ("Fairly evenly", "Nearly all on one", "Only on itself")
FORMULA_NOTE = (
    "Four steps for each pair. **Score**: the product of what the one asks (its *query* $q$) and "
    "what the other offers (its *key* $k$). **Scale**: divided by the root of their length. "
    "**Mask**: what comes later is out of sight, its weight is 0. **Softmax**: over all that are "
    "in sight, so that the weights add up to 1."
)
IN_LLMS = (
    "The same four steps, in more heads: Llama 2 70B has 80 layers of 64. In trained language "
    "models some heads look one token back, and some look for what followed the last time the "
    "same token came (*induction heads*). A weight says where a head took from, not why the model "
    "answered as it did. The number of pairs grows with the square of the text:"
)


def _place(looked: Any, place: int) -> str:
    return f"**{_name(looked, place)}** ({place + 1})"


def _name(looked: Any, place: int) -> str:
    return escape_markdown(looked.characters[place])


def describe_heads(looked: Any) -> str:
    """Return the maps in words: whom each head's asking character looks at most."""
    n = len(looked.characters)
    rows = looked.after.weights[:, :, looked.asks, :n]
    said = "; ".join(
        f"head {layer + 1}.{head + 1}: {looked.characters[int(row.argmax())]} at place "
        f"{int(row.argmax()) + 1} with {row.max():.2f}"
        for layer, heads in enumerate(rows)
        for head, row in enumerate(heads)
    )
    return (
        f"Attention of eight heads. The character at place {looked.asks + 1} looks most at {said}."
    )


def about_heads(looked: Any) -> str:
    """Say what the picked head does on average over the text."""
    weights = looked.weights(looked.after)
    n = len(weights)
    if n < 3:
        return "With so short a text there is hardly anyone to look at."
    itself = float(np.trace(weights[1:, 1:]) / (n - 1))
    back = float(np.trace(weights, offset=-1) / (n - 1))
    far = float((weights * np.maximum(np.subtract.outer(range(n), range(n)), 0)).sum(1)[1:].mean())
    return (
        f"Head **{looked.layer + 1}.{looked.head + 1}** gives, on average over this text, "
        f"{itself:.0%} to the character that asks, **{back:.0%}** to the one before it, and looks "
        f"**{far:.1f}** places back. Above the diagonal all is 0: nobody sees what comes later."
    )


def row_title(looked: Any) -> str:
    """Return what stands above the bars."""
    return (
        f"Place {looked.asks + 1} asks, head {looked.layer + 1}.{looked.head + 1}: "
        f"{looked.weights(looked.after)[looked.asks, looked.other]:.2f} for place "
        f"{looked.other + 1}"
    )


def describe_row(looked: Any) -> str:
    """Return the bars in words."""
    row = looked.weights(looked.after)[looked.asks]
    said = ", ".join(
        f"{looked.characters[i]} {row[i]:.2f}" for i in range(looked.asks + 1) if row[i] >= 0.01
    )
    return f"Weights of the character at place {looked.asks + 1}: {said}."


def what_to_see(looked: Any) -> str:
    """Compare the picked weight with the one before training."""
    asks, other = looked.asks, looked.other
    after, before = (
        float(looked.weights(seen)[asks, other]) for seen in (looked.after, looked.before)
    )
    pair = f"{_place(looked, asks)} looks at {_place(looked, other)}"
    if other > asks:
        return f"{pair} **not at all**: it comes later, and the mask hides it."
    if asks == 0:
        return f"{pair}, itself: **nobody stands before it**, so its weight is 1 in every head."
    trained = (
        f"after {looked.steps} steps of training (bar)" if looked.steps else "no training yet (bar)"
    )
    return (
        f"{pair} with a weight of **{after:.3f}**, {trained}; before any it was {before:.3f} "
        f"(cross). An even look would give each of {asks + 1} characters {1 / (asks + 1):.3f}."
    )


def answer(looked: Any) -> tuple[str, str]:
    """Return the option that the untrained head supports, and why."""
    weights = looked.weights(looked.before)
    n = len(weights)
    if n < 2:
        return OPTIONS[2], "There is no other character in this text."
    own = float(np.diag(weights)[1:].mean())
    most = float(weights[1:].max(axis=1).mean())
    option = OPTIONS[2] if own > 0.8 else OPTIONS[1] if most > 0.8 else OPTIONS[0]
    trained = float(looked.weights(looked.after)[1:].max(axis=1).mean())
    return option, (
        f"With the weights as they were drawn, the largest share of a character is {most:.2f} on "
        f"average over this text; after {looked.steps} steps it is {trained:.2f}. Queries and keys "
        "that were drawn at random agree by chance alone."
    )


def formulas(looked: Any) -> tuple[str, ...]:
    """Return score, scale, mask and softmax with the picked pair's numbers."""
    layer, head, i, j = looked.layer, looked.head, looked.asks, looked.other
    queries, keys = looked.after.queries[layer, head, i], looked.after.keys[layer, head, j]
    depth = len(queries)
    products = looked.after.products[layer, head, i]
    score = float(products[j])
    scaled = score / depth**0.5
    terms = " + ".join(
        rf"{factor(float(a))} \cdot {factor(float(b))}"
        for a, b in zip(queries[:2], keys[:2], strict=True)
    )
    head_lines = (
        rf"s = q_{{{i + 1}}} \cdot k_{{{j + 1}}} = {terms} + \dots = {score:.3f}",
        rf"s / \sqrt{{d}} = {score:.3f} / \sqrt{{{depth}}} = {scaled:.3f}",
    )
    if j > i:
        return (
            *head_lines,
            rf"{j + 1} > {i + 1}: \quad s \to -\infty",
            r"a = e^{-\infty} / \dots = 0",
        )
    total = float(np.exp(products[: i + 1] / depth**0.5).sum())
    return (
        *head_lines,
        rf"{j + 1} \le {i + 1}: \quad \text{{in sight}}",
        rf"a = \frac{{e^{{{scaled:.3f}}}}}{{\sum_{{m \le {i + 1}}} e^{{s_m / \sqrt{{d}}}}}}"
        rf" = \frac{{{np.exp(scaled):.3f}}}{{{total:.3f}}}"
        rf" = {float(looked.after.weights[layer, head, i, j]):.3f}",
    )


def many(count: float) -> str:
    """Return a count in words, or in powers of ten where words end."""
    return in_words(count) if count < 1e15 else power_of_ten(count)
