"""A character transformer: from what was read so far to the chances of what comes next."""

from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.language.text import MAX_KINDS
from nnjax.layers import Dense
from nnjax.zoo.attention import (
    LayerNorm,
    causal_mask,
    init_layer_norm,
    layer_norm,
    sinusoidal_positions,
)
from nnjax.zoo.first_weights import draw_weights
from nnjax.zoo.transformer import Block, at_each_position, block_forward, init_block

NEVER = -1e9  # the logit of a kind that is not in the text


@dataclass(frozen=True, kw_only=True)
class LanguageConfig:
    """The shape of a character transformer: another one is another compiled program."""

    width: int = 64
    n_layers: int = 2
    n_heads: int = 4
    context: int = 64  # characters that it sees at once

    def __post_init__(self):
        """Refuses a width that heads, or pairs of sine and cosine, cannot share."""
        if self.width % self.n_heads or self.width % 2:
            raise ValueError(
                f"a width that {self.n_heads} heads and pairs can share is needed, "
                f"given {self.width}"
            )

    @property
    def n_inner(self) -> int:
        """Units of the dense network in each block."""
        return 4 * self.width


class LanguageModel(NamedTuple):
    """The weights of a character transformer."""

    embed: jax.Array  # (MAX_KINDS, width), a row for each kind of character
    blocks: tuple[Block, ...]
    norm: LayerNorm
    readout: Dense  # (MAX_KINDS, width)


class Reading(NamedTuple):
    """What the model makes of a text."""

    logits: jax.Array  # (length, MAX_KINDS), of the character after each position
    attention: jax.Array  # (n_layers, n_heads, length, length), whom each position looks at


def init_language_model(key: jax.Array, *, config: LanguageConfig) -> LanguageModel:
    """Weights after LeCun, biases 0; embeddings with variance 1, as large as the positions."""
    ends, *keys = jax.random.split(key, config.n_layers + 1)
    width = config.width
    embed, readout = draw_weights(ends, (MAX_KINDS, width), (MAX_KINDS, width))
    return LanguageModel(
        embed * width**0.5,
        tuple(init_block(key, width, config.n_inner) for key in keys),
        init_layer_norm(width),
        Dense(readout, jnp.zeros(MAX_KINDS)),
    )


def embed(parameters: LanguageModel, tokens: jax.Array, positions: jax.Array) -> jax.Array:
    """Each character's own row, plus where it stands: (length,), (length, width)."""
    return parameters.embed[tokens] + positions


def read_out(parameters: LanguageModel, x: jax.Array, n_kinds) -> jax.Array:
    """The logits of the next character, NEVER for kinds not in the text: (length, MAX_KINDS)."""
    logits = at_each_position(parameters.readout, layer_norm(parameters.norm, x), "identity")
    return jnp.where((jnp.arange(MAX_KINDS) < n_kinds)[None, :], logits, NEVER)


def read(parameters: LanguageModel, tokens, n_kinds, *, config: LanguageConfig) -> Reading:
    """Every position's guess at the next character, from itself and what came before.

    tokens (length,) whole numbers, length at most the context; n_kinds () of the text.
    """
    length = len(tokens)
    positions = sinusoidal_positions(length, config.width)
    x, attention = embed(parameters, tokens, positions), []
    for block in parameters.blocks:
        x, weights = block_forward(block, x, n_heads=config.n_heads, mask=causal_mask(length))
        attention.append(weights)
    return Reading(read_out(parameters, x, n_kinds), jnp.stack(attention))


def window_losses(parameters: LanguageModel, windows, n_kinds, *, config: LanguageConfig):
    """-ln p of every character given those before it: (n, context + 1) -> (n, context).

    The first character of a window is only read: there is nothing to guess it from.
    """
    windows = windows.astype(jnp.int32)

    def one(window):
        logits = read(parameters, window[:-1], n_kinds, config=config).logits
        chances = jax.nn.log_softmax(logits, axis=-1)
        return -jnp.take_along_axis(chances, window[1:, None], axis=-1)[:, 0]

    return jax.vmap(one)(windows)


def count_parameters(config: LanguageConfig) -> int:
    """2 V w + V + layers (4 w^2 + 2 w n_inner + n_inner + 5 w) + 2 w, all that training may set."""
    w, inner = config.width, config.n_inner
    block = 4 * w * w + 2 * w * inner + inner + w + 4 * w
    return 2 * MAX_KINDS * w + MAX_KINDS + config.n_layers * block + 2 * w
