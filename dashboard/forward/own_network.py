"""The learner's own small network: its controls, its steps, its neurons."""

import dataclasses
from typing import NamedTuple

import numpy as np
import streamlit as st

from dashboard.compute import run
from dashboard.controls import Choice, Control, Slider
from dashboard.network_controls import MAX_LAYERS, MAX_WIDTH, layer_name, network_controls
from dashboard.stepping import Stepping
from nnjax.networks import NetworkConfig, Parameters
from nnjax.passes.forward_steps import ForwardPass, Step, draw_parameters, forward_pass, list_steps

OWN = network_controls(
    "forward", hidden=(3, 2), activation="relu", initializer="xavier", seed=8
)  # fmt: skip
STEP = Slider(
    key="forward_step", label="Step", default=4, min=0, max=3 * (MAX_LAYERS + 1), step=1,
    help="Or use the buttons and the bar under the picture: the arrow keys move it.",
)  # fmt: skip
STEPPING = Stepping(STEP)
OUTPUT = "out"
PICK = Choice(
    key="forward_neuron",
    label="Neuron to explain",
    default="2.1",
    options=(
        *(f"{layer}.{unit}" for layer in (1, 2, 3) for unit in range(1, MAX_WIDTH + 1)),
        OUTPUT,
    ),
    labels={
        f"{layer}.{unit}": f"Hidden {layer}, neuron {unit}"
        for layer in (1, 2, 3)
        for unit in range(1, MAX_WIDTH + 1)
    }
    | {OUTPUT: "The output"},
    help="Or click it in the picture.",
)
CONTROLS: tuple[Control, ...] = (*OWN.inputs, STEP, PICK, *OWN.network)


class OwnNetwork(NamedTuple):
    """What the controls say, and what the engine made of it."""

    config: NetworkConfig
    parameters: Parameters
    inputs: list[float]
    passed: ForwardPass
    steps: tuple[Step, ...]

    @property
    def n_layers(self) -> int:
        """The hidden layers and the output's."""
        return len(self.parameters)

    def layer_name(self, layer: int) -> str:
        """Return "input", "hidden 2" or "output" (-1 is the input)."""
        return layer_name(layer, self.n_layers)

    def neurons(self) -> list[str]:
        """Return the keys of all neurons that can be explained."""
        hidden = [
            f"{layer}.{unit}"
            for layer, width in enumerate(self.config.hidden, start=1)
            for unit in range(1, width + 1)
        ]
        return [*hidden, OUTPUT]

    def place(self, neuron: str) -> tuple[int, int]:
        """Return (layer, unit) of a key, both from 0."""
        if neuron == OUTPUT:
            return self.n_layers - 1, 0
        layer, unit = neuron.split(".")
        return int(layer) - 1, int(unit) - 1

    def key_at(self, layer: int, unit: int) -> str:
        """Return the key of a neuron."""
        return OUTPUT if layer == self.n_layers - 1 else f"{layer + 1}.{unit + 1}"


def compute(config: NetworkConfig, inputs: list[float], seed: int) -> OwnNetwork:
    """Draw the parameters and run the pass."""
    parameters = run("the weights", draw_parameters, seed, config=config)
    passed = send(config, parameters, inputs)
    return OwnNetwork(config, parameters, inputs, passed, list_steps(len(parameters)))


def send(config: NetworkConfig, parameters: Parameters, inputs: list[float]) -> ForwardPass:
    """Run one pass."""
    return run("the pass", forward_pass, parameters, np.float32(inputs), config=config)


def show_neuron(network: OwnNetwork) -> str:
    """Draw the choice among the neurons that there are."""
    names = network.neurons()
    if st.session_state.get(PICK.key, PICK.default) not in names:
        st.session_state[PICK.key] = names[-1]
    default = PICK.default if PICK.default in names else names[-1]
    return dataclasses.replace(PICK, options=tuple(names), default=default).show()
