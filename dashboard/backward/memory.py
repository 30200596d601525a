"""What the way back costs in a large language model: the calculator."""

import streamlit as st

from dashboard import layout
from dashboard.controls import Number
from dashboard.formulas import grouped, scientific
from dashboard.large_numbers import in_bytes, in_words, power_of_ten
from nnjax.large_models.training_cost import CacheBytes, cache_bytes, training_flops

# GPT-3: Brown et al. 2020, tables 2.1 and 2.2.
PARAMETERS = Number(
    key="backward_llm_parameters", label="Parameters, in billions", default=175.0, min=0.1,
    max=10_000.0, step=0.1, format="%.1f",
)  # fmt: skip
TOKENS = Number(
    key="backward_llm_tokens", label="Tokens to learn from, in billions", default=300.0, min=0.1,
    max=100_000.0, step=0.1, format="%.1f",
)  # fmt: skip
LAYERS = Number(
    key="backward_llm_layers", label="Layers", default=96, min=1, max=1000, step=1
)  # fmt: skip
WIDTH = Number(
    key="backward_llm_width", label="Width", default=12_288, min=64, max=200_000, step=1
)  # fmt: skip
HEADS = Number(
    key="backward_llm_heads", label="Attention heads", default=96, min=1, max=1000, step=1
)  # fmt: skip
LENGTH = Number(
    key="backward_llm_length", label="Tokens in a sequence", default=2048, min=1, max=1_000_000,
    step=1,
)  # fmt: skip
SEQUENCES = Number(
    key="backward_llm_sequences", label="Sequences at once", default=1, min=1, max=10_000, step=1
)  # fmt: skip
CONTROLS = (PARAMETERS, TOKENS, LAYERS, WIDTH, HEADS, LENGTH, SEQUENCES)
SOURCES = ("kaplan_2020", "brown_2020", "korthikanti_2022", "chen_2016")


def show() -> None:
    """Draw the calculator."""
    layout.in_llms(
        "A large model learns by this very walk. Forward, each weight multiplies and adds once "
        "for each token, $2NT$ operations. Backward it is used twice: once to hand the error down, "
        "$W^{\\mathsf T}\\delta$, once for its own gradient, $\\delta\\, a^{\\mathsf T}$. That "
        "makes $4NT$, and $6NT$ for the whole step. The price of getting every gradient at once "
        "is memory: the cache has to wait until the way back comes past. Large models keep only "
        "each layer's input and work the rest out again (*recomputation*)."
    )
    with st.container(horizontal=True):
        n_parameters = PARAMETERS.show(width=180) * 1e9
        n_tokens = TOKENS.show(width=220) * 1e9
    with st.container(horizontal=True):
        size = {
            name: control.show(width=150)
            for name, control in (
                ("n_layers", LAYERS), ("width", WIDTH), ("n_heads", HEADS), ("n_tokens", LENGTH),
                ("n_sequences", SEQUENCES),
            )
        }  # fmt: skip
    flops, kept = training_flops(n_parameters, n_tokens), cache_bytes(**size)
    st.latex(_cache_formula(kept, **size))
    with st.container(horizontal=True, gap="large"):
        st.metric("Forward, 2NT", power_of_ten(flops.forward))
        st.metric("Backward, 4NT", power_of_ten(flops.backward))
        st.metric("Together", power_of_ten(flops.total))
        st.metric("Cache, all kept", in_bytes(kept.all_kept))
        st.metric("Cache, recomputed", in_bytes(kept.recomputed))
    cached = size["n_tokens"] * size["n_sequences"]
    st.markdown(
        f"All {in_words(n_parameters)} weights take {in_bytes(2 * n_parameters)} in BF16; the "
        f"cache of {cached:,} tokens takes "
        f"{kept.all_kept / (2 * n_parameters):.2g} times as much. With recomputation it is "
        f"{in_bytes(kept.recomputed)}, for one more forward pass: $8NT$ in all."
    )


def say_who_checks() -> None:
    """Say what becomes of the three witnesses in a large model."""
    n_parameters = 175e9
    layout.in_llms(
        "Nobody writes the gradients of a large model by hand: the framework derives them from the "
        "forward pass, as `jax.grad` does here. The third witness still serves whoever writes a "
        "fast kernel with a backward pass of its own: it is checked by differences, on small "
        "inputs and in float64. For a whole model that is out of reach. GPT-3's "
        f"{in_words(n_parameters)} weights would take {in_words(2 * n_parameters)} forward "
        "passes; one backward pass gives the same numbers. And in BF16, with 8 bits of precision, "
        f"the best step would be near $\\varepsilon^{{1/3}} = {2**-7:.4f}^{{1/3}} = "
        f"{2 ** (-7 / 3):.1f}$: no small step at all."
    )


def _cache_formula(kept: CacheBytes, **size: int) -> str:
    n_layers, width, n_heads, n_tokens, n_sequences = size.values()
    return (
        rf"L\,s\,b\,h\left(34 + \frac{{5as}}{{h}}\right) = {grouped(n_layers)} \cdot "
        rf"{grouped(n_tokens)} \cdot {grouped(n_sequences)} \cdot {grouped(width)} \left(34 + "
        rf"\frac{{5 \cdot {grouped(n_heads)} \cdot {grouped(n_tokens)}}}{{{grouped(width)}}}"
        rf"\right) = {scientific(kept.all_kept)}\ \text{{bytes}}"
    )
