import pytest

from dashboard.activations.several import Several

LETTERS = Several(
    key="letters", label="Letters", default=["a"], options=("a", "b", "c"), labels={"b": "Bee"}
)


@pytest.mark.parametrize(
    ("text", "value"),
    [("a,b", ["a", "b"]), ("b, a", ["a", "b"]), ("Bee", ["b"]), ("c,c", ["c"]), ("", [])],
)
def test_parses_lists_in_the_options_order(text, value):
    assert LETTERS.parse(text) == value


@pytest.mark.parametrize("text", ["d", "a,d", "a b", "nan", "[a]"])
def test_refuses_what_is_no_option(text):
    with pytest.raises(ValueError, match="is not a list of a, b, c"):
        LETTERS.parse(text)


def test_writes_what_it_parses():
    assert LETTERS.write(["b", "a"]) == "a,b"
    assert LETTERS.parse(LETTERS.write(["b", "c"])) == ["b", "c"]


def test_says_labels():
    assert LETTERS.say(["a", "b"]) == "a, Bee"
    assert LETTERS.say([]) == "none"
    assert LETTERS.expected() == "a list of a, b, c"
