"""Fourth step: a text as it arrives, a character at a time, with the time of each."""

import functools
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import Film, Panel, show_panels
from dashboard.charts import decoding as charts
from dashboard.compute import duration, run
from dashboard.controls import Number, Slider, Text
from dashboard.gather import Rest, gather
from dashboard.language import how_streaming_words as words
from dashboard.language import trained
from dashboard.theme import Palette
from nnjax.language.cache import prefill, step
from nnjax.language.decoding import Arrival, draw, stream
from nnjax.language.model import MAX_KINDS
from nnjax.language.sampling import Choice
from nnjax.language.text import bundled_text, decode, encode
from nnjax.large_models.inference import FLOPS_PER_WEIGHT, forward_flops, pass_seconds

N_NEW = 120


PROMPT = Text(
    key="how_prompt", label="Prompt", default="Alice looked at the ", max_length=60, min_length=1,
    accepts="any text", help="Characters that the book does not have are read as a space.",
)  # fmt: skip
HEAT = Slider(key="how_heat", label="Temperature", default=0.7, min=0.1, max=2.0, step=0.1)
SEED = Number(key="how_seed", label="Seed", default=0, min=0, max=9999, step=1)
SENT = Slider(key="how_sent", label="Tokens in the prompt, in thousands", default=4, min=1,
              max=128, step=1)  # fmt: skip
GPUS = Slider(key="how_gpus", label="GPUs", default=8, min=1, max=64, step=1)
CONTROLS = (PROMPT, HEAT, SEED, SENT, GPUS)
PEAK, MEMORY_SPEED, SHARE = 989e12, 3.35e12, 0.4  # of an H100: NVIDIA (2022); share of the peak
GUESS = "guess_how_stream"
CODE = (stream, prefill, step, draw)
SOURCES = ("pope_2022", "nvidia_2022", "williams_2009", "chowdhery_2022")


class Streamed(NamedTuple):
    """A prompt, what was written after it, and when."""

    prompt: str
    text: str
    arrivals: list[Arrival]
    steps: int  # that the model was trained

    @property
    def milliseconds(self) -> np.ndarray:
        """When each character arrived, (n,)."""
        return 1e3 * np.array([arrival.seconds for arrival in self.arrivals])


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the step; return what trains the model further, if anything is left."""
    controls, picture = layout.lab()
    with controls:
        prompt, heat, seed = PROMPT.show_good(), HEAT.show(), SEED.show()
        st.markdown(words.ABOUT)
    with picture:
        ready, rest = gather(
            "how_stream_training", trained.PIECES, trained.trained, about="", say=trained.say,
            done=words.DONE,
        )  # fmt: skip
        streamed = _stream(ready[max(ready)], prompt, heat, seed)
        _show_film(streamed, colors)
        layout.look(words.what_to_see(streamed))
    answer, why = words.answer(streamed) if st.session_state.get(GUESS) else ("", "")
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)
    layout.formula(*words.formulas(streamed), note=words.FORMULA_NOTE)
    return rest


def _stream(state: Any, prompt: str, heat: float, seed: int) -> Streamed:
    book = bundled_text()
    choice = Choice(np.float32(heat), np.int32(MAX_KINDS), np.float32(1))
    given = encode(prompt, book.vocabulary).astype(np.int32)
    write = functools.partial(
        stream, state.parameters, given, book.corpus.n_kinds, choice, np.uint32(seed),
        config=trained.CONFIG,
    )  # fmt: skip
    _warm_up()
    arrivals = run("the stream", lambda: list(write(n_new=N_NEW)))
    text = decode([arrival.token for arrival in arrivals], book.vocabulary)
    return Streamed(decode(given, book.vocabulary), text, arrivals, int(state.step))


@functools.cache
def _warm_up() -> None:
    """Compile before the clock runs."""
    choice = Choice(np.float32(1), np.int32(MAX_KINDS), np.float32(1))
    given, n_kinds = np.zeros(1, np.int32), bundled_text().corpus.n_kinds
    parameters = trained.trained(0).parameters
    list(stream(parameters, given, n_kinds, choice, np.uint32(0), config=trained.CONFIG, n_new=2))


def _show_film(streamed: Streamed, colors: Palette) -> None:
    times = streamed.milliseconds
    texts = charts.growing_text(streamed.prompt, streamed.text)
    show_panels(
        [
            Panel(
                figure=charts.plot_stream(times, texts[-1], words.title(streamed), colors),
                alt=words.describe(streamed),
                height=charts.STREAM_HEIGHT,
            )
        ],
        key="how_stream",
        film=Film(
            tracks={
                (0, None, "annotations[0].text"): texts,
                (0, 1, "x"): times.astype(np.float32)[:, None],
            },
            captions=[words.caption(streamed, k) for k in range(N_NEW)],
            run=f"{times[-1]:.6f}",
            rate=30,
        ),
    )


def show_llm() -> None:
    """Say how the two times come about at scale."""
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        tokens, n_gpus = 1000 * SENT.show(width=280), GPUS.show(width=220)
    flops = forward_flops(70e9, tokens)
    first = pass_seconds(flops, n_devices=n_gpus, peak=PEAK, utilization=SHARE)
    each = FLOPS_PER_WEIGHT * 70e9 / (n_gpus * MEMORY_SPEED)  # two bytes a weight
    with st.container(horizontal=True, gap="large"):
        st.metric("To the first token, at least", duration(first))
        st.metric("Each further token, at least", duration(each))
        st.metric("Tokens a second, for one reader", f"{1 / each:,.0f}")


def prompts() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return links into this step."""
    return (
        ("Cold: the likeliest characters, again and again", {"how_heat": 0.1}),
        ("A failure: too hot, the words fall apart", {"how_heat": 2.0}),
    )
