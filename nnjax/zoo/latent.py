"""The plane that an autoencoder makes of digits: where each lies, and what is drawn from a place.

Places are given in standard deviations from the middle of all unseen digits, each axis by itself:
an autoencoder's own two numbers have another scale for every seed.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from nnjax.zoo.autoencoder import decode_all, encode_all
from nnjax.zoo.networks import AUTOENCODER
from nnjax.zoo.tasks import digits_with_themselves
from nnjax.zoo.training import train_network

N_NEAR = 5  # neighbours that say whose land a place is


class Plane(NamedTuple):
    """A trained autoencoder and the n unseen digits in its plane; NumPy but for `parameters`."""

    parameters: Any
    middle: np.ndarray  # (2,) of the network's own numbers
    spread: np.ndarray  # (2,) their standard deviations
    places: np.ndarray  # (n, 2) in standard deviations from the middle
    redrawn: np.ndarray  # (n, SIDE, SIDE)
    errors: np.ndarray  # (n,) mean squared error of a pixel

    def raw(self, places: np.ndarray) -> np.ndarray:
        """The network's own numbers for places (..., 2)."""
        return np.asarray(self.middle + self.spread * np.asarray(places, np.float32))


def make_plane(seed: int, *, n_epochs: int) -> Plane:
    """Train the autoencoder and let it place and redraw every unseen digit."""
    task, examples = AUTOENCODER.task, digits_with_themselves()
    settings = np.uint32(seed), np.float32(task.learning_rate), np.int32(n_epochs)
    parameters = train_network(examples, *settings, network=AUTOENCODER).parameters
    images = task.test(examples).inputs
    numbers = np.asarray(encode_all(parameters, images))
    redrawn = np.asarray(decode_all(parameters, numbers))
    middle, spread = numbers.mean(axis=0), np.maximum(numbers.std(axis=0), 1e-6)
    return Plane(
        parameters,
        middle,
        spread,
        (numbers - middle) / spread,
        redrawn,
        ((redrawn - images) ** 2).mean(axis=(1, 2)),
    )


def straight_walk(start: np.ndarray, end: np.ndarray, n_steps: int) -> np.ndarray:
    """u(t) = (1 - t) start + t end for t from 0 to 1: (n_steps, 2)."""
    share = np.linspace(0, 1, n_steps, dtype=np.float32)[:, None]
    return (1 - share) * start + share * end


def land_of(places: np.ndarray, labels: np.ndarray, at: np.ndarray) -> int:
    """The commonest label among the N_NEAR digits nearest to the place `at` (2,)."""
    near = np.argsort(((places - at) ** 2).sum(axis=1), kind="stable")[:N_NEAR]
    return int(np.bincount(labels[near]).argmax())


def loneliest(places: np.ndarray, candidates: Sequence[tuple[float, float]]) -> tuple:
    """The candidate that is farthest from the digit nearest to it."""
    return max(candidates, key=lambda at: float(((places - np.asarray(at)) ** 2).sum(1).min()))


def two_component_error() -> float:
    """Mean squared error of a pixel if unseen digits are redrawn from two principal components.

    x' = m + (x - m) A^T A with the mean m and the two axes A of the digits to train on: the best
    that two numbers can do if all is linear.

    References:
        Pearson (1901), On lines and planes of closest fit to systems of points in space.
    """
    task, examples = AUTOENCODER.task, digits_with_themselves()
    seen = examples.inputs[: task.n_train].reshape(task.n_train, -1)
    unseen = task.test(examples).inputs.reshape(-1, seen.shape[1])
    mean = seen.mean(axis=0)
    axes = np.linalg.svd(seen - mean, full_matrices=False)[2][:2]
    return float((((unseen - mean) - (unseen - mean) @ axes.T @ axes) ** 2).mean())


def errors_of_seeds(n_seeds: int, *, n_epochs: int) -> np.ndarray:
    """The error on unseen digits of autoencoders with the first `n_seeds` seeds: (n_seeds,)."""
    task, examples = AUTOENCODER.task, digits_with_themselves()
    settings = np.float32(task.learning_rate), np.int32(n_epochs)
    runs = (
        train_network(examples, np.uint32(seed), *settings, network=AUTOENCODER)
        for seed in range(n_seeds)
    )
    return np.array([float(run.test_score[n_epochs - 1]) for run in runs], np.float32)
