import re

import pytest

from nnjax.sources import SOURCES, TOPICS


@pytest.mark.parametrize("key", SOURCES)
def test_row_is_complete(key):
    row = SOURCES[key]
    assert row.key == key
    assert re.fullmatch(r"[a-z]+(_[a-z]+)?_\d{4}[ab]?", key)
    assert key.rstrip("ab")[-4:] == str(row.year)
    for text in (row.authors, row.title, row.venue):
        assert text == text.strip()
        assert text
    assert re.fullmatch(r"https://[\w.-]+/\S+", row.url)
    assert row.label == f"{row.authors} ({row.year})"


def test_no_paper_is_listed_under_two_topics():
    assert sum(len(topic.ROWS) for topic in TOPICS) == len(SOURCES)


def test_no_two_rows_share_an_address_or_title():
    assert len({row.url for row in SOURCES.values()}) == len(SOURCES)
    assert len({row.title for row in SOURCES.values()}) == len(SOURCES)


@pytest.mark.parametrize(
    "key",
    [
        "rosenblatt_1958",
        "mcculloch_pitts_1943",
        "minsky_papert_1969",
        "novikoff_1962",
        "rumelhart_1986",
        "robbins_monro_1951",
        "polyak_1964",
        "nesterov_1983",
        "duchi_2011",
        "tieleman_hinton_2012",
        "kingma_ba_2015",
        "loshchilov_hutter_2019",
        "chen_2023",
        "loshchilov_hutter_2017",
        "smith_topin_2017",
        "smilkov_2017",
        "brown_2020",
        "touvron_2023b",
    ],
)
def test_the_sources_that_pages_cite_are_there(key):
    assert key in SOURCES
