"""The parts of a reading, and writing with them; one tiny model for all."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.language.decoding import cache_bytes, next_character, stream
from nnjax.language.inside import look_inside
from nnjax.language.model import LanguageConfig, init_language_model, read
from nnjax.language.sampling import Choice

CONFIG = LanguageConfig(width=8, n_layers=2, n_heads=2, context=8)
N_KINDS = np.int32(20)
TEXT = np.array([3, 1, 4, 1, 5, 9, 2, 6], np.int32)
GREEDY = Choice(np.float32(1), np.int32(1), np.float32(1))


@pytest.fixture(scope="module")
def model():
    return jax.jit(lambda: init_language_model(jax.random.key(1), config=CONFIG))()


@pytest.fixture(scope="module")
def reading(model):
    return jax.jit(lambda tokens: read(model, tokens, N_KINDS, config=CONFIG))


def test_the_parts_are_those_of_the_reading(model, reading):
    seen, plain = look_inside(model, TEXT, N_KINDS, config=CONFIG), reading(TEXT)
    np.testing.assert_allclose(seen.weights, plain.attention, atol=1e-6)
    np.testing.assert_allclose(seen.logits, plain.logits, rtol=1e-5, atol=1e-5)
    by_hand = np.asarray(seen.queries[1, 0, 5]) @ np.asarray(seen.keys[1, 0, 2])
    assert float(seen.products[1, 0, 5, 2]) == pytest.approx(by_hand, abs=1e-5)
    scores = np.asarray(seen.products[1, 0, 5, :6]) / np.sqrt(4)
    np.testing.assert_allclose(
        seen.weights[1, 0, 5, :6], np.exp(scores) / np.exp(scores).sum(), rtol=1e-4
    )


def test_cached_and_uncached_logits_agree(model):
    measured = next_character(model, TEXT, N_KINDS, config=CONFIG)
    assert measured.difference < 1e-4
    assert measured.bytes_kept == cache_bytes(2, 2, 4, 8, 4)
    assert min(measured.anew, measured.cached) > 0


def test_a_stream_draws_what_reading_anew_would(model, reading):
    arrived = list(stream(model, TEXT[:5], N_KINDS, GREEDY, np.uint32(0), config=CONFIG, n_new=6))
    seen = list(TEXT[:5])
    for number, arrival in enumerate(arrived):
        padded = jnp.asarray(np.pad(seen, (0, 8 - len(seen))), jnp.int32)
        assert arrival.token == int(reading(padded).logits[len(seen) - 1].argmax()), number
        seen = [*(seen[4:] if len(seen) == 8 else seen), arrival.token]
    assert [arrival.read_again for arrival in arrived] == [False] * 4 + [True, False]
    times = [arrival.seconds for arrival in arrived]
    assert times == sorted(times)


def test_the_cache_of_a_large_model():
    """Llama 2 70B: 80 layers, 8 heads for keys, 128 wide, two bytes: 0.32768 MB a token."""
    assert cache_bytes(80, 8, 128, 1, 2) == 327_680
