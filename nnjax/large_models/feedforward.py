"""The feedforward block of a transformer: how large it is with one activation or another."""

from typing import NamedTuple

ROUND_UP_TO = 256  # LLaMA's inner widths are multiples of this


class BlockSize(NamedTuple):
    """One block, biases left out, as in PaLM and LLaMA."""

    inner: int  # its inner width
    n_matrices: int
    parameters: int
    operations: int  # for one token: a multiplication and an addition for each parameter


def gelu_block(d_model: int) -> BlockSize:
    """W2 GELU(W1 x) with an inner width of 4 d: 8 d^2 parameters. As in GPT-2 and BERT."""
    return _block(d_model, inner=4 * d_model, n_matrices=2)


def swiglu_block(d_model: int) -> BlockSize:
    """W2 (SiLU(G x) * V x) with an inner width of 8/3 d, rounded up to a multiple of 256.

    Two thirds of 4 d, because there are three matrices: again about 8 d^2 parameters. The
    rounding is LLaMA's: d = 4096 gives 11008.
    Source: Shazeer (2020); Touvron et al. (2023), LLaMA.
    """
    inner = -(-(8 * d_model // 3) // ROUND_UP_TO) * ROUND_UP_TO
    return _block(d_model, inner=inner, n_matrices=3)


def _block(d_model, *, inner, n_matrices):
    parameters = n_matrices * d_model * inner
    return BlockSize(inner, n_matrices, parameters, 2 * parameters)
