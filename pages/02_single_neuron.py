"""02 The single neuron: weigh three inputs, add them up, fire or not."""

from dashboard import layout
from dashboard.chart import Panel, show_panels
from dashboard.charts.neuron import SUMS, plot_responses, plot_waterfall
from dashboard.compute import run
from dashboard.controls import Slider
from dashboard.formulas import weighted_sum
from nnjax.activations import activation_and_derivative
from nnjax.neurons import neuron_trace

INPUTS = tuple(
    Slider(key=f"x{i}", label=f"Input $x_{i}$", default=value, min=-1.0, max=1.0, step=0.05)
    for i, value in enumerate((1.0, 0.5, 0.8), start=1)
)
WEIGHTS = tuple(
    Slider(key=f"w{i}", label=f"Weight $w_{i}$", default=value, min=-2.0, max=2.0, step=0.05)
    for i, value in enumerate((0.7, -0.3, 0.5), start=1)
)
BIAS = Slider(key="b", label="Bias $b$", default=-0.2, min=-2.0, max=2.0, step=0.05)
OUTPUTS = ("step", "sigmoid")

page = layout.start("single_neuron", (*INPUTS, *WEIGHTS, BIAS))
colors = layout.palette()
controls, picture = layout.lab()
with controls:
    left, right = layout.halves()
    with left:
        inputs = tuple(control.show() for control in INPUTS)
    with right:
        weights = tuple(control.show() for control in WEIGHTS)
    bias = BIAS.show()

trace = run("the neuron", neuron_trace, inputs, weights, bias)
curves = {name: run(name, activation_and_derivative, name, SUMS)[0] for name in OUTPUTS}
fires = "fires" if trace.step else "stays silent"

with picture:
    show_panels(
        [
            Panel(
                figure=plot_waterfall(trace.contributions, bias, trace.preactivation, colors),
                alt=f"Waterfall of {trace.contributions.round(3).tolist()} and the bias {bias}, "
                f"adding up to {trace.preactivation:.3f}.",
            ),
            Panel(
                figure=plot_responses(curves, trace, colors),
                alt=f"At the sum {trace.preactivation:.3f} the step gives {trace.step:.0f} and the "
                f"sigmoid {trace.sigmoid:.3f}.",
            ),
        ],
        key="neuron",
        columns=(1, 1),
    )
    layout.look(
        f"The sum is **{trace.preactivation:.3f}**: the step neuron **{fires}**, the sigmoid "
        f"neuron is **{trace.sigmoid:.1%}** sure."
    )

layout.predict_then_reveal(
    "guess_bias",
    "You turn the bias down until the step neuron just stops firing. What does the sigmoid say?",
    ("0.0", "0.5", "1.0"),
    answer="0.5",
    why="At a sum of 0 the step switches and the sigmoid is exactly undecided.",
)
layout.formula(
    r"z = w_1 x_1 + w_2 x_2 + w_3 x_3 + b",
    rf"z = {weighted_sum(weights, inputs, bias)} = {trace.preactivation:.3f}",
    rf"\sigma(z) = \frac{{1}}{{1 + e^{{-z}}}} = {trace.sigmoid:.3f}",
)
page.try_this(
    ("Turn the bias down: the neuron falls silent", {"b": -1.0}),
    ("Let one weight outvote the others", {"w2": -2.0}),
    (
        "Set every weight to zero: only the bias speaks, and the inputs no longer matter",
        {"w1": 0.0, "w2": 0.0, "w3": 0.0},
    ),
)
layout.in_llms(
    "Every number inside a large language model is made this way: a weighted sum, then a bend. "
    "Only the counts differ: a row of a GPT-3 layer adds up 12,288 products."
)
layout.show_the_code(neuron_trace)
layout.sources("rosenblatt_1958", "mcculloch_pitts_1943")
page.finish()
