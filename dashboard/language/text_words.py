"""What the laboratory "A character model" says about its training."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from dashboard.language.character_model import AT_ONCE, Model, Piece
from dashboard.language.characters import visible
from nnjax.language.model import count_parameters
from nnjax.language.training import N_HELD_OUT

QUESTION = (
    "The trained model reads 64 characters of the text held out, one after the other, and guesses "
    "each next one. Where are its guesses worst?"
)
OPTIONS = ("At the first characters", "At the last ones", "Equally bad everywhere")
EQUAL = 0.15  # nats: so far apart two means of a few hundred guesses may lie by chance
WHY = (
    "After one letter anything may come; after half a word little is left.",
    "So early it has not learnt to use what it sees: what lies far back confuses more than it "
    "helps.",
    "What it sees does not help it yet.",
)
FORMULA_NOTE = (
    "The loss is the mean of $-\\ln p$ over the characters that really came, in nats. Its "
    "exponential, the *perplexity*, says among how many equally likely characters a guess would "
    "be as unsure. The counts of characters and of pairs are made on the training part, with 0.1 "
    "added to each, and are tested on the same characters as the model."
)
IN_LLMS = (
    "GPT-2 and its kin are this model, larger, with tokens of a few characters for letters. To "
    "compare, spread a token's loss over its characters: $L / n$ nats, or $L / (n \\ln 2)$ bits. "
    "Shannon (1951) let people guess English letter by letter, and put its entropy between 0.6 and "
    "1.3 bits a character. A model is also a compressor: so many bits are all that a text needs."
)


class Training(NamedTuple):
    """A training so far."""

    model: Model
    pieces: Sequence[Piece]
    n_steps: int
    uniform: float
    unigram: float
    bigram: float

    @property
    def held_out(self) -> np.ndarray:
        """The loss on the text held out, after each piece."""
        return np.array([piece.held_out.mean() for piece in self.pieces])

    @property
    def loss(self) -> float:
        """The latest of them."""
        return float(self.held_out[-1])

    @property
    def diverged_at(self) -> int:
        """The step whose loss ran away, or -1."""
        return self.pieces[-1].diverged_at if self.pieces else -1

    @property
    def learns(self) -> bool:
        """Whether there is a model to look at."""
        return bool(self.pieces) and self.diverged_at < 0


def about_text(model: Model) -> str:
    """Say what is learnt, and by how large a model."""
    text = model.text
    corpus, config = text.corpus, model.config
    merged = (
        f" The {text.n_merged} rarest kinds are read as one sign, {text.vocabulary[-1]}."
        if text.n_merged
        else ""
    )
    return (
        f"**{int(corpus.n):,} characters** of {int(corpus.n_kinds)} kinds; the last "
        f"{int(corpus.n - corpus.n_train):,} are held out.{merged}\n\n"
        f"**{count_parameters(config):,} parameters**: {config.n_layers} "
        f"{'block' if config.n_layers == 1 else 'blocks'}, width {config.width}, "
        f"{config.n_heads} heads, context {config.context} characters."
    )


def beaten(training: Training) -> tuple[int, float] | None:
    """Return after how many steps, and seconds of training, the pairs were beaten."""
    better = np.flatnonzero(training.held_out < training.bigram)
    if not len(better):
        return None
    n = int(better[0]) + 1
    # The first piece also waits for the compiler, more or less of it: the others tell.
    each = [piece.seconds for piece in training.pieces[1:]] or [training.pieces[0].seconds]
    return n * AT_ONCE, n * float(np.median(each))


def verdict(training: Training) -> str:
    """Say how far it came."""
    if not training.pieces:
        return (
            f"Before training: an even guess costs **{training.uniform:.2f}**, counting characters "
            f"{training.unigram:.2f}, counting pairs **{training.bigram:.2f}**. The model starts "
            "near the first."
        )
    if training.diverged_at >= 0:
        return (
            f"**Diverged at step {training.diverged_at}: the loss ran away.** The steps are too "
            "large: each overshoots so far that the next begins worse. A smaller learning rate "
            "would keep it."
        )
    done, when = len(training.pieces) * AT_ONCE, beaten(training)
    if when is None:
        return (
            f"After {done} steps: **{training.loss:.2f}** on the text held out, still above the "
            f"table of pairs, **{training.bigram:.2f}**."
        )
    return (
        f"After {done} steps: **{training.loss:.2f}** on the text held out. It beat the table of "
        f"pairs, {training.bigram:.2f}, after **{when[0]} steps, {when[1]:.1f} s** of training: "
        "since then it uses more than the one character before."
    )


def describe(training: Training) -> str:
    """Return the chart of losses in words."""
    said = (
        f"Levels: uniform {training.uniform:.2f}, single characters {training.unigram:.2f}, pairs "
        f"{training.bigram:.2f}."
    )
    if not training.pieces:
        return f"Loss against training steps, none made yet. {said}"
    if not training.learns:
        return f"Loss against training steps. It diverged at step {training.diverged_at}. {said}"
    return (
        f"Loss on text held out, from {training.held_out[0]:.2f} to {training.loss:.2f} after "
        f"{len(training.pieces) * AT_ONCE} of {training.n_steps} steps. {said}"
    )


def by_position(held_out: np.ndarray) -> str:
    """Say how much the context helps."""
    first, later = float(held_out[0]), float(held_out[len(held_out) // 2 :].mean())
    return (
        f"After one character of context the loss is **{first:.2f}**; over the second half of the "
        f"context it is **{later:.2f}**. What it can look back at makes the difference."
    )


def answer(held_out: np.ndarray) -> tuple[str, str]:
    """Return the option that the measurement supports, and why."""
    first, last = float(held_out[:4].mean()), float(held_out[-4:].mean())
    option = OPTIONS[2] if abs(first - last) < EQUAL else OPTIONS[0 if first > last else 1]
    return option, (
        f"Over the first four places the loss is {first:.2f}, over the last four {last:.2f}, on "
        f"{N_HELD_OUT} stretches of text that it has never read. {WHY[OPTIONS.index(option)]}"
    )


def samples(pieces: Sequence[Piece]) -> str:
    """Return the beginning of what it wrote after each piece, the newest first."""
    lines = []
    for number, piece in reversed(list(enumerate(pieces, 1))):
        start = visible(piece.sample[:70]).replace("\n", "↵")
        lines.append(f"{number * AT_ONCE:>5}  {piece.held_out.mean():.2f}  {start}")
    return "\n".join([" step  loss  it writes", *lines])


def formulas(training: Training) -> tuple[str, ...]:
    """Return cross-entropy and perplexity with the learner's numbers."""
    n = N_HELD_OUT * training.model.config.context
    kinds = int(training.model.text.corpus.n_kinds)
    lines = [rf"\text{{uniform}} = \ln V = \ln {kinds} = {training.uniform:.3f}"]
    if training.learns:
        lines = [
            r"L = -\frac{1}{n} \sum_i \ln p(c_i \mid c_{<i})"
            rf" = \frac{{1}}{{{n}}} \cdot {training.loss * n:.1f} = {training.loss:.3f}",
            rf"\text{{perplexity}} = e^{{L}} = e^{{{training.loss:.3f}}}"
            rf" = {np.exp(training.loss):.2f} \quad\text{{(pairs: }}"
            rf"{np.exp(training.bigram):.2f}\text{{)}}",
            *lines,
        ]
    return tuple(lines)


def numbers(training: Training) -> dict[str, Any]:
    """Return the metrics above the picture."""
    when = beaten(training) if training.learns else None
    return {
        "Loss, held out": f"{training.loss:.2f}" if training.learns else "–",
        "Perplexity": f"{np.exp(training.loss):,.1f}" if training.learns else "–",
        "Pairs beaten after": f"{when[1]:.1f} s" if when else "–",
    }
