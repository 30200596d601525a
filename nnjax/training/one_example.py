"""One example through a network in training: every number between its inputs and its loss."""

import functools
from typing import NamedTuple

import jax

from nnjax.data.prepare import Dataset
from nnjax.layers import DenseCache
from nnjax.losses import LINKS
from nnjax.networks import Parameters, forward_trace
from nnjax.training.config import TrainingConfig
from nnjax.training.steps import example_losses


class OneExample(NamedTuple):
    """What a network makes of one example, and what that costs."""

    caches: tuple[DenseCache, ...]  # of every layer: inputs, preactivations, outputs
    prediction: jax.Array  # (n_out,), the link of the last output
    target: jax.Array  # (n_out,)
    loss: jax.Array  # ()


@functools.partial(jax.jit, static_argnames="config")
def follow_example(
    parameters: Parameters, data: Dataset, row: jax.Array, *, config: TrainingConfig
) -> OneExample:
    """Z = W a + b and a = f(z) layer by layer, then p = link(z) and the loss; `row` is traced."""
    caches = forward_trace(config.network, parameters, data.inputs[row])
    output, target = caches[-1].output, data.targets[row]
    loss = example_losses(config, output[None], target[None])[0]
    return OneExample(caches, LINKS[config.task](output), target, loss)
