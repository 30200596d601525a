"""The columns of a learner's own table: numbers or words, and what can be predicted of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MIN_ROWS, MAX_CLASSES = 10, 10
ROWS_PER_CLASS = 5  # fewer of each, and whole numbers are taken for values rather than classes


class TableError(ValueError):
    """A table that nothing can be learned from; the message is one sentence for the learner."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One column. Numbers: (n,) float64, NaN where missing. Words: (n,) codes, -1 where missing."""

    name: str
    values: np.ndarray
    levels: tuple[str, ...] | None = None  # the words that the codes stand for

    @property
    def is_number(self) -> bool:
        """Whether the values are numbers rather than codes of words."""
        return self.levels is None

    @property
    def missing(self) -> np.ndarray:
        """Where nothing is known, (n,) bool."""
        return np.isnan(self.values) if self.is_number else self.values < 0

    @property
    def distinct(self) -> np.ndarray:
        """The values that occur, in order."""
        return np.unique(self.values[~self.missing])


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names, a repeated one with its number: x, x (2), x (3)."""
    found: list[str] = []
    for name in names:
        number, unique = 1, name
        while unique in found:
            number += 1
            unique = f"{name} ({number})"
        found.append(unique)
    return tuple(found)


def can_be_classes(column: Column) -> bool:
    """Whether there are from 2 to MAX_CLASSES different values."""
    return 2 <= len(column.distinct) <= MAX_CLASSES


def can_be_values(column: Column) -> bool:
    """Whether the column holds numbers, more than two different ones."""
    return column.is_number and len(column.distinct) > 2


def looks_like_classes(column: Column) -> bool:
    """Whether the values are words, or a few whole numbers each of which occurs often."""
    if not can_be_classes(column) or not can_be_values(column):
        return can_be_classes(column)
    whole = bool((column.distinct == np.round(column.distinct)).all())
    return whole and np.sum(~column.missing) >= ROWS_PER_CLASS * len(column.distinct)


def check_target(column: Column) -> None:
    """Raise TableError unless the column can be predicted."""
    n_known, n_distinct = int(np.sum(~column.missing)), len(column.distinct)
    name = f"“{column.name}”"
    if n_known < MIN_ROWS:
        raise TableError(
            f"{name} cannot be predicted: it is known in {n_known} of {len(column.values):,} rows, "
            f"and at least {MIN_ROWS} are needed."
        )
    if n_distinct < 2:
        raise TableError(f"{name} cannot be predicted: it is the same in every row.")
    if not column.is_number and n_distinct > MAX_CLASSES:
        raise TableError(
            f"{name} cannot be predicted: it holds {n_distinct:,} different texts, and at most "
            f"{MAX_CLASSES} classes are possible."
        )


def default_target(columns: Sequence[Column]) -> int:
    """Return the index of the last column that can be predicted; raise TableError if none can."""
    for index in reversed(range(len(columns))):
        try:
            check_target(columns[index])
        except TableError:
            continue
        return index
    check_target(columns[-1])
    raise AssertionError("unreachable: the last column was refused above")
