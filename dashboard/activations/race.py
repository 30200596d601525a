"""The race: the same network and the same data, another activation, many seeds."""

import numpy as np
import streamlit as st

from dashboard import compute, layout
from dashboard.activations import feedforward
from dashboard.activations.functions import cited
from dashboard.activations.several import Several
from dashboard.chart import show_chart
from dashboard.charts.race import HEIGHT, plot_race
from dashboard.controls import Choice, Number
from dashboard.formulas import grouped
from dashboard.gather import Rest, gather
from dashboard.theme import Palette
from nnjax.activations import ACTIVATIONS
from nnjax.data import DATASETS
from nnjax.races.activation_race import (
    LEARNED,
    N_EPOCHS,
    RaceSettings,
    Runs,
    Standing,
    rank,
    run_activation,
    train_one,
)
from nnjax.races.bands import band_over_seeds, count_wins, middle_seed

RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
PLANE = {key: row for key, row in DATASETS.items() if row.in_plane and row.task == "binary"}
# The best known run first, so that there is something to compare early on.
ORDER = ("relu", "sigmoid", "tanh", "gelu", *ACTIVATIONS)
RUNNERS = Several.of(ACTIVATIONS, key="runners", label="Who runs", default=list(ACTIVATIONS))
DATA = Choice.of(PLANE, key="race_data", label="Data", default="circle")
RATE = Choice(
    key="race_rate", label="Learning rate", default=0.3, options=RATES,
    labels={rate: f"{rate:g}" for rate in RATES}, style="slider",
)  # fmt: skip
LAYERS = Choice(
    key="race_layers", label="Hidden layers of 8", default=2, options=(2, 4), style="segmented"
)
SEED = Number(key="race_seed", label="First seed", default=0, min=0, max=9999, step=1)
LEFT = Choice.of(ACTIVATIONS, key="duel", label="Does", default="relu")
RIGHT = Choice.of(ACTIVATIONS, key="rival", label="end below", default="sigmoid")
CONTROLS = (DATA, RATE, LAYERS, RUNNERS, SEED, LEFT, RIGHT)
N_SEEDS = 16
CLEAR = 0.8  # of the seeds, to call somebody the winner
GUESS = "guess_step"


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what trains the rest, if any is left."""
    controls, picture = layout.lab()
    with controls:
        chosen, settings = _show_controls()
    with picture:
        runs, rest = gather(
            "race",
            [key for key in dict.fromkeys(ORDER) if key in chosen],
            lambda key: compute.remember(f"race of {key}", run_activation, key, settings),
            about=settings,
            say=lambda key: f"Training {ACTIVATIONS[key].label}",
            done=f"{len(chosen)} activations, {N_SEEDS} seeds each, {N_EPOCHS} epochs: the same "
            "first weights and the same order of examples for all.",
        )
        # The step's outcome is the question below: it waits for the learner's answer.
        waits = "step" in runs and not st.session_state.get(GUESS)
        shown = {key: run for key, run in runs.items() if not (waits and key == "step")}
        if shown:
            _show_bands(shown, colors)
            layout.look(what_to_see(shown, waits=waits))
    if "step" in runs:
        _ask(runs["step"])
    if shown:
        layout.heading("Who learned")
        st.markdown(
            f"Training loss of the middle seed and of eight in ten, how many of {N_SEEDS} seeds "
            f"came below {LEARNED:g}, and the middle accuracy on the test points."
        )
        st.table(standings_table(rank(shown)), hide_index=True, border="horizontal")
        _show_duel(shown)
    _show_formula(settings)
    race = {"activation_lab": "race"}
    page.try_this(
        ("A failure: the step trains only its last layer",
         race | {"runners": ["step", "relu"]}),
        ("A failure: sigmoid in four layers stalls",
         race | {"runners": ["sigmoid", "tanh", "relu"], "race_layers": 4}),
        ("A rate ten times as large: who still learns?", race | {"race_rate": 3.0}),
    )  # fmt: skip
    feedforward.show()
    layout.show_the_code(run_activation, train_one, rank)
    layout.sources(
        *dict.fromkeys(
            [*cited([ACTIVATIONS[key] for key in chosen]), "robbins_monro_1951",
             "glorot_bengio_2010", *feedforward.SOURCES]
        )
    )  # fmt: skip
    return rest


def _show_controls() -> tuple[list[str], RaceSettings]:
    data, rate, layers = DATA.show(), RATE.show(), LAYERS.show()
    chosen = RUNNERS.show() or RUNNERS.default
    settings = RaceSettings(
        dataset=data,
        hidden=(8,) * layers,
        learning_rate=rate,
        n_seeds=N_SEEDS,
        first_seed=SEED.show(),
    )
    return chosen, settings


def _show_bands(runs: dict[str, Runs], colors: Palette) -> None:
    bands = {key: band_over_seeds(run.train_loss) for key, run in runs.items()}
    names = {key: ACTIVATIONS[key].label for key in runs}
    said = ", ".join(f"{names[key]} {band.middle[-1]:.3g}" for key, band in bands.items())
    show_chart(
        plot_race(bands, names, N_EPOCHS, colors),
        key="race_chart",
        alt=f"Training loss by epoch, middle of {N_SEEDS} seeds. After {N_EPOCHS} epochs: {said}.",
        height=HEIGHT,
    )


def what_to_see(runs: dict[str, Runs], *, waits: bool) -> str:
    """Return one sentence on who is ahead, and how surely."""
    rows = rank(runs)
    best, last = rows[0], rows[-1]
    said = f"**{best.label}** ends lowest in the middle seed"
    if best.key != last.key:
        wins = count_wins(runs[best.key].train_loss[:, -1], runs[last.key].train_loss[:, -1])
        said += f", below {last.label} in **{wins} of {best.n_seeds}** seeds"
    if len(rows) > 2:
        second = rows[1]
        wins = count_wins(runs[best.key].train_loss[:, -1], runs[second.key].train_loss[:, -1])
        said += f". Against the runner-up, {second.label}, it is ahead in **{wins}**"
        said += "" if wins >= CLEAR * best.n_seeds else ": no clear winner"
    return f"{said}." + (" The step's line waits for your answer below." if waits else "")


def standings_table(rows: list[Standing]) -> dict[str, list[str]]:
    """Return the standings column by column, the lowest loss first."""
    columns = {
        "activation": [row.label for row in rows],
        "loss": [loss(row.final_loss.middle) for row in rows],
        "eight of ten": [
            f"{loss(row.final_loss.low)} to {loss(row.final_loss.high)}" for row in rows
        ],
        f"below {LEARNED:g}": [f"{row.n_learned} of {row.n_seeds}" for row in rows],
        "test": [f"{row.test_accuracy:.1%}" for row in rows],
    }
    if any(row.n_diverged for row in rows):
        columns["diverged"] = [f"{row.n_diverged} of {row.n_seeds}" for row in rows]
    return columns


def loss(value: float) -> str:
    """Return a loss in sensible digits, also one that ran away."""
    return (
        f"{value:.{5 if value < 0.01 else 3}f}"
        if value < 10
        else f"{value:.3g}"
        if np.isfinite(value)
        else "not finite"
    )


def _show_duel(runs: dict[str, Runs]) -> None:
    """Compare any two in pairs: a seed gives both the same first weights."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        left, right = LEFT.show(width=200), RIGHT.show(width=200)
    if left not in runs or right not in runs:
        st.markdown("Choose two that are on the chart.")
        return
    ends = [runs[key].train_loss[:, -1] for key in (left, right)]
    wins, losses = count_wins(*ends), count_wins(*reversed(ends))
    st.markdown(
        f"{ACTIVATIONS[left].label} ends below {ACTIVATIONS[right].label} in "
        f"**{wins} of {len(ends[0])}** seeds, above it in {losses}. In each pair both start from "
        "the same weights and see the examples in the same order."
    )


def _ask(step: Runs) -> None:
    options = (
        "It does not move",
        "It falls a little, then stalls",
        "It falls as far as the others",
    )
    start, end = (middle_seed(step.train_loss[:, i]) for i in (0, -1))
    moved = end < 0.995 * start
    answer = options[0] if not moved else options[2] if end < LEARNED else options[1]
    layout.predict_then_reveal(
        GUESS,
        "The step's slope is 0, so no gradient gets through it. Where does the loss of the step "
        "network go?",
        options,
        answer=answer,
        why=f"In the middle seed it goes from {start:.3f} to {end:.3f}; guessing gives 0.693. The "
        "hidden layers never move, but the last layer has no step behind it and still gets a "
        "gradient: it learns to weigh eight fixed, random yes-or-no answers.",
    )


def _show_formula(settings: RaceSettings) -> None:
    per_epoch = 25
    widths = " \\to ".join(map(str, (2, *settings.hidden, 1)))
    layout.formula(
        r"\mathbf{w} \leftarrow \mathbf{w} - \eta\, \frac{\partial L}{\partial \mathbf{w}},"
        rf"\qquad \eta = {settings.learning_rate:g}",
        rf"{widths} \ \text{{units}}, \qquad {N_EPOCHS}\ \text{{epochs}} \cdot {per_epoch}"
        rf"\ \text{{batches}} = {grouped(N_EPOCHS * per_epoch)}\ \text{{updates}}",
        note="Plain gradient descent, batches of 10, binary cross-entropy, weights from Xavier. "
        "Move the rate: each activation has one that suits it best. This is one race, not a law.",
    )
