"""What all gradients of a network cost: in one walk back, or one weight at a time."""

import functools
import time
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.layers import Dense
from nnjax.networks import NetworkConfig, Parameters, count_parameters, network_forward

N_EXAMPLES = 40  # in the batch: enough for matrix products, as in training
N_REPEATS = 16  # batches in one call: starting a program then counts for little
N_RUNS, N_LONG_RUNS = 7, 2
STEP = 1e-2


class Cost(NamedTuple):
    """Seconds for one batch, best of several runs, and operations as XLA counts them."""

    n_parameters: int
    forward: float  # one forward pass
    backward: float  # every gradient, in reverse mode, its forward pass included
    differences: float  # every gradient: one more forward pass for each weight
    forward_mode: float  # every gradient: one directional derivative for each weight
    forward_flops: float
    backward_flops: float

    @property
    def difference_flops(self) -> float:
        """(N + 1) forward passes."""
        return (self.n_parameters + 1) * self.forward_flops


def network_of_width(width: int) -> NetworkConfig:
    """Two hidden layers of tanh, `width` inputs and units, one output: 2 w (w + 1) + w + 1."""
    return NetworkConfig(
        n_in=width, hidden=(width, width), n_out=1, activations=("tanh", "tanh")
    )  # fmt: skip


def gradient_cost(width: int) -> Cost:
    """Time four ways to the gradient of a network of this width, each compiled as one program."""
    config = network_of_width(width)
    # What the numbers are changes no time; drawn by JAX they would each cost a compilation.
    random = np.random.default_rng(0)
    theta = 0.3 * random.standard_normal(count_parameters(config), np.float32)
    batches = random.standard_normal((N_REPEATS, N_EXAMPLES, width), np.float32)

    def seconds(way, inputs, n_runs):
        return best_time(functools.partial(way, config, theta, inputs), n_runs)

    return Cost(
        n_parameters=count_parameters(config),
        forward=seconds(forward_passes, batches, N_RUNS) / N_REPEATS,
        backward=seconds(backward_passes, batches, N_RUNS) / N_REPEATS,
        differences=seconds(by_differences, batches[0], N_LONG_RUNS),
        forward_mode=seconds(by_forward_mode, batches[0], N_LONG_RUNS),
        forward_flops=count_flops(functools.partial(loss_of, config), theta, batches[0]),
        backward_flops=count_flops(
            jax.grad(functools.partial(loss_of, config)), theta, batches[0]
        ),
    )  # fmt: skip


def loss_of(config, theta, batch):
    """L = mean (output - 1)^2 over a batch (N_EXAMPLES, n_in), parameters flat."""
    return jnp.mean((network_forward(config, restore(config, theta), batch) - 1) ** 2)


def restore(config, theta) -> Parameters:
    """Cut a vector (n,) into the layers' weights and biases."""
    layers, at = [], 0
    for n_out, n_in in config.layer_shapes:
        middle, end = at + n_out * n_in, at + n_out * (n_in + 1)
        layers.append(Dense(theta[at:middle].reshape(n_out, n_in), theta[middle:end]))
        at = end
    return tuple(layers)


@functools.partial(jax.jit, static_argnames="config")
def forward_passes(config, theta, batches):
    """Loss of each batch, (N_REPEATS,), one after the other."""
    return jax.lax.map(functools.partial(loss_of, config, theta), batches)


@functools.partial(jax.jit, static_argnames="config")
def backward_passes(config, theta, batches):
    """Every gradient of each batch, (N_REPEATS, n), one walk back each."""
    slope = jax.grad(functools.partial(loss_of, config))
    return jax.lax.map(lambda batch: slope(theta, batch), batches)


@functools.partial(jax.jit, static_argnames="config")
def by_differences(config, theta, batch):
    """(L(theta + h e_i) - L(theta)) / h for every i: N + 1 forward passes, one after the other."""
    start = loss_of(config, theta, batch)

    def one(at):
        return (loss_of(config, jnp.asarray(theta).at[at].add(STEP), batch) - start) / STEP

    return jax.lax.map(one, jnp.arange(theta.size))


@functools.partial(jax.jit, static_argnames="config")
def by_forward_mode(config, theta, batch):
    """DL/dtheta_i for every i in forward mode: N passes, each of which carries one derivative."""

    def one(at):
        axis = jnp.zeros_like(theta).at[at].set(1.0)
        return jax.jvp(lambda t: loss_of(config, t, batch), (theta,), (axis,))[1]

    return jax.lax.map(one, jnp.arange(theta.size))


def best_time(call, n_runs: int) -> float:
    """Return the shortest of these runs, in seconds, after one to compile."""
    jax.block_until_ready(call())
    seconds = []
    for _ in range(n_runs):
        started = time.perf_counter()
        jax.block_until_ready(call())
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def count_flops(function, *arguments) -> float:
    """Return what XLA counts in the compiled program, transcendental functions left out."""
    cost = jax.jit(function).lower(*arguments).compile().cost_analysis()
    return float(cost.get("flops", np.nan))


def years(n_parameters: float, seconds: float) -> float:
    """How long one forward pass of `seconds` for each weight takes, in years of 365.25 days."""
    return n_parameters * seconds / (365.25 * 24 * 3600)
