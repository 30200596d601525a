"""Which curve is to be fitted: one of the list, or a formula that the learner types."""

import contextlib

import streamlit as st

from dashboard.address import escape_markdown
from dashboard.compute import remember
from dashboard.controls import Choice, Text
from nnjax.fitting.curves import CURVES, Samples, read_curve, sample_formula
from nnjax.fitting.expressions import CONSTANTS, FUNCTIONS

OWN = "own"
TARGET = Choice(
    key="target",
    label="The curve",
    default="sine",
    options=(*CURVES, OWN),
    labels={**{key: row.label for key, row in CURVES.items()}, OWN: "Your formula"},
)
FORMULA = Text(
    key="target_formula",
    label="Your formula for f(x)",
    default="sin(3*x)*exp(-abs(x))",
    check=read_curve,
    accepts="a formula in x such as sin(2*x) + x/3",
    help=f"Numbers, x, + - * / and ** for powers; {', '.join([*CONSTANTS, *FUNCTIONS])}.",
)
_GOOD = "_good_formula"


def show_editors() -> tuple[str, str]:
    """Draw the ways to choose a curve; return which it is, and its formula.

    A text that cannot be read is answered in one sentence, and the last good one stays.
    """
    key = TARGET.show()
    # Drawn whichever curve is on show: only a widget on the page keeps its part of the address.
    typed = FORMULA.show(on_change=_choose_own)
    try:
        remember("the curve", sample_formula, typed)
        st.session_state[_GOOD] = typed
    except ValueError as error:
        st.error(escape_markdown(str(error)))
        typed = st.session_state.get(_GOOD, FORMULA.default)
    return key, typed if key == OWN else CURVES[key].text


def sample(formula: str) -> Samples:
    """Return the values of a formula that has been read."""
    return remember("the curve", sample_formula, formula)


def _choose_own() -> None:
    """Show the formula that was typed; one that cannot be read leaves the picture as it is."""
    with contextlib.suppress(ValueError):
        read_curve(st.session_state[FORMULA.key])
        st.session_state[TARGET.key] = OWN
