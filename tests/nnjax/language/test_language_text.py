"""Any text at all is read or refused in one sentence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnjax.language import text as engine

ANYTHING = st.text(st.characters(codec=None), max_size=40)


@settings(max_examples=60, deadline=None)
@given(piece=ANYTHING, times=st.integers(1, 60))
def test_any_text_is_read_or_refused_in_one_sentence(piece, times):
    raw = piece * times
    said = ""
    try:
        text = engine.read_text(raw)
    except ValueError as error:
        said = str(error)
    if said:
        assert said.endswith(".")
        assert ". " not in said
        return
    corpus, plain = text.corpus, raw.replace("\r\n", "\n").replace("\r", "\n")
    assert corpus.n == len(plain)
    assert 0 < corpus.n_train <= corpus.n - engine.MIN_HELD_OUT
    assert 2 <= corpus.n_kinds == len(text.vocabulary) <= engine.MAX_KINDS
    assert corpus.tokens[: corpus.n].max() < corpus.n_kinds
    if not text.n_merged:
        assert engine.decode(corpus.tokens[: corpus.n], text.vocabulary) == plain


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("", "has 0"),
        ("a", "has 1"),
        ("a" * 1000, "two different"),
        ("ab" * 100_001, "200,002"),
        ("ab" * 5_000_000, "10,000,000"),
    ],
)
def test_what_cannot_be_learnt_is_refused(raw, why):
    with pytest.raises(ValueError, match=why):
        engine.read_text(raw)


def test_the_rarest_of_too_many_kinds_are_read_as_one():
    kinds = "".join(chr(0x4E00 + i) for i in range(200))
    text = engine.read_text(kinds * 2 + "שלום\x00\x1b🙂" * 60)
    assert len(text.vocabulary) == engine.MAX_KINDS
    assert text.vocabulary[-1] == engine.OTHER
    assert text.n_merged == 207 - (engine.MAX_KINDS - 1)
    assert text.vocabulary[0] in "שלום\x00\x1b🙂"
    assert engine.encode("\u9fff", text.vocabulary)[0] == engine.MAX_KINDS - 1


def test_the_bundled_book_is_whole_and_split():
    text = engine.bundled_text()
    corpus = text.corpus
    assert 120_000 < corpus.n < engine.MAX_CHARACTERS
    assert corpus.n_train / corpus.n == pytest.approx(0.9, abs=1e-3)
    assert not text.n_merged
    assert text.vocabulary[0] == " "
    numbers = engine.encode("Alice", text.vocabulary)
    assert numbers.dtype == np.uint8
    assert engine.decode(numbers, text.vocabulary) == "Alice"
    words = engine.known_words(text)
    assert {"alice", "queen", "rabbit"} < words
    assert engine.find_words("O, то-да! Xyz1") == ["o", "то", "да", "xyz"]
    assert text.digest != engine.read_text("ab" * 300).digest
