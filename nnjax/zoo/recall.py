"""A task for a long memory: name the first token of a sequence once it has ended."""

import functools

import numpy as np

from nnjax.zoo.examples import Examples

N_TOKENS = 8
TOKENS = "ABCDEFGH"  # for the screen
N_TRAIN, N_TEST, LENGTH = 1024, 512, 40


@functools.lru_cache(maxsize=8)
def make_recall(seed: int = 0, length: int = LENGTH) -> Examples:
    """Random tokens; the target is the first one, length - 1 steps before the question.

    Inputs (n, length, N_TOKENS) are one-hot, so that the first weights embed; targets
    (n, N_TOKENS). The later tokens are drawn from the same eight, so that nothing but its place
    marks the first, and a guess is right one time in eight. After the tasks with long time lags of
    Hochreiter and Schmidhuber (1997).
    """
    tokens = np.random.default_rng(seed).integers(0, N_TOKENS, (N_TRAIN + N_TEST, length))
    one_hot = np.eye(N_TOKENS, dtype=np.float32)
    return Examples(one_hot[tokens], one_hot[tokens[:, 0]])


def spell(tokens: np.ndarray) -> str:
    """Write a sequence of one-hot rows (length, N_TOKENS) in letters: "BHCA"."""
    return "".join(TOKENS[index] for index in tokens.argmax(axis=-1))
