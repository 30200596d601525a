"""How many neurons like the one on page 02 there are in a transformer."""

from typing import NamedTuple

EXPANSION = 4  # neurons in a layer's first half, as a multiple of its width: GPT-2, GPT-3


class FeedForwardSize(NamedTuple):
    """The neurons in the first half of every feed-forward layer."""

    neurons_per_layer: int
    weights_per_neuron: int
    neurons: int  # in all layers
    weights: int  # in all layers, biases not counted


def feed_forward_size(width, n_layers):
    """4 d neurons of d weights each in every one of L layers: 4 d L neurons, 4 d^2 L weights.

    Source: Brown et al. (2020), table 2.1 and its text: d_ff = 4 d_model.
    """
    neurons = EXPANSION * width
    return FeedForwardSize(neurons, width, neurons * n_layers, neurons * n_layers * width)
