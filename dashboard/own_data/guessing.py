"""From cells of text to typed columns: numbers, dates, words. What was guessed is said."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.own_data.reading import Cells, clean, read_cells
from nnjax.data.columns import Column, default_target, unique_names

MISSING = ("", "na", "n/a", "nan", "null", "none", "nil", "?", "-", "–", "—", ".", "#n/a", "#null!")
MOSTLY = 0.9  # such a share of numbers makes a column of numbers; the other cells are missing
LARGEST = 1e100  # beyond, the squares behind a standard deviation overflow
THOUSANDS = r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"
DECIMAL_COMMA = r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
WAYS = (
    ("number", "", {}),
    ("number, comma for thousands", THOUSANDS, {",": ""}),
    ("number, decimal comma", DECIMAL_COMMA, {".": "", ",": "."}),
)
DATE = r"\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?"


@dataclass(frozen=True)
class Guess:
    """One typed column with what is shown of it."""

    column: Column
    kind: str
    examples: str


@dataclass(frozen=True)
class Table:
    """A file that can be learned from: its typed columns, and what was done to read it."""

    guesses: tuple[Guess, ...]
    target: int  # the column to predict unless another is chosen
    notes: tuple[str, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The typed columns."""
        return tuple(guess.column for guess in self.guesses)


def read_table(data: bytes) -> Table:
    """Return the table in the bytes of a CSV file.

    Raises:
        TableError: nothing can be learned from it; the message is one sentence.
    """
    cells = read_cells(data)
    guesses, notes = guess_columns(cells)
    columns = [guess.column for guess in guesses]
    target = default_target(columns)
    if target != len(columns) - 1:
        notes.append(
            f"The last column cannot be predicted, so “{columns[target].name}” was chosen."
        )
    return Table(guesses, target, (*cells.notes, *notes))


def guess_columns(cells: Cells) -> tuple[tuple[Guess, ...], list[str]]:
    """Return a guess for each column, and a sentence for whatever counts as missing by it."""
    notes: list[str] = []
    frame = pd.DataFrame(dict(enumerate(cells.columns)), dtype=str)
    guesses = tuple(
        _guess(name, frame[index], cells.delimiter, notes) for index, name in enumerate(cells.names)
    )
    return guesses, notes


def _guess(name: str, text: pd.Series, delimiter: str, notes: list[str]) -> Guess:
    known = text[~text.str.casefold().isin(MISSING)]
    shown = ", ".join(clean(cell)[:16] for cell in known.unique()[:3])
    if known.empty:
        return Guess(Column(name=name, values=np.full(len(text), np.nan)), "empty", "")
    numbers, kind = _as_numbers(known, delimiter)
    if numbers is None:
        return _guess_words(name, text, known, shown)
    odd = known[numbers.isna()]
    large = numbers.abs() > LARGEST
    if len(odd):
        example = f"{len(odd):,}, such as “{clean(odd.iloc[0])}”"
        notes.append(f"Cells of “{name}” that are not numbers count as missing: {example}.")
    if large.any():
        notes.append(f"Numbers of “{name}” beyond 1e100 count as missing: {large.sum():,}.")
    values = numbers.mask(large).reindex(text.index).to_numpy(np.float64)
    return Guess(Column(name=name, values=values), kind, shown)


def _as_numbers(known: pd.Series, delimiter: str) -> tuple[pd.Series | None, str]:
    """Return the cells as numbers, NaN where one is none, and the way that reads most of them."""
    ways = list(WAYS)
    if delimiter == ";":
        ways[1:] = ways[:0:-1]
    for kind, pattern, changes in ways:
        cells = _rewrite(known, pattern, changes) if changes else known
        numbers = pd.to_numeric(cells, errors="coerce").astype(np.float64)
        if numbers.notna().mean() >= MOSTLY:
            return numbers, kind
    if known.str.fullmatch(DATE).mean() >= MOSTLY:
        dates = pd.to_datetime(known, format="ISO8601", errors="coerce", utc=True)
        if dates.notna().mean() >= MOSTLY:
            first = dates.min()
            return (dates - first) / pd.Timedelta(days=1), f"date, as days since {first:%Y-%m-%d}"
    return None, ""


def _rewrite(known: pd.Series, pattern: str, changes: dict[str, str]) -> pd.Series:
    """Return the cells that match with their commas and points as Python has them."""
    matches = known.str.fullmatch(pattern)
    changed = known
    for old, new in changes.items():
        changed = changed.str.replace(old, new, regex=False)
    return changed.where(matches, known)


def _guess_words(name: str, text: pd.Series, known: pd.Series, shown: str) -> Guess:
    codes, levels = pd.factorize(known, sort=True)
    values = pd.Series(codes, index=known.index).reindex(text.index, fill_value=-1)
    names = unique_names([clean(level) or "?" for level in levels[:200]])
    names += tuple(f"{name} {i}" for i in range(len(names), len(levels)))  # never shown
    kind = f"text, {len(levels):,} different"
    return Guess(Column(name=name, values=values.to_numpy(np.int32), levels=names), kind, shown)
