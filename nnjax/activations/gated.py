"""Self-gated activations: the input times a soft switch that the input itself sets."""

import jax.numpy as jnp
from jax.scipy.special import erfc

from nnjax.activations.rectifiers import softplus
from nnjax.activations.row import Activation
from nnjax.activations.squashing import sigmoid


def silu(x):
    """f(x) = x sigmoid(x), also called swish."""
    return x * sigmoid(x)


def gelu(x):
    """f(x) = x Phi(x) = x/2 (1 + erf(x / sqrt 2)), Phi the standard normal's distribution."""
    # 1 + erf(u) = erfc(-u), which keeps its digits far to the left, where the sum would cancel.
    return 0.5 * x * erfc(-x * 0.7071067811865476)


def mish(x):
    """f(x) = x tanh(softplus(x))."""
    return x * jnp.tanh(softplus(x))


GATED = (
    Activation(
        key="silu",
        label="SiLU (swish)",
        function=silu,
        formula=r"f(x) = x \cdot \frac{1}{1 + e^{-x}}",
        derivative_formula=r"f'(x) = \sigma(x)\left(1 + x\,(1 - \sigma(x))\right),"
        r"\quad \sigma(x) = \frac{1}{1 + e^{-x}}",
        how_it_works="The sum times its own sigmoid: a gate that opens as the sum grows. It dips "
        "to -0.28 near x = -1.28 before it rises.",
        used_in="EfficientNet; the gate inside SwiGLU, and so LLaMA and PaLM.",
        strengths=("Smooth", "No unit is cut off at once", "Close to ReLU far from 0"),
        weaknesses=("An exponential to compute", "Not monotonic: two sums can give one output"),
        year=2017,
        source="elfwing_2017",
        further=("ramachandran_2017", "hendrycks_gimpel_2016", "tan_le_2019"),
    ),
    Activation(
        key="gelu",
        label="GELU",
        function=gelu,
        formula=r"f(x) = x \cdot \tfrac{1}{2}\left(1 + \operatorname{erf}"
        r"\left(\frac{x}{\sqrt{2}}\right)\right)",
        derivative_formula=r"f'(x) = \Phi(x) + x\,\varphi(x), \quad \varphi(x) ="
        r" \frac{e^{-x^2/2}}{\sqrt{2\pi}}",
        how_it_works="The sum times the chance that a standard normal number lies below it. This "
        "is the exact form; 0.5 x (1 + tanh(0.7979 (x + 0.044715 x^3))) comes within 0.0005.",
        used_in="BERT, GPT-2 (with the tanh approximation) and GPT-3, vision transformers. Newer "
        "open models such as LLaMA and PaLM use SwiGLU; closed models do not publish theirs.",
        strengths=("Smooth", "No unit is cut off at once", "Well tried in transformers"),
        weaknesses=("Costlier than ReLU", "Not monotonic: it dips to -0.17 near x = -0.75"),
        year=2016,
        source="hendrycks_gimpel_2016",
        further=("devlin_2018", "radford_2019", "brown_2020"),
    ),
    Activation(
        key="mish",
        label="Mish",
        function=mish,
        formula=r"f(x) = x \cdot \tanh\left(\ln\left(1 + e^{x}\right)\right)",
        derivative_formula=r"f'(x) = \tanh s + x\,\sigma(x)\,(1 - \tanh^2 s),"
        r"\quad s = \ln(1 + e^{x})",
        how_it_works="The sum times the tanh of its softplus: much like SiLU, with a slightly "
        "steeper start.",
        used_in="The backbone of the object detector YOLOv4.",
        strengths=("Smooth", "No unit is cut off at once"),
        weaknesses=("The costliest of these", "Seldom far ahead of SiLU or GELU"),
        year=2019,
        source="misra_2019",
        further=("bochkovskiy_2020",),
    ),
)
