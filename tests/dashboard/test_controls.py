"""Controls: what an address may say, what it may not, and that both are answered."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address import QUOTE_LENGTH, escape_markdown, link_params, quote, read_url
from dashboard.controls import Choice, Number, Slider, Text, Toggle

SLIDER = Slider(key="rate", label="Learning rate", default=0.1, min=-1.0, max=1.0, step=0.05)
WHOLE = Slider(key="width", label="Width", default=4, min=1, max=32, step=1)
NUMBER = Number(key="seed", label="Seed", default=0, min=0, max=9999, step=1)
CHOICE = Choice(
    key="bend",
    label="Activation",
    default="relu",
    options=("relu", "leaky_relu"),
    labels={"relu": "ReLU", "leaky_relu": "Leaky ReLU"},
)
TOGGLE = Toggle(key="test", label="Show test data", default=False)
TEXT = Text(key="name", label="Name", default="", max_length=10)
CONTROLS = (SLIDER, WHOLE, NUMBER, CHOICE, TOGGLE, TEXT)


@pytest.mark.parametrize(
    ("control", "text", "value"),
    [
        (SLIDER, "0.5", 0.5),
        (SLIDER, "-1", -1.0),
        (SLIDER, "0.333", 0.35),
        (SLIDER, "5e-2", 0.05),
        (WHOLE, "7", 7),
        (WHOLE, "7.0", 7),
        (NUMBER, "9999", 9999),
        (CHOICE, "leaky_relu", "leaky_relu"),
        (CHOICE, "Leaky ReLU", "leaky_relu"),
        (CHOICE, "RELU", "relu"),
        (TOGGLE, "true", True),
        (TOGGLE, "FALSE", False),
        (TEXT, "Ada", "Ada"),
    ],
)
def test_parse(control, text, value):
    parsed = control.parse(text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("control", "text"),
    [
        *(
            (SLIDER, text)
            for text in ("", "nan", "inf", "-inf", "1e400", "1.001", "0,5", "x" * 999)
        ),
        *((WHOLE, text) for text in ("0", "33", "7.5", "nan", "1e9", "four")),
        (CHOICE, "selu"),
        (CHOICE, ""),
        (TOGGLE, "maybe"),
        (TEXT, "x" * 11),
    ],
)
def test_absurd_values_fall_back_with_one_sentence(control, text):
    values, notes = read_url(CONTROLS, {control.key: text})
    assert values == {}
    assert len(notes) == 1
    assert quote(text) in notes[0]
    assert control.label in notes[0]
    assert control.expected() in notes[0]
    assert notes[0].endswith("is used instead.")


def test_unknown_names_are_told():
    values, notes = read_url(CONTROLS, {"nobody": "1", "rate": "0.5"})
    assert values == {"rate": 0.5}
    assert notes == ["This page has no setting called “nobody”; it was ignored."]


@given(st.dictionaries(st.sampled_from([c.key for c in CONTROLS]) | st.text(), st.text()))
def test_no_address_raises(params):
    values, notes = read_url(CONTROLS, params)
    assert len(values) + len(notes) == len(params)
    assert all(len(note) < 400 for note in notes)


@given(st.floats(-1, 1))
def test_a_number_survives_the_address(value):
    snapped = SLIDER.snap(value)
    assert abs(snapped - value) <= SLIDER.step / 2 + 1e-9
    assert SLIDER.parse(SLIDER.write(snapped)) == snapped


@given(st.floats())
def test_what_is_snapped_is_in_range(value):
    if math.isfinite(value):
        assert SLIDER.min <= SLIDER.snap(min(max(value, -1e6), 1e6)) <= SLIDER.max


def test_links_leave_defaults_out_and_reject_strangers():
    values = {"rate": 0.1, "bend": "leaky_relu", "test": True}
    assert link_params(CONTROLS, values) == {"bend": "Leaky ReLU", "test": "true"}
    read, notes = read_url(CONTROLS, link_params(CONTROLS, values))
    assert (read, notes) == ({"bend": "leaky_relu", "test": True}, [])
    with pytest.raises(ValueError, match="nobody"):
        link_params(CONTROLS, {"nobody": 1})


@given(st.text())
def test_quotes_are_short_and_printable(text):
    shown = quote(text)
    assert len(shown) <= QUOTE_LENGTH + 3
    assert shown.isprintable()


@pytest.mark.parametrize(
    "text", ["<script>", "[a](http://b)", "$x$", "**b**", ":material/x:", "`c`"]
)
def test_markdown_is_escaped(text):
    escaped = escape_markdown(text)
    assert escaped.replace("\\", "") == text
    assert "\\" in escaped
