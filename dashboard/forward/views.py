"""A pass as its pictures need it: the numbers at each neuron and in each matrix, step by step."""

from dashboard.charts.forward import Drawing
from dashboard.charts.forward_matrix import MatrixStep
from dashboard.forward.own_network import OWN, OwnNetwork
from nnjax.passes.forward_steps import ForwardPass, Step

ACTIVE = {"input": 1, "multiply": 3, "add": 3, "activate": 4}  # which matrix a part computes


def drawing(network: OwnNetwork, picked: tuple[int, int]) -> Drawing:
    """Return the diagram of every step."""
    bend = bend_name(network)
    last = network.n_layers - 1
    columns = range(-1, network.n_layers)
    return Drawing(
        weights=tuple(layer.weights for layer in network.parameters),
        frames=tuple(
            tuple(values_at(network.passed, step, column) for column in columns)
            for step in network.steps
        ),
        active=tuple(step.layer + 1 for step in network.steps),
        doing=tuple(doing(network, step) for step in network.steps),
        headings=(
            "input",
            *(f"hidden {i + 1}<br>{bend}" for i in range(last)),
            "output<br>Sigmoid",
        ),
        picked=(picked[0] + 1, picked[1]),
    )


def values_at(passed: ForwardPass, step: Step, layer: int):
    """Return the numbers at one layer's neurons (-1: the inputs) at a step; None if not yet."""
    if layer < 0:
        return passed.caches[0].inputs
    if layer > step.layer:
        return None
    part = step.part if layer == step.layer else "activate"
    if part == "activate":
        is_last = layer == len(passed.caches) - 1
        return passed.prediction if is_last else passed.caches[layer].output
    return passed.sums[layer] if part == "multiply" else passed.caches[layer].preactivation


def matrices(network: OwnNetwork, picked: tuple[int, int]) -> tuple[MatrixStep, ...]:
    """Return the matrices of every step."""
    return tuple(_matrix_step(network, step, picked) for step in network.steps)


def _matrix_step(network: OwnNetwork, step: Step, picked: tuple[int, int]) -> MatrixStep:
    passed, number = network.passed, step.layer + 1
    if step.part == "input":
        inputs = passed.caches[0].inputs
        names = ("", "x", "", "", "")
        return MatrixStep(None, inputs, None, None, None, names, ACTIVE["input"], None)
    layer, cache = network.parameters[step.layer], passed.caches[step.layer]
    added, done = step.part != "multiply", step.part == "activate"
    handed = "x" if step.layer == 0 else f"a<sub>{step.layer}</sub>"
    return MatrixStep(
        weights=layer.weights,
        inputs=cache.inputs,
        bias=layer.bias if added else None,
        sums=cache.preactivation if added else passed.sums[step.layer],
        outputs=values_at(passed, step, step.layer) if done else None,
        names=(
            f"W<sub>{number}</sub>",
            handed,
            f"b<sub>{number}</sub>",
            f"z<sub>{number}</sub>" if added else f"W<sub>{number}</sub>{handed}",
            "p" if step.layer == network.n_layers - 1 else f"a<sub>{number}</sub>",
        ),
        active=ACTIVE[step.part],
        picked=picked[1] if picked[0] == step.layer else None,
    )


def bend_name(network: OwnNetwork) -> str:
    """Return the label of the hidden layers' activation."""
    keys = network.config.activations
    return OWN.activation.say(keys[0]) if keys else ""


def doing(network: OwnNetwork, step: Step) -> str:
    """Return what happens in a few signs: "W x", "W x + b", "ReLU(z)"."""
    handed = "x" if step.layer <= 0 else "a"
    return {
        "input": "x",
        "multiply": f"W {handed}",
        "add": f"W {handed} + b",
        "activate": "σ(z)" if step.layer == network.n_layers - 1 else f"{bend_name(network)}(z)",
    }[step.part]
