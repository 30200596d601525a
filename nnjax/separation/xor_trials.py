"""What a thousand starts on XOR come to, and pictures of one of them."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.activations import sigmoid
from nnjax.separation.xor import (
    MAX_HIDDEN,
    XOR_INPUTS,
    XorNetwork,
    train_xor,
    xor_hidden,
    xor_logit,
)


class XorExample(NamedTuple):
    """One network of many, from its start to its end."""

    number: int  # which of the starts
    networks: XorNetwork  # each part (N_FRAMES + 1, ...)
    loss: np.ndarray  # (N_FRAMES + 1,)


class XorTrial(NamedTuple):
    """How many points each start ended up with, and one start of each kind to look at."""

    n_right: np.ndarray  # (n_seeds,) int32, at the end
    solved: XorExample | None  # the first start that solves it
    stuck: XorExample | None  # the first that does not


def try_xor(activation, n_hidden, **settings):
    """Train as `train_xor` does and keep what is worth showing: a thousandth of the record."""
    runs = train_xor(activation, n_hidden, **settings)
    solved = np.asarray(runs.solved)
    return XorTrial(
        np.asarray(runs.n_right[:, -1]), *(_first_of(runs, kind) for kind in (solved, ~solved))
    )


def _first_of(runs, chosen):
    if not chosen.any():
        return None
    number = int(chosen.argmax())
    networks = jax.tree.map(lambda part: np.asarray(part[number]), runs.networks)
    return XorExample(number, networks, np.asarray(runs.loss[number]))


def count_solved_by_width(activation, **settings):
    """How many starts solve it with 1, 2 ... MAX_HIDDEN hidden neurons: (MAX_HIDDEN,) int."""
    widths = range(1, MAX_HIDDEN + 1)
    return np.array([train_xor(activation, width, **settings).solved.sum() for width in widths])


class XorFilm(NamedTuple):
    """What a network makes of the plane and of the four points, frame by frame."""

    surface: jax.Array  # (n_frames, n, n) p = sigmoid(z): a row for each x2, a column for each x1
    hidden: jax.Array  # (n_frames, 4, MAX_HIDDEN) the four points as the hidden layer sees them
    logits: jax.Array  # (n_frames, 4) z of the four points
    predictions: jax.Array  # (n_frames, 4) sigmoid(z)


@jax.jit
def xor_film(networks, axis, kind):
    """P at every crossing of `axis` (n,) with itself, and the hidden values of the four points.

    networks: parts (n_frames, ...), as in an `XorExample`.
    """
    points = jnp.stack(jnp.meshgrid(axis, axis), axis=-1)

    def frame(network):
        logit = jax.vmap(jax.vmap(xor_logit, (None, 0, None)), (None, 0, None))
        hidden = jax.vmap(xor_hidden, (None, 0, None))(network, XOR_INPUTS, kind)
        logits = jax.vmap(xor_logit, (None, 0, None))(network, XOR_INPUTS, kind)
        return XorFilm(sigmoid(logit(network, points, kind)), hidden, logits, sigmoid(logits))

    return jax.lax.map(frame, networks)
