"""Third step: one more character, with all read anew or with keys and values kept, on the clock."""

from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import show_chart
from dashboard.charts import decoding as charts
from dashboard.compute import run
from dashboard.controls import Choice, Slider
from dashboard.gather import Rest, gather
from dashboard.language import how_inference_words as words
from dashboard.language import trained
from dashboard.large_numbers import in_bytes
from dashboard.theme import Palette
from nnjax.language import decoding as engine
from nnjax.language.cache import prefill, step
from nnjax.language.text import bundled_text

LENGTHS = (64, 128, 256, 512)
LENGTH = Choice(
    key="how_length", label="Characters so far", default=256, options=LENGTHS, style="slider"
)
HEADS = Choice(
    key="how_kv_heads", label="Heads with keys of their own", default=8, options=(64, 8, 1),
    labels={64: "64: every head", 8: "8: shared by eight", 1: "1: shared by all"},
    help="Llama 2 70B has 64 heads that ask; every eight of them share keys and values.",
)  # fmt: skip
TOKENS = Slider(key="how_kilo_tokens", label="Tokens, in thousands", default=4, min=1, max=128,
                step=1)  # fmt: skip
USERS = Slider(key="how_users", label="Texts at once", default=16, min=1, max=256, step=1)
CONTROLS = (LENGTH, HEADS, TOKENS, USERS)
LLAMA = {"n_layers": 80, "head_width": 128}  # Llama 2 70B: Touvron et al. (2023b)
GUESS = "guess_how_cache"
CODE = (prefill, step, engine.next_character, engine.cache_bytes)
SOURCES = ("vaswani_2017", "pope_2022", "shazeer_2019", "ainslie_2023", "touvron_2023b")


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the step; return what goes on measuring, if anything is left."""
    controls, picture = layout.lab()
    with controls:
        length = LENGTH.show()
        st.markdown(words.TWO_WAYS)
    with picture:
        measured, rest = gather(
            "how_costs", LENGTHS, _measure, about="", say=lambda n: f"Measuring at {n} characters",
            done=words.DONE,
        )  # fmt: skip
        ready = [measured[n] for n in sorted(measured)]
        show_chart(
            charts.plot_costs(
                [one.length for one in ready],
                [1e3 * one.anew for one in ready],
                [1e3 * one.cached for one in ready],
                longest=LENGTHS[-1], title=words.TITLE, palette=colors,
            ),
            key="how_costs",
            alt=words.describe(ready),
            height=charts.COST_HEIGHT,
        )  # fmt: skip
        here = measured.get(length, ready[-1])
        layout.look(words.what_to_see(here))
        st.markdown(words.table(ready))
    answer, why = words.answer(ready) if st.session_state.get(GUESS) else ("", "")
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)
    layout.formula(*words.formulas(here, trained.CONFIG), note=words.FORMULA_NOTE)
    return rest


def _measure(length: int) -> engine.NextCharacter:
    book = bundled_text().corpus
    tokens = np.asarray(book.tokens[book.n_train : book.n_train + length], np.int32)
    return run(
        f"reading {length} characters", engine.next_character, trained.trained(0).parameters,
        tokens, book.n_kinds, config=replace(trained.CONFIG, context=length),
    )  # fmt: skip


def show_llm() -> None:
    """Say what the cache weighs at scale."""
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        heads = HEADS.show(width=220)
        tokens, users = 1000 * TOKENS.show(width=260), USERS.show(width=260)
    each = engine.cache_bytes(n_kv_heads=heads, n_tokens=1, bytes_each=2, **LLAMA)
    with st.container(horizontal=True, gap="large"):
        st.metric("Cache of one token", f"{each / 1e6:.2f} MB")
        st.metric("Of one text", in_bytes(each * tokens))
        st.metric("Of all texts", in_bytes(each * tokens * users))
    st.markdown(words.against_weights(each * tokens * users))


def prompts() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return links into this step."""
    return (
        ("The longest text: here the cache pays most", {"how_length": 512}),
        (
            "A failure: every head keeps its own keys, and the cache outgrows the model",
            {"how_kv_heads": 64, "how_users": 64},
        ),
    )
