"""Two neurons side by side: what the artificial one keeps of the nerve cell, and leaves out."""

import numpy as np
import streamlit as st

from dashboard import layout, navigation
from dashboard.biology.parts import PARTS, values
from dashboard.chart import Click, Panel, show_panels
from dashboard.charts import two_neurons as charts
from dashboard.compute import run
from dashboard.controls import Choice
from dashboard.formulas import weighted_sum
from dashboard.neuron.three_inputs import neuron_sliders
from dashboard.theme import Palette
from nnjax.large_models.scale import feed_forward_size
from nnjax.neurons import neuron_trace

PART = Choice(
    key="first_part",
    label="Light up",
    default="body",
    options=tuple(PARTS),
    labels={key: f"{row.label} = {row.partner}" for key, row in PARTS.items()},
    help="Or click a part in either drawing.",
)
NEURON = neuron_sliders("first_", lowest_input=0.0)
BEND = Choice(
    key="first_bend",
    label="Activation",
    default="step",
    options=("step", "sigmoid"),
    labels={"step": "Step: all or nothing", "sigmoid": "Sigmoid: how often"},
    style="segmented",
)
CONTROLS = (PART, BEND, *NEURON.all)
GUESS = "guess_louder"
BRAIN = 86e9  # nerve cells: Azevedo et al. (2009)


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        picked, bend = PART.show(), BEND.show()
        inputs, weights, bias = NEURON.show()
    trace = run("the neuron", neuron_trace, inputs, weights, bias)
    held = values(inputs, weights, bias, trace, bend)[picked]
    neuron = charts.Neuron(inputs, weights, bias, trace, bend, picked, held)
    with picture:
        _show_drawings(neuron, colors)
        _show_part(picked, held)
    _ask(inputs, weights, bias, trace)
    _show_formula(neuron)
    page.try_this(
        ("Follow the signal: what leaves the axon", {"first_part": "terminals"}),
        ("One synapse holds everything back", {"first_part": "synapses", "first_w2": -2.0}),
        (
            "A failure: all inputs silent, and still it fires, because a bias knows no input",
            {"first_x1": 0.0, "first_x2": 0.0, "first_x3": 0.0, "first_b": 0.5,
             "first_part": "hillock"},
        ),
    )  # fmt: skip
    _show_scale()
    _show_map(page.row.key)
    layout.show_the_code(neuron_trace)
    layout.sources(
        "mcculloch_pitts_1943", "rosenblatt_1958", "london_hausser_2005", "beniaguev_2021",
        "azevedo_2009", "brown_2020",
    )  # fmt: skip


def _show_drawings(neuron: charts.Neuron, colors: Palette) -> None:
    part = PARTS[neuron.picked]
    show_panels(
        [
            Panel(
                figure=charts.plot_nerve_cell(neuron, colors),
                alt=f"A nerve cell. Lit: {part.label.lower()}, holding {neuron.value}.",
                height=charts.HEIGHT,
            ),
            Panel(
                figure=charts.plot_artificial_neuron(neuron, colors),
                alt=f"An artificial neuron. Lit: {part.partner}, holding {neuron.value}.",
                height=charts.HEIGHT,
            ),
        ],
        key="two_neurons",
        columns=(1, 1),
        on_click=_pick,
    )


def _pick(at: Click) -> None:
    """Light up the part that was clicked, in either drawing."""
    if at.x is None or at.y is None:
        return
    places = charts.CELL_PLACES if at.panel == 0 else charts.MODEL_PLACES
    st.session_state[PART.key] = charts.nearest_part(places, at.x, at.y)


def _show_part(picked: str, held: str) -> None:
    part = PARTS[picked]
    verb = "are" if part.label.endswith("s") else "is"
    layout.look(f"The **{part.label.lower()}** {verb} the **{part.partner}**: **{held}**.")
    st.markdown(
        f"*In the cell.* {part.in_the_cell}\n\n*In the model.* {part.in_the_model}\n\n"
        f"*Left out.* {part.left_out}"
    )


def _ask(inputs, weights, bias, trace) -> None:
    options = ("exactly twice as large", "more than twice", "less than twice")
    louder = run("the neuron", neuron_trace, tuple(2 * x for x in inputs), weights, bias)
    before, after = float(trace.preactivation), float(louder.preactivation)
    if np.isclose(after, 2 * before, atol=1e-6):
        answer = options[0]
    else:
        answer = options[1] if after > 2 * before else options[2]
    layout.predict_then_reveal(
        GUESS,
        "Every input doubles; weights and bias stay. What happens to the weighted sum?",
        options,
        answer=answer,
        why=f"It goes from {before:.3f} to {after:.3f}, where twice would be {2 * before:.3f}. "
        f"The inputs' share doubles, the bias of {bias:.2f} does not.",
    )


def _show_formula(neuron: charts.Neuron) -> None:
    z, bend = float(neuron.trace.preactivation), neuron.bend
    name = r"\text{step}" if bend == "step" else r"\sigma"
    layout.formula(
        rf"\text{{output}} = {name}(w_1 x_1 + w_2 x_2 + w_3 x_3 + b)",
        rf"z = {weighted_sum(neuron.weights, neuron.inputs, neuron.bias)} = {z:.3f}",
        rf"{name}({z:.3f}) = {neuron.output:.{0 if bend == 'step' else 3}f}",
        note="That is all there is to one artificial neuron. What makes a network useful is how "
        "many of them feed each other, and that their weights can be learned.",
    )


def _show_scale() -> None:
    size = feed_forward_size(12_288, 96)
    layout.in_llms(
        "A large language model is built from the same sum and bend. The likeness to a brain is "
        "an ancestry, not a measure: networks trained to imitate a detailed simulation of *one* "
        "cell of the cortex needed five to eight layers for it. So these counts do not compare "
        "like with like."
    )
    with st.container(horizontal=True, gap="large"):
        st.metric("Neurons in GPT-3's feed-forward layers", f"{size.neurons:,}")
        st.metric("Nerve cells in a human brain", f"about {BRAIN / 1e9:.0f} billion")


def _show_map(own: str) -> None:
    layout.heading("Where the pages lead")
    for key, row in navigation.PAGES.items():
        if key == own:
            continue
        st.page_link(row.path, label=f"**{row.label}.** {row.promise}", help="")
