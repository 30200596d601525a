"""Attention and what a transformer's block needs around it: layer norm, positions, heads."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.zoo.first_weights import draw_weights

EPSILON = 1e-5  # keeps the division of a constant row finite


class LayerNorm(NamedTuple):
    """What a normalised row is multiplied by and shifted by."""

    gain: jax.Array  # (width,)
    bias: jax.Array  # (width,)


class Attention(NamedTuple):
    """Four matrices (width, width), rows are outputs; heads lie side by side in the rows."""

    queries: jax.Array
    keys: jax.Array
    values: jax.Array
    output: jax.Array


class Attended(NamedTuple):
    """What attention hands on, and whom it looked at."""

    output: jax.Array  # (length, width)
    weights: jax.Array  # (n_heads, length, length), each row adds up to 1


def init_layer_norm(width: int) -> LayerNorm:
    """Gain 1, bias 0."""
    return LayerNorm(jnp.ones(width), jnp.zeros(width))


def layer_norm(layer: LayerNorm, x: jax.Array) -> jax.Array:
    """Row by row, gain (x - mean) / sqrt(variance + EPSILON) + bias: (length, width).

    References:
        Ba, Kiros and Hinton (2016), Layer normalization.
    """
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = (centred**2).mean(axis=-1, keepdims=True)
    return centred * jax.lax.rsqrt(variance + EPSILON) * layer.gain[None, :] + layer.bias[None, :]


def causal_mask(length: int) -> jax.Array:
    """True where row i may look at column j: at itself and at what came before, j <= i."""
    return jnp.tril(jnp.ones((length, length), bool))


def attention_weights(queries, keys, mask=None) -> jax.Array:
    """softmax(Q K^T / sqrt(d)) over the keys: (n, d), (m, d) -> (n, m).

    Where `mask` (n, m) is False, the weight is 0. A row with nothing to look at has no meaning.
    """
    scores = queries @ keys.T * queries.shape[-1] ** -0.5
    if mask is not None:
        scores = jnp.where(mask, scores, -jnp.inf)
    return jax.nn.softmax(scores, axis=-1)


def init_attention(key: jax.Array, width: int) -> Attention:
    """Weights with variance 1 / width."""
    return Attention(*draw_weights(key, *[(width, width)] * 4))


def split_heads(x: jax.Array, n_heads: int) -> jax.Array:
    """Each head has its own slice of the width: (length, width) -> (heads, length, width/heads)."""
    length, width = x.shape
    return x.reshape(length, n_heads, width // n_heads).transpose(1, 0, 2)


def project(layer: Attention, x: jax.Array, n_heads: int) -> tuple[jax.Array, ...]:
    """Queries, keys and values of every head, each (heads, length, width / heads): x W^T, split."""
    return tuple(
        split_heads(x @ weights.T, n_heads) for weights in (layer.queries, layer.keys, layer.values)
    )


def multi_head_attention(layer: Attention, x: jax.Array, n_heads: int, mask=None) -> Attended:
    """Every position asks all others, in each head, and mixes their values: x (length, width).

    References:
        Vaswani et al. (2017), Attention is all you need, section 3.2.
    """
    queries, keys, values = project(layer, x, n_heads)
    weights = jax.vmap(attention_weights, (0, 0, None))(queries, keys, mask)
    mixed = weights @ values  # (heads, length, width / heads)
    joined = mixed.transpose(1, 0, 2).reshape(x.shape)
    return Attended(joined @ layer.output.T, weights)


def sinusoidal_positions(length: int, width: int, dtype=jnp.float32) -> jax.Array:
    """In turns sin and cos of position / 10000^(2 i / width): (length, width), width even.

    Added to the embeddings they tell where each token stands; nothing of them is learnt.

    References:
        Vaswani et al. (2017), Attention is all you need, section 3.5.
    """
    pairs = jnp.arange(0, width, 2, dtype=dtype)
    angles = jnp.arange(length, dtype=dtype)[:, None] * (10000 ** (-pairs / width))[None, :]
    return jnp.stack([jnp.sin(angles), jnp.cos(angles)], axis=-1).reshape(length, width)
