"""How the cost of reading a sequence grows with its length: in operations, and in time."""

from typing import NamedTuple

import numpy as np

from nnjax.zoo.networks import N_INNER, SEQUENCES, UNITS, WIDTH
from nnjax.zoo.recurrent import CELLS, recurrent_flops
from nnjax.zoo.transformer import transformer_flops

# They read tokens, and keep their parameters whatever the length.
READS_ANY_LENGTH = (*CELLS, "transformer")


class PowerLaw(NamedTuple):
    """A curve factor * x ** exponent."""

    factor: float
    exponent: float

    def __call__(self, x):
        """The curve's value at x."""
        return self.factor * np.asarray(x, float) ** self.exponent


def fit_power_law(x, y) -> PowerLaw:
    """The straight line through (ln x, ln y) that is closest in least squares; x, y > 0."""
    x, y = (np.log(np.asarray(values, float)) for values in (x, y))
    if len(x) < 2:
        raise ValueError(f"a line needs two points, given {len(x)}")
    slope, start = np.polyfit(x, y, 1)
    return PowerLaw(float(np.exp(start)), float(slope))


def recall_flops(architecture: str, length: int) -> int:
    """Operations of one forward pass over `length` tokens, by the formula of the card."""
    _, n_in, n_out = SEQUENCES["recall"]
    if architecture == "transformer":
        inner = N_INNER["recall"]
        shape = {"n_in": n_in, "width": WIDTH, "n_inner": inner, "n_out": n_out}
        return transformer_flops(length=length, **shape)
    n = UNITS[architecture, "recall"]
    return recurrent_flops(cell=CELLS[architecture], n_in=n_in, n=n, n_out=n_out, length=length)
