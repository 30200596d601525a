import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from networks_for_tests import network_of, random_parameters

from nnjax.regularizers import REGULARIZERS, decay_weights, regularize_gradients
from nnjax.training.config import TrainingConfig, make_hyperparameters
from nnjax.training.state import init_training
from nnjax.training.steps import train_step

NETWORK = network_of(2, 3, 1)
RATE, PULL = 0.1, 0.3
PENALTIES = {
    "l1": lambda weights: jnp.sum(jnp.abs(weights)),
    "l2": lambda weights: jnp.sum(weights**2) / 2,
}


def one_step(regularizer, pull):
    """Parameters after one step of SGD on a batch of two, as NumPy arrays."""
    config = TrainingConfig(network=NETWORK, task="binary", loss="mse", regularizer=regularizer)
    state = init_training(config, seed=0)._replace(parameters=random_parameters(NETWORK))
    inputs = np.array([[1.0, -0.5], [0.2, 0.8]], np.float32)
    batch = inputs, np.array([[1.0], [0.0]], np.float32), np.full(2, 0.5, np.float32)
    hyper = make_hyperparameters(learning_rate=RATE, regularization_rate=pull)
    step = jax.jit(functools.partial(train_step, config))
    return jax.tree.map(np.asarray, step(state, batch, jnp.float32(RATE), hyper).parameters)


@pytest.mark.parametrize("key", PENALTIES)
def test_the_pull_is_the_gradient_of_the_penalty(key):
    parameters = random_parameters(NETWORK)
    zeros = jax.tree.map(jnp.zeros_like, parameters)
    pulls = regularize_gradients(key, jnp.float32(PULL), parameters, zeros)
    for layer, pull in zip(parameters, pulls, strict=True):
        expected = PULL * jax.grad(PENALTIES[key])(layer.weights)
        np.testing.assert_allclose(pull.weights, expected, rtol=1e-6)
        np.testing.assert_array_equal(pull.bias, 0.0)


@pytest.mark.parametrize("key", ["l1", "l2", "decay"])
def test_one_step_of_sgd_pulls_the_weights_by_the_formula_and_no_bias(key):
    # For SGD the three differ from no regularisation by -rate * pull * (sign w, w, w).
    plain, pulled = one_step("none", PULL), one_step(key, PULL)
    for start, without, with_ in zip(random_parameters(NETWORK), plain, pulled, strict=True):
        weights = np.asarray(start.weights)
        direction = np.sign(weights) if key == "l1" else weights
        expected = without.weights - RATE * PULL * direction
        np.testing.assert_allclose(with_.weights, expected, rtol=1e-5, atol=1e-7)
        np.testing.assert_array_equal(with_.bias, without.bias)


@pytest.mark.parametrize("key", REGULARIZERS)
def test_a_rate_of_zero_changes_nothing(key):
    for one, other in zip(
        jax.tree.leaves(one_step(key, 0.0)), jax.tree.leaves(one_step("none", 0.0)), strict=True
    ):
        np.testing.assert_array_equal(one, other)


def test_decay_pulls_by_the_weights_before_the_step():
    before = random_parameters(NETWORK, seed=1)
    after = random_parameters(NETWORK, seed=2)
    found = decay_weights("decay", jnp.float32(0.5), jnp.float32(0.1), before, after)
    for old, new, decayed in zip(before, after, found, strict=True):
        np.testing.assert_allclose(decayed.weights, new.weights - 0.05 * old.weights, rtol=1e-5)
        np.testing.assert_array_equal(decayed.bias, new.bias)
