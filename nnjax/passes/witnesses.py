"""Three witnesses for every gradient: the chain rule by hand, `jax.grad`, central differences."""

import functools
from contextlib import nullcontext
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree

from nnjax.layers import Dense, dense_backward
from nnjax.losses import LINKS, LOSSES
from nnjax.networks import NetworkConfig, Parameters, forward_trace

STEPS = np.logspace(-7, 0, 57)
MISTAKES = ("none", "slope", "weight")
KINKED = ("step", "relu", "leaky_relu", "selu")  # their slope jumps at 0


class Witnesses(NamedTuple):
    """What each says of every parameter, in the order of `jax.tree.leaves`; n parameters."""

    by_hand: np.ndarray  # (n,)
    by_grad: np.ndarray  # (n,)
    by_difference: np.ndarray  # (n,) at the step asked for
    crossed: np.ndarray  # (n,) whether some sum changes its sign between the two ends
    loss: np.ndarray  # ()
    third: np.ndarray  # (n,) third derivative of the loss along each parameter


class StepErrors(NamedTuple):
    """How far central differences are from `jax.grad`, as a share of the gradient's length."""

    steps: np.ndarray  # (n_steps,)
    measured: np.ndarray  # (n_steps,)
    truncation: np.ndarray  # (n_steps,) h^2 / 6 |L'''| / |g|
    rounding: np.ndarray  # (n_steps,) u |L| sqrt(n) / h / |g|, u half the gap between two floats


def three_witnesses(
    parameters: Parameters,
    inputs,
    target,
    step,
    *,
    config: NetworkConfig,
    loss: str,
    task: str,
    mistake: str = "none",
    double: bool = False,
) -> tuple[Witnesses, StepErrors]:
    """Ask all three about one example, and the third one at every step of STEPS too.

    inputs (n_in,), target (n_out,), step () > 0. With `double` all of it runs in float64.
    `mistake` spoils the chain rule by hand: "slope" leaves out f'(z), "weight" hands the error
    down as if every weight were 1.
    """
    kind = np.float64 if double else np.float32
    with jax.enable_x64(True) if double else nullcontext():
        given = jax.tree.map(lambda part: np.asarray(part, kind), (parameters, inputs, target))
        asked = _ask(
            *given, np.append(STEPS, step).astype(kind),
            config=config, loss=loss, task=task, mistake=mistake,
        )  # fmt: skip
        said, distances = jax.device_get(asked)
    return said, _errors(said, distances[:-1], np.finfo(kind).epsneg)


def _errors(said: Witnesses, distances, half_gap) -> StepErrors:
    length = max(float(np.linalg.norm(said.by_grad)), 1e-30)
    n = len(said.by_grad)
    return StepErrors(
        STEPS,
        distances / length,
        STEPS**2 / 6 * float(np.linalg.norm(said.third)) / length,
        half_gap * abs(float(said.loss)) * n**0.5 / STEPS / length,
    )


@functools.partial(jax.jit, static_argnames=("config", "loss", "task", "mistake"))
def _ask(parameters, inputs, target, steps, *, config, loss, task, mistake):
    """Everything at once; the last of `steps` is the learner's."""
    flat, restore = ravel_pytree(parameters)

    def value_at(theta):
        output = forward_trace(config, restore(theta), inputs)[-1].output
        return LOSSES[loss].of_output(output, target, LINKS[task])

    value, by_grad = jax.value_and_grad(value_at)(flat)
    by_hand = gradients_by_hand(
        parameters, inputs, target, config=config, loss=loss, task=task, mistake=mistake
    )
    differences = jax.vmap(lambda step: central_differences(value_at, flat, step))(steps)
    signs = _signs(config, restore, inputs)
    ends = jax.vmap(lambda at: signs(flat + at) != signs(flat - at))
    said = Witnesses(
        ravel_pytree(by_hand)[0], by_grad, differences[-1],
        ends(steps[-1] * jnp.eye(flat.size, dtype=flat.dtype)).any(axis=1),
        value, _third_derivatives(value_at, flat),
    )  # fmt: skip
    return said, jnp.linalg.norm(differences - by_grad[None], axis=1)


def central_differences(value_at, theta, step):
    """(L(theta + h e_i) - L(theta - h e_i)) / 2 h for every i: (n,) and () -> (n,).

    Divided by the distance that the two ends really have: theta + h is rounded too.
    Source: Press et al. (2007), section 5.7.
    """

    def along(axis):
        above, below = theta + step * axis, theta - step * axis
        moved = jnp.sum((above - below) * axis)
        return (value_at(above) - value_at(below)) / moved

    slopes = jax.vmap(along)(jnp.eye(theta.size, dtype=theta.dtype))
    # A step too small to change theta at all says nothing: no slope is seen.
    return jnp.where(jnp.isfinite(slopes), slopes, 0.0)


def gradients_by_hand(
    parameters: Parameters, inputs, target, *, config, loss, task, mistake="none"
) -> Parameters:
    """The chain rule, layer by layer, as in `nnjax.backprop`; `mistake` breaks one of its rules."""
    caches = forward_trace(config, parameters, inputs[None])
    of_output = LOSSES[loss].of_output
    d_output = jax.grad(of_output)(caches[-1].output[0], target, LINKS[task])[None]
    gradients = []
    layers = zip(parameters, caches, config.layer_activations, strict=True)
    for layer, cache, activation in reversed(tuple(layers)):
        bend = "identity" if mistake == "slope" else activation
        over = Dense(jnp.ones_like(layer.weights), layer.bias) if mistake == "weight" else layer
        d_layer, d_output = dense_backward(over, cache, d_output, bend)
        gradients.append(d_layer)
    return tuple(reversed(gradients))


def _signs(config, restore, inputs):
    """Return a function of theta: which sums of the hidden layers are positive."""

    def signs(theta):
        caches = forward_trace(config, restore(theta), inputs)[:-1]
        sums = [cache.preactivation for cache in caches]
        return jnp.concatenate(sums) > 0 if sums else jnp.zeros(1, bool)

    return signs


def _third_derivatives(value_at, theta):
    def along(axis):
        def slope(function):
            return lambda at: jax.jvp(function, (at,), (axis,))[1]

        return slope(slope(slope(value_at)))(theta)

    return jax.vmap(along)(jnp.eye(theta.size, dtype=theta.dtype))
