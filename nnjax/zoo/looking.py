"""What a trained CNN makes of the digits that it has not seen: for each filter, each image."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.zoo.cnn import N_SECOND, cnn_stages
from nnjax.zoo.networks import CNN
from nnjax.zoo.tasks import TASKS, digits_with_classes
from nnjax.zoo.training import TrainedNetwork, train_network


class Looking(NamedTuple):
    """A trained CNN and its responses to the n unseen images."""

    network: TrainedNetwork
    probabilities: jax.Array  # (n, 10)
    first_peaks: jax.Array  # (8,) the largest response of each first-layer filter to any image
    strongest: jax.Array  # (n, 16) the largest response of each second-layer unit to each image
    places: jax.Array  # (n, 16, 2) int32, where in its 4 x 4 map: row, column


def look_into_cnn(seed: int, *, learning_rate: float, n_epochs: int) -> Looking:
    """Train the CNN and let it read every unseen image."""
    examples = digits_with_classes()
    trained = train_network(
        examples, np.uint32(seed), np.float32(learning_rate), np.int32(n_epochs), network=CNN
    )
    return Looking(trained, *read_all(trained.parameters, TASKS["digits"].test(examples).inputs))


@jax.jit
def read_all(parameters, images):
    """The four arrays of `Looking` for images (n, SIDE, SIDE)."""
    stages = jax.vmap(cnn_stages, (None, 0))(parameters, images)
    flat = stages.second.reshape(len(images), -1, N_SECOND)  # (n, 16 places, 16 units)
    side = stages.second.shape[1]
    best = flat.argmax(axis=1).astype(jnp.int32)
    return (
        jax.nn.softmax(stages.logits),
        stages.first.max(axis=(0, 1, 2)),
        flat.max(axis=1),
        jnp.stack([best // side, best % side], axis=-1),
    )
