"""Step by step: one input on its way through the learner's own network."""

import streamlit as st

from dashboard import layout
from dashboard.chart import Click, Film, Panel, show_panels
from dashboard.charts.forward import diagram_height, pass_tracks, plot_pass
from dashboard.charts.forward_matrix import matrix_height, matrix_tracks, plot_matrices
from dashboard.forward import llm_cost, own_network, views, words
from dashboard.forward.own_network import OWN, PICK, STEPPING, OwnNetwork
from dashboard.theme import Palette
from nnjax.large_models.inference import forward_flops, utilization
from nnjax.networks import count_parameters, forward_trace
from nnjax.passes.forward_steps import draw_parameters, forward_pass

CONTROLS = (*own_network.CONTROLS, *llm_cost.CONTROLS)
GUESS = "guess_double"


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        # Drawn first, filled last: how many there are, the network below decides.
        inputs_here, steps_here = st.container(), st.container()
        with st.expander("Build another network"):
            config = OWN.show_network()
            seed = OWN.seed.show()
    with inputs_here:
        inputs = OWN.show_inputs(config.n_in)
    network = own_network.compute(config, inputs, seed)
    with steps_here:
        step = STEPPING.show(len(network.steps))
        neuron = own_network.show_neuron(network)
    with picture:
        _show_film(network, step, neuron, colors)
        layout.look(words.what_happens(network, step))
    st.markdown(words.ASSEMBLY_LINE)
    _ask(network)
    layer, _ = network.place(neuron)
    layout.formula(
        *words.neuron_formulas(network, neuron),
        words.matrix_formula(network, layer),
        note=f"This is **{PICK.say(neuron).lower()}**; the last line is its whole layer at once. "
        f"The network has {count_parameters(config):,} parameters, drawn by the seed and rounded "
        "to two decimals, so that you can check each number by hand. Training would find better "
        "ones.",
    )
    page.try_this(
        ("Only the biases speak: every input at 0", {"forward_x1": 0.0, "forward_x2": 0.0}),
        (
            "A failure: zero weights ignore every input",
            {"forward_init": "zeros", "forward_step": 9},
        ),
        (
            "No hidden layer: one product and a sigmoid",
            {"forward_layers": 0, "forward_step": 3, "forward_neuron": "out"},
        ),
        (
            "As large as it gets here, 4-6-6-6-1",
            {"forward_inputs": 4, "forward_layers": 3, "forward_n1": 6, "forward_n2": 6,
             "forward_n3": 6, "forward_activation": "tanh"},
        ),
    )  # fmt: skip
    llm_cost.show()
    layout.show_the_code(forward_pass, forward_trace, draw_parameters, forward_flops, utilization)
    layout.sources("rumelhart_1986", "devlin_2018", *llm_cost.SOURCES)


def _show_film(network: OwnNetwork, step: int, neuron: str, colors: Palette) -> None:
    picked = network.place(neuron)
    drawing, matrices = views.drawing(network, picked), views.matrices(network, picked)
    show_panels(
        [
            Panel(
                figure=plot_pass(drawing, colors, step=step),
                alt=words.describe(network, step),
                height=diagram_height(drawing.heights),
            ),
            Panel(
                figure=plot_matrices(matrices, colors, step=step),
                alt="The same step as matrices, W x + b = z and its activation. "
                + words.what_happens(network, step).replace("**", ""),
                height=matrix_height(matrices),
            ),
        ],
        key="forward",
        film=Film(
            tracks=pass_tracks(drawing, colors, 0) | matrix_tracks(matrices, 1),
            captions=[words.caption(network, i) for i in range(len(network.steps))],
            run=STEPPING.film_number(step),
            rate=0.8,
            show=step,
        ),
        on_click=lambda at: _pick(at, network),
        on_frame=STEPPING.follow,
    )


def _pick(at: Click, network: OwnNetwork) -> None:
    """A click on a neuron explains it."""
    match at.custom:
        case [int(column), int(unit), str()] if 0 < column <= network.n_layers:
            key = network.key_at(column - 1, unit)
            if key in network.neurons():
                st.session_state[PICK.key] = key


def _ask(network: OwnNetwork) -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        twice = [2.0 * value for value in network.inputs]
        passed = own_network.send(network.config, network.parameters, twice)
        answer, why = words.doubled(network.passed, passed)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)
