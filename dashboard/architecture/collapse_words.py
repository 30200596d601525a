"""What the laboratory "Without activations" says about what is left of the stack."""

from typing import Any

import numpy as np

from dashboard.charts.forward import short
from dashboard.formulas import factor
from dashboard.large_numbers import power_of_ten
from nnjax.activations import ACTIVATIONS
from nnjax.depth.linear_collapse import N_TRIALS, collapse
from nnjax.networks import NetworkConfig, count_parameters

ASKED = NetworkConfig(n_in=10, hidden=(32, 32), n_out=10, activations=("identity",) * 2)
_SHORTER = NetworkConfig(n_in=10, hidden=(), n_out=10, activations=())
_LAST = NetworkConfig(n_in=32, hidden=(), n_out=10, activations=())
OPTIONS = tuple(f"{count_parameters(config):,}" for config in (ASKED, _LAST, _SHORTER))
QUESTION = (
    "A network 10-32-32-10 has 1,738 parameters. You take its activations away. How many "
    "parameters does a network need that gives exactly the same outputs?"
)
FORMULA_NOTE = (
    "Multiplying out the brackets is all there is to it: a matrix times a matrix is a matrix. An "
    "activation between two layers is in the way of multiplying out, and so it is what makes a "
    "second layer worth having."
)
BENT = 0.001  # the share of the variance that a matrix must miss before it counts
SHOWN_TERMS = 4
LARGE = 1000  # outputs of inputs of size 1: something has gone wrong on the way
SIZED = 4  # with more layers, their shapes would not fit below them
END = r"\,"


def chain_title(scene: Any) -> str:
    """Return the line over the pictures of the matrices."""
    if len(scene.own.layers) == 1:
        return "**One layer is one matrix.** Add a hidden layer to have something to multiply."
    return (
        "**The layers without activations, multiplied.** Blue is positive, orange negative, each "
        "matrix on its own scale; point at a cell for its number."
    )


def matrix_title(exponent: int) -> str:
    """Return the line over the one matrix."""
    unit = f", in units of $10^{{{exponent}}}$" if exponent else ""
    return f"**All that is left: one matrix W and one bias b**{unit}."


def what_is_left(scene: Any) -> str:
    """Say how many parameters do the work of how many."""
    own, needed = scene.own, scene.matrix.weights.size + scene.matrix.bias.size
    total = own.count.parameters
    if not own.config.hidden:
        return f"Its {total:,} parameters are all in use: there is no hidden layer to waste."
    waist = min(own.config.hidden)
    if waist < min(scene.matrix.weights.shape):
        said = (
            f"Everything passes through a layer of **{waist}**, so the matrix has **rank {waist}** "
            "at most: "
            + ("its rows are multiples of each other. " if waist == 1 else "its rows depend on "
               "each other. ")
        )  # fmt: skip
    else:
        said = ""
    if needed < total:
        return said + f"**{total:,} parameters do the work of {needed:,}.**"
    return said + f"{total:,} parameters fill {needed:,} cells."


def straight_title(scene: Any) -> str:
    """Return the title of the stack without activations."""
    return f"Without activations: off by {_small(float(scene.found.difference))}"


def bent_title(scene: Any) -> str:
    """Return the title of the stack with its activations: short, for half the width."""
    keys = set(scene.own.config.activations)
    name = ACTIVATIONS[keys.pop()].label.split(" (")[0] if len(keys) == 1 else "activations"
    return f"With {name}: {_percent(float(scene.found.missed[scene.output]))} missed"


def certificate(scene: Any) -> str:
    """Say how well one matrix does the work of the stack, without and with activations."""
    found, number = scene.found, scene.output + 1
    largest = float(found.largest)
    share = float(found.difference) / largest if largest else 0.0
    said = (
        f"**{N_TRIALS:,} random inputs, all outputs:** stack and matrix differ by at most "
        f"**{_small(float(found.difference))}**, where outputs reach {_large(largest)}. That "
        f"is {power_of_ten(share)} of it: what rounding to float32 does. "
    )
    if largest > LARGE:
        said += (
            "The outputs are this large because every layer makes its sums larger: in a wide layer "
            "these weights are too large. "
        )
    missed = float(found.missed[scene.output])
    if np.ptp(found.bent[:, scene.output]) <= 1e-5 * np.abs(found.bent[:, scene.output]).max():
        return said + f"With its activations, output {number} is the same for every input."
    if missed < BENT:
        return said + (
            f"With its activations a matrix still fits output {number}: they bend next to nothing "
            "there, and so the hidden layers add nothing."
        )
    return said + (
        f"With its activations no matrix fits: the nearest one, by least squares, leaves "
        f"**{_percent(missed)} of the variance** of output {number} unexplained. Those are the "
        "points off the dashed line."
    )


def _small(value: float) -> str:
    return power_of_ten(value) if value < 0.01 else f"{value:.2g}"


def _large(value: float) -> str:
    return short(value) if value < 1000 else f"{value:,.0f}"


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.1 else f"{share:.1%}" if share >= BENT else "under 0.1%"


def formulas(scene: Any) -> tuple[str, ...]:
    """Return the brackets multiplied out, the shapes, one entry, and the counts."""
    layers, matrix = scene.own.layers, scene.matrix
    n_out, n_in = matrix.weights.shape
    named = " ".join(
        _sized(f"W_{{{i}}}", layers[i - 1].weights.shape, len(layers))
        for i in range(len(layers), 0, -1)
    )
    return (
        r"W_2\,(W_1 \mathbf{x} + \mathbf{b}_1) + \mathbf{b}_2 = (W_2 W_1)\,\mathbf{x} + "
        r"(W_2 \mathbf{b}_1 + \mathbf{b}_2)",
        rf"{_sized('W', (n_out, n_in), len(layers))} = {named}{END}",
        *_entry(layers, matrix),
        rf"\text{{parameters in use}} \le n_{{out}}\,(n_{{in}} + 1) = {n_out}\,({n_in} + 1) = "
        rf"{n_out * (n_in + 1)}, \quad \text{{of }} {scene.own.count.parameters}",
    )


def _sized(name: str, shape: tuple[int, int], n_layers: int) -> str:
    """Return a matrix with its shape below, where a phone has room for that."""
    if n_layers > SIZED:
        return name
    return rf"\underbrace{{{name}}}_{{{shape[0]} \times {shape[1]}}}"


def _entry(layers: Any, matrix: Any) -> tuple[str, ...]:
    """Return the entry at the top left as a sum of products of the last layer and the rest."""
    if len(layers) == 1:
        return ()
    row, column = layers[-1].weights[0], collapse(layers[:-1]).weights[:, 0]
    terms = [
        rf"{factor(float(a), 3)} \cdot {factor(float(b), 3)}"
        for a, b in zip(row[:SHOWN_TERMS], column, strict=False)
    ]
    more = rf" + \dots\ (\text{{{len(row) - SHOWN_TERMS} more}})" if len(row) > SHOWN_TERMS else ""
    rest = " ".join(f"W_{{{i}}}" for i in range(len(layers) - 1, 0, -1))
    return (
        rf"w_{{11}} = \text{{row 1 of }} W_{{{len(layers)}}} \cdot \text{{column 1 of }} {rest} = "
        rf"{' + '.join(terms)}{more} = {float(matrix.weights[0, 0]):.3f}",
    )


def answer() -> tuple[str, str]:
    """Return the option that counts right, and why."""
    return OPTIONS[2], (
        "One matrix of 10 × 10 and 10 biases, 110 numbers, whatever the two layers of 32 hold. "
        "Training could still find that matrix, but nothing that a single layer cannot do."
    )


def describe_chain(scene: Any) -> str:
    """Return the pictures of the matrices in words."""
    sizes = " times ".join(
        f"{n_out} × {n_in}" for n_out, n_in in reversed(scene.own.config.layer_shapes)
    )
    n_out, n_in = scene.matrix.weights.shape
    return f"The layers' matrices, {sizes}, multiplied to one of {n_out} × {n_in}."


def describe_matrix(scene: Any) -> str:
    """Return the one matrix in words."""
    rows = "; ".join(", ".join(map(short, row)) for row in scene.matrix.weights.tolist())
    bias = ", ".join(map(short, scene.matrix.bias.tolist()))
    return f"The one matrix, row by row: {rows}. Its bias: {bias}."
