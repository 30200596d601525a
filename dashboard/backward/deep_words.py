"""What the laboratory "Vanishing and exploding" says about what it measured."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.controls import Number, Slider
from dashboard.formulas import scientific
from dashboard.large_numbers import power_of_ten
from nnjax.activations import ACTIVATIONS
from nnjax.depth.deep_gradients import N_SEEDS, WIDTH, weight_scale
from nnjax.initializers import INITIALIZERS
from nnjax.races.bands import Band

FACTOR = Slider(
    key="backward_factor", label="A layer multiplies the gradient by", default=0.9, min=0.5,
    max=1.5, step=0.01, format="%.2f",
)  # fmt: skip
LAYERS = Number(
    key="backward_factor_layers", label="Layers on the way", default=192, min=1, max=2000, step=1
)
GONE, TOO_LARGE = 1e-3, 1e3
QUESTION = (
    "ReLU with He's weights, 64 layers. You add skip connections, and nothing else. What happens "
    "to the gradient at the first layer?"
)
OPTIONS = ("It stays about as it was", "It grows a thousandfold or more", "It shrinks")
FORMULA_NOTE = (
    "$q$ is the variance of a layer's sums and follows from layer to layer; the means are taken "
    "over a bell curve. $n$ is the width, 64 here. The theory treats "
    "sums as normal and is exact only for $n \\to \\infty$: at 64 a single network scatters about "
    "it, the deeper the more. And it is a mean of squares, which a few networks with large "
    "gradients pull above the middle one."
)


class Study(NamedTuple):
    """One kind of network at one depth."""

    deep: Any  # activation, weights, skip, normed
    depth: int
    band: Band  # (depth,)
    theory: np.ndarray  # (depth,) log10

    @property
    def per_layer(self) -> float:
        """The theory's factor of the squared gradient, a mean over the layers."""
        return float(10 ** (2 * (self.theory[0] - self.theory[-1]) / (self.depth - 1)))

    @property
    def ratio(self) -> float:
        """What of the last layer's gradient is left at the first, in the middle seed."""
        return float(self.band.middle[0] / max(float(self.band.middle[-1]), 1e-38))


def verdict(study: Study) -> str:
    """Say what is left at the first layer, beside the theory."""
    first = float(study.band.middle[0])
    size = number(first)
    said = (
        f"At the first of {study.depth} layers the gradient is **{size}** (middle of {N_SEEDS} "
        f"seeds; theory {_power(float(study.theory[0]))}), of a size of 1 sent back from the end. "
    )
    if not np.isfinite(study.ratio) or study.ratio > TOO_LARGE:
        return said + (
            "It has **exploded**: a step that suits the last layers throws the first ones out."
        )
    if study.ratio < GONE:
        return said + (
            "It has **vanished**: at any rate that the last layers can bear, the first ones stand "
            "still."
        )
    return said + "It **arrives**: all layers can learn at one rate."


def number(value: float) -> str:
    """Return a size: "0.21", "3.4 × 10⁻¹²"."""
    if not np.isfinite(value):
        return "beyond float32"
    return f"{value:.2g}" if 0.001 <= abs(value) < 1000 else power_of_ten(value)


def _power(log10: float) -> str:
    if log10 == -np.inf:
        return "0"
    whole = int(np.floor(log10))
    if -3 <= log10 < 3:
        return f"{10**log10:.2g}"
    return power_of_ten(10.0 ** float(log10)) if abs(whole) < 300 else f"10^{whole}"


def what_theory_says(study: Study) -> str:
    """Say where the factor comes from, and where the theory falls short."""
    deep, factor = study.deep, study.per_layer
    said = (
        f"**Why.** In theory a layer multiplies the *squared* gradient by {factor:.3g} on average. "
        f"Over {study.depth - 1} layers that is {_power((study.depth - 1) * np.log10(factor))}, "
        f"and the gradient's size its root. "
        if factor > 0
        else "**Why.** The activation's slope is 0 everywhere: nothing passes a single layer. "
    )
    bend = ACTIVATIONS[deep.activation].label
    if deep.skip and not deep.normed:
        said += (
            "With a skip the factor is 1 + χ, never below 1: nothing vanishes, but what is added "
            "keeps growing. A part of the gradient lies along the signal and grows as the signal "
            "does, which can be faster. It starts as one part in the width, 64; the dashed line "
            "counts it in. Theory for infinite width leaves it out. "
        )
    elif deep.normed and not deep.skip:
        said += (
            "Layer norm divides by the spread of the sums, so the scale of the first weights drops "
            f"out. What is left is E[f'²] / E[f²], a property of {bend} alone. "
        )
    elif deep.skip:
        said += (
            "With both, each layer adds something of the same size to a sum that grows, so each "
            "matters less than the one before: the factor comes down to 1. "
        )
    else:
        said += (
            f"{INITIALIZERS[deep.weights].label} gives the weights a scale of σ² = "
            f"{weight_scale(deep.weights):.3g}; with the slopes of {bend} that makes the factor. "
        )
    if deep.weights == "orthogonal":
        said += "Orthogonal weights have the theory's mean, and scatter less than it assumes."
    return said


def formulas(study: Study) -> tuple[str, ...]:
    """Return the theory for this kind of layer, and its product with the learner's numbers."""
    deep, scale = study.deep, weight_scale(study.deep.weights)
    inner = r"\sigma_w^2\, \mathbb{E}\big[f'(z)^2\big]"
    if deep.normed:
        inner = rf"\frac{{{inner}}}{{\sigma_w^2\, \mathbb{{E}}[h^2]}} \cdot \frac{{n - 2}}{{n}}"
    spread = "1" if deep.normed else r"\sigma_w^2\, \mathbb{E}[h^2]"
    layer = r"\mathrm{LN}(W h)" if deep.normed else "W h"
    factor, times = study.per_layer, r"(1 + \chi)" if deep.skip else r"\chi"
    if deep.skip and not deep.normed:
        times = r"(1 + \chi + \text{a part along } h)"
    return (
        rf"h' = {'h + ' if deep.skip else ''}f(z), \quad z = {layer}, \quad "
        rf"z \sim \mathcal{{N}}(0, q), \quad q = {spread}",
        rf"\chi = {inner}, \qquad \sigma_w^2 = n\,\mathrm{{Var}}(w) = {scale:.3g}, \quad "
        rf"n = {WIDTH}",
        rf"|g_{{\ell - 1}}|^2 = {times}\, |g_\ell|^2, \qquad "
        rf"\frac{{|g_1|^2}}{{|g_{{{study.depth}}}|^2}} \approx ({factor:.3g})^{{{study.depth - 1}}}"
        rf" = {_latex(2 * float(study.theory[0] - study.theory[-1]))}",
    )


def _latex(log10: float) -> str:
    if not np.isfinite(log10):
        return "0"
    return scientific(10.0**log10) if abs(log10) > 3 else f"{10.0**log10:.3g}"


def skip_alone(plain: float, skipped: float) -> tuple[str, str]:
    """Return what skips alone do to ReLU's gradient: the option, and why."""
    gain = skipped / max(plain, 1e-38)
    answer = OPTIONS[1] if gain > 1000 else OPTIONS[2] if gain < 0.1 else OPTIONS[0]
    return answer, (
        f"From {number(plain)} to {number(skipped)}. Without skips a layer keeps the gradient's "
        "size; with them it adds as much again. Nothing vanishes, but 64 layers of that explode. "
        "That is why skips come with a norm, or with a small factor on what is added."
    )


def show_in_llms() -> None:
    """Draw the calculator of a factor raised to the number of layers."""
    layout.in_llms(
        "A transformer is deep: GPT-3 has 96 blocks of two parts each, attention and feedforward, "
        "192 layers with a skip around each. It uses all four cures on this page in its own way. "
        "Every part is h + F(LN(h)), the skip left free (*pre-norm*), which keeps gradients "
        "of one size at the start (Xiong et al. 2020). GPT-2 also scales the weights that end each "
        "part by $1/\\sqrt{N}$ for $N$ such layers, so that the sum does not grow with depth "
        "(Radford et al. 2019). How little a factor may differ from 1:"
    )
    with st.container(horizontal=True):
        factor, n_layers = FACTOR.show(width=320), LAYERS.show(width=200)
    power = n_layers * np.log10(factor)
    st.latex(rf"{factor:.2f}^{{{n_layers}}} = {_latex(power)}")
