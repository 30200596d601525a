"""The learner's own small network: its controls, its steps, its neurons."""

import dataclasses
from typing import NamedTuple

import numpy as np
import streamlit as st

from dashboard.compute import run
from dashboard.controls import Choice, Control, Number, Slider
from nnjax.activations import ACTIVATIONS
from nnjax.forward_steps import ForwardPass, Step, draw_parameters, forward_pass, list_steps
from nnjax.initializers import INITIALIZERS
from nnjax.networks import NetworkConfig, Parameters

MAX_INPUTS, MAX_LAYERS, MAX_WIDTH = 4, 3, 6
INPUTS = tuple(
    Slider(
        key=f"forward_x{i}", label=f"Input $x_{i}$", default=value, min=-2.0, max=2.0, step=0.1,
        format="%.1f",
    )
    for i, value in enumerate((0.8, -0.5, 0.3, -0.2), start=1)
)  # fmt: skip
N_INPUTS = Slider(
    key="forward_inputs", label="Inputs", default=2, min=1, max=MAX_INPUTS, step=1
)  # fmt: skip
N_LAYERS = Slider(
    key="forward_layers", label="Hidden layers", default=2, min=0, max=MAX_LAYERS, step=1
)
WIDTHS = tuple(
    Slider(
        key=f"forward_n{i}", label=f"Neurons in hidden {i}", default=value, min=1, max=MAX_WIDTH,
        step=1,
    )
    for i, value in enumerate((3, 2, 2), start=1)
)  # fmt: skip
ACTIVATION = Choice.of(
    ACTIVATIONS, key="forward_activation", label="Activation of the hidden layers", default="relu"
)
INITIALIZER = Choice.of(
    INITIALIZERS, key="forward_init", label="Weights drawn by", default="xavier"
)  # fmt: skip
SEED = Number(key="forward_seed", label="Seed of the weights", default=8, min=0, max=9999, step=1)
STEP = Slider(
    key="forward_step", label="Step", default=4, min=0, max=3 * (MAX_LAYERS + 1), step=1,
    help="Or use the buttons and the bar under the picture: the arrow keys move it.",
)  # fmt: skip
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
NETWORK: tuple[Control, ...] = (N_INPUTS, N_LAYERS, *WIDTHS, ACTIVATION, INITIALIZER, SEED)
CONTROLS: tuple[Control, ...] = (*INPUTS, STEP, PICK, *NETWORK)


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
        if layer < 0:
            return "input"
        return "output" if layer == self.n_layers - 1 else f"hidden {layer + 1}"

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


def show_inputs(count: int) -> list[float]:
    """Draw a slider for each input."""
    return [control.show() for control in INPUTS[:count]]


def show_network() -> NetworkConfig:
    """Draw the controls that make another network of it."""
    n_inputs, n_layers = N_INPUTS.show(), N_LAYERS.show()
    widths = tuple(control.show() for control in WIDTHS[:n_layers])
    return NetworkConfig(
        n_in=n_inputs,
        hidden=widths,
        n_out=1,
        activations=(ACTIVATION.show(),) * n_layers,
        initializer=INITIALIZER.show(),
    )


def compute(config: NetworkConfig, inputs: list[float], seed: int) -> OwnNetwork:
    """Draw the parameters and run the pass."""
    parameters = run("the weights", draw_parameters, seed, config=config)
    passed = send(config, parameters, inputs)
    return OwnNetwork(config, parameters, inputs, passed, list_steps(len(parameters)))


def send(config: NetworkConfig, parameters: Parameters, inputs: list[float]) -> ForwardPass:
    """Run one pass."""
    return run("the pass", forward_pass, parameters, np.float32(inputs), config=config)


def show_step(n_steps: int) -> int:
    """Draw the slider over the steps; past the network's last one it springs back.

    Its range never changes: a slider with another range takes its value from the address anew.
    """
    last = n_steps - 1
    if st.session_state.get(STEP.key, STEP.default) > last:
        st.session_state[STEP.key] = last
    return min(last, dataclasses.replace(STEP, label=f"Step, 0 to {last}").show())


def show_neuron(network: OwnNetwork) -> str:
    """Draw the choice among the neurons that there are."""
    names = network.neurons()
    if st.session_state.get(PICK.key, PICK.default) not in names:
        st.session_state[PICK.key] = names[-1]
    default = PICK.default if PICK.default in names else names[-1]
    return dataclasses.replace(PICK, options=tuple(names), default=default).show()
