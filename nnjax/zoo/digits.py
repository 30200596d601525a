"""The handwritten digits as images with one grey scale for all pixels, seen and unseen ones."""

import functools
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np

from nnjax.data import DATASETS, prepare_dataset

SIDE, N_CLASSES, BLACK = 8, 10, 16
TRAIN_SHARE, N_TRAIN, N_TEST = 0.7, 1258, 539


class Digits(NamedTuple):
    """Shuffled images, the first N_TRAIN to train on; NumPy, so that callers may cut as they like.

    Every pixel is divided by 16: 0 is paper, 1 is full ink. Giving each pixel its own mean and
    scale, as for a dense network, would make a stroke look different wherever it stands.
    """

    images: np.ndarray  # (n, SIDE, SIDE) float32 in [0, 1]
    labels: np.ndarray  # (n,) int32

    @property
    def test(self) -> "Digits":
        """The images that no network is trained on."""
        return Digits(self.images[N_TRAIN:], self.labels[N_TRAIN:])


@functools.lru_cache(maxsize=32)
def load_digits(split_seed: int = 0) -> Digits:
    """All 1,797 images in the order of `prepare_dataset` for this seed."""
    data = prepare_dataset(DATASETS["digits"], seed=split_seed, train_share=TRAIN_SHARE)
    images = np.asarray(data.raw, np.float32).reshape(-1, SIDE, SIDE) / BLACK
    return Digits(images, np.asarray(data.labels).astype(np.int32))


def shift_images(images, down: int, right: int):
    """Move images (..., SIDE, SIDE) by whole pixels; what leaves is lost, what enters is paper."""
    edges = [(0, 0)] * (images.ndim - 2)
    padded = jnp.pad(images, [*edges, (SIDE, SIDE), (SIDE, SIDE)])
    return padded[..., SIDE - down : 2 * SIDE - down, SIDE - right : 2 * SIDE - right]
