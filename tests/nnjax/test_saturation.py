import jax.numpy as jnp
import numpy as np
import pytest

from nnjax import saturation
from nnjax.saturation import (
    N_SEEDS,
    N_STEPS,
    gradients_by_hand,
    logit_gradients,
    scattered_starts,
    steps_to_learn,
    train_saturated,
)

SETTINGS = tuple(map(jnp.float32, (-5.0, 0.3, 0.3)))
SEED = jnp.uint32(0)


@pytest.mark.parametrize("target", [0.0, 1.0])
def test_gradients_are_those_of_the_formulas(target):
    logits = jnp.linspace(-8, 8, 65)
    by_jax = logit_gradients(logits, jnp.float32(target))
    by_hand = gradients_by_hand(logits, jnp.float32(target))
    np.testing.assert_allclose(by_jax, by_hand, rtol=1e-4, atol=1e-7)


def test_gradients_of_a_sure_and_wrong_neuron_by_hand():
    p = 1 / (1 + np.exp(5.0))
    cross, squared = logit_gradients(jnp.float32([-5.0]), jnp.float32(1))[:, 0]
    assert float(cross) == pytest.approx(p - 1, rel=1e-5)
    assert float(squared) == pytest.approx(2 * (p - 1) * p * (1 - p), rel=1e-5)
    assert f"{cross:.4f} {squared:.4f}" == "-0.9933 -0.0132"


@pytest.mark.parametrize("which", [0, 1])
def test_training_follows_numpy(which):
    start = scattered_starts(jnp.float32(-5), jnp.float32(0.3), SEED)
    runs = np.asarray(train_saturated(*SETTINGS, SEED))
    w, b = (np.asarray(part, np.float64) for part in start)
    for step in range(31):
        p = 1 / (1 + np.exp(-(w + b)))
        np.testing.assert_allclose(runs[which, :, step], p, rtol=1e-4)
        pull = (p - 1, 2 * (p - 1) * p * (1 - p))[which]
        w, b = w - 0.3 * pull, b - 0.3 * pull  # the input is 1


def test_both_rivals_start_from_the_same_neurons():
    runs = train_saturated(*SETTINGS, SEED)
    assert runs.shape == (2, N_SEEDS, N_STEPS + 1)
    assert N_SEEDS >= 16
    np.testing.assert_array_equal(runs[0, :, 0], runs[1, :, 0])
    assert len(np.unique(runs[0, :, 0])) == N_SEEDS


def test_cross_entropy_gets_out_first_and_noise_can_be_none():
    runs = train_saturated(jnp.float32(-8), jnp.float32(0), jnp.float32(0.3), SEED)
    cross, squared = steps_to_learn(runs)
    assert np.all(cross < 100)
    assert np.all(np.isinf(squared))
    assert len(np.unique(cross)) == 1


def test_from_the_middle_both_learn():
    cross, squared = steps_to_learn(train_saturated(*map(jnp.float32, (0.0, 0.0, 0.3)), SEED))
    assert np.all(cross < squared)
    assert np.all(squared < 100)


def test_steps_to_learn_counts_from_the_start():
    probabilities = jnp.float32([[0.1, 0.95, 0.5], [0.95, 0.1, 0.1], [0.1, 0.2, 0.3]])
    np.testing.assert_array_equal(steps_to_learn(probabilities), [1, 0, np.inf])


def test_moving_the_start_compiles_nothing(compilations):
    train_saturated(*SETTINGS, SEED)
    other = (*map(jnp.float32, (1.0, 0.1, 1.0)), jnp.uint32(7))
    before = saturation.train_saturated._cache_size()
    with compilations() as count:
        train_saturated(*other)
    assert count() == 0
    assert saturation.train_saturated._cache_size() == before
