"""Dense networks: their description, their parameters, and the forward pass."""

from dataclasses import dataclass

import jax
import jax.numpy as jnp

from nnjax.activations import ACTIVATIONS
from nnjax.dropout import Dropout, drop_units
from nnjax.initializers import INITIALIZERS
from nnjax.layers import Dense, DenseCache, dense_forward

Parameters = tuple[Dense, ...]

OUTPUT_ACTIVATION = "identity"  # the link of the task is part of the loss: see nnjax.losses


@dataclass(frozen=True, kw_only=True)
class NetworkConfig:
    """The shape of a dense network, e.g. 2 inputs, hidden layers of 4 and 2 units, 1 output."""

    n_in: int
    hidden: tuple[int, ...]
    n_out: int
    activations: tuple[str, ...]  # one per hidden layer, keys of ACTIVATIONS
    initializer: str = "xavier"

    def __post_init__(self):
        """Refuses a network that cannot be built, saying what was expected and given."""
        widths = (self.n_in, *self.hidden, self.n_out)
        if any(not isinstance(n, int) or n < 1 for n in widths):
            raise ValueError(f"every layer needs at least 1 unit, given widths {widths}")
        if len(self.activations) != len(self.hidden):
            raise ValueError(
                f"{len(self.hidden)} hidden layers need as many activations, "
                f"given {len(self.activations)}"
            )
        if unknown := [key for key in self.activations if key not in ACTIVATIONS]:
            raise ValueError(f"unknown activation {unknown[0]!r}, known: {', '.join(ACTIVATIONS)}")
        if self.initializer not in INITIALIZERS:
            known = ", ".join(INITIALIZERS)
            raise ValueError(f"unknown initialiser {self.initializer!r}, known: {known}")

    @property
    def layer_shapes(self) -> tuple[tuple[int, int], ...]:
        """(n_out, n_in) of every layer, the output layer last."""
        widths = (self.n_in, *self.hidden, self.n_out)
        return tuple(zip(widths[1:], widths[:-1], strict=True))

    @property
    def layer_activations(self) -> tuple[str, ...]:
        """The activation of every layer, the output layer's identity last."""
        return (*self.activations, OUTPUT_ACTIVATION)


def count_parameters(config: NetworkConfig) -> int:
    """Sum over the layers of n_out (n_in + 1): each unit's weights and its bias."""
    return sum(n_out * (n_in + 1) for n_out, n_in in config.layer_shapes)


def init_network(config: NetworkConfig, *, key: jax.Array) -> Parameters:
    """Parameters of a new network: weights by the initialiser, biases zero."""
    initialize = INITIALIZERS[config.initializer].function
    keys = jax.random.split(key, len(config.layer_shapes))
    return tuple(
        Dense(initialize(layer_key, shape), jnp.zeros(shape[0]))
        for layer_key, shape in zip(keys, config.layer_shapes, strict=True)
    )


def forward_trace(
    config: NetworkConfig, parameters: Parameters, inputs, dropout: Dropout | None = None
) -> tuple[DenseCache, ...]:
    """Every cached value of a forward pass, a `DenseCache` per layer, for one input or a batch.

    With `dropout`, what a hidden layer hands on has some of its units silenced.
    """
    caches = []
    layers = zip(parameters, config.layer_activations, strict=True)
    for index, (layer, activation) in enumerate(layers):
        caches.append(dense_forward(layer, inputs, activation))
        inputs = caches[-1].output
        if dropout is not None:
            inputs = drop_units(dropout, index, inputs)
    return tuple(caches)


def network_forward(
    config: NetworkConfig, parameters: Parameters, inputs, dropout: Dropout | None = None
) -> jax.Array:
    """The network's outputs (..., n_out) for inputs (..., n_in): logits, or the value itself."""
    return forward_trace(config, parameters, inputs, dropout)[-1].output
