"""First step: a text is cut into tokens, by merges learned from the book in the page."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import show_chart
from dashboard.charts import tokens as charts
from dashboard.compute import remember
from dashboard.controls import Choice, Slider, Text
from dashboard.language import how_tokens_words as words
from dashboard.language.own_text import text_in_use
from dashboard.theme import Palette
from nnjax.language import byte_pairs as engine
from nnjax.language.text import Text as CorpusText
from nnjax.language.text import decode

MAX_MERGES = 800


SENTENCE = Text(
    key="how_text", label="Your text", max_length=160, min_length=1, accepts="any text",
    default='"Curiouser and curiouser!" cried Alice. A strawberry, however, was not to be had.',
    help="Any letters, signs or emoji.",
)  # fmt: skip
MERGES = Slider(
    key="how_merges", label="Merges", default=300, min=0, max=MAX_MERGES, step=10,
    help="How many pairs were joined, the most frequent first; they were learned from nine tenths "
    "of the text that the character model reads, the book or your own.",
)  # fmt: skip
VOCABULARIES = (32_000, 50_257, 128_256, 256_000)
VOCABULARY = Choice(
    key="how_vocabulary", label="Tokens in the vocabulary", default=128_256, options=VOCABULARIES,
    labels={size: f"{size:,}" for size in VOCABULARIES},
)  # fmt: skip
WIDTHS = (768, 4096, 8192, 12288)
WIDTH = Choice(
    key="how_width", label="Width of the model", default=8192, options=WIDTHS,
    labels={width: f"{width:,}" for width in WIDTHS},
)  # fmt: skip
CONTROLS = (SENTENCE, MERGES, VOCABULARY, WIDTH)
GUESS = "guess_how_merges"
CODE = (engine.learn_merges, engine.encode, engine.decode)
SOURCES = ("sennrich_2016", "radford_2019", "gage_1994", "petrov_2023", "carroll_1865")


class Learned(NamedTuple):
    """What the book has taught."""

    merges: tuple[engine.Merge, ...]
    tokens: list[bytes]
    unseen: np.ndarray  # (n + 1,) characters per token of the held-out pages after k merges


class Cut(NamedTuple):
    """A text in tokens."""

    text: str
    numbers: list[int]
    pieces: list[list[str]]  # what to show of each
    ratios: np.ndarray  # (n + 1,) its characters per token after k merges
    n_merges: int


def learn(text: CorpusText) -> Learned:
    """Learn the merges from the first nine tenths of a text; read the rest with them."""
    whole = decode(text.corpus.tokens[: text.corpus.n], text.vocabulary)
    n_train = int(text.corpus.n_train)
    merges = engine.learn_merges(whole[:n_train], MAX_MERGES)
    counts = engine.tokens_after_merges(merges, whole[n_train:])
    return Learned(merges, engine.token_bytes(merges), (len(whole) - n_train) / counts)


def cut(learned: Learned, text: str, n_merges: int) -> Cut:
    """Cut a text with the first `n_merges` merges."""
    numbers = engine.encode(learned.merges[:n_merges], text)
    counts = engine.tokens_after_merges(learned.merges, text)
    pieces = [charts.cells_of(learned.tokens[number]) for number in numbers]
    return Cut(text, numbers, pieces, len(text) / counts, n_merges)


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the step."""
    text = text_in_use()
    learned = remember("merges", lambda *_: learn(text), text.digest)
    controls, picture = layout.lab()
    with controls:
        sentence, n_merges = SENTENCE.show_good(), min(MERGES.show(), len(learned.merges))
        shown = cut(learned, sentence, n_merges)
        st.markdown(words.merges_table(learned, n_merges))
    with picture:
        parts = charts.lay_out(shown.pieces)
        show_chart(
            charts.plot_tokens(parts, shown.numbers, words.title(shown), colors),
            key="how_tokens",
            alt=words.describe(shown),
            height=charts.tokens_height(parts),
        )
        layout.look(words.what_to_see(learned, shown))
        show_chart(
            charts.plot_compression(
                learned.unseen, shown.ratios, n_merges, words.COMPRESSION, colors
            ),
            key="how_compression",
            alt=words.describe_compression(learned, shown),
            height=charts.COMPRESSION_HEIGHT,
        )
        layout.look(words.compression(learned, shown))
    berry = cut(learned, " strawberry", n_merges)
    st.markdown(words.strawberry(berry))
    _ask(learned)
    layout.formula(*words.formulas(shown), note=words.FORMULA_NOTE)


def _ask(learned: Learned) -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        answer, why = words.answer(learned.unseen)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def show_llm() -> None:
    """Say what tokens are at scale, with what their table weighs."""
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        size, width = VOCABULARY.show(width=220), WIDTH.show(width=220)
    with st.container(horizontal=True, gap="large"):
        st.metric("Numbers in the table of tokens", f"{size * width / 1e6:,.0f} million")
        st.metric("Of 70 billion parameters", f"{size * width / 70e9:.2%}")
        st.metric("Bits that a token's number takes", f"{np.log2(size):.1f}")


def prompts() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return links into this step."""
    return (
        ("No merges: every byte a token", {"how_merges": 0}),
        (
            "A failure: a language that the book never spoke",
            {"how_text": "Алиса упала в кроличью нору 🐇", "how_merges": MAX_MERGES},
        ),
    )
