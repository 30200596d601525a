"""What the laboratory "Latent plane" says about an autoencoder, a place and a walk."""

from typing import NamedTuple

import numpy as np

from dashboard.charts.latent import REACH, Walk
from dashboard.wording import count
from nnjax.zoo.latent import Plane, land_of

OPTIONS = ("Two principal components", "Both about the same", "The autoencoder")
SAME = 0.05  # shares of an error as close as this are called about the same
QUESTION = (
    "Every digit must pass through two numbers. Once, all is linear: the two *principal "
    "components*, the best that straight axes can do. Once, it is this autoencoder, with a layer "
    "of ReLU on each side. Which of them redraws unseen digits with the smaller error?"
)
NOTE = (
    "The plane shows both numbers in standard deviations from the middle of all unseen digits; the "
    "network's own are in the first line. The error is the mean square over the 64 pixels, ink "
    "from 0 to 1."
)
IN_LLMS = (
    "A language model keeps the keys and values of every token that it has read, and that memory "
    "limits how long a text may be. DeepSeek-V2 squeezes them as this autoencoder squeezes a "
    "digit: of each token and layer it keeps one short *latent* vector of 512 numbers (and 64 for "
    "the position), from which the keys and values of all 128 heads are made again when they are "
    "needed. Its plane has 512 axes rather than two."
)


class Scene(NamedTuple):
    """An autoencoder's plane, the place that the learner points at, and a walk."""

    plane: Plane
    labels: np.ndarray  # (n,) of the unseen digits
    at: np.ndarray  # (2,)
    drawn: np.ndarray  # (8, 8), from there
    walk: Walk
    ends: tuple[int, int]  # the digits at its ends

    def land(self, place: np.ndarray) -> int:
        """The digit that most of a place's neighbours are."""
        return land_of(self.plane.places, self.labels, place)


def a_digit(digit: int) -> str:
    """Return "a 3", "an 8"."""
    return f"an {digit}" if digit == 8 else f"a {digit}"


def about_place(scene: Scene) -> str:
    """Say what is drawn where the learner points, and how near the nearest digit is."""
    far = np.sqrt(((scene.plane.places - scene.at) ** 2).sum(axis=1))
    nearest = int(far.argmin())
    x, y = map(float, scene.at)
    what = a_digit(int(scene.labels[nearest]))
    if far[nearest] > 0.75:
        return (
            f"At ({x:.2f}, {y:.2f}) **no digit is near**: the closest, {what}, is "
            f"{far[nearest]:.2f} away. Nothing was ever learned here, and yet something is drawn."
        )
    return (
        f"At ({x:.2f}, {y:.2f}) most neighbours are **{scene.land(scene.at)}s**; the nearest is "
        f"{what}. Nobody wrote what is drawn there. Press play to walk the dotted line."
    )


def captions(scene: Scene) -> list[str]:
    """Return a line for each step of the walk: whose land it crosses."""
    n = len(scene.walk.places)
    return [
        f"{step / (n - 1):.0%} of the way, among {scene.land(place)}s"
        for step, place in enumerate(scene.walk.places)
    ]


def end_names(scene: Scene) -> list[str]:
    """Return what stands over the four pictures: both ends, as they are and drawn again."""
    return [
        name
        for end, digit in zip(scene.ends, scene.walk.names, strict=True)
        for name in (f"<b>{digit}</b>", f"again: {scene.plane.errors[end]:.3f}")
    ]


def about_ends(scene: Scene) -> str:
    """Say how well the ends are redrawn."""
    plane = scene.plane
    first, second = (float(plane.errors[end]) for end in scene.ends)
    outside = int((np.abs(plane.places) > REACH).any(axis=1).sum())
    return (
        f"The walk's ends and what is left of them after two numbers: errors of {first:.3f} and "
        f"{second:.3f}, where the mean over all unseen digits is **{plane.errors.mean():.3f}**."
        + (
            f" {count(outside, 'digit')} of {len(plane.places)} lie beyond the plane's edge."
            if outside
            else ""
        )
    )


def describe_plane(scene: Scene, all_drawn: bool) -> str:
    """Return the plane in words."""
    x, y = map(float, scene.at)
    where = f"The chosen place is ({x:.2f}, {y:.2f}); a dotted line leads from "
    where += f"{scene.walk.names[0]} to {scene.walk.names[1]}."
    if all_drawn:
        return f"What the decoder draws at places all over the plane. {where}"
    middles = (
        f"{digit}s around ({x:.1f}, {y:.1f})"
        for digit in range(10)
        for x, y in [np.median(scene.plane.places[scene.labels == digit], axis=0)]
    )
    return f"{len(scene.labels)} digits at their places: {', '.join(middles)}. {where}"


def describe_pair(scene: Scene) -> str:
    """Return the two pictures in words."""
    start, end = scene.walk.names
    return (
        f"Above, the image drawn from the chosen place, among {scene.land(scene.at)}s, its ink "
        f"{scene.drawn.mean():.0%} on average. Below, the image on the walk from {start} to {end}."
    )


def describe_ends(scene: Scene) -> str:
    """Return the four pictures in words."""
    parts = (
        f"{name} and the same drawn again with an error of {scene.plane.errors[end]:.3f}"
        for name, end in zip(scene.walk.names, scene.ends, strict=True)
    )
    return f"Four images: {'; '.join(parts)}."


def answer(errors: np.ndarray, linear: float, n_epochs: int) -> tuple[str, str]:
    """Return who has the smaller error, over all seeds tried, and the numbers."""
    middle = float(np.median(errors))
    option = OPTIONS[2] if middle < linear else OPTIONS[0]
    if abs(middle / linear - 1) < SAME:
        option = OPTIONS[1]
    better = int((errors < linear).sum())
    return option, (
        f"Two principal components leave {linear:.4f}. The autoencoder, {n_epochs} "
        f"{'epoch' if n_epochs == 1 else 'epochs'} from {len(errors)} seeds, leaves "
        f"{errors.min():.4f} to {errors.max():.4f}, and is better in {better} of {len(errors)}. "
        "It may bend the plane to where the digits are."
    )


def formulas(scene: Scene) -> tuple[str, ...]:
    """Return encoding, drawing again and the walk, with the numbers of the walk's first end."""
    plane, end = scene.plane, scene.ends[0]
    first, second = plane.raw(plane.places[end])
    (x0, y0), (x1, y1) = scene.walk.places[0], scene.walk.places[-1]
    return (
        rf"\mathbf z = \mathrm{{encode}}(\mathbf x) = ({first:.2f},\ {second:.2f})",
        r"\frac{1}{64} \sum_{i=1}^{64} \bigl(x_i - \mathrm{decode}(\mathbf z)_i\bigr)^2 = "
        rf"{plane.errors[end]:.4f}",
        rf"\mathbf u(t) = (1 - t)\,({x0:.2f},\ {y0:.2f}) + t\,({x1:.2f},\ {y1:.2f})",
    )
