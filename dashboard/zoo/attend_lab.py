"""Attention: whom each character of the learner's text looks at, in every head of a real model."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import Click, show_chart
from dashboard.charts import attention as charts
from dashboard.compute import run
from dashboard.controls import Choice, Slider, Text
from dashboard.gather import Rest, gather
from dashboard.language import trained
from dashboard.language.character_model import AT_ONCE
from dashboard.language.characters import name_of
from dashboard.theme import Palette
from dashboard.zoo import attend_words as words
from nnjax.language.inside import Inside, inside, look_inside
from nnjax.language.text import bundled_text, decode, encode
from nnjax.zoo.attention import attention_weights, causal_mask

LONGEST = 40
N_LAYERS, N_HEADS = trained.CONFIG.n_layers, trained.CONFIG.n_heads
GUESS = "guess_attend"


SENTENCE = Text(
    key="attend_text", label="Your text", default="the White Rabbit said to the Queen",
    max_length=LONGEST, min_length=1, accepts="any text",
    help="Characters that the book does not have are read as a space.",
)  # fmt: skip
LAYER = Choice(
    key="attend_layer", label="Layer", default=1, options=tuple(range(1, N_LAYERS + 1)),
    style="segmented",
)  # fmt: skip
HEAD = Choice(
    key="attend_head", label="Head", default=1, options=tuple(range(1, N_HEADS + 1)),
    style="segmented",
)  # fmt: skip
ASKS = Slider(
    key="attend_asks", label="Which character asks", default=16, min=1, max=LONGEST, step=1,
    help="Its place in the text; the last one, if the text is shorter.",
)  # fmt: skip
OTHER = Slider(
    key="attend_other", label="Which one is looked at", default=0, min=0, max=LONGEST, step=1,
    help="Its place; 0 means the one that is looked at most.",
)  # fmt: skip
STEPS = Choice(
    key="attend_steps", label="Training steps", style="slider",
    default=trained.PIECES[-1] * AT_ONCE, options=tuple(p * AT_ONCE for p in trained.PIECES),
)  # fmt: skip
LENGTH = Choice(
    key="attend_length", label="Tokens", default=8192, options=(1024, 8192, 131_072, 1_000_000),
    labels={n: f"{n:,}" for n in (1024, 8192, 131_072, 1_000_000)},
)  # fmt: skip
CONTROLS = (SENTENCE, LAYER, HEAD, ASKS, OTHER, STEPS, LENGTH)
LLAMA = {"n_layers": 80, "n_heads": 64}  # Llama 2 70B: Touvron et al. (2023b)


class Looked(NamedTuple):
    """A text, what every head made of it after and before training, and the pair picked."""

    characters: list[str]
    after: Inside
    before: Inside
    layer: int  # from 0, as all places here
    head: int
    asks: int
    other: int
    steps: int  # that the model was trained

    def weights(self, seen: Inside) -> np.ndarray:
        """Return the picked head's weights (n, n)."""
        n = len(self.characters)
        return seen.weights[self.layer, self.head, :n, :n]


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what goes on training, if anything is left."""
    controls, picture = layout.lab()
    with controls:
        text = SENTENCE.show_good()
        layer, head = LAYER.show(), HEAD.show()
        asks, other = ASKS.show(), OTHER.show()
        n_steps = STEPS.show()
        st.markdown(words.ABOUT)
    with picture:
        ready, rest = gather(
            "attend_training", [piece for piece in trained.PIECES if piece * AT_ONCE <= n_steps],
            trained.trained, about="", say=trained.say,
            done=words.DONE,
        )  # fmt: skip
        looked = _look(ready[max(ready)], text, (layer - 1, head - 1), asks, other)
        _draw(looked, colors)
    answer, why = words.answer(looked) if st.session_state.get(GUESS) else ("", "")
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)
    layout.formula(*words.formulas(looked), note=words.FORMULA_NOTE)
    page.try_this(*_prompts())
    _show_llm()
    layout.show_the_code(attention_weights, causal_mask, inside)
    layout.sources("vaswani_2017", "olsson_2022", "jain_wallace_2019", "touvron_2023b")
    return rest


def _look(state: Any, text: str, place: tuple[int, int], asks: int, other: int) -> Looked:
    book = bundled_text()
    tokens = encode(text[:LONGEST], book.vocabulary).astype(np.int32)
    padded = np.pad(tokens, (0, LONGEST - len(tokens)))  # one shape; nobody looks ahead
    after, before = (
        run("attention", look_inside, parameters, padded, book.corpus.n_kinds,
            config=trained.CONFIG)
        for parameters in (state.parameters, trained.trained(0).parameters)
    )  # fmt: skip
    asks = min(asks, len(tokens)) - 1
    row = after.weights[*place, asks, : len(tokens)]
    other = min(other, len(tokens)) - 1 if other else int(row.argmax())
    characters = [name_of(character) for character in decode(tokens, book.vocabulary)]
    return Looked(characters, after, before, *place, asks, other, int(state.step))


def _draw(looked: Looked, colors: Palette) -> None:
    n = len(looked.characters)
    show_chart(
        charts.plot_heads(
            looked.after.weights[:, :, :n, :n], (looked.layer, looked.head), words.HEADS, colors
        ),
        key="attend_heads",
        alt=words.describe_heads(looked),
        height=charts.HEADS_HEIGHT,
        on_click=_pick_head,
    )
    layout.look(words.about_heads(looked))
    show_chart(
        charts.plot_row(
            looked.characters,
            looked.weights(looked.after)[looked.asks],
            looked.weights(looked.before)[looked.asks],
            asks=looked.asks, other=looked.other, title=words.row_title(looked), palette=colors,
        ),
        key="attend_row",
        alt=words.describe_row(looked),
        height=charts.ROW_HEIGHT,
        on_click=_pick_other,
    )  # fmt: skip
    layout.look(words.what_to_see(looked))


def _pick_head(at: Click) -> None:
    """A click on a map opens its head."""
    if at.x is None or at.y is None:
        return
    found = charts.head_at(at.x, at.y, N_LAYERS, N_HEADS)
    if found is not None:
        st.session_state[LAYER.key], st.session_state[HEAD.key] = found[0] + 1, found[1] + 1


def _pick_other(at: Click) -> None:
    """A click on a bar works out its weight."""
    if at.x is not None and 0 <= round(at.x) < LONGEST:
        st.session_state[OTHER.key] = round(at.x) + 1


def _show_llm() -> None:
    layout.in_llms(words.IN_LLMS)
    length = LENGTH.show(width=220)
    pairs = length * (length + 1) // 2
    with st.container(horizontal=True, gap="large"):
        st.metric("Pairs that one head weighs", words.many(pairs))
        st.metric("All heads of all layers", words.many(pairs * 80 * 64))


def _prompts() -> tuple[tuple[str, dict[str, Any]], ...]:
    def settings(**values: Any) -> dict[str, Any]:
        return {"zoo_lab": "attend"} | {f"attend_{name}": value for name, value in values.items()}

    return (
        ("The second layer reads what the first has gathered", settings(layer=2)),
        ("A failure: the first character can look at itself only", settings(asks=1)),
        (
            "A failure: all characters alike, only their places differ",
            settings(text="a" * 24, asks=24),
        ),
    )
