"""The session's own data: which file is in use, what is predicted from it, what was wrong.

All of it lives in the learner's session and ends with it: nothing is stored, nothing is shared.
The last good file, and the last good choice, stay until there is a better one.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.own_data.guessing import Table, read_table
from dashboard.own_data.reading import clean
from nnjax.data.columns import TableError, can_be_classes, can_be_values, looks_like_classes
from nnjax.data.own_example import example_csv
from nnjax.data.table import OwnData, encode_table

SOURCE, MADE, SEEN = "_own_source", "_own_made", "_own_seen"
FILE_FAULT, CHOICE_FAULT = "_own_file_fault", "_own_choice_fault"
CLASSES, VALUES = "Classes", "A number"
UPLOADER, N_FILES = "_own_uploader", "_own_files"  # counts, so that no key is used twice


@dataclass(frozen=True)
class Source:
    """A table that can be learned from, and where it came from. `number` names its widgets."""

    name: str
    table: Table
    number: int = 0

    def key(self, what: str) -> str:
        """Return the key of one of the widgets that belong to this table."""
        return f"own_{what}_{self.number}"


@dataclass(frozen=True)
class Choice:
    """What is asked of a table: the column to predict, as what, and from which others."""

    target: int
    as_classes: bool
    left_out: frozenset[int] = frozenset()


@functools.cache
def example() -> Source:
    """Return the table that stands in until the learner brings one."""
    return Source("example.csv", read_table(example_csv().encode()))


@functools.cache
def example_data() -> OwnData:
    """Return what the example is made into before anything is chosen."""
    return make(example(), default_choice(example().table))


def source() -> Source:
    """Return the table in use."""
    return st.session_state.get(SOURCE) or example()


def upload_key() -> str:
    """Return the key of the uploader: another one empties it."""
    return f"own_upload_{st.session_state.get(UPLOADER, 0)}"


def default_choice(table: Table, target: int | None = None) -> Choice:
    """Return what a table is used for before anything is chosen."""
    target = table.target if target is None else target
    return Choice(target, looks_like_classes(table.columns[target]))


def current_choice() -> Choice:
    """Return what the session's widgets ask of the table in use, shown or not."""
    state, now = st.session_state, source()
    n_columns = len(now.table.columns)
    target = state.get(now.key("target"))
    if target not in range(n_columns):
        target = now.table.target
    usual = default_choice(now.table, target)
    asked = state.get(now.key(f"as_{target}"))
    as_classes = usual.as_classes if asked is None else asked == CLASSES
    chosen: Sequence[int] = state.get(now.key("left_out")) or ()
    left_out = frozenset(i for i in chosen if i in range(n_columns) and i != target)
    return Choice(target, as_classes, left_out)


def current() -> OwnData:
    """Return the session's own data; a choice that cannot be learned from changes nothing."""
    state, wanted = st.session_state, (source(), current_choice())
    seen, made = state.get(MADE, (None, None))
    if seen == wanted:
        return made
    try:
        made = make(*wanted)
        state[CHOICE_FAULT] = ""
    except TableError as fault:
        state[CHOICE_FAULT] = str(fault)
        made = made or make(source(), default_choice(source().table))
    state[MADE] = wanted, made
    return made


def make(table_source: Source, choice: Choice) -> OwnData:
    """Return the data that `choice` makes of a table; raise TableError if it makes none."""
    return encode_table(
        table_source.table.columns,
        target=choice.target,
        as_classes=choice.as_classes,
        left_out=choice.left_out,
    )


def both_possible(target: int) -> bool:
    """Whether the column to predict could be classes as well as values."""
    column = source().table.columns[target]
    return can_be_values(column) and can_be_classes(column)


def take_upload(upload: Any) -> None:
    """Read what the uploader holds, once; if it is no good, say so and keep what there was.

    The browser empties the uploader before it sends another file, and so does another laboratory:
    an empty one changes nothing. `forget` does.
    """
    state = st.session_state
    number = None if upload is None else upload.file_id
    if number == state.get(SEEN):
        return
    state[SEEN], state[FILE_FAULT] = number, ""
    if upload is None:
        return
    name = clean(upload.name)
    try:
        taken = Source(name, read_table(upload.getvalue()), state.get(N_FILES, 0) + 1)
        make(taken, default_choice(taken.table))
    except TableError as fault:
        state[FILE_FAULT] = f"“{name}” was not used. {fault}"
        return
    state[SOURCE], state[N_FILES] = taken, taken.number


def forget() -> None:
    """Go back to the example: a callback."""
    state = st.session_state
    for key in (SOURCE, MADE, FILE_FAULT, CHOICE_FAULT):
        state.pop(key, None)
    state[UPLOADER] = state.get(UPLOADER, 0) + 1
