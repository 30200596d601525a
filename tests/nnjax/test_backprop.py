import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.flatten_util import ravel_pytree
from networks_for_tests import network_of, random_parameters

from nnjax.activations import ACTIVATIONS
from nnjax.backprop import mean_loss, network_backward
from nnjax.losses import LOSSES
from nnjax.networks import NetworkConfig

N_OUT = {"binary": 1, "multiclass": 3, "regression": 2}
LOSS_CASES = [(loss.key, task) for loss in LOSSES.values() for task in loss.tasks]
KINKED = ("step",)  # the difference quotient of a jump is no derivative


def make_batch(network, task, seed, batch=5):
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(batch, network.n_in))
    classes = rng.integers(0, network.n_out, batch)
    targets = {
        "binary": rng.integers(0, 2, (batch, 1)).astype(float),
        "multiclass": np.eye(network.n_out)[classes],
        "regression": rng.normal(size=(batch, network.n_out)),
    }[task]
    return inputs, targets


@functools.partial(jax.jit, static_argnames=("network", "loss", "task"))
def three_gradients(network, parameters, inputs, targets, *, loss, task):
    """(loss by hand, loss, gradients (n_parameters,) by hand, by jax.grad, by differences)."""
    value_of = functools.partial(mean_loss, network, loss=loss, task=task)
    value, gradients = jax.value_and_grad(value_of)(parameters, inputs, targets)
    by_hand = network_backward(network, parameters, inputs, targets, loss=loss, task=task)
    flat, restore = ravel_pytree(parameters)
    steps = 1e-6 * jnp.eye(flat.size)
    at = jax.vmap(
        lambda step, sign: value_of(restore(flat + sign * step), inputs, targets), (0, None)
    )
    differences = (at(steps, 1.0) - at(steps, -1.0)) / 2e-6
    return by_hand[0], value, ravel_pytree(by_hand[1])[0], ravel_pytree(gradients)[0], differences


def check(network, loss, task, seed, *, differences=True):
    with jax.enable_x64(True):
        parameters = random_parameters(network, seed, np.float64)
        batch = make_batch(network, task, seed)
        value_by_hand, value, by_hand, by_grad, by_difference = three_gradients(
            network, parameters, *batch, loss=loss, task=task
        )
    np.testing.assert_allclose(value_by_hand, value, rtol=1e-13)
    np.testing.assert_allclose(by_hand, by_grad, rtol=1e-9, atol=1e-13)
    if differences:
        np.testing.assert_allclose(by_grad, by_difference, rtol=1e-5, atol=1e-8)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation(activation):
    network = network_of(3, 4, 3, 1, activation=activation)
    for seed in range(3):
        check(network, "mse", "binary", seed, differences=activation not in KINKED)


@pytest.mark.parametrize(("loss", "task"), LOSS_CASES, ids=str)
def test_every_loss(loss, task):
    network = network_of(2, 4, 3, N_OUT[task])
    for seed in range(3):
        check(network, loss, task, seed)


@pytest.mark.parametrize("hidden", [(), (1,), (20,), (3, 18, 2), (2, 3, 2, 3, 2)], ids=str)
def test_every_depth_and_both_sides_of_the_width_limit(hidden):
    keys = ("tanh", "gelu", "softplus", "sigmoid", "silu")
    network = NetworkConfig(n_in=2, hidden=hidden, n_out=3, activations=keys[: len(hidden)])
    check(network, "categorical_cross_entropy", "multiclass", 7)


def test_gradients_have_the_form_of_the_parameters():
    network = network_of(2, 3, 1)
    parameters = random_parameters(network)
    inputs, targets = (x.astype(np.float32) for x in make_batch(network, "binary", 0))
    _, gradients = jax.eval_shape(
        lambda *given: network_backward(network, *given, loss="mse", task="binary"),
        parameters,
        inputs,
        targets,
    )
    assert jax.tree.structure(gradients) == jax.tree.structure(parameters)
    for gradient, parameter in zip(
        jax.tree.leaves(gradients), jax.tree.leaves(parameters), strict=True
    ):
        assert gradient.shape == parameter.shape
        assert gradient.dtype == jnp.float32


def test_the_gradient_of_a_logistic_neuron_is_error_times_input():
    # dL/dw = (p - y) x, the textbook line, on one example.
    network = network_of(2, 1)
    parameters = random_parameters(network)
    x, y = jnp.array([[0.5, -2.0]]), jnp.array([[1.0]])
    _, (gradient,) = network_backward(
        network, parameters, x, y, loss="binary_cross_entropy", task="binary"
    )
    weights, bias = np.asarray(parameters[0].weights)[0], float(parameters[0].bias[0])
    error = 1 / (1 + np.exp(-(weights @ np.array([0.5, -2.0]) + bias))) - 1
    np.testing.assert_allclose(gradient.weights[0], error * np.array([0.5, -2.0]), rtol=1e-5)
    np.testing.assert_allclose(gradient.bias, [error], rtol=1e-5)
