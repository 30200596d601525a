"""Draw a digit: every network of the zoo that reads digits says what it sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.activations.several import Several
from dashboard.chart import Panel, show_panels
from dashboard.charts import readers as charts
from dashboard.charts.readers import Readings
from dashboard.compute import remember, run
from dashboard.controls import Choice, Number, Slider, Text
from dashboard.gather import Rest, gather
from dashboard.sheet import show_sheet
from dashboard.theme import Palette
from dashboard.wording import count
from dashboard.zoo import draw_words as words
from nnjax.zoo.digits import N_CLASSES, N_TEST, SIDE, load_digits, shift_images
from nnjax.zoo.ink import BLANK, LEVELS, N_CELLS, move_ink, read_ink, write_ink
from nnjax.zoo.readers import READERS, Reader, read_moved, train_reader


@dataclass(frozen=True, kw_only=True)
class Drawing(Text):
    """A drawing as the levels of its cells. An address that holds none means the first digit."""

    def expected(self) -> str:
        """Say what this control accepts."""
        return f"{N_CELLS} levels of ink from 0 to {LEVELS}, row by row"

    def say(self, value: str) -> str:
        """Return words for a drawing, which is too long to read out."""
        return "the first digit" if value == self.default else "a drawing"


FIRST = "0003410000143000003400000042000001444200004423200033034000144430"  # unseen, a 6
DOUBTFUL = "0033222001444441003410000003300000024000000240000023300000341000"  # unseen, a 5
INK = Drawing(
    key="draw_ink", label="The drawing as text", default=FIRST, max_length=N_CELLS, check=read_ink,
    help="The ink of every cell from 0 to 4, row by row.",
)  # fmt: skip
PEN = Choice(
    key="draw_pen", label="The pen", default="ink", options=("ink", "eraser"),
    labels={"ink": "Ink", "eraser": "Eraser"}, style="segmented",
)  # fmt: skip
NOT_SAID = "not said"
MEANT = Choice(
    key="draw_meant", label="It is meant to be", default="6",
    options=(NOT_SAID, *map(str, range(N_CLASSES))),
)  # fmt: skip
ALL = list(READERS)
WHO = Several(
    key="draw_readers", label="Readers", default=ALL, options=tuple(ALL),
    labels={key: row.label for key, row in READERS.items()},
)  # fmt: skip
SEED = Number(key="draw_seed", label="Seed of their training", default=0, min=0, max=9999, step=1)
SURE = Slider(
    key="draw_sure", label="Right for one token, in %", default=99.0, min=90.0, max=99.9, step=0.1,
    format="%.1f",
)  # fmt: skip
TOKENS = Slider(key="draw_tokens", label="Tokens of an answer", default=100, min=1, max=1000,
                step=1)  # fmt: skip
CONTROLS = (INK, PEN, MEANT, WHO, SEED, SURE, TOKENS)
GUESS = "guess_draw_moved"
LAB = {"zoo_lab": "draw"}
WAYS = (("← Left", 0, -1), ("→ Right", 0, 1), ("↑ Up", -1, 0), ("↓ Down", 1, 0))
PROMPTS = (
    ("A failure: one pixel to the right, a 6 is a 1",
     LAB | {"draw_ink": move_ink(FIRST, 0, 1)}),
    ("A failure: the RNN sees a 4 on an empty sheet",
     LAB | {"draw_ink": BLANK, "draw_meant": NOT_SAID}),
    ("A failure: a sheet full of ink is a digit", LAB | {"draw_ink": "4" * N_CELLS,
                                                         "draw_meant": NOT_SAID}),
    ("A real 5 on which they disagree", LAB | {"draw_ink": DOUBTFUL, "draw_meant": "5"}),
)  # fmt: skip
_NUMBER, _GOOD = "_draw_number", "_draw_good"


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what trains the other readers, if any are left."""
    controls, picture = layout.lab()
    with controls:
        ink, meant = _show_drawing()
        who, seed = WHO.show(), SEED.show()
        if not who:
            st.info("No reader is chosen, so all of them read.", icon="")
            who = ALL
    with picture:
        readers, rest = gather(
            "draw_training",
            who,
            lambda key: remember(f"reader of digits, {key}", train_reader, key, seed=seed),
            about=seed,
            say=lambda key: f"Training the {READERS[key].label}",
            done=f"{count(len(who), 'network')} trained on the same digits.",
        )
        said = _read(readers, ink, meant)
        _show_readings(said, colors)
    _ask(readers, who)
    layout.formula(*words.formulas(said), note=words.NOTE)
    page.try_this(*PROMPTS)
    _show_llm()
    layout.show_the_code(read_ink, shift_images, read_moved, train_reader)
    layout.sources(
        "alpaydin_kaynak_1998", "bridle_1990", "lecun_1989", "guo_2017", "hendrycks_gimpel_2017"
    )
    return rest


def _show_drawing() -> tuple[str, int | None]:
    """Draw the sheet and what changes it; return the drawing, and what it is meant to be."""
    pen = PEN.show()
    above = st.container()
    meant = MEANT.show()
    with st.expander("The drawing as text"):
        text = INK.show(label_visibility="collapsed")
        ink = text if _is_readable(text) else st.session_state.get(_GOOD, INK.default)
        if ink != text:
            st.error(f"A drawing is {INK.expected()}; the last good one stays.", icon="")
    st.session_state[_GOOD] = ink
    with above:
        show_sheet(
            ink,
            key="draw_sheet",
            label="The drawing, 8 by 8 cells",
            side=SIDE,
            levels=LEVELS,
            erase=pen == "eraser",
            on_draw=_take,
        )
        _show_buttons(ink)
    return ink, None if meant == NOT_SAID else int(meant)


def _show_buttons(ink: str) -> None:
    with st.container(horizontal=True, gap="small", key="draw_moves"):
        for label, down, right in WAYS:
            key = f"draw_{label[2:].lower()}"
            st.button(label, key=key, on_click=_take, args=(move_ink(ink, down, right),))
        st.button("Clear", key="draw_clear", on_click=_begin, args=(BLANK, NOT_SAID))
        st.button("Another digit", key="draw_another", on_click=_take_another)


def _is_readable(text: Any) -> bool:
    try:
        return isinstance(text, str) and read_ink(text) is not None
    except ValueError:
        return False


def _take(ink: Any) -> None:
    """Put a drawing on the sheet, also one that the browser sent (never to be trusted)."""
    if _is_readable(ink):
        st.session_state[INK.key] = ink


def _begin(ink: str, meant: str) -> None:
    st.session_state[INK.key], st.session_state[MEANT.key] = ink, meant


def _take_another() -> None:
    """Load the next of the digits that no network was trained on."""
    number = st.session_state[_NUMBER] = (st.session_state.get(_NUMBER, -1) + 1) % N_TEST
    test = load_digits().test
    _begin(write_ink(test.images[number]), str(test.labels[number]))


def _read(readers: Mapping[str, Reader], ink: str, meant: int | None) -> Readings:
    image = read_ink(ink)
    logits = [
        run(f"reading with the {key}", read_moved, reader.parameters, image, network=READERS[key])
        for key, reader in readers.items()
    ]
    labels = tuple(READERS[key].label for key in readers)
    return Readings(labels, np.stack(logits), meant)


def _show_readings(said: Readings, colors: Palette) -> None:
    show_panels(
        [
            Panel(
                figure=charts.plot_readings(said, words.title(said), colors),
                alt=words.describe(said),
                height=charts.readings_height(said),
            ),
            Panel(
                figure=charts.plot_moves(said, "Moved by one pixel", colors),
                alt=words.describe_moves(said),
                height=charts.moves_height(said),
            ),
        ],
        key="draw_readings",
        columns=(3, 2),
    )
    layout.look(words.verdict(said))
    layout.look(words.about_moves(said))


def _ask(readers: Mapping[str, Reader], who: Sequence[str]) -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        scores = {READERS[key].label: reader for key, reader in readers.items()}
        answer, why = words.answer(scores)
        if len(readers) < len(who):
            why += " The others are still being trained."
    options = [READERS[key].label for key in who]
    layout.predict_then_reveal(GUESS, words.QUESTION, options, answer, why)


def _show_llm() -> None:
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        sure, tokens = SURE.show(width=280) / 100, TOKENS.show(width=280)
    with st.container(horizontal=True, gap="large"):
        st.metric("All tokens right", f"{sure**tokens:.1%}")
        st.metric("Tokens until one is wrong, on average", f"{1 / (1 - sure):,.0f}")
