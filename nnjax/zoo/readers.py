"""The networks that read digits: trained, tried on moved digits, and shown one drawing."""

import functools
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.zoo.digits import shift_images
from nnjax.zoo.network import Network
from nnjax.zoo.networks import networks_for
from nnjax.zoo.training import mean_score, train_network

READERS: dict[str, Network] = networks_for("digits")
# Down and right, in pixels; the middle one leaves the image where it is.
MOVES = tuple((down, right) for down in (-1, 0, 1) for right in (-1, 0, 1))
HERE = MOVES.index((0, 0))


class Reader(NamedTuple):
    """A trained network, and the shares of the unseen digits that it reads."""

    parameters: Any
    as_drawn: float
    moved: float  # each digit one pixel to the right


def train_reader(key: str, *, seed: int) -> Reader:
    """Train the architecture `key` of READERS on the digits as they are, and try it."""
    network = READERS[key]
    task, examples = network.task, network.task.load()
    settings = np.uint32(seed), np.float32(task.learning_rate), np.int32(task.n_epochs)
    trained = train_network(examples, *settings, network=network)
    test = task.test(examples)
    moved = test._replace(inputs=np.asarray(shift_images(test.inputs, 0, 1)))
    scores = (float(mean_score(network, trained.parameters, some)) for some in (test, moved))
    return Reader(trained.parameters, *scores)


@functools.partial(jax.jit, static_argnames="network")
def read_moved(parameters: Any, image: jax.Array, *, network: Network) -> jax.Array:
    """The ten logits for an image (SIDE, SIDE) moved by each of MOVES: (9, 10)."""
    moved = jnp.stack([shift_images(image, *move) for move in MOVES])
    return jax.vmap(network.forward, (None, 0))(parameters, moved)
