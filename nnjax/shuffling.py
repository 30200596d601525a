"""A shuffle that any epoch can compute for itself, from nothing but a seed and its number.

Sorting random keys would cost more than an epoch of a small network. The swap-or-not shuffle of
Hoang, Morris and Rogaway (2012) is arithmetic on each index alone: in every round an index and
its mirror image `k - i (mod n)` either swap or do not, by a random bit that both agree on. Each
round is a permutation, so all of them together are.
"""

import jax
import jax.numpy as jnp

N_ROUNDS = 16  # twelve already pass every test of fairness here


def shuffled_indices(seed, epoch, n, capacity: int) -> jax.Array:
    """A permutation of 0 ... n-1 drawn by (seed, epoch), then n ... capacity-1 as they are.

    `n` may be traced: one program serves every share of training rows. Returns (capacity,) int32.
    Source: Hoang, Morris and Rogaway (2012), An Enciphering Scheme Based on a Card Shuffle.
    """
    n = jnp.asarray(n).astype(jnp.uint32)
    stream = _scramble(jnp.asarray(seed).astype(jnp.uint32) * jnp.uint32(0x9E3779B1))
    stream = _scramble(stream ^ jnp.asarray(epoch).astype(jnp.uint32))
    keys = _scramble(stream + jnp.arange(N_ROUNDS, dtype=jnp.uint32) * jnp.uint32(0x85EBCA77))
    offsets = keys % n

    def swap_or_not(round_, index):
        mirror = offsets[round_] + n - index
        mirror = jnp.where(mirror >= n, mirror - n, mirror)
        coin = _scramble(jnp.maximum(index, mirror) ^ keys[round_]) & 1
        return jnp.where(coin == 1, mirror, index)

    index = jnp.arange(capacity, dtype=jnp.uint32)
    mixed = jax.lax.fori_loop(0, N_ROUNDS, swap_or_not, jnp.minimum(index, n - 1))
    return jnp.where(index < n, mixed, index).astype(jnp.int32)


def _scramble(bits):
    """Mix 32 bits so that each of them depends on all: MurmurHash3's finaliser (Appleby)."""
    bits = (bits ^ (bits >> 16)) * jnp.uint32(0x85EBCA6B)
    bits = (bits ^ (bits >> 13)) * jnp.uint32(0xC2B2AE35)
    return bits ^ (bits >> 16)
