"""The engine is tested strictly: no silent change of dtype, no silent broadcast of ranks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import jax
import jax.monitoring
import pytest

_COMPILED: list[str] = []


def _note_compilation(event: str, duration: float, **_: object) -> None:
    if event == "/jax/core/compile/backend_compile_duration":
        _COMPILED.append(event)


# Registered once and never removed: jax offers no public way to remove a single listener.
jax.monitoring.register_event_duration_secs_listener(_note_compilation)


@pytest.fixture(autouse=True)
def strict_promotion():
    """Catches the loss that subtracts (n,) from (n, 1) and means over (n, n)."""
    with jax.numpy_dtype_promotion("strict"), jax.numpy_rank_promotion("raise"):
        yield


@pytest.fixture
def compilations() -> Callable:
    """Count what XLA compiles inside a `with` block, by calling the name it binds."""

    @contextmanager
    def counting() -> Iterator[Callable[[], int]]:
        before = len(_COMPILED)
        yield lambda: len(_COMPILED) - before

    return counting
