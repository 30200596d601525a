"""Latent plane: digits squeezed into two numbers, and drawn again from wherever you point."""

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import Click, Film, Panel, show_chart, show_panels
from dashboard.charts import latent as charts
from dashboard.charts.latent import Walk
from dashboard.compute import remember, run
from dashboard.controls import Choice, Number, Slider
from dashboard.theme import Palette
from dashboard.zoo import latent_words as words
from dashboard.zoo.latent_words import Scene
from nnjax.zoo.autoencoder import decode, decode_all, encode
from nnjax.zoo.digits import N_TEST, load_digits
from nnjax.zoo.latent import (
    Plane,
    errors_of_seeds,
    loneliest,
    make_plane,
    straight_walk,
    two_component_error,
)

PLACE = {"default": 0.0, "min": -charts.REACH, "max": charts.REACH, "step": 0.05}
X = Slider(key="latent_x", label="First number", help="Or click the plane.", **PLACE)
Y = Slider(key="latent_y", label="Second number", **PLACE)
START = Slider(key="latent_from", label="Walk from digit", default=373, min=0, max=N_TEST - 1,
               step=1)  # fmt: skip
END = Slider(key="latent_to", label="Walk to digit", default=443, min=0, max=N_TEST - 1, step=1)
SHOWN = Choice(
    key="latent_show", label="On the plane", default="digits", options=("digits", "drawn"),
    labels={"digits": "The digits", "drawn": "What is drawn"}, style="segmented",
)  # fmt: skip
EPOCHS = Choice(
    key="latent_epochs", label="Epochs", default=30, options=(1, 3, 10, 30), style="segmented",
)  # fmt: skip
SEED = Number(key="latent_seed", label="Seed", default=9, min=0, max=9999, step=1)
HEADS = Choice(
    key="latent_heads", label="Heads of 128 numbers", default=128, options=(32, 64, 128),
    style="segmented",
)  # fmt: skip
KEPT = Choice(
    key="latent_kept", label="Numbers of the latent", default=512, options=(128, 256, 512, 1024),
    style="segmented",
)  # fmt: skip
CONTROLS = (X, Y, START, END, SHOWN, EPOCHS, SEED, HEADS, KEPT)
GUESS = "guess_latent_linear"
LAB = {"zoo_lab": "latent"}
N_STEPS, N_TILES, N_SEEDS = 25, 11, 16
CORNERS = tuple((x, y) for x in (-2.8, 2.8) for y in (-2.8, 2.8))
HEAD, POSITION = 128, 64  # numbers of a head, and of the part that keeps the position


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        at = np.array([X.show(), Y.show()], np.float32)
        shown = SHOWN.show()
        start, end = START.show(), END.show()
        with st.expander("Training"):
            n_epochs, seed = EPOCHS.show(), SEED.show()
    with picture:
        with st.spinner("Training the autoencoder"):
            plane: Plane = remember("the digits' plane", make_plane, seed, n_epochs=n_epochs)
        scene = _look(plane, at, start, end)
        _show_plane(scene, shown == "drawn", colors)
        _show_ends(scene, colors)
    _ask(n_epochs)
    layout.formula(*words.formulas(scene), note=words.NOTE)
    page.try_this(*_prompts(plane, n_epochs, seed))
    _show_llm()
    layout.show_the_code(encode, decode, straight_walk, make_plane, two_component_error)
    layout.sources(
        "hinton_salakhutdinov_2006", "pearson_1901", "kingma_ba_2015", "alpaydin_kaynak_1998",
        "deepseek_2024",
    )  # fmt: skip


def _look(plane: Plane, at: np.ndarray, start: int, end: int) -> Scene:
    """Draw from the chosen place and along the walk, in one call."""
    labels = load_digits().test.labels
    steps = straight_walk(plane.places[start], plane.places[end], N_STEPS)
    wanted = plane.raw(np.concatenate([at[None], steps]))
    drawn = run("drawing from places", decode_all, plane.parameters, wanted)
    names = words.a_digit(labels[start]), words.a_digit(labels[end])
    walk = Walk(steps, drawn[1:], names)
    return Scene(plane, labels, at, drawn[0], walk, (start, end))


def _show_plane(scene: Scene, all_drawn: bool, colors: Palette) -> None:
    plane, walk = scene.plane, scene.walk
    if all_drawn:
        places = charts.tile_places(N_TILES)
        tiles = run("drawing from everywhere", decode_all, plane.parameters,
                    plane.raw(places).reshape(-1, 2))  # fmt: skip
        tiles = tiles.reshape(N_TILES, N_TILES, *tiles.shape[1:])
        figure = charts.plot_drawn(tiles, scene.at, walk, colors)
    else:
        figure = charts.plot_plane(plane.places, scene.labels, scene.at, walk, colors)
    show_panels(
        [
            Panel(
                figure=figure,
                alt=words.describe_plane(scene, all_drawn),
                height=charts.PLANE_HEIGHT,
            ),
            Panel(
                figure=charts.plot_pair(scene.drawn, "Where you point", walk, colors),
                alt=words.describe_pair(scene),
                height=charts.PAIR_HEIGHT,
            ),
        ],
        key="latent_plane",
        columns=(9, 4),
        film=Film(
            tracks={
                **charts.walker_tracks(walk, 0),
                (1, None, "images[0].source"): charts.pictures(walk, colors),
            },
            captions=words.captions(scene),
            run=f"{scene.ends} {float(plane.errors.mean())} {colors.name}",
            show=N_STEPS // 2,
            rate=8,
        ),
        on_click=_point,
    )
    layout.look(words.about_place(scene))


def _point(at: Click) -> None:
    """A click on the plane chooses the place that is drawn."""
    if at.panel != 0 or at.x is None or at.y is None:
        return
    for control, value in ((X, at.x), (Y, at.y)):
        st.session_state[control.key] = control.snap(value)


def _show_ends(scene: Scene, colors: Palette) -> None:
    images = load_digits().test.images
    plane = scene.plane
    tiles = np.stack([part[end] for end in scene.ends for part in (images, plane.redrawn)])
    show_chart(
        charts.plot_ends(tiles, words.end_names(scene), colors),
        key="latent_ends",
        alt=words.describe_ends(scene),
        height=charts.ENDS_HEIGHT,
    )
    layout.look(words.about_ends(scene))


def _ask(n_epochs: int) -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        linear = remember("two principal components", two_component_error)
        errors = remember("autoencoders", errors_of_seeds, N_SEEDS, n_epochs=n_epochs)
        answer, why = words.answer(errors, linear, n_epochs)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _prompts(plane: Plane, n_epochs: int, seed: int) -> list:
    """Return what to try; the first is the digit that this very network redraws worst."""
    labels = load_digits().test.labels
    worst = int(plane.errors.argmax())
    x, y = loneliest(plane.places, CORNERS)
    here = LAB | {"latent_epochs": n_epochs, "latent_seed": seed}
    return [
        (f"A failure: {words.a_digit(labels[worst])} that is not drawn again",
         here | {"latent_from": worst}),
        ("A failure: one epoch, every digit is a blur", LAB | {"latent_epochs": 1}),
        ("A failure: no digit lies out here", here | {"latent_x": x, "latent_y": y}),
        ("What is drawn everywhere", LAB | {"latent_show": "drawn"}),
    ]  # fmt: skip


def _show_llm() -> None:
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        heads, kept = HEADS.show(), KEPT.show()
    whole, latent = 2 * heads * HEAD, kept + POSITION
    with st.container(horizontal=True, gap="large"):
        st.metric("Keys and values of a token, a layer", f"{whole:,}")
        st.metric("Kept instead", f"{latent:,}")
        st.metric("Times fewer", f"{whole / latent:.1f}")
