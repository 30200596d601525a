"""The optimiser race: nine rules for the steps, on the playground's network, over 16 seeds."""

import dataclasses
from typing import NamedTuple

import streamlit as st

from dashboard import layout
from dashboard.activations.several import Several
from dashboard.controls import Choice, Control, Slider
from dashboard.gather import Rest, gather
from dashboard.playground import session
from dashboard.playground import settings as s
from dashboard.playground.row import show_row
from dashboard.playground.run_settings import RunSettings
from dashboard.theme import Palette
from dashboard.tuning import many_runs
from dashboard.tuning import optimizer_words as words
from dashboard.tuning.loss_picture import Names, show_losses
from nnjax.races.optimizer_race import (
    LABELS,
    LBFGS,
    Course,
    Racer,
    best_rate,
    race_config,
    rank,
    run_optimizer,
)

N_SEEDS, N_TRIAL_SEEDS = 16, 4
# The best known first, so that there is something to compare early on.
ORDER = tuple(dict.fromkeys(("adam", "sgd", "lbfgs", "momentum", *LABELS)))
RUNNERS = Several(
    key="racers",
    label="Who runs",
    default=list(LABELS),
    options=tuple(LABELS),
    labels=LABELS,
)
RATES = Choice(
    key="race_rates",
    label="Each at",
    default="own",
    options=("own", "best"),
    labels={"own": "Its usual rate", "best": "Its best rate"},
    style="segmented",
)
EPOCHS = Slider(
    key="race_epochs", label="Epochs", default=100, min=20, max=400, step=20,
)  # fmt: skip
CONTROLS: tuple[Control, ...] = (RUNNERS, RATES, EPOCHS)


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what trains the rest, if any is left."""
    values = show_row((s.DATA, s.ACTIVATION, s.BATCH, s.MOMENTUM))
    settings = session.wanted_settings(values)
    controls, picture = layout.lab(shares=(1, 3))
    with controls:
        rates, n_epochs = RATES.show(), EPOCHS.show()
        chosen = RUNNERS.show() or RUNNERS.default
        st.caption(words.HOW[rates])
    seeds = many_runs.seeds_from(settings, N_SEEDS)
    # Whatever does not count must not be asked for: the same race serves every value of it.
    config = race_config(dataclasses.replace(settings.config, optimizer="sgd"))
    settings = dataclasses.replace(settings, seed=0, config=config)
    asked = Asked(settings, seeds, float(values["momentum"]), n_epochs, rates)
    with picture:
        racers, rest = gather(
            "optimizer_race",
            [key for key in ORDER if key in chosen],
            lambda key: many_runs.compute_once(f"race of {key}", train_one, asked, key),
            about=asked,
            say=lambda key: f"Training with {LABELS[key]}",
            done=f"{len(chosen)} optimisers, {N_SEEDS} seeds each, {n_epochs} epochs: the same "
            "data, first weights and order of examples for all.",
        )
        said = words.verdict(rank(racers), N_SEEDS)
        names = Names("optimizer_race", LABELS, ORDER)
        show_losses(racers, names, (n_epochs, N_SEEDS), said, colors)
        layout.look(f"{many_runs.describe(settings)}. {said}")
    standings = rank(racers)
    words.ask(racers)
    layout.heading("How they came out")
    st.markdown(words.COLUMNS)
    st.table(words.table(standings), hide_index=True, border="horizontal")
    layout.heading("What their steps cost")
    st.table(words.costs(standings), hide_index=True, border="horizontal")
    st.markdown(words.COST)
    words.show_formula([row.key for row in standings], values)
    words.lead_on(page, [row.key for row in standings])
    return rest


class Asked(NamedTuple):
    """A race: the network and data, and all else that its outcome depends on."""

    settings: RunSettings
    seeds: tuple[int, ...]
    momentum: float
    n_epochs: int
    rates: str


def train_one(asked: Asked, key: str) -> Racer:
    """Train all seeds with one optimiser; the best rate is sought on other seeds."""
    settings, seeds, momentum, n_epochs, rates = asked
    course = Course(
        settings.config, many_runs.data_of_seeds(settings, seeds), seeds, momentum, n_epochs
    )
    rate = None
    if rates == "best" and key != LBFGS:
        trial = tuple(seeds[-1] + 1 + i for i in range(N_TRIAL_SEEDS))
        # Stacked as many as in the race: its program serves here, too.
        data = many_runs.data_of_seeds(settings, trial * (len(seeds) // N_TRIAL_SEEDS))
        rate = best_rate(key, course._replace(datasets=data, seeds=trial), n_runs=len(seeds))
    return run_optimizer(key, course, rate)
