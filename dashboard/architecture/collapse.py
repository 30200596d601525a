"""Without activations: the learner's whole stack against the one matrix that it comes down to."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.architecture import collapse_words as words
from dashboard.architecture import low_rank, own_stack
from dashboard.architecture.own_stack import OwnStack
from dashboard.chart import Panel, show_chart, show_panels
from dashboard.charts import collapse as charts
from dashboard.compute import run
from dashboard.controls import Slider
from dashboard.theme import Palette
from nnjax.depth.linear_collapse import Collapse, best_matrix, collapse, compare_collapse
from nnjax.layers import Dense
from nnjax.races.sized_stacks import MAX_OUTPUTS, stack_bends, stack_forward

OUTPUT = Slider(
    key="collapse_output", label="Output to compare", default=1, min=1, max=MAX_OUTPUTS, step=1,
    help="Past the network's last output, the last one is shown.",
)  # fmt: skip
CONTROLS = (OUTPUT, *low_rank.CONTROLS)
GUESS = "guess_collapsed"
TRIALS_SEED = 1  # of the random inputs: the same for every network


class Scene(NamedTuple):
    """The learner's stack and what is left of it."""

    own: OwnStack
    found: Collapse
    matrix: Dense  # weights (n_out, n_in), bias (n_out,)
    output: int  # the output that is compared, from 0


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        own = own_stack.show_controls()
        scene = compute(own, OUTPUT.show())
    with picture:
        _show_product(scene, colors)
        _show_agreement(scene, colors)
    _ask()
    layout.formula(*words.formulas(scene), note=words.FORMULA_NOTE)
    _lead_on(page)


def compute(own: OwnStack, output: int) -> Scene:
    """Send random inputs through the stack and through its matrix."""
    config = own.config
    found = run(
        "the collapse", compare_collapse, own.stack, stack_bends(config), np.int32(config.n_in),
        np.int32(TRIALS_SEED),
    )  # fmt: skip
    weights, bias = found.matrix
    matrix = Dense(weights[: config.n_out, : config.n_in], bias[: config.n_out])
    return Scene(own, found, matrix, min(output, config.n_out) - 1)


def _show_product(scene: Scene, colors: Palette) -> None:
    st.markdown(words.chain_title(scene))
    show_chart(
        charts.plot_chain([layer.weights for layer in scene.own.layers], scene.matrix[0], colors),
        key="chain",
        alt=words.describe_chain(scene),
        height=charts.CHAIN_HEIGHT,
    )
    st.markdown(words.matrix_title(charts.exponent_of(np.append(*scene.matrix))))
    show_chart(
        charts.plot_one_matrix(*scene.matrix, colors),
        key="one_matrix",
        alt=words.describe_matrix(scene),
        height=charts.matrix_height(len(scene.matrix.bias)),
    )
    layout.look(words.what_is_left(scene))


def _show_agreement(scene: Scene, colors: Palette) -> None:
    found, output = scene.found, scene.output
    pairs = (
        (found.multiplied, found.stacked, words.straight_title(scene)),
        (found.fitted, found.bent, words.bent_title(scene)),
    )
    show_panels(
        [
            Panel(
                figure=charts.plot_agreement(given[:, output], made[:, output], title, colors),
                alt=f"Output {output + 1} for random inputs, one matrix against the stack. {title}",
                height=charts.SHARES_HEIGHT,
            )
            for given, made, title in pairs
        ],
        key="agreement",
        columns=(1, 1),
    )
    layout.look(words.certificate(scene))


def _ask() -> None:
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, *words.answer())


def _lead_on(page: layout.Page) -> None:
    here = {"architecture_lab": "collapse"}
    widest = {f"build_n{i}": own_stack.MAX_WIDTH for i in range(1, own_stack.MAX_HIDDEN + 1)}
    deep = widest | {"build_layers": 6, "build_inputs": 10, "build_outputs": 10}
    page.try_this(
        ("Wasted: six layers of 32 neurons", here | deep),
        ("A waist of 1 neuron leaves rank 1", here | {"build_n2": 1}),
        (
            "A failure: Identity as activation adds nothing",
            here | {"build_a1": "identity", "build_a2": "identity"},
        ),
        (
            "A failure: Normal (0, 1) weights blow up",
            here | deep | {"build_init": "normal"},
        ),
    )
    low_rank.show()
    layout.show_the_code(collapse, compare_collapse, best_matrix, stack_forward)
    layout.sources("leshno_1993", "saxe_2013", *low_rank.SOURCES)
