"""Schedules: the learning rate over the learner's own run, and what each one makes of it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from dashboard import compute, layout
from dashboard.chart import show_chart
from dashboard.charts.schedules import HEIGHT, Rates, plot_schedules
from dashboard.controls import Control, Slider
from dashboard.gather import Rest, gather
from dashboard.playground import session
from dashboard.playground import settings as s
from dashboard.playground.row import show_row
from dashboard.playground.run_settings import RunSettings
from dashboard.theme import Palette
from dashboard.tuning import llama_schedule, many_runs
from dashboard.tuning import schedules_words as words
from dashboard.tuning.loss_picture import Names, show_losses
from dashboard.tuning.optimizer_words import COLUMNS, table
from nnjax.races.optimizer_race import Course, Racer, rank, run_schedule
from nnjax.schedules import SCHEDULES, schedule_factors
from nnjax.training.config import Hyperparameters

N_SEEDS = 16
N_POINTS = 401
ORDER = RACED = tuple(SCHEDULES)
EPOCHS = Slider(
    key="schedule_epochs", label="Epochs", default=100, min=20, max=400, step=20,
    help="Every schedule ends with the run.",
)  # fmt: skip
LOOK = Slider(
    key="schedule_look", label="Look at (% of the run)", default=50, min=0, max=100, step=1,
    help="For the rates in the table.",
)  # fmt: skip
CONTROLS: tuple[Control, ...] = (EPOCHS, LOOK, *llama_schedule.CONTROLS)


class Asked(NamedTuple):
    """What is trained under every schedule."""

    settings: RunSettings
    hyper: tuple[float, ...]
    seeds: tuple[int, ...]
    n_epochs: int


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what trains the rest, if any is left."""
    values = show_row((s.DATA, s.OPTIMIZER, s.BATCH, s.RATE))
    settings = session.wanted_settings(values)
    controls, picture = layout.lab(shares=(1, 3))
    with controls:
        n_epochs, look = EPOCHS.show(), LOOK.show()
        rates = _rates(values["learning_rate"], n_epochs, n_epochs * look / 100)
        st.markdown(words.rate_table(rates))
    with picture:
        _draw_rates(rates, colors)
        racers, rest = _train(settings, values, n_epochs)
        said = words.verdict(rank(racers), N_SEEDS)
        names = Names("schedule_losses", words.SHORT, ORDER)
        show_losses(racers, names, (n_epochs, N_SEEDS), said, colors)
        layout.look(f"{many_runs.describe(settings)}. {said}")
    layout.heading("How they came out")
    st.markdown(COLUMNS)
    standings = table(rank(racers), words.SHORT, "schedule")
    st.table(standings, hide_index=True, border="horizontal")
    llama_schedule.ask()
    words.show_formula(rates, values)
    words.try_them(page)
    llama_schedule.show(colors)
    words.lead_on()
    return rest


def _rates(peak: float, n_epochs: int, at: float) -> Rates:
    """Every schedule on the learner's own run; the playground's rate is its peak."""
    progress = np.linspace(0, 1, N_POINTS, dtype=np.float32)
    factors = compute.run("the schedules", schedule_factors, progress)
    return Rates(
        rates={key: peak * np.asarray(factors[key], float) for key in ORDER},
        names=words.SHORT,
        order=ORDER,
        epochs=n_epochs * np.asarray(progress, float),
        peak=peak,
        at=at,
    )


def _train(
    settings: RunSettings, values: Mapping[str, Any], n_epochs: int
) -> tuple[dict[str, Racer], Rest | None]:
    plain = many_runs.replace_seed(many_runs.with_choices(settings, schedules=("constant",)), 0)
    hyper = s.hyperparameters(values)._replace(horizon=0.0)  # each schedule ends with the run
    seeds = many_runs.seeds_from(settings, N_SEEDS)
    asked = Asked(plain, tuple(map(float, hyper)), seeds, n_epochs)
    return gather(
        "schedules",
        RACED,
        lambda key: many_runs.compute_once(f"schedule {key}", train_one, asked, key),
        about=asked,
        say=lambda key: f"Training under {SCHEDULES[key].label}",
        done=f"{len(RACED)} schedules, {N_SEEDS} seeds each, {n_epochs} epochs: the same data, "
        "first weights and order of examples for all.",
    )


def train_one(asked: Asked, key: str) -> Racer:
    """Train all seeds under one schedule."""
    data = many_runs.data_of_seeds(asked.settings, asked.seeds)
    hyper = Hyperparameters(*map(np.float32, asked.hyper))
    course = Course(asked.settings.config, data, asked.seeds, asked.hyper[1], asked.n_epochs)
    return run_schedule(key, course, hyper)


def _draw_rates(rates: Rates, colors: Palette) -> None:
    at = int(np.argmin(np.abs(rates.epochs - rates.at)))
    said = ", ".join(f"{rates.names[key]} {row[at]:.3g}" for key, row in rates.rates.items())
    show_chart(
        plot_schedules(rates, colors),
        key="schedule_rates",
        height=HEIGHT,
        alt=f"Learning rate against epochs under {len(rates.rates)} schedules with the peak "
        f"{rates.peak:g}. At epoch {rates.at:g}: {said}.",
    )
