"""What the laboratory "Schedules" says about what it computed."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dashboard import layout
from dashboard.charts.schedules import Rates
from dashboard.tuning.optimizer_words import winner
from nnjax.large_models.published_schedules import LLAMA_2
from nnjax.races.optimizer_race import Standing, run_schedule
from nnjax.schedules import SCHEDULES, schedule_factor

LABELS = {key: row.label for key, row in SCHEDULES.items()}
SHORT = LABELS | {"cosine": "Cosine", "llama_2": "LLaMA 2"}  # where there is little room
TRY_THIS = (
    (
        "A rate of 1, at the edge: held constant it is a matter of luck, lowered it is safe",
        {"training_lab": "schedules", "learning_rate": 1.0},
    ),
    (
        "Noisy points in batches of two: at a constant rate the loss never settles",
        {"training_lab": "schedules", "learning_rate": 0.3, "noise": 30, "batch_size": 2},
    ),
    (
        "A failure: batches of one at 0.3 diverge before any schedule has lowered the rate",
        {"training_lab": "schedules", "learning_rate": 0.3, "batch_size": 1},
    ),
)
CODE = (schedule_factor, run_schedule, type(LLAMA_2).rate_at)


def rate_table(rates: Rates) -> str:
    """The rate of every schedule where the learner looks, at the end, and on average."""
    at = int(np.argmin(np.abs(rates.epochs - rates.at)))
    lines = [f"| Rate | epoch {rates.at:.3g} | end | mean |", "|:--|--:|--:|--:|"]
    for key, row in rates.rates.items():
        shown = (_rate(rate, row.max()) for rate in (row[at], row[-1], row.mean()))
        lines.append(f"| {rates.names[key]} | " + " | ".join(shown) + " |")
    return "\n".join(lines)


def _rate(rate: float, highest: float) -> str:
    return f"{rate:.2g}" if rate > 1e-4 * highest else "near 0"


def verdict(standings: Sequence[Standing], n_seeds: int) -> str:
    """Say which schedule ended lowest, how often, and what it did against none at all."""
    said = winner(standings, n_seeds, LABELS)
    rows = {row.key: row for row in standings}
    best = standings[0]
    if "constant" not in rows or len(standings) == 1:
        return said
    if best.key == "constant":
        return f"{said} Here to lower the rate only cost progress: it was not too high."
    ends = [rows[key].racer.losses[:, -1] for key in (best.key, "constant")]
    wins = int(np.sum(ends[0] < ends[1]))
    return f"{said} Against a constant rate {LABELS[best.key]} is lower in {wins} of {n_seeds}."


def show_formula(rates: Rates, values: Mapping[str, Any]) -> None:
    """Write the cosine with the learner's numbers, and what each schedule does."""
    end = rates.epochs[-1]
    warm = end / 20
    share = max(0.0, min(1.0, (rates.at - warm) / (end - warm)))
    at = int(np.argmin(np.abs(rates.epochs - rates.at)))
    peak = values["learning_rate"]
    lines = [
        r"\eta(t) = \eta_{max} \left( 0.1 + 0.9 \cdot \tfrac{1}{2} "
        r"\left(1 + \cos \pi p\right) \right), \quad p = \frac{t - t_{warm}}{t_{end} - t_{warm}}"
    ]
    if rates.at >= warm:
        lines.append(
            rf"\eta({rates.at:g}) = {peak:g} \left( 0.1 + 0.45 \left(1 + \cos({share:.3f}\,\pi)"
            rf"\right) \right) = {rates.rates['cosine'][at]:.3g}"
        )
    else:
        lines.append(
            rf"\eta({rates.at:g}) = {peak:g} \cdot \frac{{{rates.at:g}}}{{{warm:g}}} = "
            rf"{rates.rates['cosine'][at]:.3g} \quad (\text{{warm-up}})"
        )
    notes = " ".join(f"*{row.label}*: {row.note}" for row in SCHEDULES.values())
    layout.formula(*lines, note=f"The cosine with warm-up, at epoch {rates.at:g}. {notes}")


def try_them(page: layout.Page) -> None:
    """Draw the links."""
    page.try_this(*TRY_THIS)


def lead_on() -> None:
    """Draw the code and the sources."""
    layout.show_the_code(*CODE)
    layout.sources(*dict.fromkeys(row.source for row in SCHEDULES.values()))
