"""Backpropagation by hand: the chain rule, layer by layer, over the values the forward pass kept.

Training uses `jax.grad`; this module is the same computation with nothing hidden, and the tests
hold the two equal.
"""

import jax

from nnjax.layers import dense_backward
from nnjax.losses import LINKS, LOSSES
from nnjax.networks import NetworkConfig, Parameters, forward_trace, network_forward


def mean_loss(config: NetworkConfig, parameters: Parameters, inputs, targets, *, loss, task):
    """L = mean over the batch of the loss of each example; inputs (batch, n_in)."""
    return _mean_loss(network_forward(config, parameters, inputs), targets, loss, task)


def network_backward(config: NetworkConfig, parameters: Parameters, inputs, targets, *, loss, task):
    """(L, dL/dparameters) of the mean loss over a batch, by the chain rule written out.

    `loss` and `task` are keys of LOSSES and LINKS. The gradients have the form of `parameters`.
    """
    caches = forward_trace(config, parameters, inputs)
    value, d_output = jax.value_and_grad(_mean_loss)(caches[-1].output, targets, loss, task)
    gradients = []
    layers = zip(parameters, caches, config.layer_activations, strict=True)
    for layer, cache, activation in reversed(tuple(layers)):
        d_layer, d_output = dense_backward(layer, cache, d_output, activation)
        gradients.append(d_layer)
    return value, tuple(reversed(gradients))


def _mean_loss(outputs, targets, loss, task):
    of_output = LOSSES[loss].of_output
    return jax.vmap(lambda output, target: of_output(output, target, LINKS[task]))(
        outputs, targets
    ).mean()
