"""What one forward pass of a network costs: by its card's formula, and as XLA counts it."""

from typing import NamedTuple

import jax

from nnjax.zoo.network import Network, count_numbers


class Cost(NamedTuple):
    """One example through a network."""

    parameters: int
    formula_flops: int
    flops: float  # as XLA counts them; exponentials and the like it counts apart
    bytes_accessed: float  # read and written by the optimised program


def forward_cost(network: Network) -> Cost:
    """Compile one forward pass and ask XLA what it costs.

    XLA counts what a loop does only once, however often it goes round: the loop of a recurrent
    network is written out for this.
    """
    forward = network.unrolled or network.forward
    parameters = jax.eval_shape(network.init, jax.random.key(0))
    example = network.task.load().inputs[0]
    counted = jax.jit(forward).lower(parameters, example).compile().cost_analysis()
    return Cost(
        parameters=count_numbers(parameters),
        formula_flops=network.flops,
        flops=float(counted.get("flops", 0.0)),
        bytes_accessed=float(counted.get("bytes accessed", 0.0)),
    )
