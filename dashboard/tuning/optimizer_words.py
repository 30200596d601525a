"""What the laboratory "Optimisers" says about what it computed."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dashboard import layout
from dashboard.large_numbers import power_of_ten
from nnjax.lbfgs import descend, lbfgs_step
from nnjax.optimizers import OPTIMIZERS
from nnjax.races.optimizer_race import (
    FACTORS,
    LABELS,
    LBFGS,
    SOLVED,
    Racer,
    Standing,
    best_rate,
    run_optimizer,
)

_TIMES = ", ".join(f"{factor:g}" for factor in FACTORS)
HOW = {
    "own": "Every optimiser at the rate it is usually begun with; L-BFGS seeks the length of each "
    "step itself. No schedule, no regularisation, no dropout.",
    "best": f"Every optimiser at the best of eight rates: {_TIMES} times its usual one, tried on "
    "four other seeds. No schedule, no regularisation, no dropout.",
}
COLUMNS = (
    f"Training loss of the middle seed and of eight in ten, the share of seeds with {SOLVED:.0%} "
    "of the training examples right (for values: R² of 0.95), and in how many seeds it was first."
)
COST = (
    "A step of L-BFGS uses every training example, and its line search may need several "
    "evaluations of loss and gradient. The race gives everybody the same number of gradients, "
    "so L-BFGS makes far fewer steps."
)
LBFGS_FORMULA = r"w \leftarrow w - \eta_t H_t g,\quad H_t \approx (\nabla^2 L)^{-1}"
TRY_THIS = (
    (
        "Each at its best rate: how much of the order was only the rate?",
        {"training_lab": "race", "race_rates": "best"},
    ),
    (
        "A failure: six units cannot follow a spiral, whatever the optimiser",
        {"training_lab": "race", "data": "spiral"},
    ),
    (
        "ReLU: some seeds are lost whatever the optimiser",
        {"training_lab": "race", "activation": "relu"},
    ),
)
CODE = (run_optimizer, best_rate, descend, lbfgs_step)
NO_CLEAR = 0.5  # of the seeds: with fewer wins there is no winner


def verdict(standings: Sequence[Standing], n_seeds: int) -> str:
    """Say who ended lowest, and in how many seeds."""
    return winner(standings, n_seeds, LABELS)


def winner(standings: Sequence[Standing], n_seeds: int, names: Mapping[str, str]) -> str:
    """Say who was first most often and who ends lowest in the middle seed: "Adam first in ..."."""
    most = max(standings, key=lambda row: row.n_first)
    lowest, last = standings[0], standings[-1]
    if len(standings) == 1:
        return f"**{names[most.key]}** runs alone so far."
    said = f"**{names[most.key]} first in {most.n_first} of {n_seeds} seeds**"
    if most.n_first < NO_CLEAR * n_seeds:
        said += ", more than any other, but no clear winner"
    said += f". In the middle seed {names[lowest.key]} ends lowest, at {_loss(lowest)}"
    said += f"; {names[last.key]} ends highest, at {_loss(last)}."
    if most.key != lowest.key:
        said += (
            f" {names[most.key]} wins often but not safely: eight in ten of its seeds end between "
            f"{loss_text(most.final.low)} and {loss_text(most.final.high)}."
        )
    return said


def _loss(row: Standing) -> str:
    return loss_text(row.final.middle)


def loss_text(loss: float) -> str:
    """Return a loss in two or three digits, however small; "diverged" if it is not finite."""
    loss = float(loss)
    if not np.isfinite(loss):
        return "diverged"
    return f"{loss:.3g}" if loss >= 0.0001 else power_of_ten(loss)


def table(
    standings: Sequence[Standing], names: Mapping[str, str] = LABELS, what: str = "optimiser"
) -> dict[str, list[str]]:
    """Return the standings column by column, the lowest middle loss first."""
    n_seeds = len(standings[0].racer.accuracy)
    return {
        what: [names[row.key] for row in standings],
        "loss": [_loss(row) for row in standings],
        "eight of ten": [
            f"{loss_text(row.final.low)} to {loss_text(row.final.high)}" for row in standings
        ],
        f"{SOLVED:.0%} right": [f"{row.n_solved / n_seeds:.0%}" for row in standings],
        "first": [f"{row.n_first} of {n_seeds}{_diverged(row)}" for row in standings],
    }


def _diverged(row: Standing) -> str:
    """Say it in another column's cell: on a phone there is room for five."""
    return f", {row.racer.n_diverged} diverged" if row.racer.n_diverged else ""


def costs(standings: Sequence[Standing]) -> dict[str, list[str]]:
    """Return rate and cost of each optimiser's steps, column by column."""
    racers = [row.racer for row in standings]
    return {
        "optimiser": [LABELS[row.key] for row in standings],
        "rate": ["searched" if np.isnan(r.rate) else f"{r.rate:.3g}" for r in racers],
        "steps": [f"{r.n_steps:,.0f}" for r in racers],
        "gradients a step": [
            f"{r.gradients_per_step:.3g} × {r.examples_per_gradient} examples" for r in racers
        ],
    }


def ask(racers: Mapping[str, Racer]) -> None:
    """Ask how far L-BFGS comes in its best and in its worst seed."""
    if LBFGS not in racers:
        return
    racer = racers[LBFGS]
    ends = racer.losses[:, -1]
    options = ("about the same", "10 times lower", "a million times lower or more")
    ratio = float(ends.max() / max(float(ends.min()), 1e-30))
    answer = options[0] if ratio < 3 else options[1] if ratio < 1e6 else options[2]
    layout.predict_then_reveal(
        "guess_lbfgs",
        "L-BFGS knows something of the curvature and sees all examples at every step. Compare the "
        "loss of its best seed with that of its worst: it is ...",
        options,
        answer=answer,
        why=f"Its best seed ends at {loss_text(ends.min())}, its worst at "
        f"{loss_text(ends.max())}. It goes straight to the bottom of the valley in which it "
        "begins; the noise of small batches, which might shake it out of a poor one, is missing.",
    )


def show_formula(keys: Sequence[str], values: Mapping[str, Any]) -> None:
    """Write the rules of those who run."""
    lines = [
        rf"\text{{{LABELS[key]}}}: \quad "
        + (LBFGS_FORMULA if key == LBFGS else OPTIMIZERS[key].formula)
        for key in keys
    ]
    layout.formula(
        *lines,
        note=f"$g$ is the gradient, $\\eta$ the learning rate in the table, and $\\mu$ or "
        f"$\\beta_1$ your momentum, {values['momentum']:g}, where there is one. $H_t$ is built "
        "from the last ten steps and the gradients before and after them.",
    )


def lead_on(page: layout.Page, keys: Sequence[str]) -> None:
    """Draw the links, the same idea in large models, the code and the sources."""
    page.try_this(*TRY_THIS)
    layout.in_llms(
        "GPT-3 was trained with Adam (Brown et al. 2020), LLaMA 2 with AdamW (Touvron et al. "
        "2023): at 70 billion parameters the two running means of each alone fill 560 GB in 32 "
        "bits. Lion keeps one (Chen et al. 2023). L-BFGS would need twenty, and every example "
        "before each step."
    )
    layout.show_the_code(*CODE)
    own = [OPTIMIZERS[key].source for key in keys if key in OPTIMIZERS]
    lbfgs = ["liu_nocedal_1989"] if LBFGS in keys else []
    layout.sources(*dict.fromkeys([*own, *lbfgs, "brown_2020", "touvron_2023b", "chen_2023"]))
