"""Memory: what recurrent cells hold through time, and how little of the gradient gets back."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.activations.several import Several
from dashboard.chart import Panel, show_panels
from dashboard.charts import memory as charts
from dashboard.compute import remember, run
from dashboard.controls import Choice, Number, Slider, Text
from dashboard.gather import Rest, gather
from dashboard.large_numbers import in_bytes
from dashboard.theme import Palette
from dashboard.wording import count
from dashboard.zoo import memory_words as words
from dashboard.zoo.memory_words import Seen
from dashboard.zoo.training import AT_ONCE, train_piece
from nnjax.zoo.memory import REMEMBERERS, fading_of_seeds, look_back, loss_if_nudged
from nnjax.zoo.networks import NETWORKS
from nnjax.zoo.recall import LENGTH, N_TOKENS, TOKENS
from nnjax.zoo.recurrent import gru_step, lstm_step, rnn_step
from nnjax.zoo.training import start_network

FIRST = "HGHBFAFCGEFFACGCEAEDGGAABAHAEFCCHBFECADA"  # the first that none of them has seen


def check(text: str) -> None:
    """Raise ValueError, with one sentence, for letters that the networks have not learnt."""
    if not text or set(text.upper()) - set(TOKENS):
        raise ValueError(f"The sequence needs letters from {TOKENS[0]} to {TOKENS[-1]} only.")


LETTERS = Text(
    key="memory_letters", label="The sequence", default=FIRST, max_length=LENGTH, check=check,
    accepts=f"letters from {TOKENS[0]} to {TOKENS[-1]},",
    help=f"Letters from {TOKENS[0]} to {TOKENS[-1]}; a short one is filled up to {LENGTH}.",
)  # fmt: skip
EPOCHS = Slider(key="memory_epochs", label="Epochs", default=12, min=3, max=30, step=3)
SEED = Number(key="memory_seed", label="Seed", default=3, min=0, max=9999, step=1)
LAYERS = Choice(
    key="memory_layers", label="Layers", default=80, options=(12, 32, 80, 96), style="segmented",
)  # fmt: skip
WIDTH = Choice(
    key="memory_width", label="Width of the keys", default=1024,
    options=(768, 1024, 4096, 8192), style="segmented",
)  # fmt: skip
TOKENS_READ = Slider(
    key="memory_tokens", label="Tokens read, in thousands", default=4, min=1, max=1000, step=1,
)  # fmt: skip
NAMES = {key: NETWORKS[f"{key}_recall"].label for key in REMEMBERERS}
ALL = list(REMEMBERERS)
WHO = Several(
    key="memory_networks",
    label="Networks",
    default=ALL,
    options=tuple(ALL),
    labels=NAMES,
)
CONTROLS = (LETTERS, WHO, EPOCHS, SEED, LAYERS, WIDTH, TOKENS_READ)
GUESS = "guess_memory_doubled"
LAB = {"zoo_lab": "memory"}
PROMPTS = (
    ("A failure: trained longer, this RNN's gradient dies out", LAB | {"memory_epochs": 30}),
    ("A lucky seed: an RNN that found a way to remember", LAB | {"memory_seed": 1}),
    ("Three epochs: nobody but the transformer knows yet", LAB | {"memory_epochs": 3}),
    ("Forty times the same letter", LAB | {"memory_letters": "B" * LENGTH}),
)  # fmt: skip


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what goes on training, if anything is left."""
    controls, picture = layout.lab()
    with controls:
        letters = _filled(LETTERS.show_good())
        n_epochs, seed = EPOCHS.show(), SEED.show()
        who = WHO.show() or ALL
        st.markdown(
            "Networks of the same size read forty letters; after the last one they are asked for "
            "the **first**. They train here, three epochs at a time."
        )
    with picture:
        done, rest = gather(
            "memory_work",
            [(key, piece) for piece in range(n_epochs // AT_ONCE + 1) for key in who],
            lambda piece: _work(seed, *piece),
            about=seed,
            say=lambda piece: f"Training the {NAMES[piece[0]]}",
            done=f"{count(len(who), 'network')}, {n_epochs} epochs of Adam each.",
        )
        seen = {key: _look(key, done, letters) for key in who if (key, 0) in done}
        _show_back(seen, colors)
    layout.look(words.verdict(seen, letters[0]))
    st.markdown(words.table(seen))
    _show_held(seen, letters, colors)
    _ask()
    layout.formula(*words.formulas(seen), note=words.NOTE)
    page.try_this(*PROMPTS)
    _show_llm()
    layout.show_the_code(look_back, loss_if_nudged, rnn_step, lstm_step, gru_step)
    layout.sources(
        "bengio_1994", "hochreiter_1997", "pascanu_2013", "cho_2014", "tallec_ollivier_2018",
        "vaswani_2017",
    )  # fmt: skip
    return rest


def _filled(text: str) -> str:
    return text.upper() + FIRST[len(text) :]


def _work(seed: int, architecture: str, piece: int) -> Any:
    """Return the network before its first epoch, or after `piece` times AT_ONCE of them."""
    key = f"{architecture}_recall"
    if piece:
        return train_piece(key, seed, NETWORKS[key].task.learning_rate, piece)
    return remember("untrained networks", _start, key, seed)


def _start(key: str, seed: int) -> Any:
    return start_network(np.uint32(seed), network=NETWORKS[key])


def _look(architecture: str, done: Mapping[tuple, Any], letters: str) -> Seen:
    before = done[architecture, 0]
    after = done[max(piece for piece in done if piece[0] == architecture)]
    rows = np.eye(N_TOKENS, dtype=np.float32)[[TOKENS.index(letter) for letter in letters]]
    both = [
        run(f"looking back, {architecture}", look_back, state.parameters, rows, rows[0],
            architecture=architecture)
        for state in (before, after)
    ]  # fmt: skip
    n_epochs = int(after.n_epochs)
    score = float(after.test_score[n_epochs - 1]) if n_epochs else float("nan")
    return Seen(NAMES[architecture], *both, score)


def _show_back(seen: Mapping[str, Seen], colors: Palette) -> None:
    titles = ("Before training", "Now")
    show_panels(
        [
            Panel(
                figure=charts.plot_back(
                    {one.label: one.shares[after] for one in seen.values()}, titles[after], colors
                ),
                alt=words.describe_back(seen, bool(after)),
                height=charts.BACK_HEIGHT,
            )
            for after in (0, 1)
        ],
        key="memory_back",
        columns=(1, 1),
    )
    layout.look(
        "The gradient of the answer's loss with respect to what is held after each step, as a "
        "share of that at the last step. It travels to the right, **back to the first letter**."
    )


def _show_held(seen: Mapping[str, Seen], letters: str, colors: Palette) -> None:
    layout.heading("The hidden state through time")
    cells = [one for key, one in seen.items() if key != "transformer"]
    if not cells:
        st.caption("A transformer has no state to show: it looks at all letters at once.")
        return
    show_panels(
        [
            Panel(
                figure=charts.plot_held(one.after.held, letters, one.label, colors),
                alt=words.describe_held(one, letters),
                height=charts.HELD_HEIGHT,
            )
            for one in cells
        ],
        key="memory_held",
        columns=(1,) * len(cells),
    )
    layout.look(words.about_held(seen))


def _ask() -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        rows = np.eye(N_TOKENS, dtype=np.float32)[[TOKENS.index(letter) for letter in FIRST]]
        seeds = np.arange(16, dtype=np.uint32)
        answer, why = words.answer(run("doubled", fading_of_seeds, seeds, rows, rows[0], 2.0))
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _show_llm() -> None:
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        n_layers, width = LAYERS.show(), WIDTH.show()
        length = 1000 * TOKENS_READ.show(width=300)
    state = 2 * n_layers * width
    with st.container(horizontal=True, gap="large"):
        st.metric("A recurrent state, one vector a layer", f"{state / 1e3:,.0f} kB")
        st.metric("Key-value cache", in_bytes(2 * state * length))
        st.metric("Added by each token", f"{2 * state / 1e3:,.0f} kB")
