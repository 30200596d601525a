"""What the laboratory "Outliers" says about what it computed."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnjax.outliers import FITS, N_SEEDS
from nnjax.races.bands import Band

NAMES = {"mse": "Squared error", "mae": "Absolute error", "huber": "Huber"}
NEAR, FAR = -2.0, -8.0  # below the rule, for the question
QUESTION = (
    f"The diamond hangs {-NEAR:.0f} below the others. You pull it down to {-FAR:.0f} below: four "
    "times as far. How much further does the line of absolute error move?"
)
OPTIONS = ("hardly any further", "twice as far", "four times as far")
_SIZES = (1.0, 2.0, 4.0)
FORMULA_NOTE = (
    "The pull is `jax.grad` of the loss of one point. Squared error pulls twice the error, however "
    "large: the farthest point has the loudest voice. Absolute error lets every point pull with 1, "
    "so a line settles where as many pull up as down. Huber is squared up to an error of 1 and "
    "absolute beyond it. None of the three is right by itself: if the far point is the one that "
    "matters, squared error is the one that listens."
)
IN_LLMS = (
    "Cross-entropy has no ceiling either: one garbled token can cost many times the mean. Its "
    "pull at a logit stays between -1 and 1, but the pulls of a whole batch add up, so large "
    "models *clip* the gradient: GPT-3 was trained with its length cut at 1. Huber's loss does to "
    "each error what clipping does to each batch."
)


def table(study: Any) -> str:
    """Return each fit's slope with and without the outlier, and how far it moved, as Markdown."""
    lines = ["| fit | slope | moved |", "|:--|--:|--:|"]
    for i, key in enumerate(FITS):
        before, after = (fits.lines.slope[i] for fits in (study.without, study.with_it))
        lines.append(f"| {NAMES[key]} | {before:.2f} → {after:.2f} | **{study.moved[i]:.2f}** |")
    return "\n".join(lines)


def what_to_see(study: Any) -> str:
    """Return who moved most, and whom the outlier hardly touched."""
    order = np.argsort(study.moved)
    most, least = order[-1], order[0]
    if study.moved[most] < 0.1:
        return "The diamond agrees with the others: **no line moves much**."
    said = (
        f"The diamond moves the line of **{_name(most)}** by **{study.moved[most]:.2f}** on "
        f"average, that of {_name(order[1])} by {study.moved[order[1]]:.2f} and that of "
        f"{_name(least)} by {study.moved[least]:.2f}. "
    )
    squared = study.with_it.pulls[0, 0]
    return said + (
        f"In squared error it pulls with **{abs(squared):.1f}**, in the two others with at most 1. "
        f"The lower picture: the middle of {N_SEEDS} sets of points and eight in ten; the dotted "
        "line is where yours is."
    )


def _name(index: int) -> str:
    name = NAMES[FITS[index]]
    return name if name == "Huber" else name.lower()


def describe_fits(study: Any) -> str:
    """Return the picture of the fits in words."""
    x, y = study.outlier
    said = ", ".join(
        f"{NAMES[key]} {study.without.lines.slope[i]:.2f} to {study.with_it.lines.slope[i]:.2f}"
        for i, key in enumerate(FITS)
    )
    return f"Points, an outlier at ({x:.1f}, {y:.1f}) and three lines. Slopes change: {said}."


def describe_pulls(study: Any) -> str:
    """Return the picture of the pulls in words."""
    said = ", ".join(f"{NAMES[key]} {study.with_it.pulls[i, 0]:.2f}" for i, key in enumerate(FITS))
    return f"Pull of a point over its error. The outlier pulls: {said}."


def describe_bands(bands: Mapping[str, Band], gaps) -> str:
    """Return the picture of the bands in words."""
    said = ", ".join(f"{NAMES[key]} {band.middle[0]:.2f}" for key, band in bands.items())
    return (
        f"How far each line moves by the outlier's height, {N_SEEDS} sets of points. At "
        f"{gaps[0]:.0f}: {said}."
    )


def compare_moves(bands: Mapping[str, Band], gaps) -> tuple[str, str]:
    """Return the option that fits absolute error, and why."""
    near, far = (int(np.argmin(np.abs(gaps - gap))) for gap in (NEAR, FAR))
    moved = {key: (band.middle[near], band.middle[far]) for key, band in bands.items()}
    ratio = moved["mae"][1] / max(moved["mae"][0], 1e-6)
    answer = OPTIONS[int(np.argmin([abs(np.log(size / ratio)) for size in _SIZES]))]
    said = "; ".join(f"{NAMES[key]} {a:.3f} and then {b:.3f}" for key, (a, b) in moved.items())
    return answer, (
        f"Mean distances, middle of {N_SEEDS} sets of points: {said}. Once a point lies below the "
        "line of absolute error, how far below makes no difference."
    )


def formulas(study: Any) -> tuple[str, ...]:
    """Return the outlier's pull in each fit with its numbers."""
    (mse, mae, huber), pulls = study.with_it.errors[:, 0], study.with_it.pulls[:, 0]
    return (
        rf"\text{{squared:}}\quad 2\,e = 2 \cdot ({mse:.2f}) = {pulls[0]:.2f}",
        rf"\text{{absolute:}}\quad \text{{sign}}(e) = \text{{sign}}({mae:.2f}) = {pulls[1]:.0f}",
        rf"\text{{Huber:}}\quad \max(-1, \min(1, e)) = \max(-1, \min(1, {huber:.2f}))"
        rf" = {pulls[2]:.2f}",
    )
