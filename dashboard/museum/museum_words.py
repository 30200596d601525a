"""What the laboratory "Museum of failures" says about what it measured."""

import dataclasses

import numpy as np
import streamlit as st

from dashboard import compute, layout
from dashboard.charts.loss_axis import number
from nnjax.failures.diagnoses import DIAGNOSES, Diagnosis
from nnjax.failures.exhibits import N_SEEDS, Exhibit, SeedRuns, train_setup
from nnjax.failures.vitals import unit_vitals
from nnjax.races.bands import middle_seed

GUESS = "guess_museum"
LONGER = 3
LAB = {"training_lab": "museum"}
TRY_THIS = (
    ("Dead ReLUs: three quarters of a network switched off by a few long steps",
     LAB | {"exhibit": "dead_relus"}),
    ("Memorised noise: the better it trains, the worse it gets",
     LAB | {"exhibit": "memorised_noise"}),
    ("Vanishing depth: six layers, and the first of them never hears a thing",
     LAB | {"exhibit": "vanishing_depth"}),
    ("Inputs in their own units: everything looks right, and nothing learns",
     LAB | {"exhibit": "unscaled_inputs"}),
)  # fmt: skip
CODE = (train_setup, unit_vitals)
ANSWERS = ("Yes, that heals it", "No, it stays ill", "No, it gets worse")


def measured(row: Diagnosis, runs: SeedRuns) -> tuple[int, float]:
    """Return in how many seeds a diagnosis holds, and the middle seed's value."""
    findings = runs.findings(row.key)
    return sum(f.holds for f in findings), middle_seed([f.value for f in findings])


def verdict(exhibit: Exhibit, runs: dict[str, SeedRuns]) -> str:
    """Say what tells the broken runs from the cured ones."""
    row = DIAGNOSES[exhibit.symptom]
    side = "above" if row.above else "below"
    words = (
        f"**{row.label}** if this ends {side} {row.write(row.threshold)}: {row.measure}. {row.why}"
    )
    for which, text in (("broken", "Broken"), ("cured", "Cured")):
        if which in runs:
            count, middle = measured(row, runs[which])
            words += (
                f" {text}: **{count} of {N_SEEDS} seeds**, {row.write(middle)} in the middle one."
            )
    return words


def describe(exhibit: Exhibit, runs: dict[str, SeedRuns]) -> str:
    """Return what the curves of the symptom show, in words."""
    row = DIAGNOSES[exhibit.symptom]
    ends = [f"{which} {row.write(measured(row, kept)[1])}" for which, kept in runs.items()]
    return f"{row.measure}, while training, over {N_SEEDS} seeds. At the end: {', '.join(ends)}."


def describe_losses(title: str, losses: dict[str, np.ndarray]) -> str:
    """Return what the curves of the loss show, in words."""
    ends = [f"{which} {number(middle_seed(values[:, -1]))}" for which, values in losses.items()]
    return f"{title} while training, over {N_SEEDS} seeds. At the end: {', '.join(ends)}."


def show_table(exhibit: Exhibit, runs: dict[str, SeedRuns]) -> None:
    """List every diagnosis that holds in either run."""
    rows = []
    for row in DIAGNOSES.values():
        found = [measured(row, runs[which]) for which in ("broken", "cured")]
        if any(count for count, _ in found):
            rows.append((row, *found))
    layout.heading("The whole chart")
    st.markdown(
        f"Of {len(DIAGNOSES)} diagnoses, these hold in at least one seed: in how many of "
        f"{N_SEEDS}, and what was measured in the middle one. An illness seldom comes alone."
    )
    st.table(
        {
            "diagnosis": [row.label for row, *_ in rows],
            "broken": [f"{count} of {N_SEEDS} ({row.write(value)})" for row, (count, value), _
                       in rows],
            "cured": [f"{count} of {N_SEEDS} ({row.write(value)})" for row, _, (count, value)
                      in rows],
        },
        hide_index=True,
        border="horizontal",
    )  # fmt: skip


def ask(exhibit: Exhibit, first: int, broken: SeedRuns) -> None:
    """Ask whether patience would help; train longer once somebody has answered."""
    longer = dataclasses.replace(exhibit.broken, epochs=LONGER * exhibit.broken.epochs)
    answer, why = ANSWERS[0], ""
    if st.session_state.get(GUESS):
        row = DIAGNOSES[exhibit.symptom]
        runs = compute.remember("exhibit", train_setup, longer, first)
        answer = outcome(row, broken, runs)
        (before, was), (after, now) = (measured(row, kept) for kept in (broken, runs))
        why = (
            f"After {longer.epochs:,} epochs {after} of {N_SEEDS} seeds have it, before it were "
            f"{before}. {row.measure[:1].upper()}{row.measure[1:]} went from {row.write(was)} to "
            f"{row.write(now)} in the middle seed."
        )
    layout.predict_then_reveal(
        GUESS,
        f"Leave the broken run as it is, but train it {LONGER} times as long, for "
        f"{longer.epochs:,} epochs. Does that help?",
        ANSWERS,
        answer=answer,
        why=why,
    )


def outcome(row: Diagnosis, before: SeedRuns, after: SeedRuns) -> str:
    """Return which of ANSWERS holds: by the seeds that are ill, then by the middle seed's value."""
    (_, was), (count, now) = measured(row, before), measured(row, after)
    if count < N_SEEDS / 2:
        return ANSWERS[0]
    worse = now > 1.1 * was if row.above else now < was / 1.1
    return ANSWERS[2] if worse else ANSWERS[1]


_FORMULAS = {
    "diverged": r"\frac{L_t}{L_0} \ge 10",
    "exploding": r"\max_{s \le t} \max_l \lVert \nabla_{W_l, b_l} L_s \rVert \ge 100",
    "vanishing": r"\frac{\lVert \nabla_{W_1, b_1} L \rVert}"
    r"{\max_l \lVert \nabla_{W_l, b_l} L \rVert} \le 0.01",
    "twins": r"\frac{1}{n} \sum_i \left[ \exists j \ne i:\ w_i = w_j,\ b_i = b_j \right] \ge 0.5",
    "dead": r"\frac{1}{n} \sum_i \left[ f'(z_i(x)) = 0\ \text{for every } x \right] \ge 0.25",
    "saturated": r"\frac{1}{n m} \sum_i \sum_x \left[ f'(z_i(x)) < 0.05 \max f' \right] \ge 0.5",
    "overfitting": r"\frac{L^{test}_t}{\min_{s \le t} L^{test}_s} \ge 1.25",
    "underfitting": r"\frac{\text{training examples that are wrong}}{\text{all}} \ge 0.2",
}


def show_formula(exhibit: Exhibit) -> None:
    """Write what is measured."""
    layout.formula(
        _FORMULAS[exhibit.symptom],
        note="Square brackets count 1 where what is in them holds, else 0; $i$ runs over the $n$ "
        "hidden units, $x$ over the $m$ training examples, $l$ over the layers. The thresholds "
        "are ours: round numbers that part the runs here that went well from those that did not.",
    )


def lead_on(page: layout.Page, exhibit: Exhibit) -> None:
    """Draw the links, the same idea in large models, the code and the sources."""
    page.try_this(*TRY_THIS)
    layout.in_llms(
        "Large runs fail in the same ways, at a price. When PaLM was trained, its loss spiked "
        "about twenty times, although gradients were clipped; each time its makers went back to a "
        "state some 100 steps earlier and skipped 200 to 500 batches (Chowdhery et al. 2022, "
        "section 5.1). That is a cure of this museum: go back to before it broke, and change "
        "something."
    )
    layout.show_the_code(*CODE)
    keys = (exhibit.source, DIAGNOSES[exhibit.symptom].source, "chowdhery_2022")
    layout.sources(*dict.fromkeys(keys))
