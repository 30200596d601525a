import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.depth.linear_collapse import N_TRIALS, best_matrix, collapse, compare_collapse
from nnjax.layers import Dense
from nnjax.networks import NetworkConfig
from nnjax.races.sized_stacks import MAX_OUTPUTS, crop, draw_stack, stack_bends, stack_widths


def compared(n_in, hidden, n_out, *, activation="relu", initializer="xavier", seed=0):
    config = NetworkConfig(
        n_in=n_in, hidden=hidden, n_out=n_out, activations=(activation,) * len(hidden),
        initializer=initializer,
    )  # fmt: skip
    stack = draw_stack(seed, stack_widths(config), initializer=initializer)
    stack = Dense(*map(np.asarray, stack))  # cutting it up compiles nothing
    return crop(config, stack), compare_collapse(stack, stack_bends(config), n_in, 7)


def test_two_layers_collapsed_by_hand():
    first = Dense(jnp.array([[1.0, 2.0], [0.0, 1.0]]), jnp.array([1.0, -1.0]))
    second = Dense(jnp.array([[3.0, -1.0]]), jnp.array([0.5]))
    found = collapse([first, second])
    np.testing.assert_array_equal(found.weights, [[3.0, 5.0]])  # 3·1, 3·2 - 1
    np.testing.assert_array_equal(found.bias, [4.5])  # 3·1 + 1 + 0.5


@pytest.mark.parametrize("size", [(1, (), 1), (3, (4, 4), 2), (10, (32,) * 6, 10)])
def test_the_matrix_is_the_product_of_the_layers(size):
    layers, found = compared(*size)
    weights = np.eye(size[0])
    bias = np.zeros(size[0])
    for layer in layers:
        dense = np.asarray(layer.weights, np.float64)
        weights, bias = dense @ weights, dense @ bias + np.asarray(layer.bias)
    n_in, n_out = size[0], size[2]
    np.testing.assert_allclose(found.matrix.weights[:n_out, :n_in], weights, atol=1e-5)
    np.testing.assert_allclose(found.matrix.bias[:n_out], bias, atol=1e-5)
    assert found.stacked.shape == (N_TRIALS, MAX_OUTPUTS)
    assert float(found.difference) < 1e-5 * max(1.0, float(found.largest))
    assert np.abs(found.stacked[:, n_out:]).max(initial=0) == 0


def test_no_matrix_does_what_a_bend_does():
    _, found = compared(3, (16, 16), 2, seed=1)
    assert (np.asarray(found.missed[:2]) > 0.02).all()
    residual = np.asarray(found.bent - found.fitted)[:, :2]
    share = residual.var(axis=0) / np.asarray(found.bent)[:, :2].var(axis=0)
    np.testing.assert_allclose(found.missed[:2], share, rtol=1e-3)


def test_without_a_bend_the_best_matrix_misses_nothing():
    _, found = compared(10, (32, 8), 10, activation="identity")
    assert float(found.missed.max()) < 1e-8
    np.testing.assert_allclose(found.bent, found.stacked, atol=1e-6)


def test_the_best_matrix_is_that_of_least_squares():
    random = np.random.default_rng(0)
    inputs = random.normal(size=(200, 5)).astype(np.float32)
    outputs = np.abs(random.normal(size=(200, 2))).astype(np.float32)
    used = np.arange(5) < 3
    x = np.column_stack([inputs[:, :3], np.ones(200)])
    expected = x @ np.linalg.lstsq(x, outputs, rcond=None)[0]
    found = best_matrix(jnp.asarray(inputs), jnp.asarray(outputs), jnp.asarray(used))
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_outputs_that_never_change_miss_nothing():
    _, found = compared(3, (4,), 2, initializer="zeros")
    np.testing.assert_array_equal(found.missed, np.zeros(MAX_OUTPUTS))
    assert float(found.difference) == 0


def test_another_network_compiles_nothing(compilations):
    compared(3, (4, 4), 2)
    with compilations() as count:
        compared(7, (2, 30, 5), 4, activation="tanh", seed=5)
        assert count() == 0
