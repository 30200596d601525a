"""The page list, and the parts that every page has."""

import re

import jax
import pytest

from dashboard import layout, navigation
from nnjax.sources import SOURCES


def test_rows_are_complete_and_in_order():
    rows = list(navigation.PAGES.values())
    assert [row.number for row in rows] == sorted({row.number for row in rows})
    for key, row in navigation.PAGES.items():
        assert row.key == key
        assert re.fullmatch(rf"{row.number:02d}_[a-z0-9_]+\.py", row.file)
        assert row.title
        assert row.promise.endswith(".")
        assert row.label.startswith(f"{row.number:02d} ")


def test_neighbors_lead_through_all_pages():
    keys = list(navigation.PAGES)
    before, after = navigation.neighbors(keys[0])
    assert before is None
    walked = [keys[0]]
    while after is not None:
        walked.append(after.key)
        after = navigation.neighbors(after.key)[1]
    assert walked == keys


@jax.jit
def doubled(x):
    """2 x, for the test."""
    return 2 * x


def test_source_is_that_of_the_function_itself():
    source = layout.source_of(doubled)
    assert "return 2 * x" in source
    assert source.startswith("# ")


@pytest.mark.parametrize("key", list(SOURCES))
def test_every_source_can_be_cited(key):
    words = layout.cite(SOURCES[key])
    assert str(SOURCES[key].year) in words
    assert SOURCES[key].url in words


@pytest.mark.parametrize("key", list(navigation.PAGES))
def test_a_page_runs_through_the_entry(open_app, key):
    app = open_app(navigation.PAGES[key].file)
    assert navigation.PAGES[key].title in app.title[0].value


def test_an_absurd_address_is_answered_and_cleaned(open_app):
    app = open_app("02_single_neuron.py", w1="nan", nobody="1")
    assert len(app.warning) == 1
    assert "nan" in app.warning[0].value
    assert "nobody" in app.warning[0].value
    assert app.slider(key="w1").value == 0.7
