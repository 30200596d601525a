"""What a network holds of a sequence, step by step, and how the answer's loss reaches back to it.

A recurrent cell is asked about its state after each step; a transformer, which has no state, about
the vector of each position. Both are called what is held.
"""

import functools
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from nnjax.layers import dense_forward
from nnjax.zoo.networks import NETWORKS
from nnjax.zoo.recurrent import CELLS, Cell, Recurrent, run_cell
from nnjax.zoo.tasks import TASKS
from nnjax.zoo.transformer import Transformer, embed, encode_embedded, read_out

REMEMBERERS = (*CELLS, "transformer")


class Memory(NamedTuple):
    """A network that has read a sequence (length, n_in)."""

    held: jax.Array  # (length, n), the hidden state after each step, or a position's vector
    gradient: jax.Array  # (length,) norm of dL / d(what is held after each step)
    probabilities: jax.Array  # (n_out,)
    loss: jax.Array  # () of the answer


def _run_nudged(parameters: Recurrent, sequence, nudges, *, cell: Cell):
    """The logits if what the cell hands on after step t is moved by nudges[t]."""

    def step(state, now):
        x, nudge = now
        return jax.tree.map(jnp.add, cell.step(parameters.cell, state, x), nudge), None

    start = cell.start(parameters.cell.state.shape[1], sequence.dtype)
    last, _ = jax.lax.scan(step, start, (sequence, nudges))
    return dense_forward(parameters.readout, cell.hidden_of(last), "identity").output


def _encode_nudged(parameters: Transformer, sequence, nudges):
    """The logits if the vector of position t, before the block, is moved by nudges[t]."""
    x = embed(parameters, sequence) + nudges
    return read_out(parameters, encode_embedded(parameters, x).output)


def loss_if_nudged(architecture: str, parameters: Any, sequence, target, nudges):
    """L of the answer, (), and the logits, if what is held after step t is moved by nudges[t].

    `nudges` is shaped like `nothing_moved`: the gradient at zero is dL / d(what is held).
    """
    if architecture == "transformer":
        logits = _encode_nudged(parameters, sequence, nudges)
    else:
        logits = _run_nudged(parameters, sequence, nudges, cell=CELLS[architecture])
    return TASKS["recall"].loss(logits, target), logits


def held_by(architecture: str, parameters: Any, sequence):
    """What is held after each step: (hidden, everything), the latter the cell's state, stacked."""
    if architecture == "transformer":
        vectors = embed(parameters, sequence)
        return vectors, vectors
    cell = CELLS[architecture]
    states = run_cell(parameters.cell, sequence, cell=cell)
    return cell.hidden_of(states), states


def nothing_moved(architecture: str, parameters: Any, sequence):
    """Zeros for every number that is held, after every step."""
    return jax.tree.map(jnp.zeros_like, held_by(architecture, parameters, sequence)[1])


@functools.partial(jax.jit, static_argnames="architecture")
def look_back(parameters: Any, sequence, target, *, architecture: str) -> Memory:
    """What is held, and |dL / d(held after step t)|, by the chain rule through all later steps.

    For a cell that is the product of the steps' derivatives: dL/dh_t = dL/dh_T prod_s dh_s/dh_s-1.
    An LSTM's state is hidden and memory together.

    References:
        Bengio, Simard and Frasconi (1994), section III; Pascanu, Mikolov and Bengio (2013),
        section 2.
    """
    held, _ = held_by(architecture, parameters, sequence)
    still = nothing_moved(architecture, parameters, sequence)
    loss_of = functools.partial(loss_if_nudged, architecture, parameters, sequence, target)
    (loss, logits), slopes = jax.value_and_grad(loss_of, has_aux=True)(still)
    squares = (jnp.square(part).sum(axis=1) for part in jax.tree.leaves(slopes))
    return Memory(held, jnp.sqrt(sum(squares)), jax.nn.softmax(logits), loss)


@jax.jit
def fading_of_seeds(seeds, sequence, target, scale) -> jax.Array:
    """|dL/dh_1| / |dL/dh_T| of untrained plain RNNs with state weights times `scale`: (n_seeds,).

    Only the first weights differ between seeds.
    """

    def one(seed):
        parameters = NETWORKS["rnn_recall"].init(jax.random.key(seed))
        cell = parameters.cell._replace(state=scale * parameters.cell.state)
        seen = look_back(parameters._replace(cell=cell), sequence, target, architecture="rnn")
        return seen.gradient[0] / seen.gradient[-1]

    return jax.vmap(one)(seeds)
