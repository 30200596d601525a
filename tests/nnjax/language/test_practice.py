import jax
import numpy as np

from nnjax.language.model import LanguageConfig, init_language_model
from nnjax.language.practice import practise
from nnjax.language.text import read_text

CONFIG = LanguageConfig(width=8, n_layers=1, n_heads=2, context=8)


def test_one_window_is_learned_by_heart_and_the_rest_is_not():
    corpus = read_text("abcdefgh" * 30 + "hgfedcba" * 50).corpus
    model = jax.jit(lambda: init_language_model(jax.random.key(0), config=CONFIG))()
    window = corpus.tokens[:9]
    with jax.numpy_dtype_promotion("standard"):  # what Optax does inside is its own
        result = {
            n: practise(model, window, corpus, np.int32(n), np.float32(0.03), config=CONFIG)
            for n in (0, 40)
        }
    assert result[0].before.shape == (8,)
    np.testing.assert_array_equal(result[0].after, result[0].before)
    assert result[0].held_out_after == result[0].held_out_before
    assert result[40].after.mean() < 0.2
    assert result[40].held_out_after > result[40].held_out_before
