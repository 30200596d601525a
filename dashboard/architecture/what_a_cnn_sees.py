"""What a CNN sees: one trained on digits, its filters, and what excites its deeper units."""

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.architecture import cnn_words as words
from dashboard.architecture.cnn_scene import Scene, look_at
from dashboard.chart import Click, Panel, show_panels
from dashboard.charts import filters as charts
from dashboard.charts.digit_reading import plot_image, plot_probabilities
from dashboard.compute import remember
from dashboard.controls import Choice, Number, Slider
from dashboard.gather import Rest, gather
from dashboard.theme import Palette
from nnjax.zoo.cnn import N_FIRST, N_SECOND, cnn_stages, seen_by
from nnjax.zoo.convolution import convolve, max_pool
from nnjax.zoo.dense import count_dense
from nnjax.zoo.digits import BLACK, N_TEST, load_digits
from nnjax.zoo.looking import look_into_cnn, read_all
from nnjax.zoo.network import count_numbers
from nnjax.zoo.shifted import N_SEEDS, ShiftedRuns, join_runs, try_shifted
from nnjax.zoo.training import train_epochs

IMAGE = Slider(
    key="cnn_digit", label="Image", default=20, min=0, max=N_TEST - 1, step=1,
    help="One of the digits that the network has not seen in training.",
)  # fmt: skip
FILTER = Slider(
    key="cnn_filter", label="Filter of the first layer", default=5, min=1, max=N_FIRST, step=1,
    help="Or click one.",
)  # fmt: skip
UNIT = Slider(
    key="cnn_unit", label="Unit of the second layer", default=6, min=1, max=N_SECOND, step=1,
    help="Or click one.",
)  # fmt: skip
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
RATE = Choice(
    key="cnn_rate", label="Learning rate", default=0.01, options=RATES,
    labels={rate: f"{rate:g}" for rate in RATES}, style="slider",
)  # fmt: skip
EPOCHS = Choice(
    key="cnn_epochs", label="Epochs", default=20, options=(1, 3, 10, 20, 30), style="slider",
)  # fmt: skip
SEED = Number(key="cnn_seed", label="Seed", default=0, min=0, max=9999, step=1)
SIDE = Choice(
    key="cnn_side", label="Side of the image, in pixels", default=224, options=(224, 448, 672),
    style="segmented",
)  # fmt: skip
PATCH = Choice(
    key="cnn_patch", label="Side of a patch", default=16, options=(8, 14, 16, 32),
    style="segmented",
)  # fmt: skip
CONTROLS = (IMAGE, FILTER, UNIT, RATE, EPOCHS, SEED, SIDE, PATCH)
GUESS = "guess_shifted_digits"
ASKED = {"learning_rate": 0.01, "n_epochs": 10}  # of the networks that the question is about
AT_ONCE = 2  # seeds trained before the page is drawn again
LAB = {"architecture_lab": "images"}


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what trains the question's other seeds, if any are left."""
    controls, picture = layout.lab()
    with controls:
        image, chosen, unit = IMAGE.show(), FILTER.show() - 1, UNIT.show() - 1
        with st.expander("Training"):
            rate, epochs, seed = RATE.show(), EPOCHS.show(), SEED.show()
        told = st.container()
    with picture, st.spinner("Training the network"):
        settings = {"learning_rate": rate, "n_epochs": epochs}
        looking = remember("the digits' CNN", look_into_cnn, seed, **settings)
        dense = remember(
            "the dense network", try_shifted, "feedforward", first_seed=seed, n_seeds=1, **settings
        )
    scene = look_at(looking, image, chosen, unit, epochs)
    with told:
        counts = list(map(count_numbers, looking.network.parameters)), count_dense()
        st.markdown(words.table(*counts, (scene.accuracy, float(dense.as_drawn[0]))))
    with picture:
        _show_image(scene, colors)
        _show_first_layer(scene, colors)
        _show_second_layer(scene, colors)
    rest = _ask()
    layout.formula(*words.formulas(scene), note=words.NOTE)
    _lead_on(page, scene, {"cnn_seed": seed, "cnn_rate": rate, "cnn_epochs": epochs})
    return rest


def _show_image(scene: Scene, colors: Palette) -> None:
    row, column = scene.spot
    patch = (max(column - 1, 0), max(row - 1, 0), min(column + 2, 8), min(row + 2, 8))
    show_panels(
        [
            Panel(
                figure=plot_image(scene.image * BLACK, "64 pixels", colors, patch=patch),
                alt=f"An unseen digit, a {scene.truth}, as 8 by 8 pixels from 0 to 16. Framed: the "
                f"patch around row {row + 1}, column {column + 1}.",
                height=270,
            ),
            Panel(
                figure=plot_probabilities(scene.probabilities, scene.truth, colors),
                alt=f"Ten probabilities. The network sees a {scene.seen} "
                f"({scene.probabilities[scene.seen]:.3f}); it is a {scene.truth} "
                f"({scene.probabilities[scene.truth]:.3f}).",
                height=270,
            ),
        ],
        key="cnn_image",
        columns=(1, 1),
    )
    layout.look(words.reading(scene))


def _show_first_layer(scene: Scene, colors: Palette) -> None:
    st.markdown(words.FIRST_TITLE)
    half = N_FIRST // 2
    limits = (float(np.abs(scene.kernels).max()), float(scene.looking.first_peaks.max()))
    maps = np.moveaxis(scene.stages.first, -1, 0)
    show_panels(
        [
            Panel(
                figure=charts.plot_filters(
                    scene.kernels[first : first + half], maps[first : first + half],
                    first=first, chosen=scene.filter, spot=scene.spot, limits=limits,
                    title=f"Filters {first + 1} to {first + half}", palette=colors,
                ),
                alt=words.describe_filters(scene, first, half),
                height=charts.FILTERS_HEIGHT,
            )
            for first in (0, half)
        ],
        key="cnn_filters",
        columns=(1, 1),
        on_click=lambda at: _pick(
            at, FILTER, lambda x, y: _of_panel(charts.filter_at(x, y, half), at.panel * half)
        ),
    )  # fmt: skip
    layout.look(words.about_filter(scene))


def _show_second_layer(scene: Scene, colors: Palette) -> None:
    st.markdown(words.SECOND_TITLE)
    named = zip(scene.exciting_labels, scene.strengths, strict=True)
    show_panels(
        [
            Panel(
                figure=charts.plot_units(
                    np.moveaxis(scene.stages.second, -1, 0), scene.unit,
                    float(scene.looking.strongest.max()), colors,
                ),
                alt=words.describe_units(scene),
                height=charts.UNITS_HEIGHT,
            ),
            Panel(
                figure=charts.plot_exciting(
                    load_digits().test.images[scene.exciting],
                    [f"{label}: {strength:.2f}" for label, strength in named],
                    [seen_by(*scene.looking.places[i, scene.unit]) for i in scene.exciting],
                    words.exciting_title(scene), colors,
                ),
                alt=words.describe_exciting(scene),
                height=charts.EXCITING_HEIGHT,
            ),
        ],
        key="cnn_units",
        columns=(1, 1),
        on_click=lambda at: _pick(
            at, UNIT, lambda x, y: charts.unit_at(x, y, N_SECOND) if at.panel == 0 else None
        ),
    )  # fmt: skip
    layout.look(words.about_unit(scene))


def _of_panel(index: int | None, first: int) -> int | None:
    return None if index is None else first + index


def _pick(at: Click, control: Slider, find: Callable[[float, float], int | None]) -> None:
    """A click on a picture chooses its filter or unit."""
    if at.x is None or at.y is None:
        return
    index = find(at.x, at.y)
    if index is not None and control.min <= index + 1 <= control.max:
        st.session_state[control.key] = index + 1


def _ask() -> Rest | None:
    """Train both networks from sixteen seeds when somebody has guessed; return what is left."""
    question, progress = st.container(), st.container()
    answer = why = ""
    rest = None
    if st.session_state.get(GUESS):
        with progress:
            runs, rest = gather(
                "shifted_digits",
                range(0, N_SEEDS, AT_ONCE),
                _try_both,
                about="one pixel to the right",
                say=lambda first: "Training both networks, two seeds at a time",
                done=f"Both networks, {N_SEEDS} seeds each, {ASKED['n_epochs']} epochs of Adam.",
            )
        answer, why = words.answer(*(join_runs(part) for part in zip(*runs.values(), strict=True)))
    with question:
        layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)
    return rest


def _try_both(first: int) -> tuple[ShiftedRuns, ShiftedRuns]:
    settings = ASKED | {"first_seed": first, "n_seeds": AT_ONCE}
    cnn, dense = (
        remember(f"shifted digits, {key}", try_shifted, key, **settings)
        for key in ("cnn", "feedforward")
    )
    return cnn, dense


def _lead_on(page: layout.Page, scene: Scene, settings: dict[str, Any]) -> None:
    page.try_this(*_prompts(scene, settings))
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        side, patch = SIDE.show(), PATCH.show()
    n_patches = (side // patch) ** 2
    with st.container(horizontal=True, gap="large"):
        st.metric("Patches, as many as words", f"{n_patches:,}")
        st.metric("Numbers in a patch of three colours", f"{3 * patch**2:,}")
        st.metric("Pairs for attention to compare", f"{n_patches**2:,}")
    layout.show_the_code(convolve, max_pool, cnn_stages, train_epochs, read_all)
    layout.sources(
        "lecun_1989", "lecun_bottou_1998", "zeiler_fergus_2014", "he_2015", "kingma_ba_2015",
        "dosovitskiy_2020",
    )  # fmt: skip


def _prompts(scene: Scene, settings: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return what to try; the first is a digit that this very network gets wrong, if any."""
    test, probabilities = load_digits().test, scene.looking.probabilities
    sure, seen = probabilities.max(axis=1), probabilities.argmax(axis=1)
    wrong = seen != test.labels
    prompts = []
    if wrong.any():
        worst = int(np.where(wrong, sure, 0).argmax())
        label = f"A failure: a {test.labels[worst]} read as {seen[worst]}, {sure[worst]:.0%} sure"
        prompts.append((label, LAB | settings | {"cnn_digit": worst}))
    return [
        *prompts,
        ("A failure: a rate of 0.1 silences the filters, and silence has no slope",
         LAB | {"cnn_rate": 0.1}),
        ("A failure: one epoch is too short to tell the digits apart", LAB | {"cnn_epochs": 1}),
        ("Other first weights, other filters, and it reads as well", LAB | {"cnn_seed": 1}),
    ]  # fmt: skip
