"""The neuron of three inputs that pages 01 and 02 work out by hand: its sliders."""

from typing import NamedTuple

from dashboard import layout
from dashboard.controls import Slider

INPUTS, WEIGHTS, BIAS = (1.0, 0.5, 0.8), (0.7, -0.3, 0.5), -0.2  # their sum is 0.750


class NeuronSliders(NamedTuple):
    """One slider for each number of the neuron."""

    inputs: tuple[Slider, ...]
    weights: tuple[Slider, ...]
    bias: Slider

    @property
    def all(self) -> tuple[Slider, ...]:
        """Every slider, for the page's list of controls."""
        return (*self.inputs, *self.weights, self.bias)

    def show(self) -> tuple[tuple[float, ...], tuple[float, ...], float]:
        """Draw each input beside its weight, the bias below; return inputs, weights, bias."""
        left, right = layout.halves()
        with left:
            inputs = tuple(control.show() for control in self.inputs)
        with right:
            weights = tuple(control.show() for control in self.weights)
        return inputs, weights, self.bias.show()


def neuron_sliders(prefix: str = "", *, lowest_input: float) -> NeuronSliders:
    """Return the sliders of a page: `prefix` sets their names apart from another page's."""
    inputs = tuple(
        Slider(
            key=f"{prefix}x{i}", label=f"Input $x_{i}$", default=value, min=lowest_input, max=1.0,
            step=0.05,
        )
        for i, value in enumerate(INPUTS, start=1)
    )  # fmt: skip
    weights = tuple(
        Slider(
            key=f"{prefix}w{i}", label=f"Weight $w_{i}$", default=value, min=-2.0, max=2.0,
            step=0.05,
        )
        for i, value in enumerate(WEIGHTS, start=1)
    )  # fmt: skip
    bias = Slider(key=f"{prefix}b", label="Bias $b$", default=BIAS, min=-2.0, max=2.0, step=0.05)
    return NeuronSliders(inputs, weights, bias)
