"""What the laboratory "Write and look" says about the next character, the text and the heads."""

import string
from typing import NamedTuple

import numpy as np

from dashboard.formulas import factor
from dashboard.language.character_model import AT_ONCE, Model
from dashboard.language.characters import name_of
from nnjax.language.sampling import Look
from nnjax.language.text import OTHER, find_words

SHOWN = 12  # characters in the chart of what may come next
STRETCH = 8  # characters: texts that repeat themselves have few different stretches of that length
N_SEEDS = 4
QUESTION = (
    "Top-k is set to 1: only the likeliest character may be drawn. How many different texts do "
    f"{N_SEEDS} seeds write after your prompt?"
)
OPTIONS = ("One", "Two or three", "Four")
FORMULA_NOTE = (
    "The logits $z$ are divided by the temperature $T$ before the softmax. Top-k then keeps the "
    "$k$ likeliest characters; of these, top-p keeps the likeliest that together reach the share "
    "$p$. What is kept is divided by its sum."
)
IN_LLMS = (
    "A language model is asked in the same way, with tens of thousands of tokens for letters. "
    "Near temperature 0 the likeliest token nearly always wins: good for facts and code, dull and "
    "prone to loops in stories. Of two tokens whose logits differ by $d$, the likelier is drawn "
    "$e^{d/T}$ times as often."
)


class Scene(NamedTuple):
    """What is on show."""

    model: Model
    piece: int  # how many pieces it has been trained
    prompt: str
    names: list[str]  # the prompt's characters as they are shown
    look: Look
    temperature: float
    order: np.ndarray  # (SHOWN or fewer,) the likeliest characters
    written: str
    seconds: float  # that the writing took
    known: frozenset[str]  # the words of the text

    def name(self, token: int) -> str:
        """Return a character of the vocabulary as it is shown."""
        return name_of(self.model.text.vocabulary[int(token)])

    @property
    def n_kept(self) -> int:
        """How many characters may be drawn."""
        return int((self.look.after > 0).sum())


def in_markdown(name: str) -> str:
    """Return a character so that Markdown shows it and does nothing else with it."""
    return f"\\{name}" if name in string.punctuation else name


def stage(scene: Scene) -> str:
    """Say how far the model on show is trained."""
    unknown = [c for c in dict.fromkeys(scene.prompt) if c not in scene.model.text.vocabulary]
    said = f"The model after **{scene.piece * AT_ONCE} training steps**."
    if unknown:
        signs = ", ".join(f"“{in_markdown(name_of(c))}”" for c in unknown[:6])
        vocabulary = scene.model.text.vocabulary
        read_as = OTHER if OTHER in vocabulary else in_markdown(name_of(vocabulary[0]))
        said += f" Its text has no {signs}: read as {read_as}."
    return said


def next_character(scene: Scene) -> str:
    """Say what the three controls did to the chances."""
    best = int(scene.order[0])
    before, after = float(scene.look.before[best]), float(scene.look.after[best])
    if scene.n_kept == 1:
        cut = "Only that one may be drawn: every seed writes the same."
    else:
        there = int(scene.model.text.corpus.n_kinds)
        cut = f"**{scene.n_kept}** of {there} characters may be drawn."
    return (
        f"Likeliest after your prompt: **{in_markdown(scene.name(best))}**, {before:.1%} as the "
        f"model has it, **{after:.1%}** after temperature, top-k and top-p. {cut}"
    )


def describe_next(scene: Scene) -> str:
    """Return the chart of the next character in words."""
    rows = ", ".join(
        f"{scene.name(token)} {scene.look.before[token]:.1%} then {scene.look.after[token]:.1%}"
        for token in scene.order[:6]
    )
    return f"Probabilities of the next character, before and after the controls: {rows}."


def different(text: str) -> float:
    """Return the share of different stretches among all of STRETCH characters."""
    stretches = [text[i : i + STRETCH] for i in range(len(text) - STRETCH + 1)]
    return len(set(stretches)) / max(1, len(stretches))


def verdict(scene: Scene) -> str:
    """Say what the continuation is like, and how fast it came."""
    made = find_words(scene.written)
    known = sum(word in scene.known for word in made) / max(1, len(made))
    fresh = different(scene.written)
    said = (
        f"**{known:.0%}** of its {len(made)} words are words of the text it learnt from; "
        f"**{fresh:.0%}** of its stretches of {STRETCH} characters are different ones. "
    )
    if fresh < 0.75:
        said += "It **repeats itself**: the likeliest character leads back to where it was. "
    elif known < 0.35:
        said += (
            "Mostly **noise**: rare characters are drawn too often, or it is trained too little. "
        )
    return said + (
        f"{len(scene.written)} characters in {1000 * scene.seconds:.0f} ms, "
        f"**{len(scene.written) / max(scene.seconds, 1e-6):,.0f} a second**."
    )


def looks(scene: Scene, picked: int) -> str:
    """Say whom the picked character looks at most, over all heads."""
    attention = scene.look.attention[:, :, picked, : picked + 1]
    layer, head, place = np.unravel_index(int(attention.argmax()), attention.shape)
    mean = attention.mean(axis=(0, 1))
    most = int(mean.argmax())
    return (
        f"**{in_markdown(scene.names[picked])}** (character {picked + 1}) looks most at "
        f"**{in_markdown(scene.names[most])}** (character {most + 1}): {mean[most]:.0%} of "
        f"the attention of all heads. Sharpest is head {layer + 1}.{head + 1}: "
        f"{attention.max():.0%} on character {place + 1}."
    )


def answer(texts: list[str]) -> tuple[str, str]:
    """Return the option that the written texts support, and why."""
    n = len(set(texts))
    option = OPTIONS[0] if n == 1 else OPTIONS[2] if n == N_SEEDS else OPTIONS[1]
    return option, (
        f"Of {N_SEEDS} texts, {n} {'is' if n == 1 else 'are'} different. Where one character alone "
        "may be drawn, the draw has nothing to decide; the same prompt always goes on in the same "
        "way. It often ends in a loop: its own words become the prompt."
    )


def formulas(scene: Scene) -> tuple[str, ...]:
    """Return softmax with temperature, and the cut, for the likeliest character."""
    logits = np.asarray(scene.look.logits, float)[: int(scene.model.text.corpus.n_kinds)]
    best, t = int(scene.order[0]), scene.temperature
    shares = np.exp((logits - logits.max()) / t)
    shares /= shares.sum()
    kept = float(shares[np.asarray(scene.look.after)[: len(shares)] > 0].sum())
    # Relative to the likeliest, so that a low temperature gives no number of forty digits.
    gap = float(np.sort(logits)[-2] - logits[best]) if len(logits) > 1 else 0.0
    return (
        r"p_i = \frac{e^{z_i / T}}{\sum_j e^{z_j / T}} = \frac{1}{\sum_j e^{(z_j - z_i) / T}}"
        rf" = \frac{{1}}{{1 + e^{{{gap:.2f} / {t:.2f}}} + \dots}} = {shares[best]:.4f}",
        rf"p'_i = \frac{{p_i}}{{\sum_{{\text{{kept}}}} p_j}} = \frac{{{factor(shares[best], 4)}}}"
        rf"{{{factor(kept, 4)}}} = {shares[best] / kept:.4f}",
    )
