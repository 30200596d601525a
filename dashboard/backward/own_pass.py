"""The learner's own network on its way back: its controls, its steps, its parameters."""

import dataclasses
from typing import NamedTuple

import numpy as np
import streamlit as st

from dashboard.compute import run
from dashboard.controls import Choice, Control, Slider
from dashboard.network_controls import MAX_LAYERS, MAX_WIDTH, layer_name, network_controls
from dashboard.stepping import Stepping
from nnjax.losses import LOSSES
from nnjax.networks import NetworkConfig, Parameters
from nnjax.passes.backward_steps import BackStep, BackwardPass, backward_pass, list_back_steps
from nnjax.passes.forward_steps import draw_parameters

OWN = network_controls("backward", hidden=(3,), activation="tanh", initializer="xavier", seed=5)
TASK = Choice(
    key="backward_task", label="The output", default="binary", options=("binary", "regression"),
    labels={"binary": "Yes or no", "regression": "A number"}, style="segmented",
    help="Yes or no: a sigmoid turns the last sum into a probability. A number: the last sum.",
)  # fmt: skip
TRUTH = Choice(
    key="backward_truth", label="The truth $y$", default=1, options=(0, 1), style="segmented"
)
TARGET = Slider(
    key="backward_target", label="The truth $y$, a number", default=1.0, min=-2.0, max=2.0,
    step=0.1, format="%.1f",
)  # fmt: skip
LOSS_OF = {
    task: Choice.of(
        {key: row for key, row in LOSSES.items() if task in row.tasks},
        key=f"backward_loss_{task}", label="Loss", default=default,
    )
    for task, default in (("binary", "binary_cross_entropy"), ("regression", "mse"))
}  # fmt: skip
STEP = Slider(
    key="backward_step", label="Step", default=8, min=0, max=4 * (MAX_LAYERS + 1) + 1, step=1,
    help="Or use the buttons and the bar under the picture: the arrow keys move it.",
)  # fmt: skip
STEPPING = Stepping(STEP)
OUT, BIAS = "out", "b"
EXAMPLE = (*OWN.inputs, TASK, TRUTH, TARGET, *LOSS_OF.values())


class Place(NamedTuple):
    """One parameter: its layer and neuron, from 0, and its source, None for the bias."""

    layer: int
    unit: int
    source: int | None


def _all_keys() -> dict[str, str]:
    """Return the key and the label of every parameter that a network may have."""
    found = {}
    rows = [
        (f"{layer}.{unit}", f"Hidden {layer}, neuron {unit}")
        for layer in range(1, MAX_LAYERS + 1)
        for unit in range(1, MAX_WIDTH + 1)
    ]
    for key, name in [*rows, (OUT, "Output")]:
        for source in range(1, MAX_WIDTH + 1):
            found[f"{key}.{source}"] = f"{name}, weight {source}"
        found[f"{key}.{BIAS}"] = f"{name}, bias"
    return found


KEYS = _all_keys()
PICK = Choice(
    key="backward_pick", label="Weight or bias to explain", default="1.1.1", options=tuple(KEYS),
    labels=KEYS, help="Or click a connection in the picture, or a neuron for its bias.",
)  # fmt: skip
CONTROLS: tuple[Control, ...] = (*EXAMPLE, STEP, PICK, *OWN.network)


class OwnPass(NamedTuple):
    """What the controls say, and what the engine made of it."""

    config: NetworkConfig
    parameters: Parameters
    inputs: list[float]
    target: float
    loss: str
    task: str
    walk: BackwardPass
    steps: tuple[BackStep, ...]

    @property
    def n_layers(self) -> int:
        """The hidden layers and the output's."""
        return len(self.parameters)

    @property
    def example(self) -> tuple[np.ndarray, np.ndarray]:
        """The inputs (n_in,) and the target (1,)."""
        return np.float32(self.inputs), np.float32([self.target])

    @property
    def keys(self) -> list[str]:
        """The keys of all parameters, layer by layer."""
        return [
            self.key_of(Place(layer, unit, source))
            for layer, dense in enumerate(self.parameters)
            for unit, row in enumerate(dense.weights)
            for source in (*range(len(row)), None)
        ]

    @property
    def bend(self) -> str:
        """The label of the hidden layers' activation."""
        keys = self.config.activations
        return OWN.activation.say(keys[0]) if keys else ""

    def layer_name(self, layer: int) -> str:
        """Return "hidden 2" or "output"."""
        return layer_name(layer, self.n_layers)

    def key_of(self, place: Place) -> str:
        """Return the key of a parameter."""
        is_last = place.layer == self.n_layers - 1
        neuron = OUT if is_last else f"{place.layer + 1}.{place.unit + 1}"
        return f"{neuron}.{BIAS if place.source is None else place.source + 1}"

    def place(self, key: str) -> Place:
        """Return where the parameter with this key is."""
        neuron, _, last = key.rpartition(".")
        source = None if last == BIAS else int(last) - 1
        if neuron == OUT:
            return Place(self.n_layers - 1, 0, source)
        layer, unit = neuron.split(".")
        return Place(int(layer) - 1, int(unit) - 1, source)

    def of(self, place: Place, parameters: Parameters) -> float:
        """Return this parameter, or this gradient, out of all."""
        dense = parameters[place.layer]
        if place.source is None:
            return float(dense.bias[place.unit])
        return float(dense.weights[place.unit, place.source])


def show_example(n_inputs: int) -> tuple[list[float], float, str, str]:
    """Draw the controls of one example and its loss: inputs, target, loss, task."""
    inputs = OWN.show_inputs(n_inputs)
    task = TASK.show()
    target = float(TRUTH.show()) if task == "binary" else TARGET.show()
    return inputs, target, LOSS_OF[task].show(), task


def compute(config: NetworkConfig, seed: int, example: tuple) -> OwnPass:
    """Draw the parameters and walk there and back; `example` is of `show_example`."""
    inputs, target, loss, task = example
    parameters = run("the weights", draw_parameters, seed, config=config)
    walk = run(
        "the way back", backward_pass, parameters, np.float32(inputs), np.float32([target]),
        config=config, loss=loss, task=task,
    )  # fmt: skip
    steps = list_back_steps(len(parameters))
    return OwnPass(config, parameters, inputs, target, loss, task, walk, steps)


def show_pick(own: OwnPass) -> Place:
    """Draw the choice among the parameters that there are."""
    keys = own.keys
    if st.session_state.get(PICK.key, PICK.default) not in keys:
        st.session_state[PICK.key] = keys[-1]
    default = PICK.default if PICK.default in keys else keys[-1]
    return own.place(dataclasses.replace(PICK, options=tuple(keys), default=default).show())
