"""What a character transformer computes on its way: who asks, who answers, how much each weighs."""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.language.model import LanguageConfig, LanguageModel, embed, read_out
from nnjax.zoo.attention import (
    attention_weights,
    causal_mask,
    layer_norm,
    project,
    sinusoidal_positions,
)
from nnjax.zoo.transformer import block_forward


class Inside(NamedTuple):
    """Every head of every layer at once; d is the width of a head."""

    queries: jax.Array  # (n_layers, n_heads, length, d)
    keys: jax.Array  # the same
    values: jax.Array  # the same
    products: jax.Array  # (n_layers, n_heads, length, length) q . k, before scale and mask
    weights: jax.Array  # the same, after softmax
    logits: jax.Array  # (length, MAX_KINDS) of the character after each position


def inside(parameters: LanguageModel, tokens, n_kinds, *, config: LanguageConfig) -> Inside:
    """Read a text, tokens (length,), and keep what every head has worked with.

    What is at a position depends on it and on those before it only: a text may be filled up at
    its end without a change to what stands before.
    """
    length = len(tokens)
    mask = causal_mask(length)
    x, kept = embed(parameters, tokens, sinusoidal_positions(length, config.width)), []
    for block in parameters.blocks:
        normed = layer_norm(block.attention_norm, x)
        queries, keys, values = project(block.attention, normed, config.n_heads)
        weights = jax.vmap(attention_weights, (0, 0, None))(queries, keys, mask)
        kept.append((queries, keys, values, queries @ keys.transpose(0, 2, 1), weights))
        x = block_forward(block, x, n_heads=config.n_heads, mask=mask).output
    heads = (jnp.stack(parts) for parts in zip(*kept, strict=True))
    return Inside(*heads, read_out(parameters, x, n_kinds))


look_inside = functools.partial(jax.jit, static_argnames="config")(inside)
