"""Writing as it is served: the prompt in one pass, then a character at a time, on the clock."""

import functools
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import jax
import numpy as np

from nnjax.language.cache import prefill, step
from nnjax.language.model import LanguageConfig, LanguageModel
from nnjax.language.sampling import Choice, chances

REPEATS = 7


class NextCharacter(NamedTuple):
    """One more character at a given length: two ways to its logits."""

    length: int
    anew: float  # seconds, all characters read again
    cached: float  # seconds, only the newest one read
    difference: float  # the largest between the logits of the two
    bytes_kept: int  # keys and values of all characters


class Arrival(NamedTuple):
    """A character of a stream."""

    token: int
    seconds: float  # since the prompt was sent
    read_again: bool  # whether the context was full, and its newer half was read anew


read_prompt = functools.partial(jax.jit, static_argnames="config")(prefill)
decode_step = functools.partial(jax.jit, static_argnames="config")(step)


@jax.jit
def draw(logits, choice: Choice, seed, n) -> jax.Array:
    """The character of the n-th draw, () int32: logits (n_kinds,)."""
    key = jax.random.fold_in(jax.random.key(seed), n)
    return jax.random.categorical(key, jax.numpy.log(chances(logits, choice)))


def next_character(
    parameters: LanguageModel, tokens: np.ndarray, n_kinds, *, config: LanguageConfig
) -> NextCharacter:
    """Measure one more character at the length of `tokens` (context,): the median of REPEATS."""
    n = np.int32(config.context)
    whole = functools.partial(read_prompt, parameters, tokens, n, n_kinds, config=config)
    logits, cache = jax.block_until_ready(whole())
    newest = tokens[-1], n - np.int32(1), n_kinds
    one = functools.partial(decode_step, parameters, cache, *newest, config=config)
    again, _ = jax.block_until_ready(one())
    return NextCharacter(
        length=config.context,
        anew=_median(whole),
        cached=_median(one),
        difference=float(np.abs(np.asarray(logits - again))[: int(n_kinds)].max()),
        bytes_kept=cache.keys.nbytes + cache.values.nbytes,
    )


def stream(
    parameters: LanguageModel, prompt: np.ndarray, n_kinds, choice: Choice, seed, *,
    config: LanguageConfig, n_new: int,
) -> Iterator[Arrival]:  # fmt: skip
    """Write `n_new` characters after `prompt` (n,), and hand each on as soon as it is drawn."""
    began = time.perf_counter()
    seen, read_again = list(prompt[-config.context :]), False
    logits, cache = _read(parameters, seen, n_kinds, config)
    for number in range(n_new):
        token = int(draw(logits, choice, seed, np.int32(number)))
        yield Arrival(token, time.perf_counter() - began, read_again)
        read_again = len(seen) >= config.context
        if read_again:
            seen = [*seen[config.context // 2 :], token]
            logits, cache = _read(parameters, seen, n_kinds, config)
        else:
            place = np.int32(len(seen))
            seen.append(token)
            logits, cache = decode_step(
                parameters, cache, np.int32(token), place, n_kinds, config=config
            )


def _read(parameters: LanguageModel, seen: list[int], n_kinds, config: LanguageConfig) -> Any:
    tokens = np.zeros(config.context, np.int32)
    tokens[: len(seen)] = seen
    return read_prompt(parameters, tokens, np.int32(len(seen)), n_kinds, config=config)


def _median(call: Callable[[], Any]) -> float:
    taken = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        jax.block_until_ready(call())
        taken.append(time.perf_counter() - began)
    return float(np.median(taken))


def cache_bytes(
    n_layers: int, n_kv_heads: int, head_width: int, n_tokens: int, bytes_each: float
) -> float:
    """2 L h d T b: a key and a value of width d, for each of h heads, L layers and T tokens.

    References:
        Pope et al. (2022), section 3.3; fewer heads for keys than queries: Ainslie et al. (2023).
    """
    return 2.0 * n_layers * n_kv_heads * head_width * n_tokens * bytes_each
