"""The measured table: same budget, same data, several seeds; scores, costs and growth in time."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.activations.several import Several
from dashboard.chart import show_chart
from dashboard.charts import zoo_table as charts
from dashboard.compute import remember
from dashboard.controls import Choice, Number, Slider
from dashboard.gather import Rest, gather
from dashboard.theme import Palette
from dashboard.zoo import table_words as words
from dashboard.zoo import table_work as work
from dashboard.zoo.table_words import Row
from nnjax.zoo.costs import forward_cost
from nnjax.zoo.examples import Task
from nnjax.zoo.growth import READS_ANY_LENGTH, fit_power_law
from nnjax.zoo.networks import networks_for
from nnjax.zoo.tasks import TASKS
from nnjax.zoo.training import train_epochs
from nnjax.zoo.trials import step_seconds, try_network

SHIFTED = "shifted"
TASK = Choice(
    key="table_task", label="Task", default="tabular",
    options=("tabular", "digits", SHIFTED, "recall"),
    labels={"tabular": "Breast cancer", "digits": "Digits", SHIFTED: "Digits, shifted",
            "recall": "Recall at 40"},
)  # fmt: skip
ALL = ["feedforward", "cnn", "rnn", "lstm", "gru", "transformer"]
WHO = Several(
    key="table_networks", label="Networks", default=ALL, options=tuple(ALL),
    labels={key: work.LABELS[key] for key in ALL},
)  # fmt: skip
N_SEEDS = Choice(
    key="table_seeds", label="Seeds", default=16, options=(2, 4, 10, 16, 32), style="slider",
)  # fmt: skip
FIRST = Number(key="table_first", label="First seed", default=0, min=0, max=9999, step=1)
EPOCHS = Slider(key="table_epochs", label="Epochs", default=20, min=2, max=30, step=2)
LAYERS = Choice(
    key="table_layers", label="Layers", default=96, options=(12, 32, 80, 96), style="segmented",
)  # fmt: skip
TOKENS = Slider(key="table_tokens", label="Tokens, in thousands", default=2, min=1, max=1000,
                step=1)  # fmt: skip
CONTROLS = (TASK, WHO, N_SEEDS, FIRST, EPOCHS, LAYERS, TOKENS)
GUESS = "guess_table_recall"
LAB = {"zoo_lab": "table"}
PROMPTS = (
    ("A failure: moved by one pixel, every network loses digits, the CNN fewest",
     LAB | {"table_task": SHIFTED}),
    ("A failure: the plain RNN forgets over forty tokens",
     LAB | {"table_task": "recall", "table_networks": ["rnn", "lstm", "gru"]}),
    ("Two epochs: who learns fastest?", LAB | {"table_task": "digits", "table_epochs": 2}),
    ("Two seeds prove little: other two, another winner?", LAB | {"table_seeds": 2,
                                                                 "table_first": 40}),
)  # fmt: skip


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what goes on measuring, if anything is left."""
    controls, picture = layout.lab()
    with controls:
        shown = TASK.show()
        task = TASKS["digits" if shown == SHIFTED else shown]
        n_seeds, n_epochs, first = N_SEEDS.show(), EPOCHS.show(), FIRST.show()
        chosen = WHO.show() or ALL
        st.markdown(f"{task.note} {_about(shown, task)}")
    networks = {key: row for key, row in networks_for(task.key).items() if key in chosen}
    with picture:
        if not networks:
            st.info("None of the chosen networks learns this task: choose another.", icon="")
            networks = networks_for(task.key)
        done, rest = gather(
            "table_work",
            work.pieces(task, tuple(networks), range(first, first + n_seeds, work.AT_ONCE)),
            lambda piece: work.measure(task, n_epochs, piece),
            about=(task.key, n_epochs),
            say=work.say,
            done=f"{n_seeds} seeds, {n_epochs} epochs of Adam.",
        )
        rows = work.collect(done, networks, moved=shown == SHIFTED)
        _show_scores(rows, shown, task, colors)
    _show_table(rows)
    _show_growth(work.times(done), networks, colors)
    _ask()
    n_test = len(task.load().inputs) - task.n_train
    layout.formula(*words.formulas(rows, n_test), note=words.NOTE)
    page.try_this(*PROMPTS)
    _show_llm()
    layout.show_the_code(try_network, train_epochs, step_seconds, forward_cost, fit_power_law)
    layout.sources(
        "vaswani_2017", "lecun_1989", "hochreiter_1997", "cho_2014", "elman_1990",
        "alpaydin_kaynak_1998", "kingma_ba_2015",
    )  # fmt: skip
    return rest


def _about(shown: str, task: Task) -> str:
    if shown == SHIFTED:
        return (
            "The networks are trained on digits as they are; then they read each unseen digit "
            "moved **one pixel to the right**."
        )
    return f"A guess is right {task.by_chance:.1%} of the time."


def _show_scores(rows: list[Row], shown: str, task: Task, colors: Palette) -> None:
    title = "Shifted digits read right" if shown == SHIFTED else task.score_label
    show_chart(
        charts.plot_scores(
            [charts.Scores(row.label, row.scores, row.band) for row in rows],
            by_chance=task.by_chance, title=title, palette=colors,
        ),
        key="table_scores",
        alt=words.describe(rows, task, title),
        height=charts.scores_height(len(rows)),
    )  # fmt: skip
    layout.look(words.verdict(shown, rows))


def _show_table(rows: list[Row]) -> None:
    table = words.table(rows)
    number = st.column_config.NumberColumn(format="localized")
    columns = {name: number for name in table if name.startswith(("Param", "Operations", "Bytes"))}
    # On a phone it scrolls by itself, and its first column stays.
    columns["Network"] = st.column_config.TextColumn(pinned=True)
    st.dataframe(table, hide_index=True, height="content", column_config=columns)


def _show_growth(times: dict[str, dict[int, float]], networks: Mapping, colors: Palette) -> None:
    if not times:
        if any(key in READS_ANY_LENGTH for key in networks):
            st.caption("How a step's time grows with the length is measured last.")
        return
    rows = {}
    for key, seconds in times.items():
        lengths = np.array(sorted(seconds))
        law = words.law_of(seconds)
        values = np.array([seconds[n] for n in lengths])
        fitted = None if law is None else law(lengths)
        rows[key] = charts.Timed(networks[key].label, lengths, values, fitted)
    layout.heading("How the time grows with the length")
    labels = {key: row.name for key, row in rows.items()}
    show_chart(
        charts.plot_growth(rows, colors),
        key="table_growth",
        alt=words.describe_growth(times, labels),
        height=charts.GROWTH_HEIGHT,
    )
    layout.look(words.growth(times))


def _ask() -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        task = TASKS["recall"]
        settings = {"learning_rate": task.learning_rate, "n_epochs": task.n_epochs, "n_seeds": 16}
        tried = remember("seeds of the question", try_network, "feedforward_recall", **settings)
        answer, why = words.answer(tried.score)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _show_llm() -> None:
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        n_layers, length = LAYERS.show(), 1000 * TOKENS.show(width=300)
    with st.container(horizontal=True, gap="large"):
        st.metric("Steps in a row, recurrent", f"{length + n_layers - 1:,}")
        st.metric("Steps in a row, transformer", f"{n_layers:,}")
        st.metric("Pairs to compare, in each layer and head", f"{length**2:,}")
