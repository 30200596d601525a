"""Writes with a character transformer: a draw at a time, with what was read kept or read anew."""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.language.model import LanguageConfig, LanguageModel, embed, read, read_out
from nnjax.zoo.attention import attention_weights, layer_norm, project, sinusoidal_positions
from nnjax.zoo.transformer import think


class Cache(NamedTuple):
    """The keys and values of every character read so far; what is not read yet is 0."""

    keys: jax.Array  # (n_layers, n_heads, context, width / n_heads)
    values: jax.Array  # the same


class Choice(NamedTuple):
    """How the next character is drawn. All three may be traced."""

    temperature: jax.Array  # () logits are divided by it
    top_k: jax.Array  # () int32, only that many of the likeliest
    top_p: jax.Array  # () only the likeliest that together reach this share


class Prompt(NamedTuple):
    """What is to be continued."""

    tokens: jax.Array  # (context,) int32
    n: jax.Array  # () int32, of them that are there, one at least
    n_kinds: jax.Array  # () int32, of the text that the model has learnt


class Written(NamedTuple):
    """A continuation, and from what it was drawn."""

    tokens: jax.Array  # (n_new,) int32
    logits: jax.Array  # (n_new, MAX_KINDS) that each was drawn from


class Look(NamedTuple):
    """What the model makes of a prompt: its guess at the next character, and how it came to it."""

    logits: jax.Array  # (MAX_KINDS,) of the next character
    before: jax.Array  # (MAX_KINDS,) their softmax
    after: jax.Array  # (MAX_KINDS,) what is drawn from
    attention: jax.Array  # (n_layers, n_heads, context, context), also beyond the prompt


class _Place(NamedTuple):
    """Where the writing stands."""

    tokens: jax.Array  # (context,) int32, what the model sees, the first `n` of them
    n: jax.Array  # () int32
    cache: Cache  # of all but the newest token


def empty_cache(config: LanguageConfig) -> Cache:
    """Nothing read."""
    depth = config.width // config.n_heads
    blank = jnp.zeros((config.n_layers, config.n_heads, config.context, depth))
    return Cache(blank, blank)


def chances(logits: jax.Array, choice: Choice) -> jax.Array:
    """softmax(logits / temperature) over those that top-k and top-p leave: (n_kinds,).

    First only the `top_k` likeliest stay; of these, sorted from the likeliest, as many as are
    needed to reach the share `top_p`, one at least; what stays adds up to 1 again.

    References:
        Fan, Lewis and Dauphin (2018); Holtzman et al. (2019).
    """
    order = jnp.argsort(-logits)
    shares = jax.nn.softmax(logits[order] / choice.temperature)
    kept = jnp.arange(len(logits)) < choice.top_k
    shares = jnp.where(kept, shares, 0.0)
    shares = shares / shares.sum()
    before = jnp.cumsum(shares) - shares  # what likelier ones have together
    shares = jnp.where(before < choice.top_p, shares, 0.0)
    return jnp.zeros_like(logits).at[order].set(shares / shares.sum())


next_chances = jax.jit(chances)


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


def fill(parameters: LanguageModel, tokens, n, n_kinds, *, config: LanguageConfig) -> Cache:
    """Read the first `n` of `tokens` (context,), one after the other, into an empty cache."""

    def one(place, cache):
        return step(parameters, cache, tokens[place], place, n_kinds, config=config)[1]

    return jax.lax.fori_loop(0, n, one, empty_cache(config))


def forget(tokens, n):
    """What is still seen: all of it, or, once the context is full, its newer half.

    tokens (context,), n () of them there -> tokens, n; so that a text may grow without end.
    """
    half = len(tokens) // 2
    full = n >= len(tokens)
    return jnp.where(full, jnp.roll(tokens, -half), tokens), jnp.where(full, n - half, n)


@functools.partial(jax.jit, static_argnames="config")
def look(parameters: LanguageModel, prompt: Prompt, choice: Choice, *, config) -> Look:
    """Read a prompt once: the chances of what comes next, and whom each character looked at."""
    tokens = jnp.asarray(prompt.tokens, jnp.int32)
    reading = read(parameters, tokens, prompt.n_kinds, config=config)
    logits = reading.logits[prompt.n - 1]
    return Look(logits, jax.nn.softmax(logits), chances(logits, choice), reading.attention)


@functools.partial(jax.jit, static_argnames=("config", "n_new", "cached"))
def generate(
    parameters: LanguageModel,
    prompt: Prompt,
    seed,
    choice: Choice,
    *,
    config: LanguageConfig,
    n_new: int,
    cached: bool = True,
) -> Written:
    """Write `n_new` characters after a prompt, each drawn from `chances` and read in turn.

    Seed and choice are traced. Without `cached` the whole text is read anew for every character:
    the same logits, more work.
    """
    n_kinds = prompt.n_kinds
    first = jnp.asarray(prompt.tokens, jnp.int32), jnp.asarray(prompt.n, jnp.int32)
    cache = empty_cache(config)
    if cached:
        cache = fill(parameters, first[0], first[1] - 1, n_kinds, config=config)

    def write(place: _Place, key):
        newest = place.tokens[place.n - 1]
        if cached:
            logits, cache = step(
                parameters, place.cache, newest, place.n - 1, n_kinds, config=config
            )
        else:
            # What stands behind the newest character is not looked at: the mask is causal.
            logits = read(parameters, place.tokens, n_kinds, config=config).logits[place.n - 1]
            cache = place.cache
        token = jax.random.categorical(key, jnp.log(chances(logits, choice))).astype(jnp.int32)
        return _append(place, cache, token), (token, logits)

    def _append(place: _Place, cache, token) -> _Place:
        full = place.n >= config.context
        tokens, n = forget(place.tokens, place.n)
        if cached:  # positions have moved: what is still seen is read again, once in a while
            cache = jax.lax.cond(
                full,
                lambda: fill(parameters, tokens, n, n_kinds, config=config),
                lambda: cache,
            )
        return _Place(tokens.at[n].set(token), n + 1, cache)

    keys = jax.random.split(jax.random.key(seed), n_new)
    return Written(*jax.lax.scan(write, _Place(*first, cache), keys)[1])
