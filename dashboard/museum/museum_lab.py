"""The museum of failures: a broken run beside its cure, over eight seeds, and how to tell."""

import numpy as np
import streamlit as st

from dashboard import compute, layout
from dashboard.chart import Panel, show_panels
from dashboard.charts.diagnoses import HEIGHT, Group, Measure, Threshold, plot_measure
from dashboard.controls import Choice, Control, Number
from dashboard.gather import Rest, gather
from dashboard.museum import museum_words as words
from dashboard.museum.in_playground import playground_values
from dashboard.playground import handover
from dashboard.theme import Palette
from nnjax.failures.diagnoses import DIAGNOSES
from nnjax.failures.exhibits import N_SEEDS, Exhibit, SeedRuns, Setup, train_setup
from nnjax.failures.museum import EXHIBITS

EXHIBIT = Choice.of(EXHIBITS, key="exhibit", label="Exhibit", default="zero_weights")
SEED = Number(key="exhibit_seed", label="First seed", default=0, min=0, max=9999, step=1)
CONTROLS: tuple[Control, ...] = (EXHIBIT, SEED)


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the exhibit that was chosen; return what trains its cure, if that is left."""
    controls, picture = layout.lab()
    with controls:
        exhibit, first = EXHIBITS[EXHIBIT.show()], SEED.show()
        st.markdown(f"**What happened.** {exhibit.story}")
        st.markdown(f"**The cure.** {exhibit.cure}")
        _show_buttons(exhibit)
    with picture:
        runs, rest = gather(
            "museum",
            ("broken", "cured"),
            lambda which: train(getattr(exhibit, which), first),
            about=(exhibit.key, first),
            say=lambda which: f"Training the {which} run, {N_SEEDS} seeds",
            done=f"{N_SEEDS} seeds each, from {first} on.",
        )
        if runs:
            _show_picture(exhibit, runs, colors)
            layout.look(words.verdict(exhibit, runs))
    if "cured" in runs:
        words.show_table(exhibit, runs)
        words.ask(exhibit, first, runs["broken"])
    words.show_formula(exhibit)
    words.lead_on(page, exhibit)
    return rest


def train(setup: Setup, first: int) -> SeedRuns:
    """Return the runs of a set-up; the same ones only once."""
    return compute.remember("exhibit", train_setup, setup, first)


def _show_buttons(exhibit: Exhibit) -> None:
    """Offer both runs to the playground, as far as it can make them."""
    pairs = (("Open it in the playground", exhibit.broken),
             ("Open the cure in the playground", exhibit.cured))  # fmt: skip
    for text, setup in pairs:
        if setup.standardized:
            st.button(
                text, on_click=handover.pick_run, args=(playground_values(setup),), width="stretch"
            )


def _show_picture(exhibit: Exhibit, runs: dict[str, SeedRuns], colors: Palette) -> None:
    row = DIAGNOSES[exhibit.symptom]
    curves = {
        which: np.stack([finding.curve for finding in kept.findings(row.key)])
        for which, kept in runs.items()
    }
    shown = "test_loss" if row.key == "overfitting" else "train_loss"
    losses = {
        which: np.stack([getattr(vitals, shown) for vitals in kept.seeds])
        for which, kept in runs.items()
    }
    symptom = Measure(row.measure[:1].upper() + row.measure[1:], row.scale == "share",
                      Threshold(row.threshold, row.above))  # fmt: skip
    loss = Measure("Test loss" if shown == "test_loss" else "Training loss", is_share=False)
    x = _places(exhibit, runs)
    show_panels(
        [
            Panel(figure=plot_measure(_groups(curves), symptom, x, colors), height=HEIGHT,
                  alt=words.describe(exhibit, runs)),
            Panel(figure=plot_measure(_groups(losses), loss, x, colors), height=HEIGHT,
                  alt=words.describe_losses(loss.title, losses)),
        ],
        key="museum",
        columns=(1, 1),
    )  # fmt: skip


def _groups(curves: dict[str, np.ndarray]) -> list[Group]:
    return [Group(which, values, which == "broken") for which, values in curves.items()]


def _places(exhibit: Exhibit, runs: dict[str, SeedRuns]) -> tuple[np.ndarray, str]:
    """Return where the frames lie: at epochs, or where those differ, at parts of the whole."""
    # A run that diverged stands still from there on: the longest tells.
    epochs = max((v.epochs for kept in runs.values() for v in kept.seeds), key=lambda e: e[-1])
    if exhibit.broken.epochs == exhibit.cured.epochs:
        return epochs, "epoch"
    return np.linspace(0, 100, len(epochs)), "per cent of the training"
