"""What the stepper says about the step that is lit, and about the neuron that is picked."""

import numpy as np

from dashboard.formulas import weighted_sum
from dashboard.forward.own_network import OUTPUT, OwnNetwork
from dashboard.forward.views import bend_name, doing
from dashboard.wording import count
from nnjax.activations import ACTIVATIONS
from nnjax.passes.forward_steps import ForwardPass

ASSEMBLY_LINE = (
    "*Think of an assembly line.* Each station weighs what it is handed, adds its own fixed part, "
    "lets the result pass or holds it back, and hands it on. No station knows what the others "
    "did: everything it works with is in the numbers in front of it. What enters is always a "
    "vector, whatever it stands for: an image of 28 × 28 pixels is 784 numbers, and BERT's "
    "smaller model makes 768 of every piece of text."
)
QUESTION = "You double every input. What happens to the sum that goes into the last sigmoid?"
# An index at the very end would stick out of KaTeX's box, which then scrolls by two pixels.
END = r"\,"
OPTIONS = ("it doubles too", "it changes by another factor", "it stays the same")


def caption(network: OwnNetwork, index: int) -> str:
    """Return the line under the picture while it plays."""
    step = network.steps[index]
    where = network.layer_name(step.layer)
    return f"Step {index} of {len(network.steps) - 1} · {where}: {doing(network, step)}"


def what_happens(network: OwnNetwork, index: int) -> str:
    """Say what the step does, with its numbers."""
    step, passed = network.steps[index], network.passed
    start = f"**Step {index} of {len(network.steps) - 1}, {network.layer_name(step.layer)}.** "
    if step.part == "input":
        return start + f"A vector of {count(len(network.inputs), 'number')} enters the network."
    n_out, n_in = network.parameters[step.layer].weights.shape
    if step.part == "multiply":
        each = "The neuron multiplies" if n_out == 1 else f"Each of {n_out} neurons multiplies"
        what = "the number it is handed by its own weight" if n_in == 1 else (
            f"the {n_in} numbers it is handed by its own weights, and adds up"
        )  # fmt: skip
        return start + f"{each} {what}: {count(n_out * n_in, 'multiplication')} in one product."
    if step.part == "add":
        added = count(n_out, "bias is", "biases are")
        return start + f"{added} added, one for each neuron, whatever the inputs are."
    sums = passed.caches[step.layer].preactivation
    if step.layer == network.n_layers - 1:
        return start + (
            f"The sigmoid turns the sum {sums[0]:.3f} into the **prediction "
            f"{passed.prediction[0]:.3f}**."
        )
    return start + _bent(bend_name(network), sums, passed.caches[step.layer].output)


def _bent(bend: str, sums: np.ndarray, outputs: np.ndarray) -> str:
    silent = int((outputs == 0).sum())
    if silent:
        return f"{bend} silences {silent} of {len(outputs)}: what they sum to goes no further."
    if np.array_equal(sums, outputs):
        return f"{bend} lets all {len(outputs)} pass as they are." if len(outputs) > 1 else (
            f"{bend} lets it pass as it is."
        )  # fmt: skip
    moved = int(np.abs(outputs - sums).argmax())
    return f"{bend} bends each sum: {sums[moved]:.3f} becomes {outputs[moved]:.3f}."


def neuron_formulas(network: OwnNetwork, neuron: str) -> tuple[str, ...]:
    """Return a neuron's whole sum and output with its numbers."""
    layer, unit = network.place(neuron)
    dense, cache = network.parameters[layer], network.passed.caches[layer]
    total = float(cache.preactivation[unit])
    digits = 2 if layer == 0 else 3  # the inputs have one digit, what follows has many
    numbers = weighted_sum(
        dense.weights[unit], cache.inputs, float(dense.bias[unit]), input_digits=digits
    )
    handed, name = ("x" if layer == 0 else f"a^{{({layer})}}"), f"{layer + 1}"
    index = rf"_{{{unit + 1}}}^{{({name})}}"
    general = rf"z{index} = \sum_i w_{{{unit + 1},i}}\, {handed}_i + b_{{{unit + 1}}}{END}"
    if "^" in handed:
        general = general.replace(f"{handed}_i", f"a_i^{{({layer})}}")
    return (
        general,
        rf"z{index} = {numbers} = {total:.3f}",
        _bent_formula(network, neuron, layer, unit, total),
    )


def _bent_formula(network: OwnNetwork, neuron: str, layer: int, unit: int, total: float) -> str:
    if neuron == OUTPUT:
        p = float(network.passed.prediction[unit])
        return rf"p = \sigma({total:.3f}) = \frac{{1}}{{1 + e^{{-({total:.3f})}}}} = {p:.3f}"
    row = ACTIVATIONS[network.config.activations[layer]]
    output = float(network.passed.caches[layer].output[unit])
    return rf"{row.formula_at(f'{total:.3f}')} = {output:.3f}"


def matrix_formula(network: OwnNetwork, layer: int) -> str:
    """Return a layer as one product, with its shapes."""
    n_out, n_in = network.parameters[layer].weights.shape
    number = layer + 1
    handed = r"\mathbf{x}" if layer == 0 else rf"\mathbf{{a}}_{{{layer}}}"
    is_last = layer == network.n_layers - 1
    result, bend = ("p", r"\sigma") if is_last else (rf"\mathbf{{a}}_{{{number}}}", "f")
    return (
        rf"{result} = {bend}\Big(\underbrace{{W_{{{number}}}}}_{{{n_out} \times {n_in}}}"
        rf"\underbrace{{{handed}}}_{{{n_in}}} + "
        rf"\underbrace{{\mathbf{{b}}_{{{number}}}}}_{{{n_out}}}\Big)"
    )


def doubled(once: ForwardPass, twice: ForwardPass) -> tuple[str, str]:
    """Return what doubling the inputs did to the last sum: the option, and why."""
    before, after = (float(p.caches[-1].output[0]) for p in (once, twice))
    if abs(after - before) < 1e-6:
        answer = OPTIONS[2]
    else:
        answer = OPTIONS[0] if abs(after - 2 * before) < 1e-4 else OPTIONS[1]
    return answer, (
        f"The sum goes from {before:.3f} to {after:.3f}; doubled it would be {2 * before:.3f}. "
        "Weights scale with the inputs, but biases do not, and every bend treats large sums "
        "otherwise than small ones: a network is not a multiplication."
    )


def describe(network: OwnNetwork, index: int) -> str:
    """Return the diagram in words."""
    widths = "-".join(str(n) for n in (network.config.n_in, *network.config.hidden, 1))
    said = what_happens(network, index).replace("**", "")
    values = ", ".join(f"{value:.1f}" for value in network.inputs)
    return f"A network {widths} with the inputs {values}. {said}"
