"""Strict types and ranks for every test here, and a counter of what XLA compiles."""

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
def _strict_jax() -> Iterator[None]:
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
