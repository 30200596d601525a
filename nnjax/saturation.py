"""One sigmoid neuron that is sure and wrong: how cross-entropy and squared error pull it back."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.activations import sigmoid
from nnjax.losses import LINKS, LOSSES

RIVALS = ("binary_cross_entropy", "mse")
N_SEEDS, N_STEPS = 32, 500
TRUTH, INPUT = 1.0, 1.0
LEARNED = 0.9  # the truth is given at least this much


@jax.jit
def logit_gradients(logits, target):
    """DL/dz of each rival by `jax.grad`, L(sigmoid(z), y): (n,) and () -> (2, n)."""

    def slope(key, z):
        row = LOSSES[key]
        return jax.grad(lambda z: row.of_output(z[None], target[None], LINKS["binary"]))(z)

    return jnp.stack([jax.vmap(lambda z, key=key: slope(key, z))(logits) for key in RIVALS])


def gradients_by_hand(logits, target):
    """P - y for cross-entropy, 2 (p - y) p (1 - p) for squared error: (n,) and () -> (2, n).

    The 2 is that of (p - y)^2 without a half in front, p (1 - p) the slope of the sigmoid.
    """
    p = sigmoid(logits)
    error = p - target
    return jnp.stack([error, 2 * error * p * (1 - p)])


class SaturatedStart(NamedTuple):
    """Where the neurons of all seeds begin, around a weighted sum of `logit`."""

    weights: jax.Array  # (n_seeds,)
    biases: jax.Array  # (n_seeds,)


def scattered_starts(logit, spread, seed):
    """Half of the sum z from the weight and half from the bias, each with normal noise."""
    noise = jax.random.normal(jax.random.key(seed), (2, N_SEEDS))
    weights, biases = logit / 2 + spread * noise
    return SaturatedStart(weights, biases)


@jax.jit
def train_saturated(logit, spread, learning_rate, seed):
    """Probability of the truth along plain gradient descent: (2, N_SEEDS, N_STEPS + 1).

    One neuron p = sigmoid(w x + b), one example x = 1 with y = 1, both rivals from the same
    starts; all arguments (). The sum starts at `logit`, give or take `spread` in w and in b.
    """
    start = scattered_starts(logit, spread, seed)
    return jnp.stack([_train_all(key, start, learning_rate) for key in RIVALS])


def _train_all(key, start, learning_rate):
    return jax.vmap(lambda w, b: train_neuron(key, w, b, learning_rate))(*start)


def train_neuron(key, weight, bias, learning_rate):
    """Sigmoid(w x + b) before every step and after the last, (N_STEPS + 1,), with loss `key`."""
    row, target = LOSSES[key], jnp.float32([TRUTH])

    def preactivation(neuron):
        return neuron[0] * INPUT + neuron[1]

    def loss(neuron):
        return row.of_output(preactivation(neuron)[None], target, LINKS["binary"])

    def step(neuron, _):
        # theta <- theta - eta dL/dtheta
        moved = neuron - learning_rate * jax.grad(loss)(neuron)
        return moved, sigmoid(preactivation(neuron))

    last, along = jax.lax.scan(step, jnp.stack([weight, bias]), length=N_STEPS)
    return jnp.append(along, sigmoid(preactivation(last)))


def steps_to_learn(probabilities):
    """First step at which the truth is given LEARNED, or inf: (..., n_steps + 1) -> (...)."""
    reached = probabilities >= LEARNED
    first = jnp.argmax(reached, axis=-1).astype(jnp.float32)
    return jnp.where(reached.any(axis=-1), first, jnp.inf)
