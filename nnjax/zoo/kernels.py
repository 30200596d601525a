"""Kernels that somebody chose by hand, and one of them passed over an image."""

from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.zoo.convolution import REACH, WINDOW, Convolution, convolve
from nnjax.zoo.digits import shift_images


@dataclass(frozen=True, kw_only=True)
class Kernel:
    """Nine weights, row by row, and what they are good for."""

    key: str
    label: str
    weights: tuple[float, ...]
    note: str


_ROWS = (
    Kernel(
        key="upright",
        label="Upright edge",
        weights=(-1, 0, 1, -2, 0, 2, -1, 0, 1),
        note="Ink on the right counts for it, ink on the left against it (after Sobel): where both "
        "are alike, nothing is left.",
    ),
    Kernel(
        key="level",
        label="Level edge",
        weights=(-1, -2, -1, 0, 0, 0, 1, 2, 1),
        note="The same lying down: ink below counts for it, ink above against it.",
    ),
    Kernel(
        key="outline",
        label="Outline",
        weights=(-1, -1, -1, -1, 8, -1, -1, -1, -1),
        note="A pixel against its eight neighbours: all that is even, paper or ink, becomes 0.",
    ),
    Kernel(
        key="blur",
        label="Blur",
        weights=(0.1, 0.1, 0.1, 0.1, 0.2, 0.1, 0.1, 0.1, 0.1),
        note="A mean of the patch: its numbers add up to 1, so the amount of ink stays.",
    ),
    Kernel(
        key="sharpen",
        label="Sharpen",
        weights=(0, -1, 0, -1, 5, -1, 0, -1, 0),
        note="The pixel itself and, on top, how far it stands out from four neighbours.",
    ),
    Kernel(
        key="emboss",
        label="Emboss",
        weights=(-2, -1, 0, -1, 1, 1, 0, 1, 2),
        note="The pixel and the slope from upper left to lower right: as if lit from one side.",
    ),
    Kernel(
        key="identity",
        label="Identity",
        weights=(0, 0, 0, 0, 1, 0, 0, 0, 0),
        note="Only the pixel itself: the map is the image.",
    ),
)
KERNELS: dict[str, Kernel] = {row.key: row for row in _ROWS}


@jax.jit
def filter_image(weights: jax.Array, bias: jax.Array, image: jax.Array) -> jax.Array:
    """The sums of one kernel (3, 3) at every pixel of an image: (height, width) -> the same."""
    layer = Convolution(weights[None, :, :, None], bias[None])
    return convolve(layer, image[:, :, None])[:, :, 0]


def patch_at(image: np.ndarray, row: int, column: int) -> np.ndarray:
    """The WINDOW x WINDOW pixels around one of them, zeros beyond the edge."""
    padded = np.pad(image, REACH)
    return padded[row : row + WINDOW, column : column + WINDOW]


def changed_by_move(weights: np.ndarray, bias: float, image: np.ndarray) -> np.ndarray:
    """How far the map of the image moved one pixel right is from the map moved: (height, width).

    |(w * moved x) - moved (w * x)|: exactly 0 but where the image's edge is in the patch.
    """
    settings = jnp.asarray(weights), jnp.float32(bias)
    of_moved = filter_image(*settings, shift_images(jnp.asarray(image), 0, 1))
    moved_map = shift_images(filter_image(*settings, jnp.asarray(image)), 0, 1)
    return np.abs(np.asarray(of_moved - moved_map))
