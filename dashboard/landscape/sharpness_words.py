"""What the laboratory "Sharpness" says about what it measured."""

import dataclasses
from typing import Any

import numpy as np
import streamlit as st

from dashboard import compute, layout
from dashboard.charts.loss_axis import number
from dashboard.playground.run import Run
from nnjax.landscapes.edge_of_stability import (
    LATE,
    N_ROWS,
    NEAR,
    EdgeSettings,
    late_ratio,
    train_to_the_edge,
)
from nnjax.landscapes.sharpness import hessian_product, sharpness, top_eigenvalue
from nnjax.races.bands import middle_seed

REACHED = 0.95  # of 2 / rate
GUESS = "guess_sharpness"
LAB = {"training_lab": "sharpness"}
TRY_THIS = (
    ("Half the rate, twice the epochs: the sharpness climbs to twice the height",
     LAB | {"sharp_rate": 0.05, "sharp_epochs": 2000}),
    ("A failure: at a rate of 0.4 the first weights are too sharp by far, and some seeds blow up",
     LAB | {"sharp_rate": 0.4}),
    ("Small batches keep away from the edge", LAB | {"sharp_batch": 20}),
    ("The playground's own run: cross-entropy ends in a flat place",
     LAB | {"sharp_run": "playground"}),
)  # fmt: skip
CODE = (hessian_product, top_eigenvalue, sharpness, train_to_the_edge)
SOURCES = (
    "cohen_2021", "pearlmutter_1994", "lanczos_1950", "gilmer_2021", "touvron_2023b",
)  # fmt: skip


def late_part(found: Any) -> np.ndarray:
    """Return each seed's sharpness late in training, in units of 2 / rate; nan if it diverged."""
    n_late = max(1, round(found.sharpness.shape[1] * LATE))
    ratios = np.median((found.sharpness / found.edge)[:, -n_late:], axis=1)
    return np.where(found.diverged, np.nan, ratios)


def of_the_seeds(found: Any, settings: EdgeSettings) -> str:
    """Say where the sharpness went in the seeds that are ready."""
    late, n = late_part(found), len(found.sharpness)
    edge, start = float(found.edge[0]), middle_seed(found.sharpness[:, 0])
    known = late[np.isfinite(late)]
    if not known.size:
        return _blown_up(found, n)
    near = int((np.abs(known - 1) < NEAR).sum())
    words = (
        f"The sharpness starts at {start:.3g} in the middle seed. Late in training it is at "
        f"**{np.median(known):.2f} times 2 / rate**, which is {edge:.3g}; "
        f"**{near} of {n} seeds** end within {NEAR:.0%} of it. "
    )
    words += _meaning(known, found, settings)
    return words + _blown_up(found, n)


def _meaning(late: np.ndarray, found: Any, settings: EdgeSettings) -> str:
    middle = float(np.median(late))
    if abs(middle - 1) < NEAR and settings.batch_size == N_ROWS:
        reached = first_at_edge(found)
        came = f"It got there by epoch {reached:g}" if reached else "It began beyond that edge"
        return (
            f"{came}. From then on every step overshoots a little along "
            "the steepest direction, and yet the loss goes on falling: down, up and down again."
        )
    if middle < 1 - NEAR:
        return "It stays below the edge: at this rate nothing pushes it up there, or not yet."
    return "It swings around the edge, and has not settled."


def first_at_edge(found: Any) -> float:
    """Return the epoch at which the middle seed first came near the edge; inf if it never did."""
    is_there = found.sharpness >= REACHED * found.edge
    first = np.where(is_there.any(axis=1), found.epochs[np.argmax(is_there, axis=1)], np.inf)
    return float(np.median(first))


def _blown_up(found: Any, n: int) -> str:
    lost = int(found.diverged.sum())
    if not lost:
        return ""
    return (
        f" **{lost} of {n} seeds diverged**: their loss passed ten times its first value. They "
        "began far beyond the edge, and were thrown out before they found a flatter place."
    )


def of_the_playground(found: Any, run: Run) -> str:
    """Say where the playground's run stands against its edge."""
    known = found.sharpness[0][np.isfinite(found.sharpness[0])]
    if not known.size:
        return "The loss of this run is not finite anywhere: there is no curvature to measure."
    last, edge = float(known[-1]), float(found.edge[-1])
    words = (
        f"At epoch {run.epoch:.4g} the sharpness is **{last:.3g}**, "
        f"{last / edge:.2f} times 2 / rate = {edge:.3g}; its largest value on the way was "
        f"{known.max():.3g}. "
    )
    if run.diverged_at is not None:
        return words + f"The run diverged at step {run.diverged_at:,}."
    if last < edge:
        return words + (
            "A run of small batches, or one whose cross-entropy is nearly 0, usually stays below "
            "the edge: as the predictions saturate, the loss flattens."
        )
    return words + "It is beyond what plain gradient descent on the whole set could stand."


def describe(found: Any) -> str:
    """Return what the curves of the sharpness show, in words."""
    own = found.sharpness[0]
    known = own[np.isfinite(own)]
    ends = f"from {known[0]:.3g} to {known[-1]:.3g}" if known.size else "nowhere finite"
    return (
        f"Sharpness against epochs up to {found.epochs[-1]:.4g}, of {len(found.sharpness)} "
        f"seed{'s' * (len(found.sharpness) > 1)}: the first one's goes {ends}; the dashed line, "
        f"2 / rate, lies at {found.edge[-1]:.3g}."
    )


def describe_losses(found: Any) -> str:
    """Return what the curves of the loss show, in words."""
    own = found.loss[0]
    ends = f"{number(own[0])} to {number(own[-1])}"
    return f"Training loss of the same runs; the first goes from {ends}."


def ask(settings: EdgeSettings, seed: int) -> None:
    """Ask where the sharpness settles at twice the rate; train that once somebody has answered."""
    double = dataclasses.replace(settings, learning_rate=2 * settings.learning_rate)
    options = ["At the same value", "At half of it", "At twice that value", "It is not there yet",
               "Nowhere: it diverges"]  # fmt: skip
    answer, why = options[0], ""
    if st.session_state.get(GUESS):
        run = compute.remember("the edge", train_to_the_edge, double, seed)
        ratio = late_ratio(run, double.learning_rate)
        answer = options[1] if np.isfinite(ratio) else options[4]
        if np.isfinite(ratio) and ratio < 1 - NEAR:
            answer = options[3]
        why = (
            f"Seed {seed} was just trained at a rate of {double.learning_rate:g}: late in training "
            f"its sharpness is {ratio * 2 / double.learning_rate:.3g}, where 2 / rate is "
            f"{2 / double.learning_rate:.3g}. The rate decides how sharp a place can hold a run; "
            "the run drifts towards sharper places until it meets that limit."
        )
        if not np.isfinite(ratio):
            why = f"Seed {seed} was just trained at {double.learning_rate:g}, and blew up."
    layout.predict_then_reveal(
        GUESS,
        f"Double the rate, to {double.learning_rate:g}. Where does the sharpness settle?",
        options,
        answer=answer,
        why=why,
    )


def show_formula(found: Any) -> None:
    """Write the product and the edge with the learner's numbers."""
    edge = float(found.edge[-1])
    rate = 2 / edge
    layout.formula(
        r"H d = \frac{\partial}{\partial \varepsilon} \nabla L(\theta + \varepsilon d)"
        r"\Big|_{\varepsilon = 0}, \qquad \lambda_1 = \max_{\lVert d \rVert = 1} d^\top H d",
        rf"\lambda_1 < \frac{{2}}{{\eta}} = \frac{{2}}{{{rate:.3g}}} = {edge:.3g}",
        note="The sharpness $\\lambda_1$ is the curvature of the loss along its steepest-curving "
        "direction. The Hessian $H$ itself is never written down: multiplying it by a direction "
        "costs about two gradients, and 24 such products find its largest eigenvalue. In a bowl "
        "of one curvature the second line is exact; open the ball in a bowl to see why.",
    )


def lead_on(page: layout.Page) -> None:
    """Draw the links, the same idea in large models, the code and the sources."""
    page.try_this(*TRY_THIS)
    layout.in_llms(
        "A language model's rate does not start at its full value: LLaMA 2 raised it from zero "
        "over the first 2,000 updates (Touvron et al. 2023). Measured on other networks, such a "
        "warm-up leads to flatter places early on, which then allow the full rate (Gilmer et al. "
        "2021). With Adam it is not the Hessian alone that counts, but the Hessian divided by "
        "Adam's own scales."
    )
    layout.show_the_code(*CODE)
    layout.sources(*SOURCES)
