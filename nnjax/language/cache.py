"""What a character transformer keeps of the text it has read, so that one more costs little."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.language.inside import inside
from nnjax.language.model import LanguageConfig, LanguageModel, embed, read_out
from nnjax.zoo.attention import attention_weights, layer_norm, project, sinusoidal_positions
from nnjax.zoo.transformer import think


class Cache(NamedTuple):
    """Keys and values of every character read; what stands behind them is not looked at."""

    keys: jax.Array  # (n_layers, n_heads, context, width / n_heads)
    values: jax.Array  # the same


def prefill(parameters: LanguageModel, tokens, n, n_kinds, *, config: LanguageConfig):
    """Read the first `n` of `tokens` (context,) in one pass: logits of what comes next, the cache.

    The cache also holds what was made of the rest; `step` writes over it before it looks there.
    """
    seen = inside(parameters, tokens, n_kinds, config=config)
    return seen.logits[n - 1], Cache(seen.keys, seen.values)


def step(parameters: LanguageModel, cache: Cache, token, n, n_kinds, *, config: LanguageConfig):
    """Read one more character, the `n`-th: its logits (MAX_KINDS,) and the cache with it.

    Only this character passes through the blocks; of those before it, keys and values are kept.
    """
    positions = sinusoidal_positions(config.context, config.width)
    x = embed(parameters, token[None], positions[n][None])  # (1, width)
    mask = (jnp.arange(config.context) <= n)[None, :]
    keys, values = [], []
    for block, old_keys, old_values in zip(parameters.blocks, *cache, strict=True):
        normed, attention = layer_norm(block.attention_norm, x), block.attention
        query, key, value = project(attention, normed, config.n_heads)  # (heads, 1, width / heads)
        keys.append(jax.lax.dynamic_update_slice(old_keys, key, (0, n, 0)))
        values.append(jax.lax.dynamic_update_slice(old_values, value, (0, n, 0)))
        weights = jax.vmap(attention_weights, (0, 0, None))(query, keys[-1], mask)
        mixed = (weights @ values[-1]).transpose(1, 0, 2).reshape(x.shape)
        x = think(block, x + mixed @ attention.output.T)
    return read_out(parameters, x, n_kinds)[0], Cache(jnp.stack(keys), jnp.stack(values))
