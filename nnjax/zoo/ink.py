"""A drawing of 8 x 8 cells: as text, a level of ink for each cell, and as an image."""

import numpy as np

from nnjax.zoo.digits import SIDE

LEVELS = 4  # of ink; 0 is paper
N_CELLS = SIDE * SIDE
BLANK = "0" * N_CELLS


def read_ink(text: str) -> np.ndarray:
    """Return the image (SIDE, SIDE), ink from 0 to 1, that `text` gives row by row.

    Raises:
        ValueError: it is not N_CELLS levels from 0 to LEVELS.
    """
    if len(text) != N_CELLS or not set(text) <= set("01234"):
        raise ValueError(f"a drawing is {N_CELLS} levels of ink from 0 to {LEVELS}, row by row")
    return np.array([*map(int, text)], np.float32).reshape(SIDE, SIDE) / LEVELS


def write_ink(image: np.ndarray) -> str:
    """Return the nearest level of every cell of an image (SIDE, SIDE), ink from 0 to 1."""
    levels = np.floor(np.clip(image, 0, 1) * LEVELS + 0.5)
    return "".join(str(int(level)) for level in levels.ravel())


def move_ink(text: str, down: int, right: int) -> str:
    """Return the drawing moved by whole cells; what leaves is lost, what enters is paper."""
    reach = max(abs(down), abs(right))
    padded = np.pad(read_ink(text), reach)
    top, left = reach - down, reach - right
    return write_ink(padded[top : top + SIDE, left : left + SIDE])
