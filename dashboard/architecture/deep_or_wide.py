"""Deep or wide: the same number of parameters in one layer or in five, over many seeds."""

from typing import Any

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.architecture import deep_or_wide_words as words
from dashboard.chart import Panel, show_panels
from dashboard.charts import deep_or_wide as charts
from dashboard.compute import remember
from dashboard.controls import Choice, Number, Slider
from dashboard.gather import Rest, gather
from dashboard.theme import Palette
from nnjax.activations import ACTIVATIONS
from nnjax.data import DATASETS
from nnjax.races.bands import band_over_seeds
from nnjax.races.deep_or_wide import (
    DEPTHS,
    DepthRuns,
    DepthSettings,
    judge,
    network_of,
    quartiles_of,
    train_depth,
    width_for,
)
from nnjax.sweeps import sweep

N_SEEDS = 16
PLANE = {key: row for key, row in DATASETS.items() if row.in_plane and row.task == "binary"}
DATA = Choice.of(PLANE, key="deep_data", label="Data", default="spiral")
BUDGET = Choice(
    key="deep_budget", label="Parameters", default=100, options=(50, 100, 200, 400, 800),
    style="slider", help="Every depth gets as near to it as whole neurons allow.",
)  # fmt: skip
ACTIVATION = Choice.of(ACTIVATIONS, key="deep_activation", label="Activation", default="relu")
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
RATE = Choice(
    key="deep_rate", label="Learning rate", default=0.01, options=RATES,
    labels={rate: f"{rate:g}" for rate in RATES}, style="slider",
)  # fmt: skip
EPOCHS = Choice(
    key="deep_epochs", label="Epochs", default=100, options=(10, 30, 100, 300, 1000),
    style="slider",
)  # fmt: skip
MEASURE = Choice(
    key="deep_measure", label="Measure", default="test_accuracy",
    options=("test_accuracy", "test_loss"),
    labels={"test_accuracy": "Accuracy", "test_loss": "Loss"}, style="segmented",
)  # fmt: skip
SEED = Number(key="deep_seed", label="First seed", default=0, min=0, max=9999, step=1)
MODEL_SIZE = Choice(
    key="deep_model", label="Parameters of the model", default=174e9,
    options=(85e6, 1.475e9, 6.442e9, 174e9),
    labels={85e6: "85 million", 1.475e9: "1.5 billion", 6.442e9: "6.4 billion",
            174e9: "174 billion"},
    style="slider",
    help="Without their vocabularies: GPT-2's smallest and largest model, LLaMA 2's smallest, "
    "GPT-3.",
)  # fmt: skip
MODEL_LAYERS = Slider(
    key="deep_layers", label="Layers of the model", default=96, min=1, max=400, step=1
)
CONTROLS = (
    DATA, BUDGET, ACTIVATION, RATE, EPOCHS, MEASURE, SEED, MODEL_SIZE, MODEL_LAYERS,
)  # fmt: skip
GUESS = "guess_deep_sigmoid"


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what trains the other depths, if any are left."""
    controls, picture = layout.lab(shares=(1, 3))
    with controls:
        settings, measure = _show_settings()
    with picture:
        runs, rest = gather(
            "deep_or_wide",
            DEPTHS,
            lambda depth: _train(depth, settings),
            about=settings,
            say=lambda depth: f"Training {words.layers(depth)}",
            done=f"{len(DEPTHS)} depths, {N_SEEDS} seeds each, {settings.n_epochs} epochs of Adam.",
        )
        _show_picture(runs, settings, measure, colors)
        if rest is None:
            layout.look(words.verdict(judge(runs, measure), runs, measure))
        st.markdown(words.table(runs))
    _ask(settings)
    layout.formula(*words.formulas(runs, settings.budget), note=words.NOTE)
    _lead_on(page)
    return rest


def _show_settings() -> tuple[DepthSettings, str]:
    data, budget, activation = DATA.show(), BUDGET.show(), ACTIVATION.show()
    measure = MEASURE.show()
    with st.expander("Training"):
        rate, epochs, seed = RATE.show(), EPOCHS.show(), SEED.show()
    settings = DepthSettings(
        dataset=data,
        budget=budget,
        activation=activation,
        learning_rate=rate,
        n_epochs=epochs,
        n_seeds=N_SEEDS,
        first_seed=seed,
    )
    return settings, measure


def _train(depth: int, settings: DepthSettings) -> DepthRuns:
    name = f"training of {words.layers(depth)}, {settings.budget} {settings.activation}"
    return remember(name, train_depth, depth, settings)


def _show_picture(
    runs: dict[int, DepthRuns], settings: DepthSettings, measure: str, colors: Palette
) -> None:
    results = charts.DepthResults(
        quartiles={depth: quartiles_of(run, measure) for depth, run in runs.items()},
        values={depth: np.asarray(getattr(run, measure)) for depth, run in runs.items()},
        hidden={depth: run.hidden for depth, run in runs.items()},
        measure=measure,
        best=judge(runs, measure).best,
    )
    bands = {depth: band_over_seeds(run.train_loss) for depth, run in runs.items()}
    middles = ", ".join(
        f"{words.layers(depth)} {words.value(middle, measure)}"
        for depth, (_, middle, _) in results.quartiles.items()
    )
    losses = ", ".join(
        f"{words.layers(depth)} {band.middle[-1]:.3g}" for depth, band in bands.items()
    )
    show_panels(
        [
            Panel(
                figure=charts.plot_seeds(results, DEPTHS, colors),
                alt=f"{charts.MEASURE_NAMES[measure]}, middle of {N_SEEDS} seeds: {middles}.",
                height=charts.HEIGHT,
            ),
            Panel(
                figure=charts.plot_learning(bands, DEPTHS, settings.n_epochs, colors),
                alt=f"Training loss after {settings.n_epochs} epochs, middle seed: {losses}.",
                height=charts.HEIGHT,
            ),
        ],
        key="deep",
        columns=(1, 1),
    )


def _ask(settings: DepthSettings) -> None:
    """What sigmoid does to one and to five layers, worked out when somebody has guessed."""
    answer = why = ""
    if st.session_state.get(GUESS):
        asked = DepthSettings(
            budget=settings.budget, activation="sigmoid", dataset="circle", n_epochs=30
        )
        with st.spinner("Training with sigmoid"):
            ends = [
                quartiles_of(_train(depth, asked), "test_accuracy")[1]
                for depth in (DEPTHS[0], DEPTHS[-1])
            ]
        answer, why = words.about_sigmoid(*ends)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _lead_on(page: layout.Page) -> None:
    def settings(**values: Any) -> dict[str, Any]:
        own = {f"deep_{name}": value for name, value in values.items()}
        return {"architecture_lab": "deep"} | own

    page.try_this(
        ("A failure: after 30 epochs one layer of sigmoid has learned, five have hardly begun",
         settings(data="circle", activation="sigmoid", epochs=30)),
        ("A failure: without a bend, depth buys nothing", settings(activation="identity")),
        ("Eight times the parameters: does depth still matter?", settings(budget=800)),
        ("An easy problem: any depth will do", settings(data="moons")),
    )  # fmt: skip
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        size, n_layers = MODEL_SIZE.show(width=300), MODEL_LAYERS.show(width=300)
    width = width_for(size, n_layers)
    with st.container(horizontal=True, gap="large"):
        st.metric("Width at this depth", f"{width:,.0f}")
        st.metric("Numbers wide for each layer deep", f"{width / n_layers:,.1f}")
    layout.show_the_code(network_of, train_depth, judge, sweep)
    layout.sources(
        "telgarsky_2016", "eldan_shamir_2016", "montufar_2014", "he_2016", "he_2015",
        "kingma_ba_2015", "kaplan_2020", "levine_2020", "radford_2019", "brown_2020",
        "touvron_2023b",
    )  # fmt: skip
