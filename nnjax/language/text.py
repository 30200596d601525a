"""The text that a character model learns: its kinds of characters, and two parts of it."""

import functools
import hashlib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

# Every text is laid into one shape, so that all of them train with the same compiled program.
MAX_CHARACTERS = 200_000
MIN_CHARACTERS = 400
MAX_KINDS = 96
HELD_OUT = 0.1  # share of the text, its end, that is never trained on
MIN_HELD_OUT = 160  # characters: room for one window of the longest context
OTHER = "\N{REPLACEMENT CHARACTER}"  # all the rarest kinds, if there are too many
BOOK = Path(__file__).parents[1] / "data" / "files" / "alice_book.txt"


class Corpus(NamedTuple):
    """A text as numbers: the first `n_train` characters to learn from, the rest to be tested on."""

    tokens: np.ndarray  # (MAX_CHARACTERS,) uint8, each character's place in the vocabulary
    n: np.ndarray  # () int32, characters that are there; beyond them stands 0
    n_train: np.ndarray  # () int32
    n_kinds: np.ndarray  # () int32, kinds of characters that are there


class Text(NamedTuple):
    """A text that was read."""

    corpus: Corpus
    vocabulary: tuple[str, ...]  # the commonest first; OTHER last, if it is needed
    n_merged: int  # kinds that are read as OTHER
    digest: str  # tells texts apart


def read_text(raw: str) -> Text:
    """The text as a model reads it: line ends made alike, the rarest kinds made one.

    Raises ValueError, with one sentence, for a text too short, too long, or of one kind only.
    """
    if len(raw) > 2 * MAX_CHARACTERS:  # no work is done on what is refused anyway
        raise ValueError(_too_long(len(raw)))
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAX_CHARACTERS:
        raise ValueError(_too_long(len(text)))
    if len(text) < MIN_CHARACTERS:
        raise ValueError(
            f"The text needs at least {MIN_CHARACTERS} characters to learn from and to be tested "
            f"on; this one has {len(text)}."
        )
    vocabulary, n_merged = _vocabulary(text)
    if len(vocabulary) < 2:
        raise ValueError("The text needs at least two different characters; this one repeats one.")
    return Text(
        corpus=_corpus(encode(text, vocabulary), len(vocabulary)),
        vocabulary=vocabulary,
        n_merged=n_merged,
        digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
    )


@functools.cache
def bundled_text() -> Text:
    """Lewis Carroll's "Alice's Adventures in Wonderland" (1865), the whole book."""
    return read_text(BOOK.read_text("utf-8"))


def encode(text: str, vocabulary: tuple[str, ...]) -> np.ndarray:
    """Each character's place in the vocabulary, (n,) uint8; an unknown one's is OTHER's or 0."""
    places = {character: place for place, character in enumerate(vocabulary)}
    other = places.get(OTHER, 0)
    return np.array([places.get(character, other) for character in text], np.uint8)


def decode(tokens, vocabulary: tuple[str, ...]) -> str:
    """The characters that stand at these places of the vocabulary: (n,) -> text."""
    return "".join(vocabulary[int(token)] for token in tokens)


def find_words(text: str) -> list[str]:
    """All runs of letters, of any script, in small letters."""
    return "".join(c if c.isalpha() else " " for c in text.lower()).split()


def known_words(text: Text) -> frozenset[str]:
    """Every word that the text has."""
    return frozenset(find_words(decode(text.corpus.tokens[: text.corpus.n], text.vocabulary)))


def _too_long(n: int) -> str:
    return f"The text may have at most {MAX_CHARACTERS:,} characters; this one has {n:,}."


def _vocabulary(text: str) -> tuple[tuple[str, ...], int]:
    """The kinds from the commonest to the rarest, and how many of them OTHER stands for."""
    counted = Counter(text)
    kinds = sorted(counted, key=lambda kind: (-counted[kind], kind))
    if len(kinds) <= MAX_KINDS:
        return tuple(kinds), 0
    kept = [kind for kind in kinds if kind != OTHER][: MAX_KINDS - 1]
    return (*kept, OTHER), len(kinds) - len(kept)


def _corpus(tokens: np.ndarray, n_kinds: int) -> Corpus:
    n = len(tokens)
    laid = np.zeros(MAX_CHARACTERS, np.uint8)
    laid[:n] = tokens
    n_train = n - max(round(HELD_OUT * n), MIN_HELD_OUT)
    return Corpus(laid, np.int32(n), np.int32(n_train), np.int32(n_kinds))
