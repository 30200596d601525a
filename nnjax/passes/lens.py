"""The forward pass under the lens: counted by hand, written down by JAX, compiled and timed."""

import functools
import re
import time
from collections.abc import Callable
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.losses import LINKS
from nnjax.networks import NetworkConfig, count_parameters, init_network, network_forward

BYTES = 4  # of a float32
N_RUNS = 25


class LayerCount(NamedTuple):
    """One layer's arithmetic, for a batch."""

    n_in: int
    n_out: int
    parameters: int  # n_out (n_in + 1)
    products: int  # 2 B n_in n_out: multiplications and additions of the matrix product
    additions: int  # B n_out: the biases

    @property
    def weights(self) -> int:
        """n_in n_out."""
        return self.n_in * self.n_out

    @property
    def biases(self) -> int:
        """One for each neuron."""
        return self.n_out

    @property
    def flops(self) -> int:
        """Products and additions."""
        return self.products + self.additions

    @property
    def parameter_bytes(self) -> int:
        """What weights and biases take as float32."""
        return BYTES * self.parameters


class HandCount(NamedTuple):
    """A pass counted by hand, without what the activations take."""

    layers: tuple[LayerCount, ...]
    parameters: int
    flops: int  # products and additions of all layers
    least_bytes: int  # every parameter, input and output moved once


class Inside(NamedTuple):
    """What JAX and XLA make of a pass."""

    jaxpr: str  # the program as JAX traced it
    hlo: str  # the program after XLA's optimisation, without source positions
    flops: float  # as XLA counts them
    transcendentals: float  # exponentials and the like, which XLA counts apart
    bytes_accessed: float  # read and written by the optimised program


class Times(NamedTuple):
    """Seconds of single runs on this machine, (n_runs,) each, taken in turns."""

    eager: np.ndarray  # each operation sent by itself
    compiled: np.ndarray  # one program


def count_by_hand(config: NetworkConfig, batch_size: int = 1) -> HandCount:
    """Sum over the layers of 2 B n_in n_out + B n_out; parameters n_out (n_in + 1)."""
    layers = tuple(
        LayerCount(
            n_in=n_in,
            n_out=n_out,
            parameters=n_out * (n_in + 1),
            products=2 * batch_size * n_in * n_out,
            additions=batch_size * n_out,
        )
        for n_out, n_in in config.layer_shapes
    )
    parameters = count_parameters(config)
    moved = parameters + batch_size * (config.n_in + config.n_out)
    flops = sum(layer.flops for layer in layers)
    return HandCount(layers, parameters, flops, BYTES * moved)


def make_predict(config: NetworkConfig, task: str) -> Callable:
    """The pass as a function of parameters and inputs: the outputs, through the task's link."""

    def predict(parameters, inputs):
        return LINKS[task](network_forward(config, parameters, inputs))

    return predict


def look_inside(config: NetworkConfig, batch_size: int, task: str = "binary") -> Inside:
    """Trace and compile the pass for a batch (one input alone is a vector), and ask what it costs.

    The counts are `cost_analysis` of the compiled program: estimates of the compiler, no
    measurement.
    """
    predict = make_predict(config, task)
    shapes = _example(config, batch_size)
    compiled = jax.jit(predict).lower(*shapes).compile()
    cost = compiled.cost_analysis()
    return Inside(
        jaxpr=str(jax.make_jaxpr(predict)(*shapes)),
        hlo=without_positions(compiled.as_text()),
        flops=float(cost.get("flops", 0.0)),
        transcendentals=float(cost.get("transcendentals", 0.0)),
        bytes_accessed=float(cost.get("bytes accessed", 0.0)),
    )


def time_passes(
    config: NetworkConfig, batch_size: int, task: str = "binary", *, n_runs: int = N_RUNS
) -> Times:
    """Time the pass operation by operation and compiled, in turns, after both have run once."""
    predict = make_predict(config, task)
    forms = predict, jax.jit(predict)
    example = _example(config, batch_size)
    seconds = np.zeros((2, n_runs))
    for run in range(-2, n_runs):  # two rounds to warm up
        for index, form in enumerate(forms):
            started = time.perf_counter()
            jax.block_until_ready(form(*example))
            if run >= 0:
                seconds[index, run] = time.perf_counter() - started
    return Times(*seconds)


def without_positions(hlo: str) -> str:
    """Leave out where in the source each line came from: tables of files, and `metadata={...}`."""
    text = re.sub(r"\nFileNames\n.*?\n\n\n", "\n\n", hlo, count=1, flags=re.DOTALL)
    text = re.sub(r", metadata=\{[^}]*\}", "", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


@functools.lru_cache(maxsize=32)
def _example(config: NetworkConfig, batch_size: int):
    """Return parameters and inputs of the right shapes; what they hold changes no count."""
    parameters = init_network(config, key=jax.random.key(0))
    shape = (config.n_in,) if batch_size == 1 else (batch_size, config.n_in)
    return parameters, jnp.full(shape, 0.5)
