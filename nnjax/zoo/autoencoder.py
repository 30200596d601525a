"""An autoencoder: 64 pixels squeezed into two numbers, and drawn again from these alone."""

import jax

from nnjax.networks import NetworkConfig, Parameters, init_network, network_forward
from nnjax.zoo.digits import SIDE

N_INNER, N_LATENT = 48, 2
SHAPE = NetworkConfig(
    n_in=SIDE * SIDE,
    hidden=(N_INNER, N_LATENT, N_INNER),
    n_out=SIDE * SIDE,
    activations=("relu", "identity", "relu"),
    initializer="he",
)  # 48 * 65 + 2 * 49 + 48 * 3 + 64 * 49 = 6,498 parameters
ENCODER = NetworkConfig(
    n_in=SIDE * SIDE, hidden=(N_INNER,), n_out=N_LATENT, activations=("relu",), initializer="he"
)
DECODER = NetworkConfig(
    n_in=N_LATENT, hidden=(N_INNER,), n_out=SIDE * SIDE, activations=("relu",), initializer="he"
)


def init_autoencoder(key: jax.Array) -> Parameters:
    """Weights after He, biases 0."""
    return init_network(SHAPE, key=key)


def encode(parameters: Parameters, image: jax.Array) -> jax.Array:
    """The place of an image (SIDE, SIDE) in the latent plane: (N_LATENT,)."""
    return network_forward(ENCODER, parameters[:2], image.reshape(-1))


def decode(parameters: Parameters, latent: jax.Array) -> jax.Array:
    """The image (SIDE, SIDE), ink from 0 to 1, drawn from a place of the latent plane."""
    sums = network_forward(DECODER, parameters[2:], latent)
    return jax.nn.sigmoid(sums).reshape(SIDE, SIDE)


def autoencoder_forward(parameters: Parameters, image: jax.Array) -> jax.Array:
    """The image (SIDE, SIDE), drawn again.

    References:
        Hinton and Salakhutdinov (2006), Reducing the dimensionality of data with neural networks.
    """
    return decode(parameters, encode(parameters, image))


encode_all = jax.jit(jax.vmap(encode, (None, 0)))
decode_all = jax.jit(jax.vmap(decode, (None, 0)))
