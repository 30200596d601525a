"""A small network that reads handwritten digits, trained in a moment, and what it computes."""

import functools
from typing import NamedTuple

import jax

from nnjax.data import DATASETS, prepare_dataset
from nnjax.losses import LINKS
from nnjax.networks import NetworkConfig, Parameters, forward_trace
from nnjax.training.chunks import train_epochs
from nnjax.training.config import TrainingConfig, make_hyperparameters
from nnjax.training.state import init_training

SIDE, N_CLASSES = 8, 10
TRAIN_SHARE, N_EPOCHS, LEARNING_RATE = 0.7, 10, 0.01


class DigitReader(NamedTuple):
    """A trained network and the digits that it has not seen in training."""

    parameters: Parameters
    train_accuracy: jax.Array  # () share right
    test_accuracy: jax.Array
    n_train: jax.Array  # () int32
    inputs: jax.Array  # (n, 64) standardised, training rows first
    images: jax.Array  # (n, 64) as they were drawn, 0 to 16
    labels: jax.Array  # (n,)


class Reading(NamedTuple):
    """What the network makes of one image, or of a batch."""

    hidden: jax.Array  # (..., n_hidden) outputs of the hidden layer
    logits: jax.Array  # (..., 10)
    probabilities: jax.Array  # (..., 10), their softmax


def reader_config(n_hidden: int) -> NetworkConfig:
    """64 inputs, one hidden layer of ReLU neurons, ten outputs."""
    return NetworkConfig(
        n_in=SIDE * SIDE, hidden=(n_hidden,), n_out=N_CLASSES, activations=("relu",),
        initializer="he",
    )  # fmt: skip


def train_reader(n_hidden: int, *, seed: int) -> DigitReader:
    """Train on 70 % of the digits: Adam at 0.01, ten epochs, batches of 32, cross-entropy."""
    data = prepare_dataset(DATASETS["digits"], seed=seed, train_share=TRAIN_SHARE)
    config = TrainingConfig(
        network=reader_config(n_hidden), task="multiclass", loss="categorical_cross_entropy",
        optimizer="adam", batch_size=32,
    )  # fmt: skip
    hyper = make_hyperparameters(learning_rate=LEARNING_RATE)
    state = init_training(config, seed=seed)
    _, film = train_epochs(config, state, data, hyper, n_epochs=N_EPOCHS)
    return DigitReader(
        parameters=jax.tree.map(lambda frames: frames[-1], film.parameters),
        train_accuracy=film.train_accuracy[-1],
        test_accuracy=film.test_accuracy[-1],
        n_train=data.n_train,
        inputs=data.inputs,
        images=data.raw,
        labels=data.labels,
    )


@functools.partial(jax.jit, static_argnames="config")
def read_digits(parameters: Parameters, inputs, *, config: NetworkConfig) -> Reading:
    """H = ReLU(W1 x + b1), z = W2 h + b2, p = softmax(z), for inputs (64,) or (batch, 64).

    A batch is the same two products with a matrix in place of the vector: H = X W1^T + b1.
    """
    hidden, output = forward_trace(config, parameters, inputs)
    return Reading(hidden.output, output.output, LINKS["multiclass"](output.output))
