"""A dense network with the parameters of the small CNN: the same images, no shared weights."""

from nnjax.networks import NetworkConfig
from nnjax.zoo.digits import N_CLASSES, SIDE

PEER = NetworkConfig(
    n_in=SIDE * SIDE, hidden=(25,), n_out=N_CLASSES, activations=("relu",), initializer="he"
)  # 25 * 65 + 10 * 26 = 1,885 parameters, the CNN has 1,898


def count_dense() -> list[int]:
    """The parameters of each layer: weights and biases, n_out (n_in + 1)."""
    return [n_out * (n_in + 1) for n_out, n_in in PEER.layer_shapes]
