"""The small language for curves: what it reads equals NumPy, what it refuses is one sentence."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnjax.fitting.expressions import (
    CONSTANTS,
    FUNCTIONS,
    MAX_DEPTH,
    MAX_LENGTH,
    first_gap,
    read_expression,
)

X = np.linspace(-3, 3, 25)
GOOD = {
    "x": lambda x: x,
    "3": lambda x: 3 + 0 * x,
    "1.5": lambda x: 1.5 + 0 * x,
    ".5": lambda x: 0.5 + 0 * x,
    "2.": lambda x: 2 + 0 * x,
    "1e-2*x": lambda x: 0.01 * x,
    "2E1": lambda x: 20 + 0 * x,
    "-x": lambda x: -x,
    "+x": lambda x: x,
    "--x": lambda x: x,
    "x+1": lambda x: x + 1,
    "x - 1": lambda x: x - 1,
    "2*x": lambda x: 2 * x,
    "x/4": lambda x: x / 4,
    "x**2": lambda x: x**2,
    "-x**2": lambda x: -(x**2),
    "(-x)**2": lambda x: x**2,
    "2**x": lambda x: 2**x,
    "2**-x": lambda x: 2**-x,
    "2**3**0": lambda x: 2 + 0 * x,
    "x**3/9 - x": lambda x: x**3 / 9 - x,
    "1 - 2 - 3": lambda x: -4 + 0 * x,
    "8/2/2*x": lambda x: 2 * x,
    "1 + 2*x**2": lambda x: 1 + 2 * x**2,
    "(1 + 2)*x": lambda x: 3 * x,
    "  x  ": lambda x: x,
    "sin(2*x)": lambda x: np.sin(2 * x),
    "cos(pi*x)": lambda x: np.cos(np.pi * x),
    "tan(x/4)": lambda x: np.tan(x / 4),
    "tanh(5*x)": lambda x: np.tanh(5 * x),
    "exp(-4*x**2)": lambda x: np.exp(-4 * x**2),
    "e**x": lambda x: np.e**x,
    "log(x + 4)": lambda x: np.log(x + 4),
    "sqrt(abs(x))": lambda x: np.sqrt(np.abs(x)),
    "abs(x)": np.abs,
    "sign(x)": np.sign,
    "x - floor(x)": lambda x: x - np.floor(x),
    "max(0, x)": lambda x: np.maximum(0, x),
    "min(x, 1)": lambda x: np.minimum(x, 1),
    "max(0, sign(x))": lambda x: np.maximum(0, np.sign(x)),
    "max(min(x, 1), -1)": lambda x: np.clip(x, -1, 1),
    "sin(3*x)*exp(-abs(x))": lambda x: np.sin(3 * x) * np.exp(-np.abs(x)),
    "sin(sin(sin(x)))": lambda x: np.sin(np.sin(np.sin(x))),
    "+".join(["x"] * 90): lambda x: 90 * x,
}
HOSTILE = [
    "", "   ", "\t", "\n", "x\n", "\x00", "x\x00",
    "(" * 30 + "x" + ")" * 30, "sin(" * 25 + "x" + ")" * 25, "-" * 100 + "x", "x" + "**x" * 60,
    "x" * 201, "x+" * 150 + "x", "(" * 150,
    "x**99", "x**-17", "2**1000000", "1e400", "1e7", "9" * 150,
    "x.real", "x.__class__", "().__class__.__bases__", "__import__('os').system('ls')",
    "open('/etc/passwd')", "exec", "eval(x)", "print(1)", "os", "y", "X", "Sin(x)",
    "lambda x: x", "lambda: 0", "(yield)", "await x", "x if x else 1", "1if x else 2", "not x",
    "x and x", "x or 1", "x in x", "x is x", "x == 1", "x < 1 < 2", "x := 2", "x = 2",
    "[x]", "{x}", "{1: x}", "x[0]", "(x, x)", "x,", "*x", "sin(*(x,))", "sin(x=1)", "()",
    "f'{x}'", "'x'", '"x"', "b'x'", "True", "None", "...", "1j", "0x10", "0b1", "1_000", "0777",
    "~x", "x // 2", "x % 2", "x @ x", "x ^ 2", "x & 1", "x | 1", "x << 2", "x;x", "x#y", "x\\",
    "2x", "2 sin(x)", "x y", "sin x", "1 2", "1.5.2", "2(x)", "x(2)", "(x)(2)", "sin(x)(x)",
    "e(x)", "sin", "sin(sin)", "sin()", "sin(x, x)", "max(x)", "max(x, x, x)", "sin(,)", "(x",
    "x)", ")(", "+", "x+", "*x+", "x**", "π*x", "x²", "−x", "ｘ", "s\u0456n(x)", "x\u200b", "😀",
    "<script>alert(1)</script>", "[a](javascript:x)", "$x$", "`x`",
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_a_good_expression_equals_numpy(text):
    found = read_expression(text)(X)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, GOOD[text](X), rtol=2e-5, atol=2e-5)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_one_sentence_with_its_position(text):
    with pytest.raises(ValueError, match=r"^At position \d+: ") as caught:
        read_expression(text)
    words = str(caught.value)
    assert type(caught.value) is ValueError
    assert re.fullmatch(r"At position \d+: [^\n]+\.", words)
    assert ". " not in words
    assert words.isprintable()
    assert len(words) < 200
    assert 1 <= int(words.split()[2].rstrip(":")) <= min(len(text), MAX_LENGTH) + 1


@pytest.mark.parametrize(
    ("text", "position"),
    [("x + y", 5), ("2x", 2), ("x ^ 2", 3), ("  x.real", 4), ("sin(x", 4), ("1 + 2(x)", 5),
     ("x + sin", 5), ("x**99", 4), ("max(1, x, 2) + x", 1), ("1 + 1e400", 5)],
)  # fmt: skip
def test_the_position_is_where_it_went_wrong(text, position):
    with pytest.raises(ValueError, match=f"^At position {position}: "):
        read_expression(text)


def test_there_are_enough_of_both():
    assert len(GOOD) >= 30
    assert len(set(HOSTILE)) >= 30


terms = st.recursive(
    st.sampled_from(["x", "pi", "2", "0.5", "1e-1"]),
    lambda inner: st.one_of(
        st.builds("({}{}{})".format, inner, st.sampled_from("+-*"), inner),
        st.builds("{}({})".format, st.sampled_from(["sin", "cos", "tanh", "abs"]), inner),
        st.builds("max({}, {})".format, inner, inner),
        st.builds("-{}".format, inner),
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(terms)
def test_what_the_grammar_makes_equals_numpy(text):
    names = {key: getattr(np, key) for key in ("sin", "cos", "tanh", "abs", "pi")}
    expected = eval(text, {"__builtins__": {}}, names | {"max": np.maximum, "x": X})
    if len(text) <= MAX_LENGTH:
        scale = 1e-4 * (1 + np.abs(expected).max())
        np.testing.assert_allclose(read_expression(text)(X), expected + 0 * X, atol=scale)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("x01.e+-*/(), ^sinmaxpi_=[]'\n\u03c0"), max_size=40))
def test_any_text_is_read_or_refused_in_one_sentence(text):
    words = None
    try:
        expression = read_expression(text)
    except ValueError as error:
        words = str(error)
    if words is None:
        assert expression(X).shape == X.shape
    else:
        assert re.fullmatch(r"At position \d+: [^\n]+\.", words)


def test_values_that_are_not_finite_are_found():
    assert first_gap(read_expression("log(x)")(X)) == 0
    assert first_gap(read_expression("1/x")(X)) == 12
    assert first_gap(read_expression("x")(X)) is None


def test_the_table_is_complete():
    assert not set(FUNCTIONS) & set(CONSTANTS)
    assert "x" not in {*FUNCTIONS, *CONSTANTS}
    assert all(row.key == key and row.n_arguments in (1, 2) for key, row in FUNCTIONS.items())
    assert MAX_DEPTH < 100
