"""Bad files give one sentence, odd ones are read, and what was done to read them is said."""

import contextlib

import jax
import numpy as np
import pytest
from csv_files import BAD, GOOD, PLAIN
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.own_data.guessing import read_table
from nnjax.data.columns import TableError, looks_like_classes
from nnjax.data.table import encode_table


def encode(data: bytes):
    table = read_table(data)
    as_classes = looks_like_classes(table.columns[table.target])
    return table, encode_table(table.columns, target=table.target, as_classes=as_classes)


def test_there_are_at_least_forty_bad_files():
    assert len(BAD) >= 40


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_a_bad_file_is_one_sentence(case):
    with pytest.raises(TableError) as refused:
        encode(case.data)
    sentence = str(refused.value)
    assert sentence.startswith(case.sentence)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 250


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_an_odd_file_is_read_and_said(case):
    table, own = encode(case.data)
    assert own.spec.feature_names == case.inputs
    assert case.note in " ".join(table.notes)
    assert len(own.uses) == len(table.columns)
    if not case.note and "example" not in case.name:
        assert table.notes == ()


def test_numbers_are_read_as_they_are_written():
    cells = {"decimal commas": [0.0, 0.5, 1.0], "thousands": [1250.0, 2250.0, 3250.0]}
    for case in GOOD:
        if case.name in cells:
            column = read_table(case.data).columns[1 if case.name == "decimal commas" else 0]
            assert column.values[:3].tolist() == cells[case.name]


def test_kinds_and_examples_are_shown():
    guesses = read_table(next(case.data for case in GOOD if case.name == "dates")).guesses
    assert [guess.kind for guess in guesses] == [
        "date, as days since 2026-01-01", "number", "text, 2 different",
    ]  # fmt: skip
    assert guesses[0].column.values[:3].tolist() == [0, 1, 2]
    assert guesses[2].examples == "b, a"


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(TableError):
        encode(data)


CELLS = st.text(alphabet='ab1.,;-="\n\t é<#', max_size=6)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=8, max_size=16))
@settings(max_examples=150, deadline=None)
def test_any_table_of_text_is_read_or_refused(rows):
    try:
        _, own = encode("\n".join(map(",".join, rows)).encode())
    except TableError:
        return
    x, y = (np.asarray(array) for array in own.spec.make(jax.random.key(0), 0.0))
    assert np.isfinite(x).all()
    assert np.isfinite(y).all()


def test_what_is_invisible_is_not_shown():
    names = read_table(PLAIN.replace(b"x", "x\u200b\x07\u202ey".encode(), 1)).columns[0].name
    assert names == "x y"
