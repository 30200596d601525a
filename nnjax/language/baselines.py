"""What counting reaches without a network: an even guess, single characters, pairs of them."""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.language.text import MAX_KINDS, Corpus
from nnjax.language.training import held_out_windows

EXTRA = 0.1  # added to every count: a pair that never came is rare, not impossible


class Baselines(NamedTuple):
    """Mean loss on the held-out windows that the network is tested on too, each ()."""

    uniform: jax.Array  # every kind alike: ln of how many there are
    unigram: jax.Array  # each character's share of the training part
    bigram: jax.Array  # its share among those that came after the same character


class Counts(NamedTuple):
    """How often the training part has each character, and each after which other."""

    single: jax.Array  # (MAX_KINDS,)
    pairs: jax.Array  # (MAX_KINDS, MAX_KINDS), row: the character before


def count(corpus: Corpus) -> Counts:
    """Count the training part alone."""
    tokens = jnp.asarray(corpus.tokens).astype(jnp.int32)
    places = jnp.arange(len(tokens))
    inside = (places < corpus.n_train).astype(jnp.float32)
    single = jnp.zeros(MAX_KINDS).at[tokens].add(inside)
    pairs = jnp.zeros((MAX_KINDS, MAX_KINDS)).at[tokens[:-1], tokens[1:]].add(inside[1:])
    return Counts(single, pairs)


def log_shares(counts: jax.Array, n_kinds) -> jax.Array:
    """Ln of (n_k + EXTRA) / sum_j (n_j + EXTRA) over the kinds that there are, last axis."""
    there = (jnp.arange(MAX_KINDS) < n_kinds).astype(counts.dtype)
    raised = counts + EXTRA
    total = (raised * there.reshape((1,) * (counts.ndim - 1) + (-1,))).sum(axis=-1, keepdims=True)
    return jnp.log(raised / total)


@functools.partial(jax.jit, static_argnames="context")
def baseline_losses(corpus: Corpus, *, context: int) -> Baselines:
    """-ln p, averaged over the held-out windows of `context` characters.

    References:
        Shannon (1951), Prediction and entropy of printed English.
    """
    windows = held_out_windows(corpus, context).astype(jnp.int32)
    before, after = windows[:, :-1], windows[:, 1:]
    counts = count(corpus)
    return Baselines(
        uniform=jnp.log(corpus.n_kinds.astype(jnp.float32)),
        unigram=-log_shares(counts.single, corpus.n_kinds)[after].mean(),
        bigram=-log_shares(counts.pairs, corpus.n_kinds)[before, after].mean(),
    )
