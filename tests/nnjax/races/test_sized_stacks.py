import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.initializers import INITIALIZERS
from nnjax.layers import Dense
from nnjax.networks import NetworkConfig, network_forward
from nnjax.races.sized_stacks import (
    MAX_LAYERS,
    MAX_WIDTH,
    crop,
    draw_stack,
    stack_bends,
    stack_forward,
    stack_widths,
)

DEFAULT = NetworkConfig(n_in=3, hidden=(4, 4), n_out=2, activations=("relu", "relu"))


def network(n_in, hidden, n_out, activations=None, initializer="xavier"):
    return NetworkConfig(
        n_in=n_in, hidden=hidden, n_out=n_out, initializer=initializer,
        activations=activations or ("relu",) * len(hidden),
    )  # fmt: skip


def draw(config, seed=0):
    return draw_stack(seed, stack_widths(config), initializer=config.initializer)


def test_the_default_network_takes_46_numbers_and_leaves_the_rest_alone():
    stack = draw(DEFAULT)
    layers = crop(DEFAULT, stack)
    assert [layer.weights.shape for layer in layers] == [(4, 3), (4, 4), (2, 4)]
    assert sum(layer.weights.size + layer.bias.size for layer in layers) == 46
    used = sum(int((np.asarray(part)[:3] != 0).sum()) for part in stack)
    assert used == 46
    np.testing.assert_array_equal(stack.weights[3:], np.tile(np.eye(MAX_WIDTH), (4, 1, 1)))
    np.testing.assert_array_equal(stack.bias[3:], np.zeros((4, MAX_WIDTH)))


@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_a_layer_is_drawn_for_its_own_size(initializer):
    config = network(10, (32, 8), 10, initializer=initializer)
    first, second, _ = crop(config, draw(config))
    expected = {
        "zeros": (0, 0),
        "uniform": (1 / 12, 1 / 12),
        "normal": (1, 1),
        "xavier": (2 / 42, 2 / 40),
        "he": (2 / 10, 2 / 32),
        "lecun": (1 / 10, 1 / 32),
        "orthogonal": (1 / 32, 1 / 32),
    }[initializer]
    for layer, variance in zip((first, second), expected, strict=True):
        assert np.mean(np.square(layer.weights)) == pytest.approx(variance, rel=0.25)
    if initializer == "orthogonal":
        np.testing.assert_allclose(first.weights.T @ first.weights, np.eye(10), atol=1e-5)
        np.testing.assert_allclose(second.weights @ second.weights.T, np.eye(8), atol=1e-5)


@pytest.mark.parametrize(
    ("n_in", "hidden", "n_out", "activations"),
    [
        (1, (), 1, ()),
        (3, (4, 4), 2, ("relu", "sigmoid")),
        (10, (32,) * 6, 10, ("tanh", "gelu", "step", "softplus", "relu", "sigmoid")),
    ],
)
def test_the_pass_equals_the_plain_network(n_in, hidden, n_out, activations):
    config = network(n_in, hidden, n_out, activations)
    stack = draw(config, seed=3)
    inputs = np.random.default_rng(0).normal(size=(20, MAX_WIDTH)).astype(np.float32)
    found = stack_forward(stack, stack_bends(config), inputs)[:, :n_out]
    plain = network_forward(config, crop(config, stack), jnp.asarray(inputs[:, :n_in]))
    np.testing.assert_allclose(found, plain, atol=2e-5)


def test_another_size_compiles_nothing(compilations):
    draw(DEFAULT)
    with compilations() as count:
        draw(network(10, (32, 1, 7), 10), seed=8)
        assert count() == 0


def test_a_wider_layer_keeps_the_neurons_that_were_there():
    narrow, wide = (network(3, (n,), 2, initializer="normal") for n in (4, 9))
    before, after = crop(narrow, draw(narrow)), crop(wide, draw(wide))
    np.testing.assert_array_equal(before[0].weights, after[0].weights[:4])


def test_seeds_differ():
    one, other = draw(DEFAULT, 0), draw(DEFAULT, 1)
    assert isinstance(one, Dense)
    assert one.weights.shape == (MAX_LAYERS, MAX_WIDTH, MAX_WIDTH)
    assert not np.array_equal(one.weights, other.weights)
