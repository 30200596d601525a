"""The learner's own network on page 04: its controls, its layers, its neurons."""

import dataclasses
from typing import NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.compute import run
from dashboard.controls import Choice, Control, Number, Slider
from nnjax.activations import ACTIVATIONS
from nnjax.initializers import INITIALIZERS
from nnjax.layers import Dense
from nnjax.networks import NetworkConfig, Parameters
from nnjax.passes.lens import HandCount, count_by_hand
from nnjax.races.sized_stacks import (
    MAX_HIDDEN,
    MAX_INPUTS,
    MAX_OUTPUTS,
    MAX_WIDTH,
    crop,
    draw_stack,
    stack_widths,
)

N_INPUTS = Slider(key="build_inputs", label="Inputs", default=3, min=1, max=MAX_INPUTS, step=1)
N_OUTPUTS = Slider(key="build_outputs", label="Outputs", default=2, min=1, max=MAX_OUTPUTS, step=1)
N_HIDDEN = Slider(
    key="build_layers", label="Hidden layers", default=2, min=0, max=MAX_HIDDEN, step=1
)
WIDTHS = tuple(
    Slider(
        key=f"build_n{i}", label=f"Neurons in hidden {i}", default=4, min=1, max=MAX_WIDTH, step=1
    )
    for i in range(1, MAX_HIDDEN + 1)
)
BENDS = tuple(
    Choice.of(ACTIVATIONS, key=f"build_a{i}", label=f"Activation of hidden {i}", default="relu")
    for i in range(1, MAX_HIDDEN + 1)
)
INITIALIZER = Choice.of(
    INITIALIZERS, key="build_init", label="Weights drawn by", default="xavier"
)  # fmt: skip
SEED = Number(key="build_seed", label="Seed of the weights", default=0, min=0, max=9999, step=1)
NOBODY = "none"


def _names() -> dict[str, str]:
    """Return a name for each neuron that the controls allow, by key: "2.1", column and place."""
    hidden = {
        f"{column}.{unit}": f"Hidden {column}, neuron {unit}"
        for column in range(1, MAX_HIDDEN + 1)
        for unit in range(1, MAX_WIDTH + 1)
    }
    inputs = {f"0.{unit}": f"Input {unit}" for unit in range(1, MAX_INPUTS + 1)}
    outputs = {f"out.{unit}": f"Output {unit}" for unit in range(1, MAX_OUTPUTS + 1)}
    return {NOBODY: "None"} | inputs | hidden | outputs


PICK = Choice(
    key="build_neuron", label="Neuron to look at", default=NOBODY, options=tuple(_names()),
    labels=_names(), help="Or click it in the picture; a second click lets it go.",
)  # fmt: skip
CONTROLS: tuple[Control, ...] = (
    N_INPUTS, N_OUTPUTS, N_HIDDEN, *WIDTHS, *BENDS, INITIALIZER, SEED, PICK,
)  # fmt: skip


class OwnStack(NamedTuple):
    """What the controls say, and what the engine made of it."""

    config: NetworkConfig
    stack: Dense  # every layer in a matrix of the same size, as the engine computes
    layers: Parameters  # each with its own shape
    count: HandCount

    @property
    def widths(self) -> list[int]:
        """How many neurons each column has, the inputs first."""
        return [self.config.n_in, *self.config.hidden, self.config.n_out]

    @property
    def title(self) -> str:
        """The network in one line: "3-4-4-2"."""
        return "-".join(map(str, self.widths))

    def column_name(self, column: int) -> str:
        """Return "inputs", "hidden 2" or "outputs"."""
        last = len(self.layers)
        return "inputs" if column == 0 else "outputs" if column == last else f"hidden {column}"

    def neurons(self) -> list[str]:
        """Return the keys of all neurons."""
        last = len(self.layers)
        return [
            f"{'out' if column == last else column}.{unit}"
            for column, count in enumerate(self.widths)
            for unit in range(1, count + 1)
        ]

    def place(self, key: str) -> tuple[int, int] | None:
        """Return (column, unit) of a neuron's key, both from 0; None for nobody."""
        if key == NOBODY:
            return None
        column, unit = key.split(".")
        return (len(self.layers) if column == "out" else int(column)), int(unit) - 1

    def key_at(self, column: int, unit: int) -> str:
        """Return the key of the neuron at a place."""
        return f"{'out' if column == len(self.layers) else column}.{unit + 1}"


def show_controls() -> OwnStack:
    """Draw the controls and return the network that they make."""
    first, second = layout.halves()
    with first:
        n_in = N_INPUTS.show()
    with second:
        n_out = N_OUTPUTS.show()
    n_hidden = N_HIDDEN.show()
    first, second = layout.halves()
    with first:
        widths = tuple(control.show() for control in WIDTHS[:n_hidden])
    with second:
        bends = tuple(control.show() for control in BENDS[:n_hidden])
    first, second = layout.halves()
    with first:
        initializer = INITIALIZER.show()
    with second:
        seed = SEED.show()
    config = NetworkConfig(
        n_in=n_in, hidden=widths, n_out=n_out, activations=bends, initializer=initializer
    )
    return draw(config, seed)


def draw(config: NetworkConfig, seed: int) -> OwnStack:
    """Draw the parameters of a network and count them."""
    stack = run(
        "the weights", draw_stack, np.int32(seed), stack_widths(config),
        initializer=config.initializer,
    )  # fmt: skip
    return OwnStack(config, stack, crop(config, stack), count_by_hand(config))


def show_pick(own: OwnStack) -> str:
    """Draw the choice among the neurons that there are."""
    names = (NOBODY, *own.neurons())
    if st.session_state.get(PICK.key, NOBODY) not in names:
        st.session_state[PICK.key] = NOBODY
    return dataclasses.replace(PICK, options=names).show()
