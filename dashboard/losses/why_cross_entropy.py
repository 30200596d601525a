"""Why cross-entropy: a neuron that is sure and wrong, pulled by two losses."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import Click, Panel, show_panels
from dashboard.charts.saturation import HEIGHT, LOGITS, plot_learning, plot_pulls
from dashboard.compute import run
from dashboard.controls import Choice, Number, Slider
from dashboard.losses import uniform
from dashboard.losses import why_words as words
from dashboard.theme import Palette
from nnjax import saturation
from nnjax.activations import sigmoid
from nnjax.loss_curves import logit
from nnjax.races.bands import Band, band_over_seeds

RATES = (0.03, 0.1, 0.3, 1.0, 3.0)
START = Slider(
    key="loss_start", label="Sum $z$ at the start", default=-5.0, min=-8.0, max=8.0, step=0.25,
    format="%.2f", help="The truth is 1: far to the left is sure and wrong.",
)  # fmt: skip
RATE = Choice(
    key="loss_rate", label="Learning rate", default=0.3, options=RATES,
    labels={rate: f"{rate:g}" for rate in RATES}, style="slider",
)  # fmt: skip
SPREAD = Slider(
    key="loss_spread", label="Noise on the start", default=0.3, min=0.0, max=1.0, step=0.05,
    help=f"Spread of weight and bias over the {saturation.N_SEEDS} seeds.",
)  # fmt: skip
SEED = Number(key="loss_seed", label="Seed", default=0, min=0, max=9999, step=1)
CONTROLS = (START, RATE, SPREAD, SEED)
GUESS = "guess_pull"


class Duel(NamedTuple):
    """Both losses on the same neuron: the pull now, and the way from here."""

    start: float
    p: float
    pull: dict[str, float]  # dL/dz at the start
    bands: dict[str, Band]  # the probability of the truth, step by step
    learned: dict[str, np.ndarray]  # (n_seeds,) the step at which each seed has learned it


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab(shares=(2, 5))
    with controls:
        start, rate, spread, seed = START.show(), RATE.show(), SPREAD.show(), SEED.show()
    pulls = run("both pulls", saturation.logit_gradients, _with_start(start), 1.0)
    duel = _train(start, rate, spread, seed, pulls[:, 0])
    with picture:
        _show_picture(pulls[:, 1:], duel, colors)
        layout.look(words.what_to_see(duel))
    _ask()
    layout.formula(*words.formulas(duel), note=words.FORMULA_NOTE)
    _lead_on(page)


def _with_start(start: float) -> np.ndarray:
    return np.concatenate([np.float32([start]), LOGITS])


def _train(start: float, rate: float, spread: float, seed: int, pull) -> Duel:
    runs = run(
        "both trainings", saturation.train_saturated, start, spread, rate, np.uint32(seed)
    )  # fmt: skip
    learned = run("who has learned", saturation.steps_to_learn, runs)
    return Duel(
        start=start,
        p=float(run("p", sigmoid, start)),
        pull=dict(zip(saturation.RIVALS, map(float, pull), strict=True)),
        bands={
            key: band_over_seeds(part)
            for key, part in zip(saturation.RIVALS, runs, strict=True)
        },
        learned=dict(zip(saturation.RIVALS, learned, strict=True)),
    )  # fmt: skip


def _show_picture(pulls, duel: Duel, colors: Palette) -> None:
    keys = saturation.RIVALS
    at = [duel.pull[key] for key in keys]
    show_panels(
        [
            Panel(
                figure=plot_pulls(keys, pulls, duel.start, at, colors),
                alt=f"dL/dz over the logit. At {duel.start:.2f} cross-entropy pulls with "
                f"{at[0]:.4f}, squared error with {at[1]:.4f}.",
                height=HEIGHT,
            ),
            Panel(
                figure=plot_learning(duel.bands, saturation.LEARNED, colors),
                alt="Probability of the truth by step, middle of "
                f"{saturation.N_SEEDS} seeds and eight in ten: {words.who_learned(duel)}.",
                height=HEIGHT,
            ),
        ],
        key="pulls",
        columns=(1, 1),
        on_click=_move,
    )


def _move(click: Click) -> None:
    """A click in the left picture starts there."""
    if click.panel == 0 and click.x is not None:
        st.session_state[START.key] = START.snap(click.x)


def _ask() -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        at = np.float32([logit(np.float32(0.01))])
        cross, squared = (
            float(row[0]) for row in run("two pulls", saturation.logit_gradients, at, 1.0)
        )
        answer, why = words.compare_pulls(cross, squared)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _lead_on(page: layout.Page) -> None:
    def settings(**values: Any) -> dict[str, Any]:
        return {"loss_lab": "why"} | {f"loss_{name}": value for name, value in values.items()}

    page.try_this(
        ("Start undecided: both learn", settings(start=0.0)),
        ("A failure: too sure for squared error", settings(start=-8.0)),
        ("Ten times the rate: is that a cure?", settings(start=-8.0, rate=3.0)),
        ("More noise: some seeds are luckier", settings(spread=1.0)),
    )
    uniform.show(words.IN_LLMS)
    layout.show_the_code(
        saturation.logit_gradients, saturation.train_saturated, saturation.train_neuron
    )
    layout.sources(
        "solla_1988", "glorot_bengio_2010", "hui_belkin_2020", "bridle_1990", *uniform.SOURCES
    )
