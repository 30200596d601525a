"""What the playground says below its picture: a question, the formula with numbers, links."""

from collections.abc import Sequence

import streamlit as st

from dashboard import compute, layout
from dashboard.playground.run import Run
from nnjax.optimizers import OPTIMIZERS
from nnjax.training.chunks import train_frames
from nnjax.training.config import make_hyperparameters
from nnjax.training.metrics import take_snapshot, training_gradients
from nnjax.training.steps import run_steps, train_step

TRY_THIS = (
    (
        "Solve the spiral: two layers of eight, Adam",
        {"data": "spiral", "units_1": 8, "units_2": 8, "optimizer": "adam",
         "learning_rate": 0.01, "epochs": 400},
    ),
    (
        "A rate of 10: every step overshoots, and the run diverges",
        {"learning_rate": 10.0},
    ),
    (
        "No bend, no circle: with the identity activation the whole network is one line",
        {"activation": "identity"},
    ),
    (
        "Data of your own: an example table, until you put your CSV in its place",
        {"data": "own", "epochs": 100},
    ),
    (
        "Start from zeros: all units of a layer stay equal, so nothing is learned",
        {"initializer": "zeros"},
    ),
)  # fmt: skip
CODE = (train_step, run_steps, take_snapshot, train_frames)
SOURCES = (
    "rumelhart_1986",
    "robbins_monro_1951",
    "srivastava_2014",
    "prechelt_1998",
    "smilkov_2017",
    "touvron_2023b",
)
IN_LLMS = (
    "A large model is trained by this loop, with settings from these menus: LLaMA 2 used "
    "AdamW, a cosine schedule with 2,000 steps of warm-up that ends at a tenth of the rate, "
    "and weight decay of 0.1 (Touvron et al. 2023). What differs is the size: 7 to 70 billion "
    "parameters instead of the few dozen above, and two trillion tokens of text."
)
GUESS = "predict_rate"
SPAN = 100  # epochs of the run behind the question


def show_question(run: Run) -> None:
    """Ask what a rate of 10 does to this very network, and let the engine answer."""
    options = ("It learns faster", "It learns about as well", "It gets worse than at its start")
    answer = why = ""
    if st.session_state.get(GUESS):  # worked out only once there is an answer to check
        answer, why = judge_rate(run, options)
    layout.predict_then_reveal(
        GUESS,
        "The learning rate is set to 10. What happens to this network?",
        options,
        answer,
        f"The engine has just trained it from the same first weights: {why}",
    )


def judge_rate(run: Run, options: Sequence[str]) -> tuple[str, str]:
    """Return which of the options a rate of 10 comes to, and what says so."""
    diverged_at, first, last = compute.remember(
        "the question", outcome_at_rate, run.settings, 10.0, SPAN
    )
    if diverged_at is not None:
        return options[2], f"at step {diverged_at} a batch's loss was ten times the first one."
    why = f"after {SPAN} epochs the training loss has gone from {first:.3f} to {last:.3f}."
    if not last <= first:
        return options[2], why
    return options[0 if last < 0.5 * first else 1], why


def outcome_at_rate(settings, rate: float, epochs: int):
    """Return where a run at this rate diverged (or None), and its first and last train loss."""
    run = Run(settings, make_hyperparameters(learning_rate=rate))
    run.train_to(epochs, n_frames=1, budget=2.0)
    losses = run.film.train_loss
    return run.diverged_at, float(losses[0]), float(losses[-1])


def show_formula(run: Run) -> None:
    """Show the update with the numbers of the first weight, its gradient over the training set."""
    row = OPTIMIZERS[run.config.optimizer]
    _, gradients = compute.run(
        "the gradients", training_gradients, run.parameters, run.data, config=run.config
    )
    weight, slope = float(run.parameters[0].weights[0, 0]), float(gradients[0].weights[0, 0])
    rate = float(run.film.learning_rate[-1])
    layout.formula(
        row.formula,
        rf"w_{{11}} = {weight:.4f},\quad g = {slope:.5f},\quad \eta = {rate:g}:\qquad "
        rf"w_{{11}} - \eta g = {weight - rate * slope:.5f}",
        note=f"{row.label}: {row.note} The numbers are those of the first weight of layer 1, with "
        "its gradient over the whole training set; a plain step down it is worked out.",
    )


def lead_on(page: layout.Page) -> None:
    """Draw the links, the same idea in large models, the code and the sources."""
    page.try_this(*TRY_THIS)
    layout.in_llms(IN_LLMS)
    layout.show_the_code(*CODE)
    layout.sources(*SOURCES)
