"""In large language models: what guessing costs, and what a loss means as a number of choices."""

import streamlit as st

from dashboard import layout
from dashboard.compute import run
from dashboard.controls import Choice, Slider
from nnjax.large_models.sequence_loss import guessing_loss, perplexity

# GPT-2, LLaMA 2, LLaMA 3 and PaLM have 50,257, 32,000, 128,256 and 256,000 tokens.
SIZES = (2, 10, 27, 100, 1000, 10_000, 32_000, 50_257, 100_000, 128_256, 256_000)
VOCABULARY = Choice(
    key="loss_vocabulary",
    label="Vocabulary V",
    default=100_000,
    options=SIZES,
    style="slider",
    help="27 letters and space; 50257 in GPT-2, 32000 in LLaMA 2, 256000 in PaLM.",
)
MEAN = Slider(
    key="loss_mean", label="A model's mean loss", default=3.0, min=0.0, max=12.5, step=0.05,
    help="In nats for each token, as most training logs print it.",
)  # fmt: skip
CONTROLS = (VOCABULARY, MEAN)
SOURCES = (
    "shannon_1951", "jelinek_1977", "radford_2019", "brown_2020", "chowdhery_2022", "touvron_2023b",
)  # fmt: skip


def show(text: str) -> None:
    """Draw what this laboratory's idea is at scale, and the calculator."""
    layout.in_llms(text)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        size, mean = VOCABULARY.show(width=300), MEAN.show(width=300)
    guess = float(run("guessing", guessing_loss, float(size)))
    choices = float(run("perplexity", perplexity, mean))
    with st.container(horizontal=True, gap="large"):
        st.metric(f"Guessing among {size:,} costs ln V", f"{guess:.2f}")
        st.metric(f"Perplexity at a loss of {mean:.2f}", count(choices))
        st.metric("Below guessing, each token", f"{guess - mean:.2f}")
    st.markdown(what_it_means(size, mean, guess, choices))


def count(number: float) -> str:
    """Return a perplexity in sensible digits."""
    return f"{number:,.2f}" if number < 100 else f"{number:,.0f}"


def what_it_means(size: int, mean: float, guess: float, choices: float) -> str:
    """Return the sentence under the calculator."""
    if mean > guess + 0.005:
        return (
            f"A loss of {mean:.2f} is **worse than guessing** among {size:,} tokens: such a model "
            "is sure of the wrong things."
        )
    return (
        f"Before it has learned anything, a model that spreads its bets evenly over {size:,} "
        f"tokens loses ln {size:,} = **{guess:.2f}** at every position. At {mean:.2f} it is as "
        f"unsure as if it chose among **{count(choices)}** equally likely tokens: e to the loss, "
        "its *perplexity*."
    )
