"""A character model: a small transformer learns a text, piece by piece, against three counts."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import show_chart
from dashboard.charts import writing as charts
from dashboard.compute import remember
from dashboard.controls import Slider
from dashboard.gather import Rest
from dashboard.language import character_model as shared
from dashboard.language import text_words as words
from dashboard.language.character_model import Model, Piece
from dashboard.language.characters import visible
from dashboard.theme import Palette
from nnjax.language.baselines import baseline_losses, count, log_shares
from nnjax.language.model import read, window_losses
from nnjax.language.training import train

TOKEN_LOSS = Slider(
    key="text_token_loss", label="Loss of a token, in nats", default=2.6, min=1.5, max=6.0, step=0.1
)
TOKEN_LENGTH = Slider(
    key="text_token_length", label="Characters in a token", default=4.0, min=1.0, max=6.0, step=0.5
)
CONTROLS = (*shared.CONTROLS, TOKEN_LOSS, TOKEN_LENGTH)
GUESS = "guess_text_position"
LAB = {"llm_lab": "text"}
PROMPTS = (
    ("The smallest model beats the pairs too", LAB | {"text_size": "small", "text_rate": 0.01}),
    ("Three blocks, and more to remember", LAB | {"text_size": "large", "text_rate": 0.002}),
    ("A failure: steps too large, it diverges", LAB | {"text_rate": 1.0, "text_steps": 100}),
    ("A failure: steps too small, it stays with noise",
     LAB | {"text_rate": 0.0003, "text_steps": 300}),
)  # fmt: skip


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what goes on training, if anything is left."""
    controls, picture = layout.lab()
    with controls:
        model, n_steps = shared.choose_model()
        st.markdown(words.about_text(model))
    with picture:
        bar = remember("counts of text", lambda *_: _counts(model), *model.about[:2])
        pieces, rest = shared.train_in_pieces("text_training", model, n_steps)
        training = words.Training(model, pieces, n_steps, *map(float, bar))
        _show(training, colors)
    if training.learns:
        layout.predict_then_reveal(
            GUESS, words.QUESTION, words.OPTIONS, *words.answer(training.pieces[-1].held_out)
        )
    layout.formula(*words.formulas(training), note=words.FORMULA_NOTE)
    page.try_this(*PROMPTS)
    _show_llm()
    layout.show_the_code(read, window_losses, train, count, log_shares)
    layout.sources("vaswani_2017", "radford_2019", "kingma_ba_2015", "shannon_1951", "carroll_1865")
    return rest


def _counts(model: Model) -> Any:
    return baseline_losses(model.text.corpus, context=model.config.context)


def _show(training: words.Training, colors: Palette) -> None:
    with st.container(horizontal=True, gap="large"):
        for name, value in words.numbers(training).items():
            st.metric(name, value)
    pieces = training.pieces
    losses = charts.Losses(
        train=np.concatenate([piece.train_loss for piece in pieces] or [np.zeros(0)]),
        held_out=training.held_out,
        n_steps=training.n_steps,
        levels={
            "uniform": training.uniform, "characters": training.unigram, "pairs": training.bigram
        },
        diverged_at=training.diverged_at,
    )  # fmt: skip
    show_chart(
        charts.plot_losses(losses, colors),
        key="text_losses",
        alt=words.describe(training),
        height=charts.LOSS_HEIGHT,
    )
    layout.look(words.verdict(training))
    if training.learns:
        _show_samples(pieces)
        held_out = pieces[-1].held_out
        show_chart(
            charts.plot_by_position(held_out, training.bigram, colors),
            key="text_positions",
            alt=f"{words.by_position(held_out)} Bars: the loss at each of {len(held_out)} places.",
            height=charts.POSITION_HEIGHT,
        )
        layout.look(words.by_position(held_out))


def _show_samples(pieces: Sequence[Piece]) -> None:
    """What the model writes now, and what it wrote before."""
    st.markdown(f"**It writes, after {len(pieces) * shared.AT_ONCE} steps:**")
    st.code(visible(pieces[-1].sample), language=None, wrap_lines=True)
    with st.expander("All that it wrote so far"):
        st.code(words.samples(pieces), language=None, wrap_lines=True)


def _show_llm() -> None:
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        loss, length = TOKEN_LOSS.show(width=300), TOKEN_LENGTH.show(width=300)
    bits = loss / length / np.log(2)
    with st.container(horizontal=True, gap="large"):
        st.metric("Bits a character", f"{bits:.2f}")
        st.metric("Perplexity of a token", f"{np.exp(loss):,.1f}")
        st.metric("A gigabyte of text shrinks to", f"{1000 * bits / 8:,.0f} MB")
