"""Kernels: nine numbers of your own passed over a digit, and those that a CNN has learned."""

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.address import TRY
from dashboard.chart import Click, Panel, show_chart, show_panels
from dashboard.charts import filters
from dashboard.charts import kernels as charts
from dashboard.charts.digit_reading import plot_image
from dashboard.compute import remember, run
from dashboard.controls import Choice, Number, Slider, Toggle
from dashboard.large_numbers import in_words, power_of_ten
from dashboard.navigation import PAGES
from dashboard.theme import Palette
from dashboard.zoo import kernel_words as words
from dashboard.zoo.kernel_words import Scene
from nnjax.zoo.cnn import N_FIRST, read_image
from nnjax.zoo.convolution import WINDOW, convolve, cut_patches
from nnjax.zoo.digits import BLACK, N_TEST, SIDE, load_digits
from nnjax.zoo.kernels import KERNELS, changed_by_move, filter_image, patch_at
from nnjax.zoo.looking import Looking, look_into_cnn

FIRST = KERNELS["upright"]
WEIGHTS = tuple(
    Number(
        key=f"kernel_{index + 1}", label=f"Row {index // WINDOW + 1}, column {index % WINDOW + 1}",
        default=float(weight), min=-9.0, max=9.0, step=0.01, format="%.2f",
    )
    for index, weight in enumerate(FIRST.weights)
)  # fmt: skip
BIAS = Number(
    key="kernel_bias", label="Bias, added to every sum", default=0.0, min=-9.0, max=9.0, step=0.01,
    format="%.2f",
)  # fmt: skip
RELU = Toggle(key="kernel_relu", label="ReLU after it: what is below 0 becomes 0", default=False)
IMAGE = Slider(
    key="kernel_digit", label="Image", default=20, min=0, max=N_TEST - 1, step=1,
    help="One of the digits that the network below has not seen in training.",
)  # fmt: skip
ROW = Slider(key="kernel_row", label="Row", default=4, min=1, max=SIDE, step=1,
             help="Of the sum that is worked out. Or click a pixel.")  # fmt: skip
COLUMN = Slider(key="kernel_column", label="Column", default=5, min=1, max=SIDE, step=1)
SEED = Number(key="kernel_seed", label="Seed of the CNN", default=0, min=0, max=9999, step=1)
WIDTH = Choice(
    key="kernel_width", label="Width of the model", default=4096, options=(768, 4096, 12288),
    labels={width: f"{width:,}" for width in (768, 4096, 12288)}, style="segmented",
)  # fmt: skip
LENGTH = Slider(key="kernel_length", label="Tokens, in thousands", default=8, min=1, max=128,
                step=1)  # fmt: skip
CONTROLS = (*WEIGHTS, BIAS, RELU, IMAGE, ROW, COLUMN, SEED, WIDTH, LENGTH)
PRESET, TAKEN = "_kernel_preset", "_kernel_taken"  # what the nine numbers are: not in the address
GUESS = "guess_kernel_moved"
TRAINED = {"learning_rate": 0.01, "n_epochs": 20}  # as page 04 trains it first: trained once
OWN = "Other numbers"
FIELD = 108  # pixels: three in a row on a phone, and too narrow for Streamlit's + and -


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        image, weights = IMAGE.show(), _show_kernel()
        bias, relu = BIAS.show(), RELU.show()
        with st.container(horizontal=True):
            spot = ROW.show(width=170) - 1, COLUMN.show(width=170) - 1
    scene = _look(image, weights, bias, relu, spot)
    with picture:
        _show_map(scene, colors)
        _show_products(scene, colors)
    layout.heading("What a CNN has learned")
    with st.spinner("Training the CNN"):
        _show_learned(scene, SEED.show(width=160), colors)
    _ask(scene)
    layout.formula(*words.formulas(scene), note=words.NOTE)
    page.try_this(*_prompts())
    _show_llm()
    layout.show_the_code(cut_patches, convolve, filter_image, changed_by_move)
    layout.sources("fukushima_1980", "lecun_1989", "radford_2022", "gu_dao_2023")


def _show_kernel() -> np.ndarray:
    """Draw the nine numbers and the choice of a known kernel; return the numbers."""
    above = st.container()
    rows = [st.container(horizontal=True, gap="xsmall") for _ in range(WINDOW)]
    numbers = []
    for index, control in enumerate(WEIGHTS):
        with rows[index // WINDOW]:
            numbers.append(control.show(label_visibility="collapsed", width=FIELD))
    known = (key for key, row in KERNELS.items() if np.allclose(row.weights, numbers))
    st.session_state[PRESET] = next(known, OWN)
    with above:
        st.selectbox(
            "Kernel",
            [*KERNELS, OWN],
            format_func=lambda key: KERNELS[key].label if key in KERNELS else OWN,
            key=PRESET,
            on_change=_take_preset,
        )
    return np.array(numbers, np.float32).reshape(WINDOW, WINDOW)


def _take_preset() -> None:
    chosen = st.session_state.get(PRESET)
    if chosen in KERNELS:
        _take(KERNELS[chosen].weights, 0.0)


def _take(weights: Any, bias: float) -> None:
    """Put nine weights and a bias into their fields."""
    for control, weight in zip((*WEIGHTS, BIAS), (*np.ravel(weights), bias), strict=True):
        clipped = min(control.max, max(control.min, float(weight)))
        st.session_state[control.key] = control.snap(clipped)


def _look(image: int, weights: np.ndarray, bias: float, relu: bool, spot) -> Scene:
    test = load_digits().test
    sums = run("a map", filter_image, weights, bias, test.images[image])
    return Scene(
        image=test.images[image],
        truth=int(test.labels[image]),
        weights=weights,
        bias=bias,
        relu=relu,
        map=np.maximum(sums, 0) if relu else sums,
        spot=spot,
        patch=patch_at(test.images[image], *spot),
    )


def _show_map(scene: Scene, colors: Palette) -> None:
    row, column = scene.spot
    frame = (max(column - 1, 0), max(row - 1, 0), min(column + 2, SIDE), min(row + 2, SIDE))
    show_panels(
        [
            Panel(
                figure=plot_image(scene.image * BLACK, "The image", colors, patch=frame),
                alt=words.describe_image(scene),
                height=charts.MAP_HEIGHT,
            ),
            Panel(
                figure=charts.plot_map(scene.map, scene.spot, scene.limit, colors),
                alt=words.describe_map(scene),
                height=charts.MAP_HEIGHT,
            ),
        ],
        key="kernel_map",
        columns=(1, 1),
        on_click=_pick_spot,
    )
    known = st.session_state.get(PRESET)
    layout.look(words.about_map(scene, KERNELS[known].note if known in KERNELS else ""))


def _pick_spot(at: Click) -> None:
    """A click on the image or on the map chooses the sum that is worked out."""
    if at.x is None or at.y is None or (cell := charts.cell_at(at.x, at.y)) is None:
        return
    st.session_state[ROW.key], st.session_state[COLUMN.key] = (part + 1 for part in cell)


def _show_products(scene: Scene, colors: Palette) -> None:
    show_chart(
        charts.plot_products(scene.patch, scene.weights, scene.limit, colors),
        key="kernel_products",
        alt=words.describe_products(scene),
        height=charts.PRODUCTS_HEIGHT,
    )
    layout.look(words.about_sum(scene))


def _show_learned(scene: Scene, seed: int, colors: Palette) -> None:
    """Draw the eight learned kernels and their maps of the same image."""
    looking: Looking = remember("the digits' CNN", look_into_cnn, seed, **TRAINED)
    first = looking.network.parameters.first
    kernels = first.kernels[..., 0]
    maps = np.moveaxis(
        run("one image", read_image, looking.network.parameters, scene.image).first, -1, 0
    )
    alike = np.abs(kernels - scene.weights).max(axis=(1, 2)) < 0.006  # typed to two digits
    chosen = int(alike.argmax()) if alike.any() else None
    half = N_FIRST // 2
    limits = float(np.abs(kernels).max()), float(looking.first_peaks.max())
    take = _taker(kernels, first.bias)
    show_panels(
        [
            Panel(
                figure=filters.plot_filters(
                    kernels[start : start + half], maps[start : start + half], first=start,
                    chosen=-1 if chosen is None else chosen, spot=scene.spot, limits=limits,
                    title=f"Learned filters {start + 1} to {start + half}", palette=colors,
                ),
                alt=words.describe_learned(kernels, maps, start, half),
                height=filters.FILTERS_HEIGHT,
            )
            for start in (0, half)
        ],
        key="kernel_learned",
        columns=(1, 1),
        on_click=lambda at: take(_kernel_at(at, half)),
    )  # fmt: skip
    st.session_state[TAKEN] = chosen
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Take one of them into the nine fields", range(N_FIRST), index=None,
            format_func=lambda index: f"Filter {index + 1}", key=TAKEN, width=300,
            placeholder="or click one", on_change=lambda: take(st.session_state.get(TAKEN)),
        )  # fmt: skip
        st.page_link(
            PAGES["layers_and_architecture"].path,
            label="What becomes of these maps: page 04",
            query_params={"architecture_lab": "What a CNN sees", TRY: "1"},
            help="",
        )
    layout.look(words.about_learned(kernels, chosen))


def _taker(kernels: np.ndarray, bias: np.ndarray) -> Callable[[int | None], None]:
    """Return what puts a learned kernel, counted from 0, into the fields."""

    def take(index: int | None) -> None:
        if index is not None and 0 <= index < len(kernels):
            _take(kernels[index], float(bias[index]))

    return take


def _kernel_at(at: Click, half: int) -> int | None:
    if at.x is None or at.y is None:
        return None
    index = filters.filter_at(at.x, at.y, half)
    return None if index is None else half * at.panel + index


def _ask(scene: Scene) -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        changed = changed_by_move(scene.weights, scene.bias, scene.image)
        answer, why = words.answer(changed)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _settings(weights: Any, **more: Any) -> dict[str, Any]:
    named = {control.key: float(w) for control, w in zip(WEIGHTS, weights, strict=True)}
    return {"zoo_lab": "kernels"} | named | more


def _prompts() -> list:
    """Return what to try."""
    return [
        ("Only what stands out: the outline", _settings(KERNELS["outline"].weights)),
        ("Any image, out of focus", _settings(KERNELS["blur"].weights)),
        ("A failure: ReLU silences a kernel of minus ones",
         _settings([-1] * WINDOW**2, kernel_relu=True)),
        ("A failure: upright edges only, blind to a level stroke",
         _settings(FIRST.weights, kernel_row=8, kernel_column=4)),
    ]  # fmt: skip


def _show_llm() -> None:
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        width, length = WIDTH.show(), 1000 * LENGTH.show(width=280)
    with st.container(horizontal=True, gap="large"):
        st.metric("Weights, shared by all tokens", in_words(width**2))
        st.metric("Weights, one for every pair of numbers", power_of_ten((length * width) ** 2))
