"""One neuron: weigh three inputs, add them up, fire or not."""

import streamlit as st

from dashboard import layout
from dashboard.chart import Panel, show_chart, show_panels
from dashboard.charts.neuron import SUMS, plot_response, plot_waterfall
from dashboard.charts.neuron_drawing import plot_neuron
from dashboard.compute import run
from dashboard.controls import Number
from dashboard.formulas import weighted_sum
from dashboard.large_numbers import in_words
from dashboard.neuron.three_inputs import neuron_sliders
from dashboard.theme import Palette
from nnjax.activations import activation_and_derivative
from nnjax.large_models.scale import feed_forward_size
from nnjax.neurons import neuron_trace

NEURON = neuron_sliders(lowest_input=-1.0)
LLM_WIDTH = Number(
    key="llm_width", label="Width of the model", default=12_288, min=16, max=65_536, step=16
)
LLM_LAYERS = Number(key="llm_layers", label="Layers", default=96, min=1, max=1000, step=1)
CONTROLS = (*NEURON.all, LLM_WIDTH, LLM_LAYERS)


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        inputs, weights, bias = NEURON.show()
    trace = run("the neuron", neuron_trace, inputs, weights, bias)
    with picture:
        _show_picture(inputs, weights, bias, trace, colors)
        fires = "**fires**" if trace.step else "**stays silent**"
        layout.look(
            f"The sum is **{trace.preactivation:.3f}**: the step neuron {fires}, the sigmoid "
            f"neuron is **{trace.sigmoid:.1%}** sure."
        )
    st.markdown(_HISTORY)
    _ask(inputs, weights, trace.preactivation - bias)
    layout.formula(
        r"z = w_1 x_1 + w_2 x_2 + w_3 x_3 + b",
        rf"z = {weighted_sum(weights, inputs, bias)} = {trace.preactivation:.3f}",
        rf"\text{{step}}(z) = {trace.step:.0f}",
        rf"\sigma(z) = \frac{{1}}{{1 + e^{{-({trace.preactivation:.3f})}}}} = {trace.sigmoid:.3f}",
        note="The step is flat on both sides: nudge a weight and its answer stays the same, so "
        "there is no slope to follow downhill. The sigmoid always has one, which is what lets a "
        "network learn by gradients.",
    )
    page.try_this(
        ("Turn the bias down: the neuron falls silent", {"b": -1.0}),
        ("Let one weight outvote the others", {"w2": -2.0}),
        (
            "A failure: all weights at zero, so inputs are ignored",
            {"w1": 0.0, "w2": 0.0, "w3": 0.0},
        ),
    )
    _show_scale()
    layout.show_the_code(neuron_trace, feed_forward_size)
    layout.sources("mcculloch_pitts_1943", "rosenblatt_1958", "brown_2020", "hendrycks_gimpel_2016")


def _show_picture(inputs, weights, bias, trace, colors: Palette) -> None:
    show_chart(
        plot_neuron(inputs, weights, bias, trace, colors),
        key="drawing",
        alt=f"A neuron with inputs {list(inputs)}, weights {list(weights)} and bias {bias}.",
        height=250,
    )
    panels = [
        Panel(
            figure=plot_waterfall(trace.contributions, bias, trace.preactivation, colors),
            alt="The contributions "
            f"{', '.join(f'{c:.3f}' for c in trace.contributions)} and the bias {bias:.3f} add up "
            f"to {trace.preactivation:.3f}.",
            height=300,
        )
    ]
    for name in ("step", "sigmoid"):
        curve, _ = run(name, activation_and_derivative, name, SUMS)
        panels.append(
            Panel(
                figure=plot_response(name, curve, trace, colors),
                alt=f"At the sum {trace.preactivation:.3f} the {name} gives "
                f"{getattr(trace, name):.3g}.",
                height=300,
            )
        )
    show_panels(panels, key="neuron", columns=(3, 2, 2))


def _ask(inputs, weights, contributed: float) -> None:
    edge = run("the neuron", neuron_trace, inputs, weights, -float(contributed))
    layout.predict_then_reveal(
        "guess_bias",
        "You turn the bias down until the step neuron just stops firing. "
        "What does the sigmoid say?",
        ("0.0", "0.5", "1.0"),
        answer=f"{edge.sigmoid:.1f}",
        why=f"That happens at a bias of {-contributed:.3f}, where the sum is 0: the step switches "
        "there, and the sigmoid is exactly undecided.",
    )


def _show_scale() -> None:
    layout.in_llms(
        "Inside every transformer layer is a wall of neurons like this one, with a smoother bend "
        "than the step. GPT-3's largest model is 12,288 numbers wide and 96 layers deep: set your "
        "own width and depth to count its neurons."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        width = LLM_WIDTH.show(width=180)
        layers = LLM_LAYERS.show(width=180)
    size = feed_forward_size(width, layers)
    with st.container(horizontal=True, gap="large"):
        st.metric("Weights of each neuron (yours: 3)", f"{size.weights_per_neuron:,}")
        st.metric("Neurons in one layer", f"{size.neurons_per_layer:,}")
        st.metric("Neurons in all layers", f"{size.neurons:,}")
        st.metric("Their weights", in_words(size.weights))


_HISTORY = (
    "*A nerve cell lent the idea.* Signals arrive at its dendrites, synapses pass them on more or "
    "less strongly, the cell body adds them up, and if there is enough of it the axon fires. "
    "McCulloch and Pitts wrote down such a neuron in 1943, with its connections fixed by hand. "
    "Rosenblatt's *perceptron* of 1958 added the part that matters here: it finds its weights by "
    "itself, from its mistakes. A real cell does much more than this sum."
)
