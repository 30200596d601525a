"""One backward pass taken apart: every factor of the chain rule, from the loss to each weight."""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.activations import activation_and_derivative
from nnjax.backprop import mean_loss
from nnjax.layers import DenseCache, dense_backward
from nnjax.losses import LINKS, LOSSES
from nnjax.networks import NetworkConfig, Parameters, forward_trace


class BackStep(NamedTuple):
    """One step of the walk: what happens, and in which layer (from 0; input and loss are -1)."""

    layer: int
    # "input", "forward", "loss", "error" (dL/dz of the output), "weights" (dL/dW and dL/db),
    # "outputs" (dL/da of a hidden layer), "slope" (dL/dz of a hidden layer), "update"
    part: str


class BackwardPass(NamedTuple):
    """Every number of one walk there and back, for one example and a network with n layers."""

    caches: tuple[DenseCache, ...]  # n, from `forward_trace`
    prediction: jax.Array  # (n_out,), the last output through the task's link
    loss: jax.Array  # ()
    slopes: tuple[jax.Array, ...]  # n of (n_out,): f'(z)
    d_outputs: tuple[jax.Array, ...]  # n of (n_out,): dL/da of every layer
    gradients: Parameters  # dL/dW and dL/db; with one example dL/db is also dL/dz


class UpdatePath(NamedTuple):
    """What one step of plain gradient descent does to the loss, at several learning rates."""

    loss: jax.Array  # () before the step
    squared_norm: jax.Array  # () |g|^2
    curvature: jax.Array  # () g' H g
    after: jax.Array  # (n_rates,) the loss after the step


def list_back_steps(n_layers: int) -> tuple[BackStep, ...]:
    """Forward layer by layer, the loss, then back: the weights' gradients, and one layer down."""
    there = [BackStep(layer, "forward") for layer in range(n_layers)]
    back = [BackStep(n_layers - 1, "error")]
    for layer in reversed(range(n_layers)):
        back.append(BackStep(layer, "weights"))
        if layer:
            back += [BackStep(layer - 1, "outputs"), BackStep(layer - 1, "slope")]
    return (BackStep(-1, "input"), *there, BackStep(-1, "loss"), *back, BackStep(-1, "update"))


@functools.partial(jax.jit, static_argnames=("config", "loss", "task"))
def backward_pass(
    parameters: Parameters, inputs, target, *, config: NetworkConfig, loss: str, task: str
) -> BackwardPass:
    """The chain rule over one example's cache; inputs (n_in,), target (n_out,)."""
    caches = forward_trace(config, parameters, inputs)
    of_output, link = LOSSES[loss].of_output, LINKS[task]
    value, d_output = jax.value_and_grad(of_output)(caches[-1].output, target, link)
    slopes, d_outputs, gradients = [], [], []
    layers = zip(parameters, caches, config.layer_activations, strict=True)
    for layer, cache, activation in reversed(tuple(layers)):
        _, slope = activation_and_derivative(activation, cache.preactivation)
        slopes.append(slope)
        d_outputs.append(d_output)
        # `dense_backward` works on a batch: here a batch of one.
        one = DenseCache(*(part[None] for part in cache))
        d_layer, d_inputs = dense_backward(layer, one, d_output[None], activation)
        gradients.append(d_layer)
        d_output = d_inputs[0]
    found = (tuple(reversed(part)) for part in (slopes, d_outputs, gradients))
    return BackwardPass(caches, link(caches[-1].output), value, *found)


def step_down(parameters: Parameters, gradients: Parameters, learning_rate) -> Parameters:
    """One step of gradient descent: every parameter theta becomes theta - eta dL/dtheta."""
    return jax.tree.map(lambda old, slope: old - learning_rate * slope, parameters, gradients)


@functools.partial(jax.jit, static_argnames=("config", "loss", "task"))
def loss_along_update(
    parameters: Parameters, inputs, target, rates, *, config: NetworkConfig, loss: str, task: str
) -> UpdatePath:
    """The loss after one update at each rate, and what a straight line and a parabola say of it.

    inputs (n_in,), target (n_out,), rates (n_rates,). The slope predicts a change of -eta |g|^2;
    the next term of Taylor's series is eta^2 / 2 g' H g.
    """

    def value_at(theta):
        return mean_loss(config, theta, inputs[None], target[None], loss=loss, task=task)

    value, slope = jax.value_and_grad(value_at)(parameters)
    # H g, without the matrix H: the gradient of (gradient . g), g held fixed.
    bent = jax.grad(lambda theta: _inner(jax.grad(value_at)(theta), slope))(parameters)
    after = jax.vmap(lambda rate: value_at(step_down(parameters, slope, rate)))(rates)
    return UpdatePath(value, _inner(slope, slope), _inner(slope, bent), after)


def _inner(one: Parameters, other: Parameters):
    parts = jax.tree.map(lambda a, b: jnp.sum(a * b), one, other)
    return jax.tree.reduce(jnp.add, parts)
