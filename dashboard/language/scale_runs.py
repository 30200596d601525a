"""The runs that "Scaling" and "Emergence" share: five sizes, three seeds, one text."""

from typing import Any

import numpy as np

from dashboard.compute import remember
from dashboard.controls import Choice, Slider
from dashboard.gather import Rest, gather
from nnjax.language.scaling import (
    WIDTHS,
    SizeRun,
    has_diverged,
    parameters_of,
    tokens_read,
    train_size,
)
from nnjax.races.bands import middle_seed

SEEDS = (0, 1, 2)
ALL_STEPS = (50, 100, 200, 400)
STEPS = Choice(
    key="scale_steps", label="Characters read in training", default=200, options=ALL_STEPS,
    labels={n: f"{tokens_read(n):,}" for n in ALL_STEPS}, style="slider",
    help="The same for every size: guesses that training is corrected on.",
)  # fmt: skip
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
RATE = Choice(
    key="scale_rate", label="Learning rate", default=0.01, options=RATES,
    labels={rate: f"{rate:g}" for rate in RATES}, style="slider",
)  # fmt: skip
N_SIZES = Slider(
    key="scale_sizes", label="Sizes trained", default=len(WIDTHS), min=3, max=len(WIDTHS), step=1
)
CONTROLS = (N_SIZES, STEPS, RATE)
SIZES = {width: parameters_of(width) for width in WIDTHS}
Results = dict[tuple[int, int], SizeRun]


def show_controls() -> tuple[int, int, float]:
    """Draw what decides the training; return it."""
    return N_SIZES.show(), STEPS.show(), RATE.show()


def gather_runs(n_sizes: int, n_steps: int, rate: float) -> tuple[Results, Rest | None]:
    """Train what is missing, one size and seed after another."""
    return gather(
        "scale_training",
        # All sizes from one seed first: a line can be drawn before the other seeds have come.
        [(width, seed) for seed in SEEDS for width in WIDTHS[:n_sizes]],
        lambda piece: _train(*piece, n_steps, rate),
        about=(n_steps, rate),
        say=lambda piece: f"Training {SIZES[piece[0]]:,} parameters, seed {piece[1]}",
        done=f"{n_sizes} sizes, {len(SEEDS)} seeds, {tokens_read(n_steps):,} characters each.",
    )


def _train(width: int, seed: int, n_steps: int, rate: float) -> Any:
    name = f"a model of {SIZES[width]:,}, seed {seed}"  # else each seed is said to compile anew
    return remember(name, train_size, width, seed, n_steps, rate)


def sizes_of(results: Results) -> np.ndarray:
    """Return the parameters of every run, (n_runs,)."""
    return np.array([SIZES[width] for width, _ in results], float)


def lost(results: Results) -> np.ndarray:
    """Return which runs have diverged, (n_runs,) bool."""
    return np.array([has_diverged(run) for run in results.values()], bool)


def middle_by_size(results: Results, values) -> tuple[np.ndarray, np.ndarray]:
    """Return the sizes there are, and the middle seed's value of each."""
    sizes = sizes_of(results)
    there = np.unique(sizes)
    return there, np.array([middle_seed(np.asarray(values)[sizes == size]) for size in there])
