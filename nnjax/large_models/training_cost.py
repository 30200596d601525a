"""What training a large language model costs: operations, and the memory of the cache."""

from typing import NamedTuple

from nnjax.large_models.inference import forward_flops

BYTES = 2  # of a number in BF16


class TrainingFlops(NamedTuple):
    """Operations for a number of tokens, there and back."""

    forward: float
    backward: float

    @property
    def total(self) -> float:
        """6 N T."""
        return self.forward + self.backward


class CacheBytes(NamedTuple):
    """What the forward pass must keep until the way back has used it."""

    all_kept: float
    recomputed: float  # only each layer's inputs are kept, the rest is worked out again


def training_flops(n_parameters: float, n_tokens: float) -> TrainingFlops:
    """2 N T forward and 4 N T backward: each weight is used twice on the way back.

    Once for the error that is handed down, W' delta, once for its own gradient, delta a'.
    Source: Kaplan et al. (2020), section 2.1.
    """
    forward = forward_flops(n_parameters, n_tokens)
    return TrainingFlops(forward, 2 * forward)


def cache_bytes(
    *, n_layers: int, width: int, n_heads: int, n_tokens: int, n_sequences: int
) -> CacheBytes:
    """L s b h (34 + 5 a s / h) bytes for a transformer in 16 bits, and 2 L s b h with all redone.

    L layers of width h with a heads, b sequences of s tokens.
    Source: Korthikanti et al. (2022), equations 1 and 2, and section 5 for the second.
    """
    carried = float(n_layers) * n_tokens * n_sequences * width
    return CacheBytes(carried * (34 + 5 * n_heads * n_tokens / width), carried * BYTES)
