from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnjax.language import byte_pairs
from nnjax.language.byte_pairs import (
    decode,
    encode,
    learn_merges,
    split_words,
    token_bytes,
    tokens_after_merges,
)

# The dictionary of Sennrich, Haddow and Birch (2016), figure 1 (their end of a word left out).
LOW = " ".join(["low"] * 5 + ["lower"] * 2 + ["newest"] * 6 + ["widest"] * 3)
MERGES = learn_merges("the cat sat on the mat, the cat sat. " * 3, 12)


def made(merges):
    return [token_bytes(merges)[byte_pairs.N_BYTES + k].decode() for k in range(len(merges))]


def test_the_most_frequent_neighbours_are_merged_first():
    """By hand: e-s stands there 6 + 3 times, then es-t as often; l-o 5 + 2 times, then lo-w."""
    merges = learn_merges(LOW, 4)
    assert made(merges) == ["es", "est", "lo", "low"]
    assert [merge.count for merge in merges] == [9, 9, 7, 7]


def test_a_text_is_cut_by_the_merges_in_their_order():
    merges = learn_merges(LOW, 4)
    known = token_bytes(merges)
    assert [known[token] for token in encode(merges, "lowest slow")] == [
        b"low", b"est", b" ", b"s", b"low",
    ]  # fmt: skip


def test_a_run_of_one_letter_is_paired_from_the_left():
    merges = learn_merges("aaaaa", 1)
    assert encode(merges, "aaaaa") == [256, 256, ord("a")]


def test_no_pair_that_came_once_is_merged():
    assert learn_merges("abcdef", 10) == ()
    assert learn_merges("", 10) == ()


def test_words_keep_all_of_the_text():
    text = "Alice's  2 cats\n\n\t sat_down: 12.5!  "
    assert "".join(split_words(text)) == text
    assert " cats" in split_words(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_every_text_comes_back(text):
    assert decode(MERGES, encode(MERGES, text)) == text


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab cé\n", min_size=1, max_size=60), st.integers(0, 12))
def test_the_merges_are_those_of_a_count_from_scratch(text, n_merges):
    merges = learn_merges(text, n_merges)
    assert merges == slow_merges(text, n_merges)
    counts = tokens_after_merges(merges, text)
    np.testing.assert_array_equal(
        counts, [len(encode(merges[:k], text)) for k in range(len(merges) + 1)]
    )


def slow_merges(text, n_merges):
    """Count every pair anew before each merge."""
    words, merges = [list(word.encode()) for word in split_words(text)], []
    for number in range(256, 256 + n_merges):
        pairs = [pair for word in words for pair in pairwise(word)]
        best = max(set(pairs), key=lambda pair: (pairs.count(pair), -pair[0], -pair[1]), default=())
        if pairs.count(best) < 2:
            break
        merges.append(byte_pairs.Merge(*best, pairs.count(best)))
        words = [joined(word, best, number) for word in words]
    return tuple(merges)


def joined(word, pair, number):
    if len(word) < 2:
        return word
    if tuple(word[:2]) == pair:
        return [number, *joined(word[2:], pair, number)]
    return [word[0], *joined(word[1:], pair, number)]


@pytest.mark.parametrize("text", ["\ud800", "🙂‍↔️ שלום\x00\u202e"])
def test_what_is_no_plain_letter_is_bytes_too(text):
    assert decode(MERGES, encode(MERGES, text)) == text.encode("utf-8", "replace").decode()


def test_half_a_character_is_shown_as_such():
    assert decode(MERGES, encode(MERGES, "é")[:1]) == "\N{REPLACEMENT CHARACTER}"


def test_a_text_that_never_repeats_itself_is_bounded():
    words = [f"{number:08x}" for number in range(20_000)]
    kept = byte_pairs._frequent(Counter(dict.fromkeys(words, 1) | {words[-1]: 9}))
    assert next(iter(kept)) == words[-1]
    assert sum(map(len, kept)) <= byte_pairs.MAX_DISTINCT
