"""Gradient descent on a whole training set, and how sharp the loss is wherever it stands.

Cohen et al. (2021): while gradient descent trains, the sharpness rises until it reaches
2 / learning rate, and then stays about there; the loss goes on falling, though not at every step.
"""

from dataclasses import dataclass
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np

from nnjax.data import DATASETS, Dataset, prepare_dataset
from nnjax.landscapes.landscape import to_vectors
from nnjax.landscapes.sharpness import sharpness_of_each
from nnjax.networks import NetworkConfig
from nnjax.training.chunks import FRAMES_PER_CHUNK, still_frame, train_epochs
from nnjax.training.config import TrainingConfig, make_hyperparameters
from nnjax.training.state import NOT_DIVERGED, init_training

N_ROWS = 200  # a small set: every step goes through all of it
LATE = 0.25  # the last part of a run, in which it has settled
NEAR = 0.1  # of 2 / rate: within this, the sharpness is at the edge


@dataclass(frozen=True, kw_only=True)
class EdgeSettings:
    """One run but for its seed; `epochs` is rounded to a whole number per frame."""

    dataset: str = "diabetes"
    width: int = 16  # of both hidden layers
    activation: str = "tanh"
    learning_rate: float = 0.1
    epochs: int = 1000
    batch_size: int = N_ROWS


class EdgeRun(NamedTuple):
    """One run, frame by frame, from the untrained network on."""

    epochs: np.ndarray  # (n_frames,)
    loss: np.ndarray  # (n_frames,) of the training set
    sharpness: np.ndarray  # (n_frames,) the Hessian's top eigenvalue
    diverged_at: int  # the step, or NOT_DIVERGED


def edge_config(settings: EdgeSettings) -> TrainingConfig:
    """Two hidden layers, mean squared error, plain gradient descent."""
    spec = DATASETS[settings.dataset]
    network = NetworkConfig(
        n_in=spec.n_features,
        hidden=(settings.width,) * 2,
        n_out=spec.n_outputs,
        activations=(settings.activation,) * 2,
        initializer="xavier",
    )
    return TrainingConfig(
        network=network, task=spec.task, loss="mse", batch_size=settings.batch_size
    )


def small_set(dataset: str) -> Dataset:
    """The first N_ROWS training rows of a data set, and no others."""
    data = prepare_dataset(DATASETS[dataset], train_share=0.9)
    return data._replace(
        inputs=data.inputs[:N_ROWS], targets=data.targets[:N_ROWS], n_train=jnp.int32(N_ROWS)
    )


def train_to_the_edge(settings: EdgeSettings, seed: int) -> EdgeRun:
    """One run from the weights of `seed`: losses and sharpness over FRAMES_PER_CHUNK frames."""
    config, data = edge_config(settings), small_set(settings.dataset)
    hyper = make_hyperparameters(learning_rate=settings.learning_rate)
    state = init_training(config, seed=seed)
    first = still_frame(config, state, data, hyper)
    per_frame = max(1, round(settings.epochs / FRAMES_PER_CHUNK))
    state, film = train_epochs(
        config, state, data, hyper, n_epochs=per_frame, n_frames=FRAMES_PER_CHUNK
    )
    vectors = np.concatenate([to_vectors(part.parameters) for part in (first, film)])
    return EdgeRun(
        epochs=np.arange(len(vectors)) * per_frame,
        loss=np.concatenate([first.train_loss, film.train_loss]),
        sharpness=np.asarray(sharpness_of_each(vectors, data, config=config)),
        diverged_at=int(state.diverged_at),
    )


def late_ratio(run: EdgeRun, learning_rate: float) -> float:
    """The sharpness in the last quarter of a run, in units of 2 / rate: the middle frame's."""
    if run.diverged_at != NOT_DIVERGED:
        return float("nan")
    late = run.sharpness[-round(len(run.sharpness) * LATE) :]
    return float(np.median(late)) * learning_rate / 2
