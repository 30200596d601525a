"""What the laboratory "Learning-rate map" says about what it computed."""

import numpy as np

from dashboard import layout
from dashboard.charts.rate_map import RateMap
from nnjax.optimizers import OPTIMIZERS
from nnjax.races.rate_maps import (
    GOOD,
    HIGHEST,
    LOWEST,
    N_RATES,
    best_rate_of_seeds,
    judge_rates,
    rate_grid,
    train_ends,
)
from nnjax.sweeps import sweep

HOW = {
    "rate": f"{N_RATES} rates from {LOWEST:g} to {HIGHEST:g}, evenly spaced on the axis; those of "
    "the playground are among them. Each dot is a run: click one to load it.",
    "momentum": "Every rate of the playground with every one of eight momenta. Click a cell to "
    "load a run of it.",
    "batch": "Every rate of the playground with every batch size. An epoch of small batches has "
    "more steps, so it takes longer. Click a cell to load a run of it.",
}
LOAD = (
    "The playground offers ten of the rates on this map; a click on any other loads the nearest "
    "of them. Here you choose among the ten."
)
TRY_THIS = (
    (
        "ReLU: good and bad seeds lie side by side at the same rate",
        {"training_lab": "map", "activation": "relu"},
    ),
    (
        "Adam: its good rates are some ten times lower, for it divides by the gradient's own size",
        {"training_lab": "map", "optimizer": "adam"},
    ),
    (
        "A failure: on the spiral even the best rate leaves most of the loss; six units are few",
        {"training_lab": "map", "data": "spiral"},
    ),
    (
        "Ten epochs: what is too low depends on the time you give it",
        {"training_lab": "map", "map_epochs": 10},
    ),
)
CODE = (judge_rates, rate_grid, train_ends, sweep)
SOURCES = ("bengio_2012", "smith_2017", "mccandlish_2018", "brown_2020")
FACTORS = ("the same rate for all", "up to 3 times", "3 to 10 times", "more than 10 times")


def verdict(shown: RateMap, first: float) -> str:
    """Say where the good rates are, and in which band the playground's own rate is."""
    bands, rates = shown.bands, shown.rates
    if bands is None:
        n_ready = int((~np.isnan(shown.losses)).sum())
        return f"So far **{n_ready} of {shown.losses.size}** runs are ready."
    diverges = _from(rates, bands.diverges_from, "half of the seeds or more diverge")
    if bands.best < 0:
        return (
            f"**No rate learns**: even the best lowers the loss of {first:.3g} by less than a "
            f"tenth. {diverges}"
        )
    low, high = rates[bands.good_from], rates[bands.edge_from - 1]
    best = float(shown.band.middle[bands.best])
    here = nearest_index(rates, shown.here)
    middle = float(shown.band.middle[here])
    found = f"{middle:.3g}" if np.isfinite(middle) else "none, it diverged"
    return (
        f"**Good rates: {low:.3g} to {high:.3g}**, a factor of {high / low:.0f}; the best, "
        f"**{rates[bands.best]:.3g}**, takes the middle seed from {first:.3g} to {best:.3g}. "
        f"{diverges} Yours, {shown.here:g}, is **{bands.at(here)}**: middle loss {found}."
    )


def _from(rates, index: int, what: str) -> str:
    if index >= len(rates):
        return "No rate on this map makes half of the seeds diverge."
    return f"From **{rates[index]:.3g}** on, {what}."


def nearest_index(rates, rate: float) -> int:
    """Return the place of the rate nearest to `rate`, measured in powers of ten."""
    return int(np.argmin(np.abs(np.log(np.asarray(rates) / rate))))


def one_run(shown: RateMap, rate: float, seed: int) -> str:
    """Say how one run of the map ended."""
    loss = float(shown.losses[nearest_index(shown.rates, rate), list(shown.seeds).index(seed)])
    ended = f"ended with a {shown.measure} of **{loss:.3g}**" if np.isfinite(loss) else "diverged"
    return f"At rate {rate:g}, seed {seed} {ended}."


def ask(shown: RateMap) -> None:
    """Ask how far the seeds agree on the best rate."""
    best = best_rate_of_seeds(shown.rates, shown.losses)
    factor = float(best.max() / best.min())
    answer = FACTORS[int(np.searchsorted((1.0, 3.0, 10.0), factor, side="left"))]
    layout.predict_then_reveal(
        "guess_best_rates",
        f"Each of the {len(best)} seeds has a best rate of its own. How far apart are the lowest "
        "and the highest of them?",
        FACTORS,
        answer=answer,
        why=f"Seed by seed the best rates are {', '.join(f'{rate:.3g}' for rate in best)}: a "
        f"factor of {factor:.3g}. One run would have told you one of these numbers, and nothing "
        "about the others.",
    )


def show_formula(optimizer: str, n_epochs: int, n_seeds: int) -> None:
    """Write the update, and what "good" means."""
    layout.formula(
        OPTIMIZERS[optimizer].formula,
        rf"\text{{good}}: \quad L_0 - M(\eta) \ \ge\ {GOOD:g}\, (L_0 - \min M)",
        note=f"$L_0$ is the loss before training, $M(\\eta)$ the middle of {n_seeds} seeds after "
        f"{n_epochs} epochs at rate $\\eta$. A run has diverged when the loss of a batch exceeds "
        "ten times that of the first one. *Good* rates also have no diverged seed and lie around "
        "the best rate without a gap; above it, all seeds but one must have come as far. *Too low* "
        "is all below them; a rate *diverges* when half of its seeds do; the *edge* is what lies "
        "between.",
    )


def lead_on(page: layout.Page) -> None:
    """Draw the links, the same idea in large models, the code and the sources."""
    page.try_this(*TRY_THIS)
    layout.in_llms(
        "Nobody can afford this map for a large model: one run costs millions. Labs draw it for "
        "small models and carry the rate over. GPT-3's rates fell from 6 × 10⁻⁴ for 125 million "
        "parameters to 0.6 × 10⁻⁴ for 175 billion, while the batch grew from 0.5 to 3.2 million "
        "tokens (Brown et al. 2020, table 2.1). How large a batch is worth having can be read "
        "from how noisy its gradient is (McCandlish et al. 2018)."
    )
    layout.show_the_code(*CODE)
    layout.sources(*SOURCES)
