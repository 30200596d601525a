"""Each loss of page 06 with the learner's numbers in it, as LaTeX."""

import math
from collections.abc import Callable
from dataclasses import dataclass

Terms = Callable[[float, int], str]


@dataclass(frozen=True, kw_only=True)
class Worked:
    """The right-hand sides of L and of dL/dp, for a probability and a truth of 0 or 1."""

    loss: Terms
    slope: Terms


def _given(p: float, y: int) -> str:
    """Return the probability that was given to the truth."""
    return f"{p if y else 1 - p:.2f}"


def _side(y: int, text: str) -> str:
    """Return a slope's sign: every loss falls as p moves to the truth."""
    return f"-{text}" if y else text


def _log(p: float, y: int) -> str:
    return rf"-\ln {_given(p, y)}"


def _reciprocal(p: float, y: int) -> str:
    return _side(y, rf"\frac{{1}}{{{_given(p, y)}}}")


def _margin(p: float, y: int) -> float:
    return math.log(p / (1 - p)) * (1 if y else -1)


def _hinge_slope(p: float, y: int) -> str:
    if _margin(p, y) >= 1:
        return r"0 \quad\text{(the margin is at least 1)}"
    return _side(y, rf"\frac{{1}}{{{p:.2f} \cdot {1 - p:.2f}}}")


_LOGARITHM = Worked(loss=_log, slope=_reciprocal)
WORKED: dict[str, Worked] = {
    "mse": Worked(
        loss=lambda p, y: f"({p:.2f} - {y})^2",
        slope=lambda p, y: rf"2\,({p:.2f} - {y})",
    ),
    "mae": Worked(
        loss=lambda p, y: f"|{p:.2f} - {y}|",
        slope=lambda p, y: rf"\text{{sign}}({p:.2f} - {y})",
    ),
    "huber": Worked(
        loss=lambda p, y: rf"\tfrac12\,({p:.2f} - {y})^2",
        slope=lambda p, y: f"{p:.2f} - {y}",
    ),
    "binary_cross_entropy": Worked(
        loss=lambda p, y: rf"-\left({y} \cdot \ln {p:.2f} + {1 - y} \cdot \ln {1 - p:.2f}\right)",
        slope=_reciprocal,
    ),
    "categorical_cross_entropy": _LOGARITHM,
    "hinge": Worked(
        loss=lambda p, y: (
            rf"\max\left(0,\ 1 - ({_side(1 - y, '')}1) \ln \tfrac{{{p:.2f}}}{{{1 - p:.2f}}}\right)"
        ),
        slope=_hinge_slope,
    ),
    "kl": Worked(loss=lambda p, y: rf"1 \cdot \ln \frac{{1}}{{{_given(p, y)}}}", slope=_reciprocal),
}
