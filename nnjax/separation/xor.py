"""XOR with a hidden layer: many networks of 2 inputs, a few hidden neurons and 1 output at once.

One seed proves nothing, so a thousand start from different weights and all are trained in one
program. Activation and width are numbers to it, not shapes: choosing another compiles nothing.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax

from nnjax.activations import ACTIVATIONS
from nnjax.compiler import jit_loop
from nnjax.losses import binary_cross_entropy_of_logits

XOR_INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
XOR_TARGETS = np.array([0, 1, 1, 0], np.float32)
MAX_HIDDEN = 8
N_FRAMES = 50
# A logit counts as right if it is this far on its side: without an activation all four logits
# end at 0, and rounding would put one network in a hundred right.
CLEAR = 0.01


class XorNetwork(NamedTuple):
    """Room for `MAX_HIDDEN` hidden neurons; those beyond the chosen width are silenced."""

    hidden_weights: jax.Array  # (MAX_HIDDEN, 2)
    hidden_bias: jax.Array  # (MAX_HIDDEN,)
    output_weights: jax.Array  # (MAX_HIDDEN,)
    output_bias: jax.Array  # ()


class XorRuns(NamedTuple):
    """Every network, recorded `N_FRAMES` times on its way; frame 0 is the start."""

    networks: XorNetwork  # each part (n_seeds, N_FRAMES + 1, ...)
    loss: jax.Array  # (n_seeds, N_FRAMES + 1) mean binary cross-entropy of the four points
    n_right: jax.Array  # (n_seeds, N_FRAMES + 1) int32, points clearly on the right side

    @property
    def solved(self):
        """Which networks have all four points right at the end, (n_seeds,) bool."""
        return self.n_right[:, -1] == len(XOR_TARGETS)


class Architecture(NamedTuple):
    """Which network, in numbers that a program takes as they come."""

    activation: jax.Array  # () int32, place in `ACTIVATIONS`
    n_hidden: jax.Array  # () int32, 1 to MAX_HIDDEN


def architecture(activation, n_hidden):
    """Name the activation by its key. Raises ValueError if the width is not 1 to 8."""
    if not 1 <= n_hidden <= MAX_HIDDEN:
        raise ValueError(f"Expected 1 to {MAX_HIDDEN} hidden neurons, not {n_hidden}.")
    return Architecture(jnp.int32(list(ACTIVATIONS).index(activation)), jnp.int32(n_hidden))


_FUNCTIONS = [row.function for row in ACTIVATIONS.values()]
_DERIVATIVES = [
    lambda x, f=function: jax.jvp(f, (x,), (jnp.ones_like(x),))[1] for function in _FUNCTIONS
]


# The derivative is given by hand only for speed of compiling: differentiating the switch would
# keep the intermediate values of all its branches, this keeps x.
@jax.custom_jvp
def _activate(index, x):
    return jax.lax.switch(index, _FUNCTIONS, x)


@_activate.defjvp
def _activate_jvp(primals, tangents):
    index, x = primals
    return _activate(index, x), jax.lax.switch(index, _DERIVATIVES, x) * tangents[1]


def xor_hidden(network, inputs, kind):
    """H = f(W x + b) for one point x (2,), 0 beyond the chosen width: (MAX_HIDDEN,)."""
    hidden = _activate(kind.activation, network.hidden_weights @ inputs + network.hidden_bias)
    return jnp.where(jnp.arange(MAX_HIDDEN) < kind.n_hidden, hidden, 0.0)


def xor_logit(network, inputs, kind):
    """Z = v . f(W x + b) + c for one point x (2,): above 0 means class 1. `kind`: Architecture."""
    return network.output_weights @ xor_hidden(network, inputs, kind) + network.output_bias


def init_xor(seed, n_seeds, n_hidden):
    """LeCun's start for `n_seeds` networks, W ~ N(0, 1 / n_in) in both layers; biases 0.

    Drawn by NumPy: on the host it takes a millisecond, inside XLA a second to compile.
    """
    draw = np.random.default_rng(seed).standard_normal((n_seeds, 3 * MAX_HIDDEN), np.float32)
    hidden_weights = draw[:, : 2 * MAX_HIDDEN].reshape(n_seeds, MAX_HIDDEN, 2) / np.sqrt(2)
    output_weights = draw[:, 2 * MAX_HIDDEN :] / np.sqrt(n_hidden)
    bias = np.zeros((n_seeds, MAX_HIDDEN), np.float32)
    start = hidden_weights, bias, output_weights, bias[:, 0]
    return XorNetwork(*(part.astype(np.float32) for part in start))


def train_xor(activation, n_hidden, *, seed=0, n_seeds=1000, n_steps=500, learning_rate=0.1):
    """Train `n_seeds` networks on XOR's four points by Adam on the binary cross-entropy.

    `activation` is a key of `ACTIVATIONS`, `n_hidden` 1 to 8. `n_steps` counts updates, each on
    all four points, and is rounded down to a multiple of `N_FRAMES`. Only a new `n_seeds` compiles.
    """
    kind = architecture(activation, n_hidden)
    steps_per_frame = jnp.int32(max(1, n_steps // N_FRAMES))
    start = init_xor(seed, n_seeds, n_hidden)
    return _train(start, kind, steps_per_frame, jnp.float32(learning_rate))


@jit_loop
def _train(start, kind, steps_per_frame, learning_rate):
    optimizer = optax.adam(learning_rate)

    def loss_and_right(network):
        logits = jax.vmap(xor_logit, (None, 0, None))(network, XOR_INPUTS, kind)
        loss = binary_cross_entropy_of_logits(logits, XOR_TARGETS)
        n_right = jnp.sum(logits * (2 * XOR_TARGETS - 1) > CLEAR, dtype=jnp.int32)
        return loss, n_right

    def update(_, state):
        network, memory = state
        gradient, _ = jax.grad(loss_and_right, has_aux=True)(network)
        updates, memory = optimizer.update(gradient, memory)
        return optax.apply_updates(network, updates), memory

    def next_frame(state, _):
        network = state[0]
        trained = jax.lax.fori_loop(0, steps_per_frame, update, state)
        return trained, (network, *loss_and_right(network))

    def train_one(network):
        state = network, optimizer.init(network)
        return jax.lax.scan(next_frame, state, length=N_FRAMES + 1)[1]

    return XorRuns(*jax.vmap(train_one)(start))


def xor_by_hand():
    """XOR built, not trained, from step neurons: fires for "one or the other, not both".

    The first hidden neuron is OR, the second AND; the output takes OR less AND.
    """
    weights, bias = np.zeros((MAX_HIDDEN, 2), np.float32), np.zeros(MAX_HIDDEN, np.float32)
    weights[:2], bias[:2] = 1.0, (-0.5, -1.5)
    output_weights = np.zeros(MAX_HIDDEN, np.float32)
    output_weights[:2] = 1.0, -1.0
    return XorNetwork(weights, bias, output_weights, np.float32(-0.5)), architecture("step", 2)
