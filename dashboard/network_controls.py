"""A small network of the learner's own: the controls that describe it, the same on every page."""

from dataclasses import dataclass

from dashboard.controls import Choice, Control, Number, Slider
from nnjax.activations import ACTIVATIONS
from nnjax.initializers import INITIALIZERS
from nnjax.networks import NetworkConfig

MAX_INPUTS, MAX_LAYERS, MAX_WIDTH = 4, 3, 6


@dataclass(frozen=True, kw_only=True)
class NetworkControls:
    """Inputs, layers, activation and first weights. Make them with `network_controls`."""

    inputs: tuple[Slider, ...]
    n_inputs: Slider
    n_layers: Slider
    widths: tuple[Slider, ...]
    activation: Choice
    initializer: Choice
    seed: Number

    @property
    def network(self) -> tuple[Control, ...]:
        """The controls that make another network of it."""
        return (
            self.n_inputs, self.n_layers, *self.widths, self.activation, self.initializer,
            self.seed,
        )  # fmt: skip

    def show_inputs(self, count: int) -> list[float]:
        """Draw a slider for each input."""
        return [control.show() for control in self.inputs[:count]]

    def show_network(self) -> NetworkConfig:
        """Draw the controls that make another network of it, but for the seed."""
        n_inputs, n_layers = self.n_inputs.show(), self.n_layers.show()
        widths = tuple(control.show() for control in self.widths[:n_layers])
        return NetworkConfig(
            n_in=n_inputs,
            hidden=widths,
            n_out=1,
            activations=(self.activation.show(),) * n_layers,
            initializer=self.initializer.show(),
        )


def network_controls(
    page: str,
    *,
    hidden: tuple[int, ...],
    activation: str,
    initializer: str,
    seed: int,
    inputs: tuple[float, ...] = (0.8, -0.5, 0.3, -0.2),
    n_inputs: int = 2,
) -> NetworkControls:
    """Return the controls under the page's own keys; `hidden` are the default widths."""
    return NetworkControls(
        inputs=tuple(
            Slider(
                key=f"{page}_x{i}", label=f"Input $x_{i}$", default=value, min=-2.0, max=2.0,
                step=0.1, format="%.1f",
            )
            for i, value in enumerate(inputs, start=1)
        ),
        n_inputs=Slider(
            key=f"{page}_inputs", label="Inputs", default=n_inputs, min=1, max=MAX_INPUTS, step=1
        ),
        n_layers=Slider(
            key=f"{page}_layers", label="Hidden layers", default=len(hidden), min=0,
            max=MAX_LAYERS, step=1,
        ),
        widths=tuple(
            Slider(
                key=f"{page}_n{i}", label=f"Neurons in hidden {i}", default=value, min=1,
                max=MAX_WIDTH, step=1,
            )
            for i, value in enumerate((*hidden, 2, 2, 2)[:MAX_LAYERS], start=1)
        ),
        activation=Choice.of(
            ACTIVATIONS, key=f"{page}_activation", label="Activation of the hidden layers",
            default=activation,
        ),
        initializer=Choice.of(
            INITIALIZERS, key=f"{page}_init", label="Weights drawn by", default=initializer
        ),
        seed=Number(
            key=f"{page}_seed", label="Seed of the weights", default=seed, min=0, max=9999, step=1
        ),
    )  # fmt: skip


def layer_name(layer: int, n_layers: int) -> str:
    """Return "input", "hidden 2" or "output" (-1 is the input)."""
    if layer < 0:
        return "input"
    return "output" if layer == n_layers - 1 else f"hidden {layer + 1}"
