"""What many seeds say together: a band, and who won how often."""

from typing import NamedTuple

import numpy as np

LOW, HIGH = 0.1, 0.9


class Band(NamedTuple):
    """The middle seed, and the two between which eight of ten seeds lie."""

    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray


def band_over_seeds(values) -> Band:
    """The 10, 50 and 90 % quantiles over the leading axis: (n_seeds, ...) -> three of (...).

    A value that is not a number (of a run that diverged) counts as larger than any number. Every
    quantile is a value that some seed really had, so none of them is made of infinity less
    infinity.
    """
    values = np.asarray(values, np.float32)
    ranked = np.sort(np.where(np.isnan(values), np.inf, values), axis=0)
    last = len(ranked) - 1
    return Band(*(ranked[round(share * last)] for share in (LOW, 0.5, HIGH)))


def middle_seed(values) -> float:
    """The middle seed's value, of one number a seed: (n_seeds,) -> a number some seed had."""
    return float(band_over_seeds(values).middle)


def count_wins(challenger, rival) -> int:
    """In how many seeds the challenger's value is the lower one: (n_seeds,) each, in pairs."""
    challenger, rival = (
        np.where(np.isnan(side), np.inf, side) for side in map(np.asarray, (challenger, rival))
    )
    if challenger.shape != rival.shape:
        raise ValueError(f"expected as many seeds on both sides, given {challenger.shape} and "
                         f"{rival.shape}")  # fmt: skip
    return int(np.sum(challenger < rival))
