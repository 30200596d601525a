"""Activations that look at a whole vector at once, so have no curve of their own."""

import jax
import jax.numpy as jnp

from nnjax.activations.gated import silu
from nnjax.activations.row import Activation


def softmax(x):
    """p_i = exp(x_i) / sum_j exp(x_j) along the last axis: positive shares that add up to 1."""
    # Subtracting the largest changes nothing and keeps exp from overflowing.
    exponentials = jnp.exp(x - jax.lax.stop_gradient(x.max(axis=-1, keepdims=True)))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def swiglu(x, gate_weights, value_weights):
    """SwiGLU(x) = SiLU(G x) * (V x), for x (n_in,) and G, V (n_out, n_in): (n_out,)."""
    return silu(gate_weights @ x) * (value_weights @ x)


VECTOR_ACTIVATIONS = {
    row.key: row
    for row in (
        Activation(
            key="softmax",
            label="Softmax",
            function=softmax,
            formula=r"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
            derivative_formula=r"\frac{\partial p_i}{\partial z_j} = p_i\left([i = j] - p_j\right)",
            how_it_works="Turns any scores into shares of 1: each score's exponential over the sum "
            "of all of them. Adding the same number to every score changes nothing.",
            used_in="The output for one of several classes; the next token of a language model; "
            "the weights of attention.",
            strengths=("Reads as a probability over classes", "Smooth stand-in for the largest"),
            weaknesses=(
                "Never exactly 0 for any class",
                "Large score gaps saturate it, and the gradient fades",
            ),
            year=1990,
            source="bridle_1990",
            further=("vaswani_2017",),
        ),
        Activation(
            key="swiglu",
            label="SwiGLU",
            function=swiglu,
            formula=r"\operatorname{SwiGLU}(\mathbf{x}) = \operatorname{SiLU}(G\mathbf{x})"
            r" \odot (V\mathbf{x})",
            derivative_formula=r"d\mathbf{h} = (V\mathbf{x}) \odot"
            r" \operatorname{SiLU}'(G\mathbf{x}) \odot G\,d\mathbf{x} +"
            r" \operatorname{SiLU}(G\mathbf{x}) \odot V\,d\mathbf{x}",
            how_it_works="Two matrices instead of one: the first makes a gate through SiLU, the "
            "second the values that the gate lets through, number by number.",
            used_in="The feedforward layers of PaLM, LLaMA and LLaMA 2, and many open models "
            "since. Closed models do not publish theirs.",
            strengths=("Lower loss than ReLU or GELU at the same size in Shazeer's comparison",),
            weaknesses=(
                "A third matrix in the layer: its width is cut to two thirds to keep the size",
                "No theory says why it helps",
            ),
            year=2020,
            source="shazeer_2020",
            further=("chowdhery_2022", "touvron_2023a", "touvron_2023b"),
        ),
    )
}
