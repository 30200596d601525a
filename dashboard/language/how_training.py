"""Second step: next characters as targets, and what a few steps on one window do."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.address import TRY
from dashboard.chart import show_chart
from dashboard.charts import windows as charts
from dashboard.compute import run
from dashboard.controls import Choice, Slider
from dashboard.language import how_training_words as words
from dashboard.language import trained
from dashboard.large_numbers import in_words, power_of_ten
from dashboard.navigation import PAGES
from dashboard.theme import Palette
from nnjax.language.model import window_losses
from nnjax.language.practice import Practice, practise
from nnjax.language.text import bundled_text, decode
from nnjax.language.training import train
from nnjax.large_models.training_cost import training_flops

PLACE = Slider(
    key="how_place", label="Where in the book, in %", default=0, min=0, max=89, step=1,
    help="The last tenth is held out: nothing is learned from it.",
)  # fmt: skip
STEPS = Slider(key="how_steps", label="Steps on this window", default=1, min=0, max=60, step=1)
RATES = (0.001, 0.003, 0.01, 0.03, 0.1)
RATE = Choice(
    key="how_rate", label="Learning rate", default=0.003, options=RATES, style="slider",
    labels={rate: f"{rate:g}" for rate in RATES},
)  # fmt: skip
DATA = Choice(
    key="how_data", label="Tokens to learn from, in billions", default=2000,
    options=(300, 1000, 2000, 15_000), labels={n: f"{n:,}" for n in (300, 1000, 2000, 15_000)},
)  # fmt: skip
BATCH = Choice(
    key="how_batch", label="Tokens in a step, in millions", default=4, options=(1, 2, 4, 16)
)
CONTROLS = (PLACE, STEPS, RATE, DATA, BATCH)
GUESS = "guess_how_practice"
CODE = (window_losses, practise, train)
SOURCES = ("shannon_1951", "kingma_ba_2015", "kaplan_2020", "brown_2020", "touvron_2023b")
LINKS = (
    ("from_nns_to_llms", "Train it on the whole book", {"llm_lab": "A character model"}),
    ("loss_functions", "Its loss on a sentence of yours, letter by letter",
     {"loss_lab": "A sentence", "loss_model": "A trained transformer"}),
)  # fmt: skip


class Lesson(NamedTuple):
    """A window of the book, and what the steps on it changed."""

    reads: str
    targets: str
    result: Practice
    steps: int
    rate: float
    even: float  # the loss of an even guess among all kinds


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the step."""
    controls, picture = layout.lab()
    with controls:
        lesson = _practise(PLACE.show(), STEPS.show(), RATE.show())
        st.markdown(words.ABOUT)
        _show_links()
    with picture:
        n, result = charts.SHOWN, lesson.result
        show_chart(
            charts.plot_window(
                words.seen(lesson.reads[:n]), words.seen(lesson.targets[:n]), result.before[:n],
                result.after[:n], even=lesson.even, title=words.title(lesson), palette=colors,
            ),
            key="how_window",
            alt=words.describe(lesson, n),
            height=charts.HEIGHT,
        )  # fmt: skip
        layout.look(words.what_to_see(lesson))
        st.markdown(words.table(lesson))
    answer, why = words.answer(_practise(0, 60, 0.003)) if st.session_state.get(GUESS) else ("", "")
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)
    layout.formula(*words.formulas(lesson), note=words.FORMULA_NOTE)


def _practise(percent: int, n_steps: int, rate: float) -> Lesson:
    book, config = bundled_text(), trained.CONFIG
    start = percent * int(book.corpus.n) // 100
    start = min(start, int(book.corpus.n_train) - config.context - 1)
    window = np.asarray(book.corpus.tokens[start : start + config.context + 1])
    result = run(
        "steps on a window", practise, trained.trained(0).parameters, window, book.corpus,
        np.int32(n_steps), rate, config=config,
    )  # fmt: skip
    text = decode(window, book.vocabulary)
    even = float(np.log(len(book.vocabulary)))
    return Lesson(text[:-1], text[1:], result, n_steps, rate, even)


def _show_links() -> None:
    for page, label, settings in LINKS:
        row = PAGES[page]
        st.page_link(
            row.path, label=f"→ {label} (page {row.number:02d})", icon="", help="",
            query_params=settings | {TRY: "1"},
        )  # fmt: skip


def show_llm() -> None:
    """Say what a step is at scale."""
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        tokens, batch = 1e9 * DATA.show(width=260), 1e6 * BATCH.show(width=240)
    with st.container(horizontal=True, gap="large"):
        st.metric("Steps", in_words(tokens / batch))
        st.metric("Targets in each", in_words(batch))
        st.metric("Operations in each, for 70 billion weights",
                  power_of_ten(training_flops(70e9, batch).total))  # fmt: skip


def prompts() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return links into this step."""
    return (
        ("Before the first step: worse than an even guess", {"how_steps": 0}),
        (
            "A failure: sixty steps on one window, learned by heart",
            {"how_steps": 60, "how_place": 30},
        ),
        ("A failure: steps too large", {"how_steps": 3, "how_rate": 0.1}),
    )
