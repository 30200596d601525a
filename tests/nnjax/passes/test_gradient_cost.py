import jax
import numpy as np
import pytest

from nnjax.networks import count_parameters
from nnjax.passes import gradient_cost

WIDTH = 4


@pytest.fixture(scope="module")
def drawn():
    rng = np.random.default_rng(0)
    config = gradient_cost.network_of_width(WIDTH)
    theta = 0.3 * rng.standard_normal(count_parameters(config), np.float32)
    shape = (gradient_cost.N_REPEATS, gradient_cost.N_EXAMPLES, WIDTH)
    return config, theta, rng.standard_normal(shape, np.float32)


def test_all_ways_find_the_same_gradient(drawn):
    config, theta, batches = drawn
    assert len(theta) == 45  # 2 · 4 · 5 + 5
    backward = gradient_cost.backward_passes(config, theta, batches)[0]
    forward = gradient_cost.by_forward_mode(config, theta, batches[0])
    differences = gradient_cost.by_differences(config, theta, batches[0])
    np.testing.assert_allclose(backward, forward, atol=1e-5)
    np.testing.assert_allclose(backward, differences, atol=0.05)
    losses = gradient_cost.forward_passes(config, theta, batches)
    assert losses.shape == (gradient_cost.N_REPEATS,)


def test_a_vector_is_cut_into_the_layers(drawn):
    config, theta, _ = drawn
    layers = gradient_cost.restore(config, theta)
    assert [layer.weights.shape for layer in layers] == list(config.layer_shapes)
    parts = [part.ravel() for layer in layers for part in layer]
    np.testing.assert_array_equal(np.concatenate(parts), theta)


def test_the_cost_counts_and_times_every_way():
    with jax.numpy_dtype_promotion("standard"):
        cost = gradient_cost.gradient_cost(WIDTH)
    assert cost.n_parameters == 45
    assert min(cost[1:]) > 0
    assert 2 * 40 * 36 <= cost.forward_flops <= 2.2 * 40 * 45  # 36 weights, 9 biases, 40 examples
    assert 2 < cost.backward_flops / cost.forward_flops < 5
    assert cost.difference_flops == 46 * cost.forward_flops


def test_gpt_3_by_one_pass_for_each_weight():
    assert gradient_cost.years(175e9, 0.1) == pytest.approx(554.5, rel=1e-3)
