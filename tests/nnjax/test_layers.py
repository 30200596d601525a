import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.activations import ACTIVATIONS
from nnjax.layers import Dense, dense_backward, dense_forward


def random_layer(n_out=3, n_in=4, dtype=np.float32):
    rng = np.random.default_rng(5)
    return Dense(
        jnp.asarray(rng.normal(size=(n_out, n_in)).astype(dtype)),
        jnp.asarray(rng.normal(size=n_out).astype(dtype)),
    )


def random_inputs(batch=6, n_in=4, dtype=np.float32):
    return jnp.asarray(np.random.default_rng(6).normal(size=(batch, n_in)).astype(dtype))


def test_known_neuron():
    # w = (0.4, -0.6, 0.2), x = (1, 0.5, -1), b = 0.3: z = 0.4 - 0.3 - 0.2 + 0.3 = 0.2
    layer = Dense(jnp.array([[0.4, -0.6, 0.2]]), jnp.array([0.3]))
    cache = dense_forward(layer, jnp.array([1.0, 0.5, -1.0]), "sigmoid")
    np.testing.assert_allclose(cache.preactivation, [0.2], rtol=1e-6)
    np.testing.assert_allclose(cache.output, [1 / (1 + np.exp(-0.2))], rtol=1e-6)


def test_the_cache_keeps_input_sum_and_output():
    layer, inputs = random_layer(), random_inputs()
    cache = dense_forward(layer, inputs, "tanh")
    z = np.asarray(inputs) @ np.asarray(layer.weights).T + np.asarray(layer.bias)
    np.testing.assert_array_equal(cache.inputs, inputs)
    np.testing.assert_allclose(cache.preactivation, z, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(cache.output, np.tanh(z), rtol=1e-5, atol=1e-6)


def test_one_example_is_a_row_of_the_batch():
    layer, inputs = random_layer(), random_inputs()
    forward = jax.jit(dense_forward, static_argnames="activation")
    batch = forward(layer, inputs, activation="gelu")
    for i, one in enumerate(np.asarray(inputs)):
        single = forward(layer, one, activation="gelu")
        for part, whole in zip(single, batch, strict=True):
            np.testing.assert_allclose(part, whole[i], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backward_is_the_vector_jacobian_product(activation):
    @jax.jit
    def both(layer, inputs, d_output):
        def output(layer, inputs):
            return dense_forward(layer, inputs, activation).output

        cache = dense_forward(layer, inputs, activation)
        by_hand = dense_backward(layer, cache, d_output, activation)
        return by_hand, jax.vjp(output, layer, inputs)[1](d_output)

    with jax.enable_x64(True):
        layer, inputs = random_layer(dtype=np.float64), random_inputs(dtype=np.float64)
        found, expected = both(layer, inputs, np.cos(np.arange(18.0)).reshape(6, 3))
    for one, other in zip(jax.tree.leaves(found), jax.tree.leaves(expected), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12)


def test_gradients_have_the_form_of_the_layer():
    layer, inputs = random_layer(), random_inputs()
    cache = dense_forward(layer, inputs, "relu")
    d_layer, d_inputs = dense_backward(layer, cache, jnp.ones((6, 3)), "relu")
    assert isinstance(d_layer, Dense)
    assert d_layer.weights.shape == layer.weights.shape
    assert d_layer.bias.shape == layer.bias.shape
    assert d_inputs.shape == inputs.shape
