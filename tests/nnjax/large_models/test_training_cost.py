import numpy as np

from nnjax.large_models.training_cost import cache_bytes, training_flops


def test_gpt_3_took_about_3e23_operations():
    flops = training_flops(175e9, 300e9)
    assert flops.backward == 2 * flops.forward
    np.testing.assert_allclose(flops.total, 3.15e23)


def test_the_cache_of_gpt_3():
    kept = cache_bytes(n_layers=96, width=12288, n_heads=96, n_tokens=2048, n_sequences=1)
    # 34 + 5 a s / h = 34 + 5 * 96 * 2048 / 12288 = 114, for each of L s h numbers
    np.testing.assert_allclose(kept.all_kept, 96 * 2048 * 12288 * 114)
    np.testing.assert_allclose(kept.recomputed, 96 * 2048 * 12288 * 2)
