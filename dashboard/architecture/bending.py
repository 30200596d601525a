"""What each layer sees: every neuron's map, and the plane on its way through the layers."""

from typing import Any

import streamlit as st

from dashboard import layout
from dashboard.architecture import bending_words as words
from dashboard.architecture.bending_panels import PIECES_SIDE, Scene, make_panels, pieces
from dashboard.chart import Click, Film, show_panels
from dashboard.charts.bending import LATTICE
from dashboard.compute import remember, run
from dashboard.controls import Choice, Number, Slider, Toggle
from dashboard.theme import Palette
from nnjax.activations import ACTIVATIONS
from nnjax.bending import (
    MAX_LAYERS,
    MAX_WIDTH,
    BendingSettings,
    bend_plane,
    count_pieces,
    linear_cut,
    parted_share,
    train_film,
)
from nnjax.data import DATASETS, decision_grid
from nnjax.data.prepare import transform_inputs
from nnjax.data.projection import project_two_components
from nnjax.responses import unit_maps

PLANE = {key: row for key, row in DATASETS.items() if row.in_plane and row.task == "binary"}
DATA = Choice.of(PLANE, key="sees_data", label="Data", default="circle")
LAYERS = Slider(key="sees_layers", label="Hidden layers", default=2, min=1, max=MAX_LAYERS, step=1)
WIDTH = Slider(key="sees_width", label="Neurons in each", default=4, min=1, max=MAX_WIDTH, step=1)
NARROW = Toggle(
    key="sees_narrow",
    label="Only two in the last one",
    default=True,
    help="Two neurons are a plane: what the output sees can then be drawn as it is.",
)
ACTIVATION = Choice.of(ACTIVATIONS, key="sees_activation", label="Activation", default="tanh")
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
RATE = Choice(
    key="sees_rate", label="Learning rate", default=0.01, options=RATES,
    labels={rate: f"{rate:g}" for rate in RATES}, style="slider",
)  # fmt: skip
EPOCHS = Choice(
    key="sees_epochs", label="Epochs", default=200, options=(10, 50, 200, 1000), style="slider"
)
SEED = Number(key="sees_seed", label="Seed", default=0, min=0, max=9999, step=1)
FILM = Choice(
    key="sees_film", label="Play", default="depth", options=("depth", "training"),
    labels={"depth": "Through the layers", "training": "While it learns"}, style="segmented",
)  # fmt: skip
PREDICTION = "prediction"
UNITS = {
    f"{layer}.{unit}": f"Layer {layer}, neuron {unit}"
    for layer in range(1, MAX_LAYERS + 1)
    for unit in range(1, MAX_WIDTH + 1)
}
UNIT = Choice(
    key="sees_unit", label="Large map", default=PREDICTION, options=(PREDICTION, *UNITS),
    labels={PREDICTION: "The prediction", **UNITS}, help="Or click a neuron in the network.",
)  # fmt: skip
MODEL_WIDTH = Choice(
    key="sees_model_width", label="Width of the model", default=12_288,
    options=(768, 1600, 4096, 8192, 12_288), style="slider",
    help="768 in GPT-2's smallest, 1600 in its largest; 4096 and 8192 in LLaMA 2 with 7 and 70 "
    "billion; 12288 in GPT-3.",
)  # fmt: skip
VOCABULARY = Choice(
    key="sees_vocabulary", label="Tokens to part", default=50_257,
    options=(32_000, 50_257, 128_256, 256_000), style="slider",
    help="32000 in LLaMA 2, 50257 in GPT-2 and GPT-3, 256000 in PaLM.",
)  # fmt: skip
CONTROLS = (
    DATA, LAYERS, WIDTH, NARROW, ACTIVATION, RATE, EPOCHS, SEED, FILM, UNIT, MODEL_WIDTH,
    VOCABULARY,
)  # fmt: skip
GUESS = "guess_two_wide"


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab(shares=(1, 3))
    with controls:
        settings = _show_settings()
    with picture:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            film = FILM.show()
            unit = UNIT.show(width=220)
        with st.spinner(f"Training {' and '.join(map(str, settings.hidden))} neurons"):
            scene = _train(settings, film, _unit(unit, settings.hidden))
        _show_picture(scene, colors)
        if unit != PREDICTION and scene.unit is None:
            layout.look(f"This network has no {UNIT.say(unit).lower()}: the prediction is shown.")
        layout.look(words.what_to_see(scene))
        if count := pieces(scene):
            layout.look(words.of_pieces(count, PIECES_SIDE, settings.activation))
    _ask()
    layout.formula(*words.formulas(scene), note=words.note(scene))
    _lead_on(page)


def _show_settings() -> BendingSettings:
    data, layers, width = DATA.show(), LAYERS.show(), WIDTH.show()
    last = 2 if NARROW.show() else width
    activation = ACTIVATION.show()
    with st.expander("Training"):
        rate, epochs, seed = RATE.show(), EPOCHS.show(), SEED.show()
    return BendingSettings(
        dataset=data,
        hidden=(width,) * (layers - 1) + (last,),
        activation=activation,
        learning_rate=rate,
        n_epochs=epochs,
        seed=seed,
    )


def _unit(key: str, hidden: tuple[int, ...]) -> tuple[int, int] | None:
    """Return (layer, index), both from 0, or None for the prediction or what is not there."""
    if key == PREDICTION:
        return None
    layer, unit = (int(part) - 1 for part in key.split("."))
    return (layer, unit) if layer < len(hidden) and unit < hidden[layer] else None


def _train(settings: BendingSettings, film: str, unit: tuple[int, int] | None) -> Scene:
    name = f"training of {settings.hidden} {settings.activation}"
    frames, diverged_at = remember(name, train_film, settings)
    data = settings.prepare()
    spec = DATASETS[settings.dataset]
    grid = transform_inputs(data, decision_grid(spec.domain, LATTICE))
    scene = Scene(settings, spec, data, frames, diverged_at, film, unit, ())
    at = range(len(frames.step)) if film == "training" else (-1,)
    return scene._replace(
        bent=tuple(
            run("the bending", bend_plane, scene.parameters(frame), data, grid,
                config=settings.config.network)
            for frame in at
        )
    )  # fmt: skip


def _show_picture(scene: Scene, colors: Palette) -> None:
    panels, tracks, captions = make_panels(scene, colors)
    show_panels(
        panels,
        key="sees",
        columns=(1, 1),
        film=Film(
            tracks=tracks,
            captions=captions,
            run=f"{scene.settings} {scene.film} {scene.unit} {colors.name}",
            rate=12.0 if scene.film == "depth" else 4.0,
        ),
        on_click=lambda click: _pick(click, scene),
    )


def _pick(click: Click, scene: Scene) -> None:
    """A click on a neuron shows it large, a second one the prediction again."""
    custom = click.custom if isinstance(click.custom, list) else []
    if click.panel != 1 or len(custom) != 3:
        return
    key = f"{int(custom[0])}.{int(custom[1]) + 1}"
    is_new = key in UNITS and key != st.session_state.get(UNIT.key)
    picked = key if is_new and _unit(key, scene.settings.hidden) else PREDICTION
    st.session_state[UNIT.key] = picked


def _ask() -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        with st.spinner("Training 16 networks"):
            shares = remember("sixteen networks two wide", parted_share)
        answer, why = words.about_two_wide(shares)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _lead_on(page: layout.Page) -> None:
    def settings(**values: Any) -> dict[str, Any]:
        own = {f"sees_{name}": value for name, value in values.items()}
        return {"architecture_lab": "sees"} | own

    page.try_this(
        ("A failure: without a bend, no layer makes the classes easier to part",
         settings(activation="identity", layers=4)),
        ("A failure: one neuron in each layer squeezes the plane onto a line",
         settings(width=1, narrow=False, layers=3)),
        ("A failure: two ReLU neurons die, and every point falls on one place",
         settings(activation="relu")),
        ("Exclusive or, unfolded by one layer of two neurons", settings(data="xor", layers=1)),
        ("The spiral, layer by layer",
         settings(data="spiral", layers=4, width=8, activation="gelu", rate=0.003, seed=2)),
    )  # fmt: skip
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        width, tokens = MODEL_WIDTH.show(width=300), VOCABULARY.show(width=300)
    with st.container(horizontal=True, gap="large"):
        st.metric("Cuts in the last layer", f"{tokens:,}")
        st.metric("Weights in them", f"{tokens * width / 1e6:,.0f} million")
    layout.show_the_code(
        train_film, bend_plane, linear_cut, count_pieces, project_two_components, unit_maps
    )
    layout.sources(
        "olah_2014", "alain_bengio_2016", "montufar_2014", "pearson_1901", "schonemann_1966",
        "kingma_ba_2015", "tenney_2019", "belrose_2023", "radford_2019", "brown_2020",
        "chowdhery_2022", "touvron_2023b",
    )  # fmt: skip
