"""What the approximation laboratory says about its numbers."""

import numpy as np

from nnjax.activations import ACTIVATIONS
from nnjax.fitting.curves import CURVES, HIGH, LOW, WIDTHS
from nnjax.fitting.hats import curvature_bound
from nnjax.races.bands import Band

ROUNDING = 1e-6  # what float32 cannot tell from nothing
QUESTION = (
    "Take the activation away, so that each neuron only weighs and adds. 256 such neurons learn "
    "this curve. How large is their error beside that of a single one?"
)
OPTIONS = ("far smaller", "somewhat smaller", "the same")


def number(value: float) -> str:
    """Return an error in sensible digits."""
    if not np.isfinite(value):
        return "no number"
    if value < ROUNDING:
        return "under 1e-6"
    return f"{value:.3g}" if value >= 0.001 else f"{value:.1e}"


def bounds(curve: str, rises: np.ndarray) -> np.ndarray:
    """Return the best bound that is proved for a curve, (n_widths,)."""
    row = CURVES.get(curve)
    if row is None or row.curvature is None:
        return rises
    return np.minimum(rises, curvature_bound(row.curvature, WIDTHS))


def verdict(errors: np.ndarray, by_hand: float, width: int, activation: str) -> str:
    """Return what to look at: errors (n_seeds,) of the trained networks of this width."""
    wins = int(np.sum(~(errors <= by_hand)))
    neurons = "one neuron" if width == 1 else f"{width} neurons"
    said = f"With {neurons}, the network placed by hand is closer than the trained one in "
    said += f"**{wins} of {len(errors)}** seeds"
    if activation == "identity":
        return said + ". Without a bend the trained one is a straight line, at any width."
    if wins > len(errors) / 2:
        return said + ": a better network *exists*, and training did not *find* it."
    return (
        said + ": training puts its bends where the curve needs them, the hand spaces them evenly."
    )


def table(
    band: Band, by_hand: float, bound: float, outside: tuple[float, float], n_seeds: int
) -> str:
    """Return the numbers at the chosen width as Markdown."""
    low, middle, high = (number(float(part)) for part in band)
    return (
        f"| error | inside, {LOW:g} to {HIGH:g} | outside |\n|:--|--:|--:|\n"
        f"| trained, middle of {n_seeds} seeds | **{middle}** | {number(outside[0])} |\n"
        f"| trained, eight in ten seeds | {low} to {high} | |\n"
        f"| placed by hand (ReLU) | **{number(by_hand)}** | {number(outside[1])} |\n"
        f"| proved: by hand, never above | {number(bound)} | no bound |"
    )


def formulas(curve: str, width: int, activation: str, by_hand: float, bound: float) -> list[str]:
    """Return the trained network, the one built by hand, and its bound, with numbers."""
    part = (HIGH - LOW) / width
    lines = [
        rf"g(x) = \sum_{{j=1}}^{{{width}}} v_j\, a(w_j x + b_j) + c, \qquad a = \text{{"
        rf"{ACTIVATIONS[activation].label}}}, \qquad 3 \cdot {width} + 1 = {3 * width + 1}"
        r"\ \text{parameters}",
        rf"\text{{by hand:}}\quad g(x) = f({LOW:g}) + \sum_{{j=0}}^{{{width - 1}}}"
        rf" (s_j - s_{{j-1}})\,\max(0,\, x - x_j), \qquad"
        rf" h = \frac{{{HIGH - LOW:g}}}{{{width}}} = {part:.4g}",
    ]
    row = CURVES.get(curve)
    if row is not None and row.curvature is not None and bound < 2 * row.curvature * part**2 / 8:
        reason = (
            rf"\frac{{h^2}}{{8}} \max |f''| = \frac{{{part:.4g}^2}}{{8}} \cdot {row.curvature:g}"
        )
    else:
        reason = r"\max_j \left( \max_{\text{part } j} f - \min_{\text{part } j} f \right)"
    lines.append(
        rf"|f(x) - g(x)| \le {reason} = {bound:.4g}, \qquad \text{{measured: }} {by_hand:.4g}"
    )
    return lines


FORMULA_NOTE = (
    "$s_j$ is the slope of the chord over part $j$. A chord never leaves the range of its two "
    "ends, so on each part the error is at most the rise and fall of the curve there; for a "
    "smooth curve the bound falls with the square of the width. *Universal approximation*: for "
    "any continuous curve on a closed interval, and any activation that is not a polynomial, "
    "enough neurons come as close as you like. The theorem says nothing about how to find them, "
    "and nothing about $x$ outside of the interval."
)


def about_lines(one: float, many: float, line: float) -> tuple[str, str]:
    """Return the answer to QUESTION, and why, from the errors of 1, of 256 and of a line."""
    ratio = many / one if one > 1e-6 else 1.0
    answer = OPTIONS[0] if ratio < 0.1 else OPTIONS[1] if ratio < 0.95 else OPTIONS[2]
    return answer, (
        f"One neuron ends at {number(one)}, 256 end at {number(many)}, and the best straight line "
        f"there is (least squares) is off by {number(line)}. Sums of lines are lines: "
        "$\\sum_j v_j (w_j x + b_j) + c = (\\sum_j v_j w_j)\\, x + \\ldots$"
    )
