"""What the laboratory "Kernels" says about nine numbers, an image and a map."""

from typing import NamedTuple

import numpy as np

from dashboard.architecture.cnn_words import looks_for
from dashboard.formulas import weighted_sum

OPTIONS = (
    "It moves along: the same numbers, a pixel to the right",
    "It stays where it is",
    "Every number changes",
)
QUESTION = "The image is moved one pixel to the right. What happens to this kernel's map?"
NOTE = (
    "$x$ is the ink, from 0 for paper to 1, around row $r$ and column $c$: the frame. The same "
    "nine weights and the bias make all 64 sums, and what lies beyond the edge counts as paper. "
    "The kernel is not flipped, as everywhere in deep learning."
)
IN_LLMS = (
    "A kernel is used at every pixel; a language model's weight matrices are used at every token "
    "in the same way. That is why one model reads texts of any length, and why its size does not "
    "depend on the length. Some have kernels proper: Whisper hears through two convolutions of "
    "width 3 (Radford et al. 2022), and Mamba passes one of width 4 along the tokens (Gu and Dao "
    "2023). Compare one weight matrix with what a dense layer over the whole text would need."
)


class Scene(NamedTuple):
    """A kernel, an image, and the sum that the learner follows."""

    image: np.ndarray  # (8, 8), ink from 0 to 1
    truth: int
    weights: np.ndarray  # (3, 3)
    bias: float
    relu: bool
    map: np.ndarray  # (8, 8)
    spot: tuple[int, int]  # row and column, from 0
    patch: np.ndarray  # (3, 3)

    @property
    def limit(self) -> float:
        """The largest size of a sum that any image could make."""
        up, down = self.weights[self.weights > 0].sum(), -self.weights[self.weights < 0].sum()
        return float(max(up, down) + abs(self.bias)) or 1.0

    @property
    def sum(self) -> float:
        """The sum at the spot, before any ReLU."""
        return float((self.patch * self.weights).sum() + self.bias)


def about_map(scene: Scene, note: str) -> str:
    """Say what this kernel looks for and how its map came out."""
    if not scene.weights.any():
        return "**All nine numbers are 0**: whatever the image, every sum is the bias alone."
    what = note or f"This kernel {looks_for(scene.weights)}."
    said = f"{what} Blue is above 0, orange below."
    if not np.abs(scene.map).max():
        cut = ": none of its sums is above 0, and ReLU cuts off the rest" if scene.relu else ""
        return f"{said} **It is silent on this image{cut}.** Training could not wake it up."
    row, column = np.unravel_index(scene.map.argmax(), scene.map.shape)
    return (
        f"{said} Its largest sum, **{scene.map.max():.2f}**, is at row {row + 1}, column "
        f"{column + 1}."
    )


def about_sum(scene: Scene) -> str:
    """Say how one sum came about."""
    row, column = scene.spot
    products = scene.patch * scene.weights
    up, down = float(products[products > 0].sum()), float(products[products < 0].sum())
    said = (
        f"Row {row + 1}, column {column + 1}: the products above 0 make {up:.2f}, those below "
        f"{down:.2f}, the bias {scene.bias:.2f}. Together **{scene.sum:.2f}**"
    )
    if scene.relu and scene.sum < 0:
        said += ", which ReLU turns into **0**"
    edge = row in (0, 7) or column in (0, 7)
    return f"{said}.{' Part of the frame lies beyond the edge, on paper.' if edge else ''}"


def about_learned(kernels: np.ndarray, chosen: int | None) -> str:
    """Say what the learned kernels are, and what the one in the fields looks for."""
    said = (
        "Nobody chose these 72 numbers: they began at random, and training on 1,258 digits moved "
        "them. Each, called a *filter* here, stands left of its map of **your image**, after bias "
        "and ReLU. "
    )
    if chosen is None:
        return f"{said}Take one of them to work its sums out by hand, or to change it."
    return f"{said}**Filter {chosen + 1}**, now in your nine fields, {looks_for(kernels[chosen])}."


def describe_image(scene: Scene) -> str:
    """Return the image in words."""
    row, column = scene.spot
    return (
        f"An unseen digit, a {scene.truth}, as 8 by 8 pixels from 0 to 16. Framed: the patch "
        f"around row {row + 1}, column {column + 1}."
    )


def describe_map(scene: Scene) -> str:
    """Return the map in words."""
    row, column = scene.spot
    return (
        f"The kernel's map, 8 by 8 sums from {scene.map.min():.2f} to {scene.map.max():.2f}. "
        f"Framed: {scene.map[row, column]:.2f} at row {row + 1}, column {column + 1}."
    )


def describe_products(scene: Scene) -> str:
    """Return the nine products in words."""
    parts = (
        f"{x:.2f} times {w:.2f}"
        for x, w in zip(scene.patch.ravel(), scene.weights.ravel(), strict=True)
    )
    return f"The patch times the kernel: {', '.join(parts)}. With the bias: {scene.sum:.2f}."


def describe_learned(kernels: np.ndarray, maps: np.ndarray, start: int, count: int) -> str:
    """Return some of the learned kernels in words."""
    parts = (
        f"filter {index + 1} {looks_for(kernels[index])}, up to {maps[index].max():.2f} here"
        for index in range(start, start + count)
    )
    return f"Learned filters beside their maps of the image: {'; '.join(parts)}."


def answer(changed: np.ndarray) -> tuple[str, str]:
    """Return what a move does to the map, and where it is not the same map moved."""
    inside, edge = changed[:, 1:-1].max(), max(changed[:, 0].max(), changed[:, -1].max())
    option = OPTIONS[0] if inside < 1e-5 else OPTIONS[2]
    why = (
        f"In the six columns between the edges, the map of the moved image and the moved map "
        f"differ by {inside:.0e} at most. "
        if inside
        else "In the six columns between the edges, the map of the moved image is the moved map, "
        "to the last digit. "
    )
    at_edge = (
        f"In the outer two the difference reaches {edge:.2f}: there a stroke was cut off, or paper "
        "took its place. "
        if edge > 1e-5
        else "In the outer two there is no difference either, because no ink is near them. "
    )
    return option, (
        f"{why}{at_edge}This is called *translation equivariance*: a stroke is found wherever it "
        "stands."
    )


def formulas(scene: Scene) -> tuple[str, ...]:
    """Return the sum with its nine products."""
    row, column = (part + 1 for part in scene.spot)
    total = weighted_sum(scene.weights.ravel(), scene.patch.ravel(), scene.bias)
    lines = [
        r"z_{r,c} = b + \sum_{i=1}^{3} \sum_{j=1}^{3} w_{i,j}\, x_{r+i-2,\; c+j-2}",
        rf"z_{{{row},{column}}} = {total} = {scene.sum:.2f}",
    ]
    if scene.relu:
        lines.append(rf"\max(0,\ {scene.sum:.2f}) = {max(0.0, scene.sum):.2f}")
    return tuple(lines)
