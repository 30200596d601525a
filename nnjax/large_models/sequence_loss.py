"""The loss of a text, position by position: -ln of the probability that each token was given."""

import functools
import re
from pathlib import Path
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

ALPHABET = " abcdefghijklmnopqrstuvwxyz"
MAX_LENGTH = 30
MODELS = ("uniform", "letters", "pairs")
_TEXT = Path(__file__).parents[1] / "data" / "files" / "alice.txt"


@jax.jit
def guessing_loss(n_tokens):
    """Ln V: cross-entropy of a guess that gives each of V tokens the same 1 / V; V and L ()."""
    return -jnp.log(1 / n_tokens)


@jax.jit
def perplexity(loss):
    """Exp(L): among how many equally likely tokens a guess would cost as much; both ()."""
    return jnp.exp(loss)


class LetterCounts(NamedTuple):
    """What a text has taught: how often each letter came, and how often after which other."""

    letters: np.ndarray  # (V,)
    pairs: np.ndarray  # (V, V) row: the letter before


class SequenceLoss(NamedTuple):
    """The loss of every model at every position, and its mean."""

    positions: jax.Array  # (n_models, MAX_LENGTH), 0 beyond the text
    means: jax.Array  # (n_models,)


def read_letters(text):
    """Numbers in ALPHABET of the text's letters, (n,): all else, and runs of it, is one space."""
    words = re.findall("[a-z]+", text.lower())
    return np.array([ALPHABET.index(letter) for letter in " ".join(words)], np.int32)


@functools.cache
def counted_text() -> LetterCounts:
    """Letters and pairs of neighbours in the opening of "Alice's Adventures in Wonderland"."""
    numbers = read_letters(_TEXT.read_text("utf-8"))
    n_letters = len(ALPHABET)
    pairs = np.zeros((n_letters, n_letters), np.float32)
    np.add.at(pairs, (numbers[:-1], numbers[1:]), 1)
    return LetterCounts(np.bincount(numbers, minlength=n_letters).astype(np.float32), pairs)


def shares_with_extra(counts, extra):
    """(n_k + a) / sum_j (n_j + a) along the last axis; where nothing was counted, all equal."""
    raised = counts + extra
    total = raised.sum(axis=-1, keepdims=True)
    even = jnp.full_like(counts, 1 / counts.shape[-1])
    return jnp.where(total > 0, raised / jnp.where(total > 0, total, 1.0), even)


@jax.jit
def sequence_loss(numbers, length, counts: LetterCounts, extra) -> SequenceLoss:
    """L_i = -ln p(letter i | what came before), and its mean over `length` positions.

    numbers (MAX_LENGTH,) in ALPHABET, length and extra (). Three models: 1 / V for every letter;
    each letter's share of the text; its share after the letter before it (at first a space).
    """
    before = jnp.concatenate([jnp.zeros_like(numbers[:1]), numbers[:-1]])
    given = jnp.stack(
        [
            jnp.full(numbers.shape, 1 / len(ALPHABET)),
            shares_with_extra(counts.letters, extra)[numbers],
            shares_with_extra(counts.pairs, extra)[before, numbers],
        ]
    )
    inside = jnp.arange(len(numbers), dtype=jnp.float32)[None, :] < length
    positions = jnp.where(inside, -jnp.log(given), 0.0)
    return SequenceLoss(positions, positions.sum(axis=1) / length)


def pad(numbers):
    """Fill up with spaces to MAX_LENGTH, so that every text is one shape: (n,) -> (MAX_LENGTH,)."""
    return np.pad(numbers[:MAX_LENGTH], (0, max(0, MAX_LENGTH - len(numbers))))
