import jax
import jax.numpy as jnp
import numpy as np
import pytest
from networks_for_tests import network_of, random_parameters

from nnjax.initializers import INITIALIZERS
from nnjax.networks import (
    NetworkConfig,
    count_parameters,
    forward_trace,
    init_network,
    network_forward,
)

init = jax.jit(init_network, static_argnums=0)
trace = jax.jit(forward_trace, static_argnums=0)
forward = jax.jit(network_forward, static_argnums=0)
NUMPY_ACTIVATIONS = {
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.where(z > 0, z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "identity": lambda z: z,
}


@pytest.mark.parametrize(
    ("widths", "count"),
    [((3, 4, 4, 2), 46), ((2, 1), 3), ((2, 4, 2, 1), 25), ((64, 32, 10), 2410), ((1, 1, 1), 4)],
)
def test_count_parameters(widths, count):
    network = network_of(*widths)
    assert count_parameters(network) == count
    parameters = jax.eval_shape(lambda: init_network(network, key=jax.random.key(0)))
    assert sum(leaf.size for leaf in jax.tree.leaves(parameters)) == count


def test_layer_shapes_and_activations():
    network = network_of(3, 4, 4, 2, activation="relu")
    assert network.layer_shapes == ((4, 3), (4, 4), (2, 4))
    assert network.layer_activations == ("relu", "relu", "identity")


@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_init_shapes_biases_and_repeatability(initializer):
    network = network_of(3, 5, 4, 2, initializer=initializer)
    parameters = init(network, key=jax.random.key(1))
    for layer, (n_out, n_in) in zip(parameters, network.layer_shapes, strict=True):
        assert layer.weights.shape == (n_out, n_in)
        assert layer.weights.dtype == layer.bias.dtype == jnp.float32
        np.testing.assert_array_equal(layer.bias, np.zeros(n_out))
    again = init(network, key=jax.random.key(1))
    for one, other in zip(jax.tree.leaves(parameters), jax.tree.leaves(again), strict=True):
        np.testing.assert_array_equal(one, other)


def test_each_layer_and_each_seed_draws_its_own_weights():
    network = network_of(4, 4, 4, 4)
    first, second, _ = init(network, key=jax.random.key(0))
    other, *_ = init(network, key=jax.random.key(1))
    assert not np.array_equal(first.weights, second.weights)
    assert not np.array_equal(first.weights, other.weights)


def test_weights_spread_by_the_fan_of_their_own_layer():
    network = network_of(400, 100, 900, 10, initializer="lecun")
    for layer in init(network, key=jax.random.key(2)):
        n_in = layer.weights.shape[1]
        assert float(layer.weights.std()) == pytest.approx(n_in**-0.5, rel=0.05)


def test_forward_trace_is_a_plain_loop():
    activations = tuple(NUMPY_ACTIVATIONS)
    network = NetworkConfig(n_in=3, hidden=(4, 2, 5, 3, 4), n_out=2, activations=activations)
    parameters = random_parameters(network)
    inputs = np.random.default_rng(1).normal(size=(7, 3)).astype(np.float32)
    caches = trace(network, parameters, inputs)
    assert len(caches) == 6
    values = inputs.tolist()
    for layer, cache, key in zip(parameters, caches, (*activations, "identity"), strict=True):
        np.testing.assert_allclose(cache.inputs, values, rtol=1e-4, atol=1e-5)
        sums = [
            [sum(w * x for w, x in zip(weights, row, strict=True)) + b
             for weights, b in zip(layer.weights.tolist(), layer.bias.tolist(), strict=True)]
            for row in values
        ]  # fmt: skip
        np.testing.assert_allclose(cache.preactivation, sums, rtol=1e-4, atol=1e-5)
        values = NUMPY_ACTIVATIONS[key](np.array(sums))
        np.testing.assert_allclose(cache.output, values, rtol=1e-4, atol=1e-5)
    outputs = forward(network, parameters, inputs)
    np.testing.assert_allclose(outputs, caches[-1].output, rtol=1e-6)


@pytest.mark.parametrize("widths", [(2, 1), (2, 4, 2, 1), (3, 20, 40, 2)], ids=str)
def test_one_example_a_small_batch_and_a_large_batch_agree(widths):
    network = network_of(*widths)
    parameters = random_parameters(network)
    inputs = np.random.default_rng(2).normal(size=(50, widths[0])).astype(np.float32)
    large = forward(network, parameters, inputs)
    small = forward(network, parameters, inputs[:10])
    single = forward(network, parameters, inputs[3])
    assert large.shape == (50, widths[-1])
    np.testing.assert_allclose(small, large[:10], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(single, large[3], rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"hidden": (0,), "activations": ("tanh",)}, "at least 1 unit"),
        ({"n_out": 0}, "at least 1 unit"),
        ({"hidden": (2.5,), "activations": ("tanh",)}, "at least 1 unit"),
        ({"activations": ("tanh", "tanh")}, "as many activations"),
        ({"activations": ("tang",)}, "unknown activation 'tang'"),
        ({"initializer": "best"}, "unknown initialiser 'best'"),
    ],
)
def test_an_impossible_network_is_refused_with_the_reason(changes, message):
    settings = {"n_in": 2, "hidden": (3,), "n_out": 1, "activations": ("tanh",)} | changes
    with pytest.raises(ValueError, match=message):
        NetworkConfig(**settings)
