"""Schedules: the learning rate over the learner's own run, and what each one makes of it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from dashboard import compute, layout
from dashboard.chart import show_chart
from dashboard.charts.optimizers import HEIGHT as RACE_HEIGHT
from dashboard.charts.optimizers import Race, plot_losses
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
from dashboard.tuning.optimizer_words import COLUMNS, table
from nnjax.races.bands import band_over_seeds
from nnjax.races.optimizer_race import N_FRAMES, Course, Racer, rank, run_schedule
from nnjax.races.rate_maps import stack_data
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
        _draw_losses(racers, settings, n_epochs, colors)
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
    plain = many_runs.replace_seed(many_runs.with_choices(settings, schedule="constant"), 0)
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
    data = [many_runs.replace_seed(asked.settings, seed).prepare() for seed in asked.seeds]
    hyper = Hyperparameters(*map(np.float32, asked.hyper))
    course = Course(
        asked.settings.config, stack_data(data), asked.seeds, asked.hyper[1], asked.n_epochs
    )
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


def _draw_losses(racers, settings: RunSettings, n_epochs: int, colors: Palette) -> None:
    race = Race(
        bands={key: band_over_seeds(racer.losses) for key, racer in racers.items()},
        names=words.SHORT,
        order=ORDER,
        epochs=np.linspace(0, n_epochs, N_FRAMES + 1),
    )
    said = words.verdict(rank(racers), N_SEEDS)
    show_chart(
        plot_losses(race, colors),
        key="schedule_losses",
        height=RACE_HEIGHT,
        alt=f"Training loss against epochs under each schedule, middle of {N_SEEDS} seeds. "
        + said.replace("**", ""),
    )
    layout.look(f"{many_runs.describe(settings)}. {said}")
