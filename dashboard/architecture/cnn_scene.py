"""What the laboratory "What a CNN sees" shows: one network, one image, one filter, one unit."""

from typing import NamedTuple

import numpy as np

from dashboard.compute import run
from nnjax.zoo.cnn import Stages, read_image
from nnjax.zoo.digits import load_digits
from nnjax.zoo.looking import Looking

N_EXCITING = 8  # images


class Scene(NamedTuple):
    """A trained network, the image that it looks at, and what the learner follows in it."""

    looking: Looking
    stages: Stages  # of the image
    image: np.ndarray  # (8, 8), ink from 0 to 1
    truth: int
    probabilities: np.ndarray  # (10,)
    accuracy: float  # share of unseen digits that are read right
    filter: int  # counted from 0, as is the unit
    unit: int
    spot: tuple[int, int]  # row and column where the filter's sum is largest
    exciting: np.ndarray  # at most N_EXCITING: the unseen images that excite the unit most
    exciting_labels: np.ndarray
    strengths: np.ndarray

    @property
    def seen(self) -> int:
        """The digit with the largest probability."""
        return int(self.probabilities.argmax())

    @property
    def kernels(self) -> np.ndarray:
        """The first layer's weights (8, 3, 3)."""
        return self.looking.network.parameters.first.kernels[..., 0]

    @property
    def kernel(self) -> np.ndarray:
        """The weights (3, 3) of the chosen filter."""
        return self.kernels[self.filter]


def look_at(looking: Looking, image: int, chosen: int, unit: int, epochs: int) -> Scene:
    """Look at one image and at one filter and unit."""
    test = load_digits().test
    stages = run("one image", read_image, looking.network.parameters, test.images[image])
    sums = stages.first_sums[:, :, chosen]
    strengths = looking.strongest[:, unit]
    exciting = np.argsort(-strengths, kind="stable")[:N_EXCITING]
    exciting = exciting[strengths[exciting] > 0]
    return Scene(
        looking=looking,
        stages=stages,
        image=test.images[image],
        truth=int(test.labels[image]),
        probabilities=looking.probabilities[image],
        accuracy=float(looking.network.test_score[epochs - 1]),
        filter=chosen,
        unit=unit,
        spot=tuple(int(part) for part in np.unravel_index(sums.argmax(), sums.shape)),
        exciting=exciting,
        exciting_labels=test.labels[exciting],
        strengths=strengths[exciting],
    )
