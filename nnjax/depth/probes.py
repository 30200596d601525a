"""Two experiments on activations: does a signal survive depth, and which units die.

Both run many seeds in one call, because one seed proves nothing.
"""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.activations import ACTIVATIONS, relu
from nnjax.compiler import jit_loop
from nnjax.initializers import INITIALIZERS
from nnjax.losses import LINKS, default_loss

MAX_DEPTH = 32
BATCH_SIZE = 10
NORM_EPSILON = 1e-5  # keeps the division finite where nothing varies


class DepthSignal(NamedTuple):
    """What is left of signal and gradient in layer 1, 2, ...; nan beyond the depth asked for."""

    size: jax.Array  # (n_seeds, MAX_DEPTH) root mean square of the outputs
    spread: jax.Array  # (n_seeds, MAX_DEPTH) of that, what differs between one input and another
    gradient: jax.Array  # (n_seeds, MAX_DEPTH) root mean square of dL/d(W h)


def signal_through_depth(
    activation,
    initializer,
    *,
    seed,
    depth,
    width=32,
    n_seeds=64,
    n_examples=16,
    max_depth=MAX_DEPTH,
    skip=False,
    normed=False,
):
    """Size of signal and gradient, layer by layer, in `n_seeds` untrained networks.

    `activation` and `initializer` are keys of their tables; all layers are `width` wide, biases 0,
    inputs standard normal, and the gradient sent back from layer `depth` (1 to `max_depth`) has
    size 1. With `skip` a layer adds its result to what it was given (He et al. 2016), with `normed`
    its sums are brought to mean 0 and variance 1 first (Ba et al. 2016).
    Only `seed` and `depth` can change without a compilation. After Glorot and Bengio 2010.
    """
    if not 1 <= depth <= max_depth:
        raise ValueError(f"depth must be 1 to {max_depth}, got {depth}")
    sizes = max_depth, n_seeds, n_examples, width
    networks = _draw_networks(initializer, jnp.int32(seed), sizes)
    return _measure_signal(activation, *networks, jnp.int32(depth), skip=skip, normed=normed)


@partial(jax.jit, static_argnames=("initializer", "sizes"))
def _draw_networks(initializer, seed, sizes):
    """Weights (max_depth, seeds, width, width), inputs and last gradient (seeds, examples, width).

    `lax.map` and not `vmap`: the random bits then compile in half the time, and run no slower.
    """
    max_depth, n_seeds, n_examples, width = sizes
    init = INITIALIZERS[initializer].function
    keys = jax.random.split(jax.random.key(seed), max_depth * n_seeds + 1)
    weights = jax.lax.map(lambda key: init(key, (width, width)), keys[1:])
    inputs, d_last = jax.random.normal(keys[0], (2, n_seeds, n_examples, width))
    return weights.reshape(max_depth, n_seeds, width, width), inputs, d_last


@partial(jax.jit, static_argnames=("activation", "skip", "normed"))
def _measure_signal(activation, weights, inputs, d_last, depth, *, skip=False, normed=False):
    function = ACTIVATIONS[activation].function
    is_used = jnp.arange(len(weights)) < depth

    def layer_forward(given, layer):
        used, w = layer
        # a = W h, z = a or its normal form, h' = f(z); a layer not used passes on what it got.
        sums = jnp.einsum("sei,soi->seo", given, w)
        z, scale = _standardize(sums) if normed else (sums, jnp.ones_like(sums[..., :1]))
        result, slopes = jax.jvp(function, (z,), (jnp.ones_like(z),))
        outputs = jnp.where(used, given + result if skip else result, given)
        return outputs, (outputs, slopes, z, scale)

    def layer_backward(d_outputs, layer):
        used, w, slopes, z, scale = layer
        # dL/dz = dL/dh' f'(z), dL/dh = W^T dL/da, and with a skip dL/dh' besides
        d_sums = d_outputs * slopes
        if normed:
            shared = d_sums.mean(-1, keepdims=True) + z * (d_sums * z).mean(-1, keepdims=True)
            d_sums = (d_sums - shared) / scale
        d_inputs = jnp.einsum("seo,soi->sei", d_sums, w)
        d_inputs = d_inputs + d_outputs if skip else d_inputs
        return jnp.where(used, d_inputs, d_outputs), d_sums

    _, (outputs, *kept) = jax.lax.scan(layer_forward, inputs, (is_used, weights))
    _, gradients = jax.lax.scan(layer_backward, d_last, (is_used, weights, *kept), reverse=True)
    differences = outputs - outputs.mean(axis=2, keepdims=True)
    parts = (outputs, differences, gradients)
    return DepthSignal(*(jnp.where(is_used, _sizes(part).T, jnp.nan) for part in parts))


def _standardize(sums):
    """(a - mean) / s over the units and s itself, s^2 = variance + NORM_EPSILON. Ba et al. 2016."""
    centered = sums - sums.mean(axis=-1, keepdims=True)
    scale = jnp.sqrt((centered**2).mean(axis=-1, keepdims=True) + NORM_EPSILON)
    return centered / scale, scale


def _sizes(x):
    """sqrt(mean x^2) over the last two axes, without overflow or underflow of the square."""
    largest = jnp.max(jnp.abs(x), axis=(-2, -1), keepdims=True)
    scale = jnp.where(largest > 0, largest, 1.0)
    return scale[..., 0, 0] * jnp.sqrt(jnp.mean((x / scale) ** 2, axis=(-2, -1)))


class DeadUnits(NamedTuple):
    """How many hidden ReLU units fire for no training example, while training."""

    steps: jax.Array  # (n_checks,) updates done at each check, from 0
    share: jax.Array  # (n_rates, n_seeds, n_checks) of all hidden units, 0 to 1
    loss: jax.Array  # (n_rates, n_seeds, n_checks) mean training loss; not finite once diverged


@partial(jit_loop, static_argnames=("task", "hidden", "n_seeds", "n_checks", "steps_between"))
def dead_unit_share(
    inputs,
    targets,
    n_train,
    learning_rates,
    seed,
    *,
    task="binary",
    hidden=(16, 16),
    n_seeds=16,
    n_checks=21,
    steps_between=20,
):
    """Share of hidden ReLU units that never fire on the data, by learning rate and seed.

    inputs (n, n_in), targets (n, n_out), trained on the first `n_train` rows, in their order, by
    plain gradient descent on batches of 10, from He's weights. `n_train` (), `learning_rates`
    (n_rates,) and `seed` () are traced. A unit that fires for no example gets no gradient, so it
    seldom comes back (Lu et al. 2019). A unit whose weights are no longer finite counts as dead.
    """
    sizes = (inputs.shape[1], *hidden, targets.shape[1])
    is_train = jnp.arange(inputs.shape[0]) < n_train

    def check(params):
        outputs, fired = _relu_forward(params, inputs)
        ever = [jnp.any(layer & is_train[:, None], axis=0) for layer in fired]
        mean_loss = jnp.mean(_losses(task, outputs, targets), where=is_train)
        return 1 - jnp.concatenate(ever).mean(), mean_loss

    def one_run(learning_rate, key):
        def update(i, params):
            rows = (i * BATCH_SIZE + jnp.arange(BATCH_SIZE)) % n_train
            gradients = jax.grad(_mean_loss)(params, task, inputs[rows], targets[rows])
            return jax.tree.map(lambda p, g: p - learning_rate * g, params, gradients)

        def check_then_update(params, first):
            after = jax.lax.fori_loop(first, first + steps_between, update, params)
            return after, check(params)

        return jax.lax.scan(check_then_update, _init_relu_network(key, sizes), steps)[1]

    steps = jnp.arange(n_checks) * steps_between
    keys = jax.random.split(jax.random.key(seed), n_seeds)
    over_seeds = jax.vmap(one_run, in_axes=(None, 0))
    share, loss = jax.vmap(over_seeds, in_axes=(0, None))(learning_rates, keys)
    return DeadUnits(steps, share, loss)


def _losses(task, outputs, targets):
    """Loss of each example, (n,)."""
    loss_of = default_loss(task).of_output
    return jax.vmap(lambda output, target: loss_of(output, target, LINKS[task]))(outputs, targets)


def _mean_loss(params, task, inputs, targets):
    return _losses(task, _relu_forward(params, inputs)[0], targets).mean()


def _init_relu_network(key, sizes):
    """((weights, bias), ...) with w ~ N(0, 2 / n_in) and b = 0, out of one random draw."""
    shapes = list(zip(sizes[1:], sizes[:-1], strict=True))
    ends = [sum(n_out * n_in for n_out, n_in in shapes[: i + 1]) for i in range(len(shapes))]
    parts = jnp.split(jax.random.normal(key, (ends[-1],)), ends[:-1])
    return tuple(
        ((2 / shape[1]) ** 0.5 * part.reshape(shape), jnp.zeros(shape[0]))
        for part, shape in zip(parts, shapes, strict=True)
    )


def _relu_forward(params, x):
    """Outputs (n, n_out), and for each hidden layer which units fired, (n, width)."""
    fired = []
    for weights, bias in params[:-1]:
        preactivations = x @ weights.T + bias[None, :]
        fired.append(preactivations > 0)
        x = relu(preactivations)
    weights, bias = params[-1]
    return x @ weights.T + bias[None, :], fired
