"""One neuron: weigh the inputs, add them up with a bias, fire or not."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.activations import sigmoid, step


class NeuronTrace(NamedTuple):
    """Everything one neuron computes on the way from inputs to output."""

    contributions: jax.Array  # (n_inputs,) weights * inputs
    preactivation: jax.Array  # () their sum plus the bias
    step: jax.Array  # () 1 if the preactivation is above 0, else 0
    sigmoid: jax.Array  # () between 0 and 1


def neuron_contributions(inputs, weights):
    """c_i = w_i x_i, what each input adds to the sum; (n_inputs,) each."""
    return weights * inputs


def neuron_preactivation(inputs, weights, bias):
    """Z = sum_i w_i x_i + b, for inputs and weights (n_inputs,) and bias ()."""
    return jnp.sum(neuron_contributions(inputs, weights)) + bias


@jax.jit
def neuron_trace(inputs, weights, bias):
    """Contributions, z = sum_i w_i x_i + b, step(z) and sigmoid(z) of one neuron.

    inputs and weights (n_inputs,), bias (). The step is the perceptron's rule (Rosenblatt 1958):
    it fires only if z is above 0, not at 0.
    """
    preactivation = neuron_preactivation(inputs, weights, bias)
    return NeuronTrace(
        contributions=neuron_contributions(inputs, weights),
        preactivation=preactivation,
        step=step(preactivation),
        sigmoid=sigmoid(preactivation),
    )
