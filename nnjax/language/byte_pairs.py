"""Byte-pair encoding: the most frequent pair of neighbours becomes one token, again and again."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np

N_BYTES = 256  # the tokens before the first merge: every text is made of them
# Merges are learned from so many bytes of different words, the most frequent ones: all the words
# of a book of this length in English, and a bound for texts that never repeat themselves.
MAX_DISTINCT = 30_000
# Merges stay within words: letters, figures or signs with the space before them, or white space.
# No word is longer than 32, so that a text without a space costs no more than any other.
_WORD = re.compile(r" ?[^\W\d_]{1,32}| ?\d{1,32}| ?(?:[^\w\s]|_){1,32}|\s{1,32}(?!\S)|\s{1,32}")


class Merge(NamedTuple):
    """Two tokens that became one."""

    left: int
    right: int
    count: int  # how often they stood side by side when they were merged


def split_words(text: str) -> list[str]:
    """Cut a text into words; joined they are the text again.

    Source: after Radford et al. (2019), section 2.2.
    """
    return _WORD.findall(text)


def as_bytes(text: str) -> bytes:
    """UTF-8; half of a surrogate pair, which is no character, becomes a question mark."""
    return text.encode("utf-8", "replace")


def learn_merges(text: str, n_merges: int) -> tuple[Merge, ...]:
    """Merge the most frequent pair of neighbours `n_merges` times, fewer if no pair comes twice.

    Merge k makes token N_BYTES + k. Of equally frequent pairs the one with the smaller numbers.

    References:
        Sennrich, Haddow and Birch (2016), algorithm 1; from bytes: Radford et al. (2019).
    """
    words, merges = _Words(_frequent(Counter(split_words(text)))), []
    while len(merges) < n_merges and words.pairs:
        count = max(words.pairs.values())
        if count < 2:
            break
        pair = min(pair for pair, times in words.pairs.items() if times == count)
        words.merge(pair, N_BYTES + len(merges))
        merges.append(Merge(*pair, count))
    return tuple(merges)


def token_bytes(merges: tuple[Merge, ...]) -> list[bytes]:
    """What every token stands for, in the order of the numbers: the bytes, then the merges."""
    tokens = [bytes([number]) for number in range(N_BYTES)]
    for merge in merges:
        tokens.append(tokens[merge.left] + tokens[merge.right])
    return tokens


def encode(merges: tuple[Merge, ...], text: str) -> list[int]:
    """Cut a text into tokens: word by word, the merges in the order in which they were learned."""
    made = {(merge.left, merge.right): N_BYTES + k for k, merge in enumerate(merges)}
    cut = {word: _cut(list(as_bytes(word)), made) for word in set(split_words(text))}
    return [token for word in split_words(text) for token in cut[word]]


def decode(merges: tuple[Merge, ...], tokens: list[int]) -> str:
    """Join what the tokens stand for; bytes that are no text become replacement characters."""
    known = token_bytes(merges)
    return b"".join(known[token] for token in tokens).decode("utf-8", "replace")


def tokens_after_merges(merges: tuple[Merge, ...], text: str) -> np.ndarray:
    """How many tokens a text needs with the first k merges, k = 0 ... n: (n + 1,) int."""
    words = _Words(Counter(split_words(text)))
    counts = [len(as_bytes(text))]
    for k, merge in enumerate(merges):
        counts.append(counts[-1] - words.merge((merge.left, merge.right), N_BYTES + k))
    return np.array(counts)


def _frequent(times: Counter[str]) -> dict[str, int]:
    """Return the most frequent words, MAX_DISTINCT bytes of them at most."""
    total, kept = 0, {}
    for word, count in times.most_common():
        total += len(as_bytes(word))
        if total > MAX_DISTINCT:
            break
        kept[word] = count
    return kept


def _cut(tokens: list[int], made: dict[tuple[int, int], int]) -> list[int]:
    while True:
        known = [made[pair] for pair in pairwise(tokens) if pair in made]
        if not known:
            return tokens
        first = min(known)  # tokens are numbered in the order of their merges
        pair = next(pair for pair in pairwise(tokens) if made.get(pair) == first)
        tokens = _join(tokens, pair, first)


def _join(tokens: list[int], pair: tuple[int, int], token: int) -> list[int]:
    """Put `token` in place of every `pair`, from left to right."""
    joined: list[int] = []
    for new in tokens:
        if joined and (joined[-1], new) == pair:
            joined[-1] = token  # new, so no part of another such pair: aaa is (aa) a
        else:
            joined.append(new)
    return joined


class _Words:
    """The distinct words of a text as tokens, how often each came, and where every pair stands."""

    def __init__(self, times: Mapping[str, int]) -> None:
        self.words = [list(as_bytes(word)) for word in times]
        self.times = list(times.values())
        self.pairs: Counter[tuple[int, int]] = Counter()
        self.places: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        for place in range(len(self.words)):
            self._count(place, 1)

    def merge(self, pair: tuple[int, int], token: int) -> int:
        """Join a pair wherever it stands; return how many tokens fewer the text has then."""
        fewer = 0
        for place in self.places.pop(pair, ()):
            before = self.words[place]
            self._count(place, -1)
            self.words[place] = _join(before, pair, token)
            self._count(place, 1)
            fewer += (len(before) - len(self.words[place])) * self.times[place]
        return fewer

    def _count(self, place: int, sign: int) -> None:
        for pair in pairwise(self.words[place]):
            self.pairs[pair] += sign * self.times[place]
            if sign > 0:
                self.places[pair].add(place)
            elif not self.pairs[pair]:
                del self.pairs[pair]
