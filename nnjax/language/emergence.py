"""One model, two scores: whole answers that are right, and how sure it is of each character."""

from typing import NamedTuple

import numpy as np


class Scores(NamedTuple):
    """How a model does on text it has not read."""

    exact: float  # share of stretches of k characters that it continues without a mistake
    each: float  # share of single characters that it guesses right
    chance: float  # the geometric mean of the probability of the right character
    n_stretches: int


def exact_matches(right, k: int):
    """Whether k characters in a row are all right: (n, length) bool -> (n, length - k + 1).

    A greedy model that has been right so far has before it the very text that it is tested on:
    so it writes k characters without a mistake exactly where it guesses each of them right.
    """
    right = np.asarray(right, bool)
    windows = np.lib.stride_tricks.sliding_window_view(right, k, axis=1)
    return windows.all(axis=-1)


def score(right, loss: float, k: int) -> Scores:
    """Both scores of one run: right (n, length) bool, loss the mean of -ln p."""
    matches = exact_matches(right, k)
    return Scores(
        exact=float(matches.mean()),
        each=float(np.mean(right)),
        chance=float(np.exp(-loss)),
        n_stretches=matches.size,
    )


def all_right(each: float, k: int) -> float:
    """p^k: the chance that k guesses are all right if each is, with p, whatever the others are."""
    return each**k


def sharpest_step(values) -> float:
    """The largest share of the whole rise that lies between two neighbours: (n,) -> 0 to 1.

    A straight rise over n values has 1 / (n - 1); a jump has 1.
    """
    steps = np.diff(np.asarray(values, float))
    rise = steps.sum()
    return float(steps.max() / rise) if rise > 0 else float("nan")
