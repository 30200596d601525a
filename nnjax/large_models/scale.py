"""How many neurons and parameters there are in a transformer."""

from typing import NamedTuple

ATTENTION = 4  # square matrices: queries, keys, values, and the way out
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


class TransformerSize(NamedTuple):
    """The weights of a decoder, biases and normalisation not counted."""

    attention: int  # of one layer
    feed_forward: int  # of one layer
    layer: int
    layers: int  # all of them
    embeddings: int  # a vector for each token of the vocabulary
    total: int


def transformer_size(width, n_layers, vocabulary):
    """L (4 d^2 + 8 d^2) + V d: attention, feed-forward, and the vectors of the tokens.

    Source: Kaplan et al. (2020), table 1, with d_attn = d_model and d_ff = 4 d_model.
    """
    attention = ATTENTION * width**2
    feed_forward = 2 * EXPANSION * width**2
    layer = attention + feed_forward
    embeddings = vocabulary * width
    total = n_layers * layer + embeddings
    return TransformerSize(attention, feed_forward, layer, n_layers * layer, embeddings, total)


def low_rank_size(width, rank):
    """2 d r and d^2: what two matrices of rank r have, and the square one that they change.

    Source: Hu et al. (2021), section 4.1.
    """
    return 2 * width * rank, width**2
