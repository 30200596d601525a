"""The cards: one architecture at a time, drawn, described, counted, and trained where it can be."""

from typing import Any

import streamlit as st

from dashboard import layout
from dashboard.chart import show_chart
from dashboard.charts import zoo as charts
from dashboard.compute import remember
from dashboard.controls import Choice, Number, Slider
from dashboard.gather import Rest, gather
from dashboard.theme import Palette
from dashboard.zoo import cards_words as words
from dashboard.zoo.training import AT_ONCE, train_piece
from nnjax.zoo.attention import layer_norm, multi_head_attention
from nnjax.zoo.autoencoder import decode, encode
from nnjax.zoo.card import Card
from nnjax.zoo.cards import CARDS
from nnjax.zoo.cnn import cnn_stages
from nnjax.zoo.convolution import convolve, max_pool
from nnjax.zoo.costs import forward_cost
from nnjax.zoo.networks import NETWORKS, flattened
from nnjax.zoo.recurrent import gru_step, lstm_step, rnn_step, run_cell
from nnjax.zoo.training import train_epochs
from nnjax.zoo.transformer import block_forward

CARD = Choice.of(CARDS, key="zoo_card", label="Architecture", default="feedforward")
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 1.0)
RATE = Choice(
    key="zoo_rate", label="Learning rate", default=0.01, options=RATES,
    labels={rate: f"{rate:g}" for rate in RATES}, style="slider",
)  # fmt: skip
EPOCHS = Slider(key="zoo_epochs", label="Epochs", default=12, min=3, max=30, step=3)
SEED = Number(key="zoo_seed", label="Seed", default=0, min=0, max=9999, step=1)
WIDTH = Choice(
    key="zoo_width", label="Width of the model", default=12288, options=(768, 4096, 8192, 12288),
    labels={width: f"{width:,}" for width in (768, 4096, 8192, 12288)},
)  # fmt: skip
LENGTH = Slider(
    key="zoo_length", label="Tokens, in thousands", default=2, min=1, max=1000, step=1,
)  # fmt: skip
CONTROLS = (CARD, RATE, EPOCHS, SEED, WIDTH, LENGTH)
GUESS = "guess_zoo_arithmetic"
PROMPTS = (
    ("The GRU recalls a token from forty steps back", {"zoo_card": "gru", "zoo_epochs": 18}),
    ("A failure: a plain RNN forgets, its gradient fades", {"zoo_card": "rnn", "zoo_epochs": 18}),
    ("A failure: steps too large, the transformer only guesses",
     {"zoo_card": "transformer", "zoo_rate": 1.0}),
    ("Sixty-four pixels through two numbers", {"zoo_card": "autoencoder", "zoo_epochs": 30}),
)  # fmt: skip
CODE = {
    "feedforward": (flattened,),
    "cnn": (convolve, max_pool, cnn_stages),
    "rnn": (rnn_step, run_cell),
    "lstm": (lstm_step, run_cell),
    "gru": (gru_step, run_cell),
    "transformer": (multi_head_attention, layer_norm, block_forward),
    "autoencoder": (encode, decode),
}


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what goes on training, if anything is left."""
    controls, picture = layout.lab()
    with controls:
        card = CARDS[CARD.show()]
        st.markdown(words.text(card))
    with picture:
        show_chart(
            charts.plot_flow(card, colors),
            key="zoo_flow",
            alt=words.describe_flow(card),
            height=charts.flow_height(card),
        )
        layout.look(words.about_flow(card))
        rest = _train(card, colors) if card.network else None
        if card.not_here:
            st.info(card.not_here, icon="")
    _ask()
    if card.network:
        cost = remember("cost of a pass", _cost, card.network)
        layout.formula(*words.formulas(card, cost), note=card.cost_note)
        st.markdown(words.costs(cost))
    page.try_this(*PROMPTS)
    _show_llm()
    layout.show_the_code(*CODE.get(card.key, ()), train_epochs)
    layout.sources(card.source, "kingma_ba_2015", "tallec_ollivier_2018", "brown_2020")
    return rest


def _train(card: Card, colors: Palette) -> Rest | None:
    """Train a few epochs at a time, and draw how far it has come."""
    task = NETWORKS[card.network].task
    st.markdown(f"**Trained now: {task.label.lower()}.** {task.note}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rate, n_epochs = RATE.show(width=200), EPOCHS.show(width=200)
        seed = SEED.show(width=110)
    runs, rest = gather(
        "zoo_training",
        range(1, n_epochs // AT_ONCE + 1),
        lambda piece: train_piece(card.network, seed, rate, piece),
        about=(card.network, seed, rate),
        say=lambda piece: f"Training, {AT_ONCE} epochs at a time",
        done=f"{n_epochs} epochs of Adam.",
    )
    trained = runs[max(runs)]
    done, score = int(trained.n_epochs), words.learned(trained)[-1]
    show_chart(
        charts.plot_scores(
            words.learned(trained), n_epochs, by_chance=task.by_chance, title=task.score_label,
            palette=colors,
        ),
        key="zoo_scores",
        alt=f"{task.score_label} after each of {done} epochs, at last {score:.4g}; a guess scores "
        f"{task.by_chance:.3g}.",
        height=280,
    )  # fmt: skip
    layout.look(words.result(card, task, trained))
    return rest


def _cost(network: str) -> Any:
    return forward_cost(NETWORKS[network])


def _ask() -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        costs = (
            remember("cost of a pass", _cost, key) for key in ("cnn_digits", "feedforward_digits")
        )
        answer, why = words.answer(*costs)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _show_llm() -> None:
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        width, length = WIDTH.show(width=200), 1000 * LENGTH.show(width=300)
    with st.container(horizontal=True, gap="large"):
        st.metric("Share spent on comparing tokens", f"{length / (6 * width + length):.1%}")
        st.metric("Half of all at this many tokens", f"{6 * width:,}")
