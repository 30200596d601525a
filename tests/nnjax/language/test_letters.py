import jax
import numpy as np
import pytest

from nnjax.language.letters import letter_losses, match_letters
from nnjax.language.model import MAX_KINDS, LanguageConfig, init_language_model, read

CONFIG = LanguageConfig(width=8, n_layers=1, n_heads=2, context=8)
VOCABULARY = ("b", " ", "a", "B", "!", "\n")
ALPHABET = " ab"


@pytest.fixture(scope="module")
def model():
    return jax.jit(lambda: init_language_model(jax.random.key(0), config=CONFIG))()


def test_kinds_fall_into_letters():
    letters = match_letters(VOCABULARY, ALPHABET, MAX_KINDS)
    assert letters.letter[:6].tolist() == [2, 0, 1, 2, 0, 0]
    assert letters.kind.tolist() == [1, 2, 0]
    assert match_letters(("b", "a"), ALPHABET, 4).kind.tolist() == [0, 1, 0]


def test_a_letter_has_the_chances_of_all_that_is_read_as_it(model):
    letters = match_letters(VOCABULARY, ALPHABET, MAX_KINDS)
    numbers = np.array([2, 0, 1, 2], np.int32)  # "b ab"
    losses = letter_losses(model, numbers, letters, np.int32(6), config=CONFIG)
    read_as = np.array([1, 0, 1, 2], np.int32)  # " b a" in the vocabulary
    reading = jax.jit(lambda tokens: read(model, tokens, np.int32(6), config=CONFIG))(read_as)
    logits = np.asarray(reading.logits, np.float64)[:, :6]
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    theirs = [chances[0, [0, 3]], chances[1, [1, 4, 5]], chances[2, [2]], chances[3, [0, 3]]]
    np.testing.assert_allclose(losses, [-np.log(p.sum()) for p in theirs], rtol=1e-5)
