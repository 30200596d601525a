"""Every optimiser against its formula written out in NumPy, through the real training step."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from networks_for_tests import allowing_optax, network_of, random_parameters

from nnjax.optimizers import ADAMW_DECAY, OPTIMIZERS
from nnjax.training.config import TrainingConfig, make_hyperparameters
from nnjax.training.state import init_training
from nnjax.training.steps import train_step

N_STEPS = 50
BATCH = 4


def sgd(w, g, memory, rate, momentum):
    return w - rate * g


def heavy_ball(w, g, memory, rate, momentum):
    memory["v"] = momentum * memory.get("v", 0) + g
    return w - rate * memory["v"]


def nesterov(w, g, memory, rate, momentum):
    memory["v"] = momentum * memory.get("v", 0) + g
    return w - rate * (g + momentum * memory["v"])


def adagrad(w, g, memory, rate, momentum):
    memory["s"] = memory.get("s", 0) + g**2
    return w - rate * g / np.sqrt(memory["s"] + 1e-7)


def rmsprop(w, g, memory, rate, momentum):
    memory["s"] = 0.9 * memory.get("s", 0) + 0.1 * g**2
    return w - rate * g / np.sqrt(memory["s"] + 1e-8)


def adam_step(g, memory, momentum):
    memory["m"] = momentum * memory.get("m", 0) + (1 - momentum) * g
    memory["v"] = 0.999 * memory.get("v", 0) + 0.001 * g**2
    t = memory["t"]
    mean, square = memory["m"] / (1 - momentum**t), memory["v"] / (1 - 0.999**t)
    return mean / (np.sqrt(square) + 1e-8)


def adam(w, g, memory, rate, momentum):
    return w - rate * adam_step(g, memory, momentum)


def adamw(w, g, memory, rate, momentum):
    return w - rate * (adam_step(g, memory, momentum) + ADAMW_DECAY * w)


def lion(w, g, memory, rate, momentum):
    kept = memory.get("m", 0)
    memory["m"] = 0.99 * kept + 0.01 * g
    return w - rate * np.sign(momentum * kept + (1 - momentum) * g)


REFERENCES = {
    "sgd": sgd,
    "momentum": heavy_ball,
    "nesterov": nesterov,
    "adagrad": adagrad,
    "rmsprop": rmsprop,
    "adam": adam,
    "adamw": adamw,
    "lion": lion,
}


def make_batches(seed=3):
    """Batches for a linear model: inputs (steps, batch, 2), targets (steps, batch, 1)."""
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(N_STEPS, BATCH, 2))
    targets = inputs @ np.array([[1.5], [-0.8]]) + 0.3 + 0.5 * rng.normal(size=(N_STEPS, BATCH, 1))
    return inputs, targets


def numpy_trajectory(update, start, rates, momentum):
    """W (steps, 3), both weights and the bias, of least squares by hand."""
    w, memory, path = start, {}, []
    for rate, inputs, targets in zip(rates, *make_batches(), strict=True):
        memory["t"] = memory.get("t", 0) + 1
        with_one = np.hstack([inputs, np.ones((BATCH, 1))])
        gradient = 2 / BATCH * with_one.T @ (with_one @ w - targets[:, 0])
        w = update(w, gradient, memory, rate, momentum)
        path.append(w)
    return np.array(path)


def engine_trajectory(key, rates, momentum):
    network = network_of(2, 1)
    config = TrainingConfig(network=network, task="regression", loss="mse", optimizer=key)
    state = init_training(config, seed=0)._replace(parameters=random_parameters(network))
    step = jax.jit(functools.partial(train_step, config))
    shares = np.full(BATCH, 1 / BATCH, np.float32)
    hyper = make_hyperparameters(learning_rate=0.0, momentum=momentum)
    path = []
    for rate, inputs, targets in zip(rates, *make_batches(), strict=True):
        batch = inputs.astype(np.float32), targets.astype(np.float32), shares
        state = step(state, batch, jnp.float32(rate), hyper)
        (layer,) = state.parameters
        path.append(np.append(layer.weights[0], layer.bias))
    assert int(state.step) == N_STEPS
    return np.array(path)


def start_of(network):
    (layer,) = random_parameters(network)
    return np.append(layer.weights[0], layer.bias).astype(float)


def test_every_optimizer_has_a_reference_here():
    assert set(REFERENCES) == set(OPTIMIZERS)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_trajectory_is_the_formula(key, momentum):
    # The rate changes on the way, as when the slider moves while the network trains.
    rate = OPTIMIZERS[key].learning_rate
    rates = rate * np.where(np.arange(N_STEPS) < 30, 1.0, 3.0)
    with allowing_optax(key):
        found = engine_trajectory(key, rates, momentum)
    expected = numpy_trajectory(REFERENCES[key], start_of(network_of(2, 1)), rates, momentum)
    np.testing.assert_allclose(found, expected, rtol=2e-5, atol=2e-6)
    assert np.abs(expected[-1] - expected[0]).max() > 5 * rate  # it went somewhere


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_the_momentum_slider_is_shown_where_it_acts(key):
    rates = np.full(N_STEPS, OPTIMIZERS[key].learning_rate)
    start = start_of(network_of(2, 1))
    low, high = (numpy_trajectory(REFERENCES[key], start, rates, m) for m in (0.5, 0.9))
    assert OPTIMIZERS[key].uses_momentum == (not np.array_equal(low, high))
