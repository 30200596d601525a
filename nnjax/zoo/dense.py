"""A dense network with the parameters of the small CNN: the same images, no shared weights."""

import jax

from nnjax.networks import NetworkConfig, Parameters, init_network, network_forward
from nnjax.zoo.digits import N_CLASSES, SIDE
from nnjax.zoo.network import ImageNetwork

PEER = NetworkConfig(
    n_in=SIDE * SIDE, hidden=(25,), n_out=N_CLASSES, activations=("relu",), initializer="he"
)  # 25 * 65 + 10 * 26 = 1,885 parameters, the CNN has 1,898


def init_dense(key: jax.Array) -> Parameters:
    """Weights after He, biases 0."""
    return init_network(PEER, key=key)


def dense_logits(parameters: Parameters, image: jax.Array) -> jax.Array:
    """The ten logits for one image (SIDE, SIDE), read as a list of 64 numbers."""
    return network_forward(PEER, parameters, image.reshape(-1))


def count_dense() -> list[int]:
    """The parameters of each layer: weights and biases, n_out (n_in + 1)."""
    return [n_out * (n_in + 1) for n_out, n_in in PEER.layer_shapes]


DENSE = ImageNetwork(key="dense", label="Dense", init=init_dense, forward=dense_logits)
