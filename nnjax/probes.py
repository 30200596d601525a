"""Two experiments on activations: does a signal survive depth, and which units die.

Both run many seeds in one call, because one seed proves nothing.
"""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.activations import ACTIVATIONS, relu
from nnjax.initializers import INITIALIZERS
from nnjax.losses import LINKS, default_loss

MAX_DEPTH = 32
BATCH_SIZE = 10


class DepthSignal(NamedTuple):
    """What is left of signal and gradient in layer 1, 2, ...; nan beyond the depth asked for."""

    size: jax.Array  # (n_seeds, MAX_DEPTH) root mean square of the outputs
    spread: jax.Array  # (n_seeds, MAX_DEPTH) of that, what differs between one input and another
    gradient: jax.Array  # (n_seeds, MAX_DEPTH) root mean square of dL/d(preactivations)


def signal_through_depth(
    activation, initializer, *, seed, depth, width=32, n_seeds=64, n_examples=16
):
    """Size of signal and gradient, layer by layer, in `n_seeds` untrained networks.

    `activation` and `initializer` are keys of their tables; all layers are `width` wide, biases 0,
    inputs standard normal, and the gradient sent back from layer `depth` (1 to 32) has size 1.
    Only `seed` and `depth` can change without a compilation. After Glorot and Bengio 2010.
    """
    if not 1 <= depth <= MAX_DEPTH:
        raise ValueError(f"depth must be 1 to {MAX_DEPTH}, got {depth}")
    networks = _draw_networks(initializer, jnp.int32(seed), (n_seeds, n_examples, width))
    return _measure_signal(activation, *networks, jnp.int32(depth))


@partial(jax.jit, static_argnames=("initializer", "sizes"))
def _draw_networks(initializer, seed, sizes):
    """Weights (MAX_DEPTH, seeds, width, width), inputs and last gradient (seeds, examples, width).

    `lax.map` and not `vmap`: the random bits then compile in half the time, and run no slower.
    """
    n_seeds, n_examples, width = sizes
    init = INITIALIZERS[initializer].function
    keys = jax.random.split(jax.random.key(seed), MAX_DEPTH * n_seeds + 1)
    weights = jax.lax.map(lambda key: init(key, (width, width)), keys[1:])
    inputs, d_last = jax.random.normal(keys[0], (2, n_seeds, n_examples, width))
    return weights.reshape(MAX_DEPTH, n_seeds, width, width), inputs, d_last


@partial(jax.jit, static_argnames="activation")
def _measure_signal(activation, weights, inputs, d_last, depth):
    function = ACTIVATIONS[activation].function
    is_used = jnp.arange(MAX_DEPTH) < depth

    def layer_forward(outputs, layer):
        used, w = layer
        # z = W h, h' = f(z); a layer that is not used passes on what it got.
        preactivations = jnp.einsum("sei,soi->seo", outputs, w)
        new_outputs, slopes = jax.jvp(function, (preactivations,), (jnp.ones_like(outputs),))
        outputs = jnp.where(used, new_outputs, outputs)
        return outputs, (outputs, slopes)

    def layer_backward(d_outputs, layer):
        used, w, slopes = layer
        # dL/dz = dL/dh' f'(z), dL/dh = W^T dL/dz
        d_preactivations = d_outputs * slopes
        d_inputs = jnp.einsum("seo,soi->sei", d_preactivations, w)
        return jnp.where(used, d_inputs, d_outputs), d_preactivations

    _, (outputs, slopes) = jax.lax.scan(layer_forward, inputs, (is_used, weights))
    backward_layers = (is_used, weights, slopes)
    _, gradients = jax.lax.scan(layer_backward, d_last, backward_layers, reverse=True)
    differences = outputs - outputs.mean(axis=2, keepdims=True)
    parts = (outputs, differences, gradients)
    return DepthSignal(*(jnp.where(is_used, _sizes(part).T, jnp.nan) for part in parts))


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


@partial(jax.jit, static_argnames=("task", "hidden", "n_seeds", "n_checks", "steps_between"))
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
