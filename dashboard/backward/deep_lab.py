"""Vanishing and exploding: a gradient on its way back through 2 to 64 layers, and four cures."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.backward import deep_words as words
from dashboard.chart import show_chart
from dashboard.charts.deep_gradients import HEIGHT, plot_deep_gradients
from dashboard.compute import remember
from dashboard.controls import Choice, Number, Slider, Toggle
from dashboard.theme import Palette
from nnjax.activations import ACTIVATIONS
from nnjax.depth.deep_gradients import DeepGradients, careful_weights, deep_gradients
from nnjax.depth.finite_width import residual_gradients
from nnjax.depth.mean_field import mean_field_gradients
from nnjax.depth.probes import signal_through_depth
from nnjax.initializers import INITIALIZERS
from nnjax.races.bands import Band, band_over_seeds

DEPTH = Slider(key="backward_depth", label="Layers", default=32, min=2, max=64, step=1)
ACTIVATION = Choice.of(
    ACTIVATIONS, key="backward_deep_activation", label="Activation", default="sigmoid"
)
# All weights 0 let nothing through in either direction: "Step backwards" shows that.
WEIGHTS = Choice.of(
    {key: row for key, row in INITIALIZERS.items() if key != "zeros"},
    key="backward_deep_init", label="First weights", default="uniform",
)  # fmt: skip
RELU = Toggle(key="backward_relu", label="ReLU", default=False)
CAREFUL = Toggle(
    key="backward_careful", label="Careful first weights", default=False,
    help="Those made for the activation: He's for ReLU and its relatives, Xavier's for sigmoid "
    "and tanh.",
)  # fmt: skip
SKIP = Toggle(
    key="backward_skip", label="Skip connections", default=False,
    help="A layer adds its result to what it was given: h + f(W h).",
)  # fmt: skip
NORM = Toggle(
    key="backward_norm", label="Layer norm", default=False,
    help="A layer's sums are brought to mean 0 and variance 1 before the activation.",
)  # fmt: skip
SEED = Number(key="backward_deep_seed", label="First seed", default=0, min=0, max=9999, step=1)
CURES = (RELU, CAREFUL, SKIP, NORM)
CONTROLS = (DEPTH, ACTIVATION, WEIGHTS, *CURES, SEED, words.FACTOR, words.LAYERS)
GUESS = "guess_skip_alone"


class Deep(NamedTuple):
    """A kind of network: what its layers are made of."""

    activation: str
    weights: str
    skip: bool
    normed: bool


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        depth, activation, weights = DEPTH.show(), ACTIVATION.show(), WEIGHTS.show()
        st.markdown("**Four cures**")
        relu, careful, skip, normed = (cure.show() for cure in CURES)
        seed = SEED.show()
    broken = Deep(activation, weights, False, False)
    used = "relu" if relu else activation
    deep = Deep(used, careful_weights(used) if careful else weights, skip, normed)
    with picture:
        found = measure(deep, depth, seed)
        before = measure(broken, depth, seed) if deep != broken else None
        study = words.Study(deep, depth, bands(found, depth), np.asarray(found.theory)[:depth])
        _show_chart(study, before, colors)
        layout.look(words.verdict(study))
    st.markdown(words.what_theory_says(study))
    _ask(seed)
    layout.formula(*words.formulas(study), note=words.FORMULA_NOTE)
    _lead_on(page)


def measure(deep: Deep, depth: int, seed: int) -> DeepGradients:
    """Return the gradients of one kind of network, computed once for all learners."""
    return remember(
        f"{deep.activation} {deep.skip} {deep.normed}", deep_gradients, deep.activation,
        deep.weights, seed=seed, depth=depth, skip=deep.skip, normed=deep.normed,
    )  # fmt: skip


def bands(found: DeepGradients, depth: int) -> Band:
    """Return the band over seeds, layers 1 to `depth`."""
    return band_over_seeds(np.asarray(found.measured)[:, :depth])


def _show_chart(study: words.Study, before: DeepGradients | None, colors: Palette) -> None:
    past = None if before is None else bands(before, study.depth).middle
    show_chart(
        plot_deep_gradients(study.band, study.theory, past, colors),
        key="deep_gradients",
        alt=f"Size of the gradient in layers 1 to {study.depth} on a log scale, a band over 16 "
        f"seeds and the theory's line. {words.verdict(study).replace('**', '')}",
        height=HEIGHT,
    )


def _ask(seed: int) -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        plain, skipped = (
            float(bands(measure(Deep("relu", "he", skip, False), 64, seed), 64).middle[0])
            for skip in (False, True)
        )
        answer, why = words.skip_alone(plain, skipped)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _lead_on(page: layout.Page) -> None:
    def deep(**values):
        return {"backward_lab": "deep"} | {f"backward_{name}": v for name, v in values.items()}

    page.try_this(
        ("A failure: sigmoid, 64 layers deep", deep(depth=64)),
        ("A failure: weights from N(0, 1) make ReLU's gradient explode",
         deep(deep_activation="relu", deep_init="normal")),
        ("A failure: skip connections alone, and it explodes",
         deep(relu=True, careful=True, skip=True, depth=64)),
        ("Layer norm cannot save the sigmoid", deep(norm=True)),
        ("All four cures, 64 layers deep",
         deep(relu=True, careful=True, skip=True, norm=True, depth=64)),
    )  # fmt: skip
    words.show_in_llms()
    layout.show_the_code(
        deep_gradients, mean_field_gradients, residual_gradients, signal_through_depth
    )
    layout.sources(
        "hochreiter_1997", "bengio_1994", "glorot_bengio_2010", "he_2015", "he_2016", "ba_2016",
        "poole_2016", "schoenholz_2017", "yang_schoenholz_2017", "xiong_2020", "radford_2019",
    )  # fmt: skip
