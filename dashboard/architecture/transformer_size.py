"""How many parameters a language model has: width, layers and vocabulary."""

import streamlit as st

from dashboard import layout
from dashboard.controls import Number
from dashboard.formulas import grouped
from dashboard.large_numbers import in_words
from nnjax.large_models.scale import transformer_size

WIDTH = Number(
    key="build_llm_width", label="Width $d$", default=12_288, min=16, max=65_536, step=16
)
LAYERS = Number(key="build_llm_layers", label="Layers $L$", default=96, min=1, max=1000, step=1)
VOCABULARY = Number(
    key="build_llm_tokens", label="Tokens it knows", default=50_257, min=2, max=1_000_000, step=1
)
CONTROLS = (WIDTH, LAYERS, VOCABULARY)


def show(own: int) -> None:
    """Draw the calculator; `own` are the parameters of the learner's network."""
    layout.in_llms(
        "A large language model is a stack of layers too, and you can count it on one line. Each "
        "layer has $4d^2$ weights in four square matrices for attention and $8d^2$ in a "
        "feed-forward part four times as wide as the model: about $12d^2$ with biases left out. "
        "GPT-3 is 12,288 numbers wide and 96 layers deep, and that gives its 175 billion."
    )
    with st.container(horizontal=True):
        width = WIDTH.show(width=180)
        n_layers = LAYERS.show(width=180)
        vocabulary = VOCABULARY.show(width=180)
    size = transformer_size(width, n_layers, vocabulary)
    st.latex(
        rf"12\, L\, d^2 = 12 \cdot {n_layers} \cdot {width}^2 = "
        + grouped(size.layers)
        + rf" \approx \text{{{in_words(size.layers)}}}"
    )
    with st.container(horizontal=True, gap="large"):
        st.metric("Attention, one layer", in_words(size.attention))
        st.metric("Feed-forward, one layer", in_words(size.feed_forward))
        st.metric("With the tokens' vectors", in_words(size.total))
        st.metric("Networks like yours", in_words(size.total / own))
