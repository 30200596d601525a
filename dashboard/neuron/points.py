"""Labelled points of the learner's own: as text in the address, by clicks, in a table."""

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from nnjax.separation.perceptron import CAPACITY

LOW, HIGH, STEP = -0.5, 1.5, 0.05
REACH = 0.07  # a click this close to a point means the point


class LabelledPoint(NamedTuple):
    """A place in the plane and whether the neuron should fire there (1) or not (0)."""

    x1: float
    x2: float
    target: int


def snap(value: float) -> float:
    """Return the nearest place on the grid, within the plane."""
    return round(round(min(HIGH, max(LOW, value)) / STEP) * STEP, 2)


def read_points(text: str) -> tuple[LabelledPoint, ...]:
    """Return the points of a text such as "0,0:0 1,1:1"; ValueError says what is wrong with it."""
    points = unique(_read_point(word) for word in text.split())
    if len(points) > CAPACITY:
        raise ValueError(f"There is room for {CAPACITY} points; the text has {len(points)}.")
    return points


def _read_point(word: str) -> LabelledPoint:
    try:
        place, target = word.split(":")
        x1, x2 = map(float, place.split(","))
        inside = all(LOW <= x <= HIGH for x in (x1, x2))
    except ValueError:
        inside, target = False, ""
    if not inside or target not in ("0", "1"):
        raise ValueError(
            f"A point is written x1,x2:class, with x1 and x2 from {LOW} to {HIGH} and class 0 or "
            "1, such as 0.5,1:1."
        )
    return LabelledPoint(snap(x1), snap(x2), int(target))


def write_points(points: Iterable[LabelledPoint]) -> str:
    """Return the text that `read_points` reads: "0,0:0 1,1:1"."""
    return " ".join(f"{point.x1:g},{point.x2:g}:{point.target}" for point in points)


def unique(points: Iterable[LabelledPoint]) -> tuple[LabelledPoint, ...]:
    """Return the points without doubles, in order; two classes may share a place."""
    return tuple(dict.fromkeys(points))


def clicked(
    points: tuple[LabelledPoint, ...], x1: float, x2: float, target: int
) -> tuple[LabelledPoint, ...]:
    """Return the points after a click: an empty place gets a point of class `target`.

    A point of that class changes class; one of the other class goes away.
    """
    near = min(points, key=lambda p: math.hypot(p.x1 - x1, p.x2 - x2), default=None)
    if near is None or math.hypot(near.x1 - x1, near.x2 - x2) > REACH:
        return unique((*points, LabelledPoint(snap(x1), snap(x2), target)))[:CAPACITY]
    if near.target == target:
        return unique(p._replace(target=1 - target) if p == near else p for p in points)
    return tuple(p for p in points if p != near)


def edited(rows: Iterable[LabelledPoint | None], edits: dict) -> tuple[LabelledPoint, ...]:
    """Return the points after edits made in Streamlit's table; unfinished rows are left out."""
    table = [row._asdict() if row else {} for row in rows]
    for number, changes in edits.get("edited_rows", {}).items():
        table[int(number)] |= changes
    gone = set(edits.get("deleted_rows", ()))
    kept = [row for number, row in enumerate(table) if number not in gone]
    return unique(filter(None, map(_read_row, kept + edits.get("added_rows", []))))[:CAPACITY]


def _read_row(row: dict) -> LabelledPoint | None:
    values = [row.get(name) for name in LabelledPoint._fields]
    if any(not isinstance(v, int | float) or not math.isfinite(v) for v in values):
        return None
    return LabelledPoint(snap(values[0]), snap(values[1]), int(bool(values[2])))


def as_arrays(points: Iterable[LabelledPoint]) -> tuple[np.ndarray, np.ndarray]:
    """Return places (n, 2) and targets (n,)."""
    table = np.array(list(points), np.float64).reshape(-1, 3)
    return table[:, :2], table[:, 2].astype(int)


CORNERS = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))


def rule(*targets: int) -> tuple[LabelledPoint, ...]:
    """Return the four corners of the unit square with these targets, in the order of `CORNERS`."""
    return tuple(
        LabelledPoint(*corner, target) for corner, target in zip(CORNERS, targets, strict=True)
    )


RULES = {"and": rule(0, 0, 0, 1), "or": rule(0, 1, 1, 1), "xor": rule(0, 1, 1, 0)}
FIRST_OWN = "0.1,0.2:0 -0.2,0.6:0 0.4,-0.1:0 0.2,0.75:0 1.2,0.6:1 0.6,1.3:1 1.3,1.2:1 0.9,0.85:1"
