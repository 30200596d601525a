"""LaTeX with the learner's own numbers in it."""

from collections.abc import Sequence


def factor(value: float, digits: int = 2) -> str:
    """Return a number to multiply with: a negative one in brackets."""
    return f"({value:.{digits}f})" if value < 0 else f"{value:.{digits}f}"


def signed(value: float, digits: int = 2) -> str:
    """Return a number to add, with its sign in front: "+ 0.50", "- 0.20"."""
    return f"{'-' if value < 0 else '+'} {abs(value):.{digits}f}"


def weighted_sum(
    weights: Sequence[float], inputs: Sequence[float], bias: float, *, input_digits: int = 2
) -> str:
    """Return "0.70 \\cdot 1.00 + (-0.30) \\cdot 0.50 ... - 0.20"."""
    products = (
        rf"{factor(w)} \cdot {factor(x, input_digits)}"
        for w, x in zip(weights, inputs, strict=True)
    )
    return f"{' + '.join(products)} {signed(bias)}"


def grouped(number: int) -> str:
    """Return a whole number with a comma at every thousand."""
    return f"{number:,}".replace(",", "{,}")


def scientific(value: float) -> str:
    """Return LaTeX such as "5.7 \\cdot 10^{14}"."""
    digits, _, power = f"{value:.1e}".partition("e")
    return rf"{digits} \cdot 10^{{{int(power)}}}"
