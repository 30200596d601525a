"""In large language models: the feedforward block, with GELU or with SwiGLU."""

import streamlit as st

from dashboard import layout
from dashboard.controls import Choice
from nnjax.large_models.feedforward import gelu_block, swiglu_block

WIDTHS = (256, 512, 768, 1024, 1600, 2048, 4096, 5120, 8192, 12288)
WIDTH = Choice(
    key="d_model",
    label="Width of the model",
    default=4096,
    options=WIDTHS,
    labels={width: f"{width}" for width in WIDTHS},
    style="slider",
    help="How many numbers stand for each token: 768 in the smallest GPT-2, 4096 in LLaMA 7B, "
    "12288 in GPT-3.",
)
CONTROLS = (WIDTH,)
SOURCES = (
    "vaswani_2017", "devlin_2018", "radford_2019", "brown_2020", "shazeer_2020",
    "chowdhery_2022", "touvron_2023a",
)  # fmt: skip


def show() -> None:
    """Draw the claims and the calculator."""
    layout.in_llms(
        "The first transformer (2017) used ReLU. BERT, GPT-2 and GPT-3 use GELU. PaLM and LLaMA, "
        "and many open models since, use SwiGLU. Closed models, GPT-4 and Claude among them, do "
        "not publish theirs. The activation sits in the *feedforward block* of each layer: set "
        "the width of a model and compare the two kinds of block."
    )
    width = WIDTH.show(width=420)
    gelu, swiglu = gelu_block(width), swiglu_block(width)
    lines = [
        "| one block | GELU | SwiGLU |",
        "|:--|--:|--:|",
        f"| matrices | {gelu.n_matrices} | {swiglu.n_matrices} |",
        f"| inner width | {gelu.inner:,} | {swiglu.inner:,} |",
        f"| parameters | **{gelu.parameters / 1e6:,.1f} M** | "
        f"**{swiglu.parameters / 1e6:,.1f} M** |",
        f"| operations for a token | {gelu.operations / 1e6:,.1f} M | "
        f"{swiglu.operations / 1e6:,.1f} M |",
    ]
    st.markdown("\n".join(lines))
    ratio = swiglu.parameters / gelu.parameters
    st.markdown(
        f"Three matrices instead of two, but only two thirds as wide inside: **{ratio:.3f}** times "
        "the parameters. The rest of the difference is rounding up to a multiple of 256, as LLaMA "
        "does. Biases are left out."
    )
