"""Two thin matrices instead of a square one: where language models skip the activation."""

import streamlit as st

from dashboard import layout
from dashboard.controls import Number
from dashboard.formulas import grouped
from dashboard.large_numbers import in_words
from nnjax.large_models.scale import low_rank_size

WIDTH = Number(key="collapse_width", label="Width $d$", default=12_288, min=16, max=65_536, step=16)
RANK = Number(key="collapse_rank", label="Rank $r$", default=8, min=1, max=1024, step=1)
CONTROLS = (WIDTH, RANK)
SOURCES = ("hu_2021", "vaswani_2017")


def show() -> None:
    """Draw the calculator."""
    layout.in_llms(
        "Language models use this on purpose. To adapt a trained matrix $W$, *LoRA* adds the "
        "product $BA$ of two thin matrices, $d \\times r$ and $r \\times d$, with **no activation "
        "between them**, and trains only those. Because they collapse, $W + BA$ is one matrix "
        "again when training is over, and the model runs as fast as before. In every "
        "layer's feed-forward part an activation keeps its two matrices from that."
    )
    with st.container(horizontal=True):
        width = WIDTH.show(width=180)
        rank = RANK.show(width=180)
    thin, square = low_rank_size(width, rank)
    st.latex(
        rf"2\,d\,r = 2 \cdot {width} \cdot {rank} = "
        + grouped(thin)
        + rf"\quad\text{{instead of}}\quad d^2 = {width}^2 = "
        + grouped(square)
    )
    with st.container(horizontal=True, gap="large"):
        st.metric("The square matrix", in_words(square))
        st.metric("Both thin ones", in_words(thin))
        st.metric("Parameters to train", f"{thin / square:.2%}")
