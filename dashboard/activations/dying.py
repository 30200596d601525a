"""Dead units: the learning rate at which ReLU units stop firing for good."""

import numpy as np
import streamlit as st

from dashboard import compute, layout
from dashboard.activations import feedforward
from dashboard.chart import Panel, show_panels
from dashboard.charts.dying import Dying, plot_dead_by_rate, plot_dead_over_time
from dashboard.controls import Choice, Number
from dashboard.gather import Rest, gather
from dashboard.theme import Palette
from nnjax.data import DATASETS
from nnjax.depth.probes import DeadUnits, dead_unit_share
from nnjax.races.activation_race import LEARNED
from nnjax.races.bands import band_over_seeds, middle_seed
from nnjax.races.dying import HIDDEN, N_SEEDS, N_UPDATES, dead_units_at

RATES = (0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0)
RATE = Choice(
    key="dead_rate", label="Learning rate", default=1.0, options=RATES,
    labels={rate: f"{rate:g}" for rate in RATES}, style="slider",
)  # fmt: skip
PLANE = {key: row for key, row in DATASETS.items() if row.in_plane and row.task == "binary"}
DATA = Choice.of(PLANE, key="dead_data", label="Data", default="moons")
SEED = Number(key="dead_seed", label="First seed", default=0, min=0, max=9999, step=1)
CONTROLS = (RATE, DATA, SEED)
N_UNITS = sum(HIDDEN)
GUESS = "guess_dead"


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what tries the other rates, if any is left."""
    controls, picture = layout.lab(shares=(1, 3))
    with controls:
        rate, data, seed = RATE.show(), DATA.show(), SEED.show()
    with picture:
        tried, rest = gather(
            "dead_units",
            sorted(RATES, key=lambda other: other != rate),  # the learner's rate first
            lambda one: try_rate(one, data, seed),
            about=(data, seed),
            say=lambda one: f"Training at a rate of {one:g}",
            done=f"{len(RATES)} rates, {N_SEEDS} seeds each, {N_UPDATES} updates of "
            f"{HIDDEN[0]} and {HIDDEN[1]} ReLU units.",
        )
        if rate in tried:
            _show_charts(tried, rate, colors)
            layout.look(what_to_see(tried[rate], rate))
    st.markdown(_WHY)
    _ask(data, seed)
    layout.formula(
        r"\text{dead:}\quad \mathbf{w} \cdot \mathbf{x} + b \le 0 \ \text{ for every example }"
        r"\mathbf{x} \quad\Rightarrow\quad f'(z) = 0 \quad\Rightarrow\quad"
        r" \frac{\partial L}{\partial \mathbf{w}} = 0",
        rf"\mathbf{{w}} \leftarrow \mathbf{{w}} - {rate:g} \cdot 0 = \mathbf{{w}}",
        note="Once a unit is silent on all data, no learning rate moves it. Only the layer below "
        "can wake it, by changing what it sees.",
    )
    dead = {"activation_lab": "dead"}
    page.try_this(
        ("A rate at which hardly any unit dies", dead | {"dead_rate": 0.1}),
        ("A failure: at a rate of 5 most units die",
         dead | {"dead_rate": 5.0}),
        ("Harder data, the same rate", dead | {"dead_data": "spiral"}),
    )  # fmt: skip
    feedforward.show()
    layout.show_the_code(dead_units_at, dead_unit_share)
    layout.sources(*dict.fromkeys(["lu_2019", "maas_2013", "he_2015", *feedforward.SOURCES]))
    return rest


def try_rate(rate: float, data: str, seed: int) -> DeadUnits:
    """Return the dead units at one rate, computed once for all learners."""
    return compute.remember(f"dead units at {rate}", dead_units_at, rate, data, seed)


def _show_charts(tried: dict[float, DeadUnits], rate: float, colors: Palette) -> None:
    rates = np.array(sorted(tried))
    at_end = band_over_seeds(np.stack([tried[one].share[:, -1] for one in rates], axis=1))
    here = tried[rate]
    band = band_over_seeds(here.share)
    dying = Dying(rates, at_end, int(np.searchsorted(rates, rate)))
    shares = ", ".join(
        f"{share:.0%} at {one:g}" for one, share in zip(rates, at_end.middle, strict=True)
    )
    show_panels(
        [
            Panel(
                figure=plot_dead_by_rate(dying, colors),
                alt=f"Share of dead units at the end, in the middle seed: {shares}.",
                height=380,
            ),
            Panel(
                figure=plot_dead_over_time(here.steps, here.share, band, colors),
                alt=f"Share of dead units while training at {rate:g}: from {band.middle[0]:.0%} "
                f"to {band.middle[-1]:.0%} in the middle seed.",
                height=380,
            ),
        ],
        key="dead",
        columns=(1, 1),
    )


def what_to_see(result: DeadUnits, rate: float) -> str:
    """Return one sentence on what this rate did."""
    final = result.share[:, -1]
    mostly = int(np.sum(final > 0.5))
    return (
        f"At a rate of **{rate:g}**, **{middle_seed(final):.0%}** of the {N_UNITS} hidden units "
        f"are dead in the middle seed; in **{mostly} of {len(final)}** seeds it is more than half. "
        f"**{count_learned(result)} of {len(final)}** seeds end with a training loss below "
        f"{LEARNED:g}."
    )


_WHY = (
    "A ReLU unit that is silent on every example gets no gradient, so it cannot come back by "
    "itself: it is *dead*. One update that is too large can push a unit there. Thin grey lines "
    "are single seeds, the thick one the middle of them."
)


def count_learned(result: DeadUnits) -> int:
    """Return in how many seeds the training loss fell below LEARNED; nan and infinity do not."""
    return int(np.sum(result.loss[:, -1] < LEARNED))


def _ask(data: str, seed: int) -> None:
    """Whether what is left can still learn, worked out only once there is an answer to check."""
    options = ("In none", "In a few", "In most")
    answer = why = ""
    if st.session_state.get(GUESS):
        result = try_rate(RATES[-1], data, seed)
        learned, n = count_learned(result), len(result.loss)
        answer = options[0] if learned == 0 else options[1] if learned <= n / 2 else options[2]
        why = (
            f"{learned} of {n}. In the middle seed {middle_seed(result.share[:, -1]):.0%} of the "
            "units are dead by then; units that still fire can be thrown about just as hard."
        )
    layout.predict_then_reveal(
        GUESS,
        f"At a learning rate of {RATES[-1]:g}, in how many of the {N_SEEDS} seeds does the network "
        f"still learn, that is, end with a training loss below {LEARNED:g}?",
        options,
        answer=answer,
        why=why,
    )
