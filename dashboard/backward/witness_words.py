"""What the laboratory "Three witnesses" says about what they said."""

from typing import NamedTuple

import numpy as np

from dashboard.backward.own_pass import KEYS, OwnPass
from dashboard.formulas import scientific
from dashboard.large_numbers import power_of_ten
from nnjax.passes.witnesses import KINKED, StepErrors, Witnesses

MISTAKES = {
    "none": "No mistake",
    "slope": "Forget the slope f'(z)",
    "weight": "Forget the weights on the way down",
}
# Shares of the gradient's length: two exact rules may differ by rounding, a difference by more.
ALLOWED = {False: (1e-5, 1e-2), True: (1e-12, 1e-5)}
EPSILON = {False: float(np.finfo(np.float32).eps), True: float(np.finfo(np.float64).eps)}
WHY_THREE = (
    "The first witness is the chain rule written out "
    "layer by layer. The second, `jax.grad`, writes the same rule by itself from the forward "
    "pass. Those two could share an error in thinking; the third knows no calculus at all. It "
    "moves one weight a little up and a little down, and looks what the loss does. It is slow, "
    "two passes for each weight, and never exact, but it cannot be fooled by a wrong formula."
)
QUESTION = (
    "All this is in float32, about 7 digits. In float64 there are 16. Where does the best step of "
    "the central difference lie then?"
)
OPTIONS = ("About where it was", "At a larger step", "At a step hundreds of times smaller")
FORMULA_NOTE = (
    "$u$ is half the gap between 1 and the next number that the format has, and $L'''$ the third "
    "derivative along each weight, also from `jax`. The first term falls with the step and the "
    "second rises; where they balance, the step is of the size of $\\varepsilon^{1/3}$."
)


class Hearing(NamedTuple):
    """The learner's network and settings, and what the witnesses said."""

    own: OwnPass
    said: Witnesses
    errors: StepErrors
    size: float
    double: bool
    mistake: str

    @property
    def off(self) -> tuple[np.ndarray, np.ndarray]:
        """Distances from `jax.grad`, by hand and by difference, in shares of its largest."""
        largest = max(float(np.abs(self.said.by_grad).max()), 1e-30)
        return tuple(
            np.abs(np.asarray(other, float) - self.said.by_grad) / largest
            for other in (self.said.by_hand, self.said.by_difference)
        )

    @property
    def lengths(self) -> tuple[float, float]:
        """The same for the gradient as a whole, in shares of its length."""
        length = max(float(np.linalg.norm(self.said.by_grad)), 1e-30)
        return tuple(
            float(np.linalg.norm(np.asarray(other, float) - self.said.by_grad)) / length
            for other in (self.said.by_hand, self.said.by_difference)
        )

    @property
    def names(self) -> list[str]:
        """The parameters' names, in the witnesses' order: weights, then biases, by layer."""
        found = []
        for layer, dense in enumerate(self.own.parameters):
            keys = [key for key in self.own.keys if self.own.place(key).layer == layer]
            found += [key for key in keys if self.own.place(key).source is not None]
            found += [key for key in keys if self.own.place(key).source is None]
            assert len(keys) == dense.weights.size + dense.bias.size
        return [KEYS[key] for key in found]

    @property
    def rule(self) -> float:
        """The cube root of the precision."""
        return EPSILON[self.double] ** (1 / 3)

    @property
    def best(self) -> float:
        """The step at which the difference was closest."""
        return float(self.errors.steps[int(np.argmin(self.errors.measured))])

    @property
    def silent(self) -> bool:
        """Whether every gradient is 0."""
        return not np.any(self.said.by_grad)


def verdict(hearing: Hearing) -> tuple[bool, str]:
    """Return whether all three agree, and the sentence of the light."""
    by_hand, by_difference = hearing.lengths
    if hearing.silent:
        agree = not np.any(hearing.said.by_hand) and not np.any(hearing.said.by_difference)
        said = "every gradient is 0" if agree else "jax.grad says 0, another witness does not"
        return agree, f"**{'✓ They agree' if agree else '✗ They disagree'}:** {said}."
    rule, difference = ALLOWED[hearing.double]
    fine = by_hand <= rule, by_difference <= difference
    numbers = (
        f"By hand and `jax.grad` are {power_of_ten(by_hand)} of the gradient's length apart, the "
        f"central difference {power_of_ten(by_difference)}."
    )
    if all(fine):
        return True, f"**✓ They agree.** {numbers}"
    if not fine[0]:
        return False, (
            f"**✗ They disagree: the rule by hand is wrong.** {numbers} Two witnesses that know "
            "nothing of each other stand against it."
        )
    return False, f"**✗ They disagree: the difference is off.** {numbers} {_why_off(hearing)}"


def _why_off(hearing: Hearing) -> str:
    crossed = int(hearing.said.crossed.sum())
    if crossed and _has_corner(hearing):
        return (
            f"For {crossed} of {len(hearing.said.crossed)} parameters a neuron's sum changes its "
            f"sign between the two ends: across the corner of {hearing.own.bend} there is no one "
            "slope to find. The rule is right on this side of the corner."
        )
    if hearing.size < hearing.best:
        return "The step is so small that the two losses differ by little more than rounding."
    return "The step is so large that the loss is no straight line between the two ends."


def about_the_step(hearing: Hearing) -> str:
    """Say where the U is lowest, and what a corner does."""
    lowest = float(hearing.errors.measured.min())
    said = (
        f"Right: the difference is best at $h$ = **{power_of_ten(hearing.best)}** (◆), where it "
        f"is off by {power_of_ten(lowest)}. The rule of thumb, $\\varepsilon^{{1/3}}$ = "
        f"{power_of_ten(hearing.rule)}, is the dotted line; your step is the yellow mark. "
    )
    if "step" in hearing.own.config.activations:
        return said + (
            "**Step has slope 0 wherever it has one.** Below it the rule and `jax.grad` give 0: "
            "a network of steps cannot learn by gradients. Only a difference that reaches across "
            "the jump sees it, as a slope that grows without end the smaller the step."
        )
    crossed = int(hearing.said.crossed.sum())
    if _has_corner(hearing):
        return said + (
            f"{hearing.own.bend} has a corner at 0, where JAX takes one side's slope. With your "
            f"step {crossed} of {len(hearing.said.crossed)} differences reach across one"
            + ("." if crossed else ", so they can be right.")
        )
    return said + "To its left rounding grows, to its right the curve between the ends."


def _has_corner(hearing: Hearing) -> bool:
    return any(key in KINKED for key in hearing.own.config.activations)


def table(hearing: Hearing) -> str:
    """Return all three witnesses of every parameter, as Markdown."""
    lines = [
        "| | by hand | jax.grad | difference | off, by hand | off, difference |",
        "|:--|--:|--:|--:|--:|--:|",
    ]
    said, digits = hearing.said, 10 if hearing.double else 6
    rows = zip(
        hearing.names, said.by_hand, said.by_grad, said.by_difference, *hearing.off, strict=True
    )
    for name, *numbers, by_hand, by_difference in rows:
        shown = " | ".join(f"{number:.{digits}f}" for number in numbers)
        lines.append(
            f"| {name} | {shown} | {power_of_ten(by_hand)} | {power_of_ten(by_difference)} |"
        )
    return "\n".join(lines)


def formulas(hearing: Hearing) -> tuple[str, ...]:
    """Return the difference with the numbers of the parameter it is most wrong about."""
    at = int(np.argmax(hearing.off[1]))
    h, slope = hearing.size, float(hearing.said.by_difference[at])
    rise = 2 * h * slope
    length = max(float(np.linalg.norm(hearing.said.by_grad)), 1e-30)
    return (
        r"\frac{\partial L}{\partial w} \approx \frac{L(w + h) - L(w - h)}{2h} = "
        rf"\frac{{{scientific(rise)}}}{{2 \cdot {h:g}}} = {slope:.6f}",
        r"\text{error} \approx \underbrace{\frac{u\,|L|\,\sqrt{n}}{h}}_{\text{rounding}} + "
        r"\underbrace{\frac{h^2}{6}\,|L'''|}_{\text{truncation}} = "
        rf"\frac{{{scientific(_u(hearing))} \cdot {abs(float(hearing.said.loss)):.3f} \cdot "
        rf"\sqrt{{{len(hearing.said.by_grad)}}}}}{{{h:g}}} + \frac{{{h:g}^2}}{{6}} \cdot "
        rf"{float(np.linalg.norm(hearing.said.third)):.3f}",
        rf"\varepsilon^{{1/3}} = ({scientific(EPSILON[hearing.double])})^{{1/3}} = "
        rf"{scientific(hearing.rule)}"
        rf"\qquad |g| = {length:.4f}",
    )


def _u(hearing: Hearing) -> float:
    return EPSILON[hearing.double] / 2


def best_in_float64(errors: StepErrors) -> tuple[str, str]:
    """Return where the best step lies in float64: the option, and why."""
    best = float(errors.steps[int(np.argmin(errors.measured))])
    ratio = EPSILON[False] ** (1 / 3) / best
    answer = OPTIONS[2] if ratio > 100 else OPTIONS[0] if ratio > 0.1 else OPTIONS[1]
    return answer, (
        f"For the network of the first visit it is {power_of_ten(best)}, where the error is "
        f"{power_of_ten(float(errors.measured.min()))}. Rounding is half a billion times smaller, "
        "so the step can shrink until truncation is as small: by the cube root of that."
    )
