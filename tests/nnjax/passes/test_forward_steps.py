import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.activations import ACTIVATIONS
from nnjax.layers import Dense
from nnjax.networks import NetworkConfig, count_parameters, forward_trace
from nnjax.passes.forward_steps import Step, draw_parameters, forward_pass, list_steps

HAND = NetworkConfig(n_in=2, hidden=(2,), n_out=1, activations=("relu",))
WEIGHTS = (
    Dense(jnp.array([[1.0, -0.5], [0.5, 2.0]]), jnp.array([0.1, -0.2])),
    Dense(jnp.array([[2.0, -1.0]]), jnp.array([0.3])),
)


def network(hidden, activation="tanh", n_in=2, initializer="xavier"):
    return NetworkConfig(
        n_in=n_in, hidden=hidden, n_out=1, activations=(activation,) * len(hidden),
        initializer=initializer,
    )  # fmt: skip


def test_a_pass_worked_out_by_hand():
    found = forward_pass(WEIGHTS, jnp.array([0.8, -0.4]), config=HAND)
    np.testing.assert_allclose(found.products[0], [[0.8, 0.2], [0.4, -0.8]], atol=1e-6)
    np.testing.assert_allclose(found.sums[0], [1.0, -0.4], atol=1e-6)
    np.testing.assert_allclose(found.caches[0].preactivation, [1.1, -0.6], atol=1e-6)
    np.testing.assert_allclose(found.caches[0].output, [1.1, 0.0], atol=1e-6)
    # 2 * 1.1 - 1 * 0 + 0.3 = 2.5, and 1 / (1 + e^-2.5) = 0.924.
    np.testing.assert_allclose(found.caches[1].preactivation, [2.5], atol=1e-6)
    np.testing.assert_allclose(found.prediction, [1 / (1 + np.exp(-2.5))], rtol=1e-6)


@pytest.mark.parametrize("hidden", [(), (1,), (3, 2), (6, 6, 6)])
def test_equals_numpy_and_the_trace(hidden):
    config = network(hidden, n_in=4)
    parameters = draw_parameters(3, config=config)
    inputs = jnp.array([0.5, -1.0, 0.25, 1.0])
    found = forward_pass(parameters, inputs, config=config)
    values = np.asarray(inputs, np.float64)
    for index, (layer, cache) in enumerate(zip(parameters, found.caches, strict=True)):
        sums = np.asarray(layer.weights, np.float64) @ values
        np.testing.assert_allclose(found.sums[index], sums, atol=1e-6)
        np.testing.assert_allclose(cache.preactivation, sums + layer.bias, atol=1e-6)
        values = sums + layer.bias
        values = values if index == len(hidden) else np.tanh(values)
        np.testing.assert_allclose(cache.output, values, atol=1e-6)
    traced = forward_trace(config, parameters, inputs)
    np.testing.assert_allclose(found.caches[-1].output, traced[-1].output, atol=1e-6)


@pytest.mark.parametrize("n_layers", [1, 2, 4])
def test_three_steps_in_every_layer(n_layers):
    steps = list_steps(n_layers)
    assert len(steps) == 1 + 3 * n_layers
    first = Step(0, "multiply"), Step(0, "add"), Step(0, "activate")
    assert steps[:4] == (Step(-1, "input"), *first)
    assert steps[-1] == Step(n_layers - 1, "activate")


def test_parameters_have_two_decimals_and_biases():
    config = network((3, 2))
    parameters = draw_parameters(0, config=config)
    flat = np.concatenate([np.ravel(part) for part in jax.tree.leaves(parameters)])
    assert len(flat) == count_parameters(config) == 20
    np.testing.assert_allclose(flat, flat.round(2), atol=1e-6)
    assert all(np.abs(layer.bias).max() > 0 for layer in parameters)
    assert max(float(np.abs(layer.bias).max()) for layer in parameters) <= 0.5
    other = draw_parameters(1, config=config)
    assert not np.array_equal(parameters[0].weights, other[0].weights)


def test_new_inputs_and_seeds_compile_nothing(compilations):
    config = network((3, 2), next(iter(ACTIVATIONS)))
    forward_pass(draw_parameters(0, config=config), jnp.zeros(2), config=config)
    inputs = np.float32([0.3, -0.4])
    with compilations() as count:
        forward_pass(draw_parameters(5, config=config), inputs, config=config)
        assert count() == 0
