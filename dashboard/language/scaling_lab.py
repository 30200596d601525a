"""Scaling: five sizes trained on the same text, the power law through them, and how far it goes."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import show_chart
from dashboard.charts.scaling import HEIGHT, Frame, Line, Runs, plot_scaling
from dashboard.controls import Choice
from dashboard.gather import Rest
from dashboard.language import scale_runs as shared
from dashboard.language import scale_words as words
from dashboard.language.scale_runs import SIZES, Results, gather_runs
from dashboard.large_numbers import in_words
from dashboard.theme import Palette
from nnjax.language.scaling import (
    Forecast,
    PowerLaw,
    fit_power_law,
    forecast,
    tokens_read,
    train_size,
)
from nnjax.language.text import bundled_text
from nnjax.large_models.compute_optimal import best_share
from nnjax.large_models.training_cost import training_flops

HELD = Choice(
    key="scale_held", label="Held out of the line", default="largest",
    options=("largest", "smallest", "nothing"),
    labels={"largest": "Largest", "smallest": "Smallest", "nothing": "Nothing"},
    style="segmented",
)  # fmt: skip
TARGETS = (1e5, 1e6, 1e8, 1.75e11)
TARGET = Choice(
    key="scale_target", label="Drawn on to (parameters)", default=1e6, options=TARGETS,
    labels={size: in_words(size) for size in TARGETS}, style="slider",
    help="The last one is GPT-3's size.",
)  # fmt: skip
AXIS = Choice(
    key="scale_axis", label="Across", default="parameters", options=("parameters", "operations"),
    labels={"parameters": "Parameters", "operations": "Operations"}, style="segmented",
    help="Operations of the training: 6 for each parameter and character.",
)  # fmt: skip
BUDGETS = tuple(range(18, 28))
BUDGET = Choice(
    key="scale_budget", label="Operations to spend", default=23, options=BUDGETS,
    labels={power: words.budget(power) for power in BUDGETS}, style="slider",
)  # fmt: skip
CONTROLS = (*shared.CONTROLS, HELD, TARGET, AXIS, BUDGET)
GUESS = "guess_scaling"
LAB = {"llm_lab": "scaling"}
PROMPTS = (
    ("Hold out the smallest instead", LAB | {"scale_held": "smallest"}),
    ("As far as GPT-3: the band tells you not to", LAB | {"scale_target": 1.75e11}),
    ("Little reading: size helps less", LAB | {"scale_steps": 50}),
    ("A failure: a rate too large for the wide ones", LAB | {"scale_rate": 0.1}),
)  # fmt: skip
LEAST = 3  # sizes that a line needs
LEFT = 500  # parameters, where the axis begins


class Study(NamedTuple):
    """The runs so far, and the law through those that are not held out."""

    sizes: np.ndarray  # (n_runs,)
    losses: np.ndarray  # (n_runs,)
    used: np.ndarray  # (n_runs,) bool
    lost: np.ndarray  # (n_runs,) bool
    law: PowerLaw | None
    held: float  # the size held out, 0 if none


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what trains the rest, if anything is left."""
    controls, picture = layout.lab()
    with controls:
        held, target = HELD.show(), TARGET.show()
        across = AXIS.show()
        n_sizes, n_steps, rate = shared.show_controls()
    with picture:
        results, rest = gather_runs(n_sizes, n_steps, rate)
        study = _study(results, _size_held(held, n_sizes))
        view = _view(target, across, n_steps)
        line, said = _draw_on(study, view)
        _show_picture(study, results, view, line, colors)
        _show_verdict(study, results, said, target)
    if study.law is not None:
        _ask(study.law)
        layout.formula(words.law(study.law), note=words.NOTE)
    page.try_this(*PROMPTS)
    _show_llm()
    layout.show_the_code(train_size, fit_power_law, forecast, best_share)
    layout.sources(
        "kaplan_2020", "hestness_2017", "hoffmann_2022", "besiroglu_2024", "efron_tibshirani_1993",
        "brown_2020", "grattafiori_2024",
    )  # fmt: skip
    return rest


def _size_held(held: str, n_sizes: int) -> float:
    """Return the parameters of the size held out, 0 if none is."""
    trained = list(SIZES.values())[:n_sizes]
    return float({"largest": trained[-1], "smallest": trained[0], "nothing": 0}[held])


def _study(results: Results, held: float) -> Study:
    sizes, lost = shared.sizes_of(results), shared.lost(results)
    losses = np.array([float(run.loss) for run in results.values()])
    used = (sizes != held) & ~lost
    enough = len(np.unique(sizes[used])) >= LEAST
    law = fit_power_law(sizes[used], losses[used]) if enough else None
    return Study(sizes, losses, used, lost, law, held)


class View(NamedTuple):
    """How far the line is drawn, and what stands across."""

    target: float  # parameters
    across: str
    unit: float  # what one parameter counts across


def _view(target: float, across: str, n_steps: int) -> View:
    each = training_flops(1, tokens_read(n_steps)).total if across == "operations" else 1.0
    return View(target, across, each)


def _draw_on(study: Study, view: View) -> tuple[Line | None, Forecast | None]:
    """Return the line with its band, and what it says of the size held out and of the target."""
    if study.law is None:
        return None, None
    along = np.geomspace(LEFT, 2 * view.target, 60)
    others = np.array([study.held or view.target, view.target, *along])
    _, said = forecast(study.sizes[study.used], study.losses[study.used], others)
    low, middle, high = (getattr(said, part) for part in ("low", "middle", "high"))
    line = Line(view.unit * along, middle[2:], low[2:], high[2:])
    return line, said._replace(low=low[:2], middle=middle[:2], high=high[:2])


def _show_picture(
    study: Study, results: Results, view: View, line: Line | None, colors: Palette
) -> None:
    names = [
        f"{SIZES[width]:,} parameters, seed {seed}: {float(run.loss):.3f}"
        for (width, seed), run in results.items()
    ]
    span = (LEFT * view.unit, 2 * view.target * view.unit)
    show_chart(
        plot_scaling(
            Runs(view.unit * study.sizes, study.losses, study.used, study.lost, names),
            line,
            Frame(span, f"{view.across} of the {'training' if view.unit > 1 else 'model'}",
                  _even_guess()),
            colors,
        ),
        key="scaling",
        alt=words.describe(len(results), study.law),
        height=HEIGHT,
    )  # fmt: skip


def _even_guess() -> float:
    return float(np.log(bundled_text().corpus.n_kinds))


def _show_verdict(study: Study, results: Results, said: Forecast | None, target: float) -> None:
    names = [
        f"{SIZES[width]:,}, seed {seed}"
        for (width, seed), lost in zip(results, study.lost, strict=True)
        if lost
    ]
    if said is None:
        layout.look(words.WAIT + words.lost(names))
        return
    there, middles = shared.middle_by_size(results, np.where(study.lost, np.inf, study.losses))
    text = ""
    if study.held in there and np.isfinite(middles[there == study.held][0]):
        text = words.verdict(said, study.held, float(middles[there == study.held][0]))
    layout.look(text + words.no_gain(there, middles) + words.lost(names))
    layout.look(words.reach(study.sizes[study.used], target, said, said.floors))


def _ask(law: PowerLaw) -> None:
    size = float(sorted(SIZES.values())[1])
    answer = words.answer(float(law.at(size)), float(law.at(10 * size)), size)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, *answer)


def _show_llm() -> None:
    layout.in_llms(words.IN_LLMS)
    power = BUDGET.show(width=400)
    with st.container(horizontal=True, gap="large"):
        for label, value in words.metrics(10.0**power):
            st.metric(label, value)
