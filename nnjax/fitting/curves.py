"""The curves that networks of one hidden layer are asked to fit on page 01."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nnjax.fitting.expressions import Expression, first_gap, read_expression

LOW, HIGH = -3.0, 3.0  # networks are trained between these
SHOWN_LOW, SHOWN_HIGH = -4.5, 4.5  # and drawn between these
WIDTHS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256)
N_TRAIN, N_FINE, N_SHOWN = 128, 1025, 361
MAX_VALUE = 1e6


@dataclass(frozen=True, kw_only=True)
class Curve:
    """One curve, written in the language of `nnjax.fitting.expressions`."""

    key: str
    label: str
    text: str
    note: str
    curvature: float | None  # the largest |f''| between LOW and HIGH; None if f' jumps somewhere


class Samples(NamedTuple):
    """A curve's values, float32, at the places below."""

    train: np.ndarray  # (N_TRAIN,)
    fine: np.ndarray  # (N_FINE,) where errors are measured
    shown: np.ndarray  # (N_SHOWN,) may hold what is not finite, outside of the interval
    knots: np.ndarray  # (n_widths, max(WIDTHS) + 1), for the networks built by hand


def _spaced(n_points: int) -> np.ndarray:
    """The middles of n equal parts of the interval."""
    return (LOW + (HIGH - LOW) * (np.arange(n_points) + 0.5) / n_points).astype(np.float32)


def knot_places(width: int) -> np.ndarray:
    """The ends of `width` equal parts of the interval, (max(WIDTHS) + 1,); the last one repeats."""
    parts = np.minimum(np.arange(max(WIDTHS) + 1), width)
    return (LOW + (HIGH - LOW) * parts / width).astype(np.float32)


TRAIN = _spaced(N_TRAIN)
FINE = np.linspace(LOW, HIGH, N_FINE, dtype=np.float32)
SHOWN = np.linspace(SHOWN_LOW, SHOWN_HIGH, N_SHOWN, dtype=np.float32)
KNOTS = np.stack([knot_places(width) for width in WIDTHS])
_PLACES = np.concatenate([TRAIN, FINE, SHOWN, KNOTS.ravel()])


def read_curve(text: str) -> Expression:
    """Return the expression if networks can be trained on it; ValueError says why they cannot."""
    expression = read_expression(text)
    sample_curve(expression)
    return expression


def sample_curve(expression: Expression) -> Samples:
    """Return the values of a curve; ValueError if one inside of the interval is not usable."""
    values = np.array(expression(_PLACES))
    train, fine, shown, knots = np.split(values, np.cumsum([N_TRAIN, N_FINE, N_SHOWN]))
    inside = np.concatenate([fine, train, knots])
    places = np.concatenate([FINE, TRAIN, KNOTS.ravel()])
    gap = first_gap(inside)
    if gap is not None:
        raise ValueError(
            f"The formula has no finite value at x = {places[gap]:.2f}, and the networks need one "
            f"everywhere from {LOW:g} to {HIGH:g}."
        )
    if np.abs(inside).max() > MAX_VALUE:
        at = places[np.abs(inside).argmax()]
        raise ValueError(
            f"The formula is larger than {MAX_VALUE:,.0f} at x = {at:.2f}, which is beyond what "
            "is drawn here."
        )
    return Samples(train, fine, shown, knots.reshape(KNOTS.shape))


def sample_formula(text: str) -> Samples:
    """Return the values of the curve with this formula."""
    return sample_curve(read_expression(text))


_ROWS = (
    Curve(
        key="sine",
        label="Sine",
        text="sin(2*x)",
        note="Smooth everywhere: a curve that networks like.",
        curvature=4.0,
    ),
    Curve(
        key="step",
        label="Step",
        text="max(0, sign(x))",
        note="It jumps, and a network of continuous neurons cannot: beside the jump the largest "
        "error stays large, however wide the network. The theorem is about continuous curves.",
        curvature=None,
    ),
    Curve(
        key="absolute",
        label="Absolute value",
        text="abs(x)",
        note="One corner: two ReLU neurons are enough, but training has to place them.",
        curvature=None,
    ),
    Curve(
        key="bump",
        label="Bump",
        text="exp(-4*x**2)",
        note="Flat almost everywhere, with one hill.",
        curvature=8.0,
    ),
    Curve(
        key="sawtooth",
        label="Sawtooth",
        text="x - floor(x)",
        note="Six teeth, with a jump after each: a network that is close almost everywhere "
        "exists, and training does not find it here.",
        curvature=None,
    ),
    Curve(
        key="polynomial",
        label="Polynomial",
        text="x**3/9 - x",
        note="Gentle inside the interval, steep outside of it.",
        curvature=2.0,
    ),
)
CURVES = {row.key: row for row in _ROWS}
