"""The engine is tested strictly: no silent change of dtype, no silent broadcast of ranks."""

import jax
import pytest


@pytest.fixture(autouse=True)
def strict_promotion():
    """Catches the loss that subtracts (n,) from (n, 1) and means over (n, n)."""
    with jax.numpy_dtype_promotion("strict"), jax.numpy_rank_promotion("raise"):
        yield
