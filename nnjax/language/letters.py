"""A character transformer among models that guess letters only: what it loses on a plain text."""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.language.model import LanguageConfig, LanguageModel, read


class Letters(NamedTuple):
    """How the kinds of characters that a model knows fall into the letters of an alphabet."""

    letter: np.ndarray  # (MAX_KINDS,) int32, whose letter each kind is; all else is a space, 0
    kind: np.ndarray  # (n_letters,) int32, the kind that stands for each letter


def match_letters(vocabulary: tuple[str, ...], alphabet: str, n_kinds: int) -> Letters:
    """Small and capital letters are one; whatever is no letter of `alphabet` counts as its first.

    A letter that the vocabulary lacks is read as the kind 0.
    """
    letter = np.zeros(n_kinds, np.int32)
    for place, kind in enumerate(vocabulary):
        letter[place] = max(alphabet.find(kind.lower()), 0)
    kinds = [vocabulary.index(own) if own in vocabulary else 0 for own in alphabet]
    return Letters(letter, np.array(kinds, np.int32))


@functools.partial(jax.jit, static_argnames="config")
def letter_losses(
    parameters: LanguageModel, numbers, letters: Letters, n_kinds, *, config: LanguageConfig
):
    """-ln p of each letter given all before it, (n,): numbers (n,) in the alphabet.

    Before the first stands a space. p of a letter is the sum over the kinds that are read as it,
    so that the chances of the letters add up to 1, as those of every other model of them.
    """
    kind = jnp.asarray(letters.kind)
    before = jnp.concatenate([jnp.zeros_like(numbers[:1]), numbers[:-1]])
    chances = jax.nn.softmax(read(parameters, kind[before], n_kinds, config=config).logits)
    theirs = jnp.asarray(letters.letter)[None, :] == numbers[:, None]
    return -jnp.log(jnp.where(theirs, chances, 0.0).sum(axis=-1))
