"""A small transformer encoder, and the block that it is made of."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.layers import Dense, dense_forward
from nnjax.zoo.attention import (
    Attended,
    Attention,
    LayerNorm,
    init_attention,
    init_layer_norm,
    layer_norm,
    multi_head_attention,
    sinusoidal_positions,
)
from nnjax.zoo.first_weights import draw_weights

N_HEADS = 2


class Block(NamedTuple):
    """Attention between positions, then a small network within each; norms come first."""

    attention_norm: LayerNorm
    attention: Attention
    dense_norm: LayerNorm
    widen: Dense  # (n_inner, width)
    narrow: Dense  # (width, n_inner)


class Transformer(NamedTuple):
    """An encoder with one block."""

    embed: Dense  # (width, n_in)
    block: Block
    norm: LayerNorm
    readout: Dense  # (n_out, width)


def at_each_position(layer: Dense, x: jax.Array, activation: str) -> jax.Array:
    """F(W x + b), the same at every position: (length, n_in) -> (length, n_out)."""
    return jax.vmap(lambda row: dense_forward(layer, row, activation).output)(x)


def init_block(key: jax.Array, width: int, n_inner: int) -> Block:
    """Weights after LeCun, biases 0."""
    attention, dense = jax.random.split(key)
    widen, narrow = draw_weights(dense, (n_inner, width), (width, n_inner))
    return Block(
        init_layer_norm(width),
        init_attention(attention, width),
        init_layer_norm(width),
        Dense(widen, jnp.zeros(n_inner)),
        Dense(narrow, jnp.zeros(width)),
    )


def block_forward(block: Block, x: jax.Array, *, n_heads: int, mask=None) -> Attended:
    """X + attention(norm x), then x + dense(norm x): (length, width) and whom each looked at.

    The norms stand before attention and dense network, not after: deep stacks train more easily.
    With `causal_mask` the same block reads from left to right only.

    References:
        Vaswani et al. (2017); the norms' place: Xiong et al. (2020).
    """
    attended = multi_head_attention(
        block.attention, layer_norm(block.attention_norm, x), n_heads, mask
    )
    return Attended(think(block, x + attended.output), attended.weights)


def think(block: Block, x: jax.Array) -> jax.Array:
    """X + dense(norm x), the block's second half, at each position by itself: (length, width)."""
    inner = at_each_position(block.widen, layer_norm(block.dense_norm, x), "relu")
    return x + at_each_position(block.narrow, inner, "identity")


def init_transformer(key, *, n_in: int, width: int, n_inner: int, n_out: int) -> Transformer:
    """Weights after LeCun, biases 0."""
    ends, block = jax.random.split(key)
    embed, readout = draw_weights(ends, (width, n_in), (n_out, width))
    return Transformer(
        Dense(embed, jnp.zeros(width)),
        init_block(block, width, n_inner),
        init_layer_norm(width),
        Dense(readout, jnp.zeros(n_out)),
    )


def embed(parameters: Transformer, sequence: jax.Array) -> jax.Array:
    """A vector for each token, plus where it stands: (length, n_in) -> (length, width)."""
    x = at_each_position(parameters.embed, sequence, "identity")
    return x + sinusoidal_positions(*x.shape, dtype=x.dtype)


def encode(parameters: Transformer, sequence: jax.Array) -> Attended:
    """Embed, one block, norm: (length, n_in) -> (length, width) and the weights."""
    return encode_embedded(parameters, embed(parameters, sequence))


def encode_embedded(parameters: Transformer, x: jax.Array) -> Attended:
    """The block and the norm, of vectors that are embedded already: x (length, width)."""
    attended = block_forward(parameters.block, x, n_heads=N_HEADS)
    return attended._replace(output=layer_norm(parameters.norm, attended.output))


def read_out(parameters: Transformer, encoded: jax.Array) -> jax.Array:
    """The outputs (n_out,) read from the mean of all positions: encoded (length, width)."""
    return dense_forward(parameters.readout, encoded.mean(axis=0), "identity").output


def transformer_forward(parameters: Transformer, sequence: jax.Array) -> jax.Array:
    """The outputs (n_out,) read from the mean of all positions: sequence (length, n_in)."""
    return read_out(parameters, encode(parameters, sequence).output)


def transformer_flops(*, n_in: int, width: int, n_inner: int, n_out: int, length: int) -> int:
    """2 L w (n_in + 4 w + 2 n_inner) + L^2 (4 w + 5 h) + L (26 w + 2 n_inner) + 2 w n_out.

    Embedding, four matrices of attention and the dense network; all pairs, to weigh them, to mix
    them and for the softmax of h heads; three norms of 7 w each, biases and additions; the readout.
    """
    products = 2 * length * width * (n_in + 4 * width + 2 * n_inner)
    pairs = length**2 * (4 * width + 5 * N_HEADS)
    elementwise = length * (26 * width + 2 * n_inner)
    return products + pairs + elementwise + 2 * width * n_out
