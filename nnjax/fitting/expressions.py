"""A small language for curves: "sin(2*x) + x/3" -> a function of x, without Python's `eval`.

The text is first cut into numbers, names and signs, which refuses everything that the language
does not have, by its position. What is left is read with Python's own grammar (`ast.parse` builds
a tree and runs nothing), and the tree is walked here: only the node types below mean anything.
Every failure is one ValueError of one sentence: "At position 5: ...".
"""

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass

import jax
import jax.numpy as jnp

MAX_LENGTH = 200  # characters
MAX_DEPTH = 24  # of brackets, and of operations within operations
MAX_EXPONENT = 16  # of a power, where it is a plain number
MAX_NUMBER = 1e6


@dataclass(frozen=True, kw_only=True)
class Expression:
    """A text that has been read, and its tree. Make it with `read_expression`."""

    text: str
    tree: ast.expr

    def __call__(self, x) -> jax.Array:
        """Return the values at x, of any shape, in float32. They need not be finite."""
        x = jnp.asarray(x, jnp.float32)
        return jnp.broadcast_to(_value(self.tree, x), x.shape)


@dataclass(frozen=True, kw_only=True)
class Function:
    """A function of the language: its name, what computes it, how many arguments it takes."""

    key: str
    function: Callable[..., jax.Array]
    n_arguments: int = 1


def read_expression(text: str) -> Expression:
    """Return the expression; ValueError says in one sentence what is wrong, and where."""
    if len(text) > MAX_LENGTH:
        raise _error(MAX_LENGTH, f"the text goes on, but {MAX_LENGTH} characters are the limit")
    _check_tokens(text)
    start = len(text) - len(text.lstrip(" "))
    if start == len(text):
        raise _error(0, "there is nothing to read; write a formula in x such as sin(2*x)")
    try:
        tree = ast.parse(text[start:], mode="eval").body
    except SyntaxError as error:
        at = start + max(0, (error.offset or 1) - 1)
        raise _error(min(at, len(text)), "the formula cannot be read from here on") from None
    except (ValueError, RecursionError, MemoryError):
        raise _error(start, "the formula cannot be read") from None
    _Checker(start).check(tree, depth=1)
    return Expression(text=text.strip(" "), tree=tree)


def first_gap(values) -> int | None:
    """Return the index of the first value that is not a finite number, or None."""
    bad = ~jnp.isfinite(jnp.asarray(values))
    return int(jnp.argmax(bad)) if bool(bad.any()) else None


def _error(at: int, words: str) -> ValueError:
    return ValueError(f"At position {at + 1}: {words}.")


# --- signs, names and numbers -----------------------------------------------------------------

_TOKEN = re.compile(
    r"(?P<space> +)|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*)|(?P<sign>\*\*|[-+*/(),])"
)
_HINTS = {
    "^": "write ** for a power",
    "=": "write only the right-hand side, without an equals sign",
    ".": "a dot belongs inside a number only",
    "'": "there are no texts in a formula",
    '"': "there are no texts in a formula",
}


def _check_tokens(text: str) -> None:
    """Refuse whatever is no number, known name or sign, and brackets that are too deep."""
    at = open_brackets = 0
    after_number = False
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _error(at, _HINTS.get(text[at], f"{_quoted(text[at])} is not a sign used here"))
        kind, token = match.lastgroup, match.group()
        if kind == "name":
            _check_name(at, token, after_number)
        elif kind == "number":
            _check_number(at, token)
        open_brackets += (token == "(") - (token == ")")
        if open_brackets > MAX_DEPTH:
            raise _error(at, f"more than {MAX_DEPTH} brackets inside one another")
        after_number = kind == "number" or (kind == "space" and after_number)
        at = match.end()


def _check_name(at: int, name: str, after_number: bool) -> None:
    if name not in FUNCTIONS and name not in CONSTANTS and name != "x":
        known = ", ".join([*CONSTANTS, *FUNCTIONS])
        raise _error(at, f"{_quoted(name)} is not known; there are x, {known}")
    if after_number:
        raise _error(at, f"a sign is missing, write * before {_quoted(name)} to multiply")


def _check_number(at: int, token: str) -> None:
    if float(token) > MAX_NUMBER:
        raise _error(at, f"numbers above {MAX_NUMBER:,.0f} are not taken")


def _quoted(text: str) -> str:
    """Return the text in quotes, short, and without what would not show."""
    shown = text if text.isprintable() else f"character {ord(text[0])}"
    return f"“{shown[:20]}…”" if len(shown) > 20 else f"“{shown}”"


# --- the tree ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Checker:
    """Walks a tree and refuses every node that the language does not have."""

    start: int  # spaces before the text that Python read

    def refuse(self, node: ast.AST, words: str) -> ValueError:
        return _error(self.start + getattr(node, "col_offset", 0), words)

    def check(self, node: ast.AST, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise self.refuse(node, f"more than {MAX_DEPTH} operations inside one another")
        handler = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.UnaryOp: self._unary,
            ast.BinOp: self._binary,
            ast.Call: self._call,
        }.get(type(node))
        if handler is None:
            raise self.refuse(node, "only numbers, x, + - * / ** and the listed functions are "
                              "understood")  # fmt: skip
        handler(node, depth)

    def _constant(self, node: ast.Constant, depth: int) -> None:
        if type(node.value) not in (int, float):
            raise self.refuse(node, "only plain numbers are understood")

    def _name(self, node: ast.Name, depth: int) -> None:
        if node.id in FUNCTIONS:
            raise self.refuse(node, f"“{node.id}” is a function, write {node.id}(x)")

    def _unary(self, node: ast.UnaryOp, depth: int) -> None:
        if type(node.op) not in _UNARY:
            raise self.refuse(node, "only a plus or a minus can stand before a term")
        self.check(node.operand, depth + 1)

    def _binary(self, node: ast.BinOp, depth: int) -> None:
        if type(node.op) not in _BINARY:
            raise self.refuse(node, "only + - * / and ** can stand between two terms")
        # A long sum is a long chain to the left: it is deep as a tree, but not to the reader.
        self.check(node.left, depth if isinstance(node.left, ast.BinOp) else depth + 1)
        self.check(node.right, depth + 1)
        if isinstance(node.op, ast.Pow):
            self._exponent(node.right)

    def _exponent(self, node: ast.expr) -> None:
        plain = node.operand if isinstance(node, ast.UnaryOp) else node
        if isinstance(plain, ast.Constant) and plain.value > MAX_EXPONENT:
            raise self.refuse(node, f"powers above {MAX_EXPONENT} are not taken")

    def _call(self, node: ast.Call, depth: int) -> None:
        if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS:
            raise self.refuse(node, "what stands before this bracket is not a function, write * "
                              "to multiply")  # fmt: skip
        row = FUNCTIONS[node.func.id]
        starred = next((a for a in node.args if isinstance(a, ast.Starred)), None)
        if starred is not None or node.keywords:
            raise self.refuse(starred or node, "an argument is a plain formula")
        if len(node.args) != row.n_arguments:
            wanted = "1 argument" if row.n_arguments == 1 else f"{row.n_arguments} arguments"
            raise self.refuse(node, f"“{row.key}” takes {wanted}, not {len(node.args)}")
        for argument in node.args:
            self.check(argument, depth + 1)


def _value(node: ast.expr, x: jax.Array) -> jax.Array:
    """Return the value of a checked tree at x."""
    match node:
        case ast.Constant(value=value):
            return jnp.float32(value)
        case ast.Name(id="x"):
            return x
        case ast.Name(id=name):
            return jnp.float32(CONSTANTS[name])
        case ast.UnaryOp(op=op, operand=operand):
            return _UNARY[type(op)](_value(operand, x))
        case ast.BinOp(op=op, left=left, right=right):
            return _BINARY[type(op)](*_alike(_value(left, x), _value(right, x)))
        case ast.Call(func=function, args=arguments):
            values = _alike(*(_value(argument, x) for argument in arguments))
            return FUNCTIONS[function.id].function(*values)
    raise ValueError("the tree was not checked")


def _alike(*values):
    return jnp.broadcast_arrays(*values)


_UNARY = {ast.UAdd: lambda value: value, ast.USub: jnp.negative}
_BINARY = {
    ast.Add: jnp.add,
    ast.Sub: jnp.subtract,
    ast.Mult: jnp.multiply,
    ast.Div: jnp.divide,
    ast.Pow: jnp.power,
}
CONSTANTS = {"pi": 3.141592653589793, "e": 2.718281828459045}
_ROWS = (
    Function(key="sin", function=jnp.sin),
    Function(key="cos", function=jnp.cos),
    Function(key="tan", function=jnp.tan),
    Function(key="tanh", function=jnp.tanh),
    Function(key="exp", function=jnp.exp),
    Function(key="log", function=jnp.log),
    Function(key="sqrt", function=jnp.sqrt),
    Function(key="abs", function=jnp.abs),
    Function(key="sign", function=jnp.sign),
    Function(key="floor", function=jnp.floor),
    Function(key="min", function=jnp.minimum, n_arguments=2),
    Function(key="max", function=jnp.maximum, n_arguments=2),
)
FUNCTIONS = {row.key: row for row in _ROWS}
