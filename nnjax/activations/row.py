"""What every activation tells about itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import jax

# A lone x: not the one inside \max or \exp.
_VARIABLE = re.compile(r"(?<![A-Za-z\\])x(?![A-Za-z])")


@dataclass(frozen=True, kw_only=True)
class Activation:
    """One activation: the function and what a learner wants to know about it.

    `formula` and `derivative_formula` are LaTeX in x; `source` and `further` are keys of
    `nnjax.sources.SOURCES`; `year` is the year of `source`.
    """

    key: str
    label: str
    function: Callable[..., jax.Array]
    formula: str
    derivative_formula: str
    how_it_works: str
    used_in: str
    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    year: int
    source: str
    further: tuple[str, ...] = ()

    def formula_at(self, number):
        """`formula` with x replaced by a number already written out, such as "0.50" or "-1.2"."""
        formula = self.formula.replace("(x)", f"({number})")
        in_brackets = f"({number})" if number.startswith("-") else number
        return _VARIABLE.sub(lambda _: in_brackets, formula)
