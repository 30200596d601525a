import re
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest

import nnjax
from nnjax.large_models.sequence_loss import (
    ALPHABET,
    MODELS,
    counted_text,
    guessing_loss,
    pad,
    perplexity,
    read_letters,
    sequence_loss,
    shares_with_extra,
)

TEXT = Path(nnjax.__file__).parent / "data" / "files" / "alice.txt"


@pytest.mark.parametrize(
    ("n_tokens", "loss"), [(2, "0.69"), (27, "3.30"), (50_257, "10.82"), (100_000, "11.51")]
)
def test_guessing_costs_the_logarithm_of_the_vocabulary(n_tokens, loss):
    value = float(guessing_loss(jnp.float32(n_tokens)))
    assert f"{value:.2f}" == loss
    assert value == pytest.approx(np.log(n_tokens), rel=1e-6)


def test_perplexity_undoes_it():
    assert float(perplexity(guessing_loss(jnp.float32(100_000)))) == pytest.approx(1e5, rel=1e-5)
    assert float(perplexity(jnp.float32(0))) == 1


def losses_of(text, extra=0.1):
    numbers = read_letters(text)
    return sequence_loss(
        jnp.asarray(pad(numbers)), jnp.float32(len(numbers)), counted_text(), jnp.float32(extra)
    )


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("The cat.", "the cat"),
        ("  two\n\tlines!! ", "two lines"),
        ("don't", "don t"),
        ("Été 1865", "t"),
        ("", ""),
        ("123 <b>", "b"),
    ],
)
def test_letters_are_read_and_all_else_is_a_space(text, letters):
    assert "".join(ALPHABET[number] for number in read_letters(text)) == letters


def test_the_counts_are_those_of_the_text():
    counts = counted_text()
    text = re.sub("[^a-z]+", " ", TEXT.read_text("utf-8").lower()).strip()
    assert counts.letters.sum() == len(text)
    assert counts.pairs.sum() == len(text) - 1
    assert counts.letters[ALPHABET.index("e")] == text.count("e")
    assert counts.pairs[ALPHABET.index("t"), ALPHABET.index("h")] == text.count("th")


@pytest.mark.parametrize("extra", [0.1, 1.0])
def test_every_position_by_hand(extra):
    text = "the cat sat"
    counts, result = counted_text(), losses_of(text, extra)
    before = " "
    for i, letter in enumerate(text):
        row, column = ALPHABET.index(before), ALPHABET.index(letter)
        pair = (counts.pairs[row, column] + extra) / (counts.pairs[row].sum() + 27 * extra)
        alone = (counts.letters[column] + extra) / (counts.letters.sum() + 27 * extra)
        expected = -np.log([1 / 27, alone, pair])
        np.testing.assert_allclose(result.positions[:, i], expected, rtol=1e-4)
        before = letter
    np.testing.assert_array_equal(result.positions[:, len(text) :], 0)
    np.testing.assert_allclose(
        result.means, result.positions[:, : len(text)].mean(axis=1), rtol=1e-5
    )
    assert MODELS[2] == "pairs"


def test_the_model_of_pairs_is_a_distribution():
    shares = shares_with_extra(jnp.asarray(counted_text().pairs), jnp.float32(0.01))
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-5)


def test_a_pair_never_seen_costs_without_end():
    means = losses_of("quartz", 0.0).means
    assert np.isinf(means[2])
    assert float(means[0]) == pytest.approx(np.log(27), rel=1e-5)


def test_nothing_counted_means_nothing_known():
    shares = shares_with_extra(jnp.zeros(27), jnp.float32(0))
    np.testing.assert_allclose(shares, 1 / 27, rtol=1e-6)


def test_another_text_compiles_nothing(compilations):
    losses_of("one")
    with compilations() as count:
        losses_of("another text", 1.0)
    assert count() == 0
