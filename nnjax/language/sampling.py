"""Writes with a character transformer: a draw at a time, with what was read kept or read anew."""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.language.cache import Cache, prefill, step
from nnjax.language.model import LanguageConfig, LanguageModel, read


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
    logits: jax.Array  # (MAX_KINDS,) of what comes next
    cache: Cache


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
    # What stands behind the newest character is not looked at: the mask is causal.
    reread = functools.partial(prefill, parameters, n_kinds=prompt.n_kinds, config=config)

    def write(place: _Place, key):
        token = jax.random.categorical(key, jnp.log(chances(place.logits, choice)))
        token = token.astype(jnp.int32)
        tokens, n = forget(place.tokens, place.n)
        tokens = tokens.at[n].set(token)

        def read_one():
            return step(parameters, place.cache, token, n, prompt.n_kinds, config=config)

        def read_all():
            return reread(tokens, n + 1)

        # Once the context is full, positions move: what is still seen is read again.
        full = place.n >= config.context
        logits, cache = jax.lax.cond(full, read_all, read_one) if cached else read_all()
        return _Place(tokens, n + 1, logits, cache), (token, place.logits)

    tokens, n = jnp.asarray(prompt.tokens, jnp.int32), jnp.asarray(prompt.n, jnp.int32)
    keys = jax.random.split(jax.random.key(seed), n_new)
    return Written(*jax.lax.scan(write, _Place(tokens, n, *reread(tokens, n)), keys)[1])
