"""Which slider and which chart `interaction` measures on each page. A page is one row."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Case:
    """A page, the label of a slider on it, and the chart which that slider changes.

    `chart` is "<key>/<index>": the chart component's key and the panel within it.
    """

    key: str
    page: str
    slider: str
    chart: str
    query: str = ""  # settings in the address
    button: str = ""  # the widget key of the button that trains and pauses


CASES: dict[str, Case] = {
    row.key: row
    for row in (
        Case(key="01", page="what_is_a_neural_network", slider="Bias $b$", chart="two_neurons/0"),
        Case(key="02", page="single_neuron", slider="Bias $b$", chart="neuron/0"),
        Case(key="03", page="activation_functions", slider="The sum $x$", chart="curves/0"),
        Case(
            key="04",
            page="layers_and_architecture",
            slider="Neurons in hidden 1",
            chart="built/0",
        ),
        Case(key="05", page="forward_propagation", slider="Input $x_1$", chart="forward/0"),
        Case(key="06", page="loss_functions", slider="Prediction $p$", chart="losses/0"),
        Case(key="07", page="backpropagation", slider="Input $x_1$", chart="backward/0"),
        Case(key="08", page="training_loop", slider="Learning rate", chart="run/0", button="play"),
        Case(key="09", page="architecture_zoo", slider="Epochs", chart="zoo_scores/0"),
    )
}
LIVE = CASES["08"]
PARTS = ("presses", "live", "starts")
