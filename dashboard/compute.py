"""Runs the engine for the pages: which device, how long, what to remember. The only caches."""

import functools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

import jax
import numpy as np
import streamlit as st

from dashboard.controls import Choice

MAX_NAMES = 256
_compiling = threading.local()
_compile_seconds: OrderedDict[str, float] = OrderedDict()
_lock = threading.Lock()


@dataclass
class Timing:
    """What a page's computations took so far, in seconds."""

    run: float = 0.0
    compiles: dict[str, float] = field(default_factory=dict)  # each computation's, once
    platforms: list[str] = field(default_factory=list)

    @property
    def compile(self) -> float:
        """What compiling took, in seconds, of all that was computed."""
        return sum(self.compiles.values())

    def describe(self) -> str:
        """Return the words of the device chip: "cpu · 0.4 ms (compiled in 0.6 s)"."""
        device = " + ".join(dict.fromkeys(self.platforms)) or jax.default_backend()
        words = f"{device} · {duration(self.run)}"
        return f"{words} (compiled in {duration(self.compile)})" if self.compile else words


def duration(seconds: float) -> str:
    """Return a time with its unit and two or three digits: "0.4 ms", "1.2 s"."""
    if seconds < 0.01:
        return f"{seconds * 1e3:.1f} ms"
    return f"{seconds * 1e3:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _on_duration(event: str, seconds: float, **_: Any) -> None:
    # JAX reports from the thread that compiles: this page's, never another learner's.
    if event.startswith("/jax/core/compile/"):
        _compiling.seconds = getattr(_compiling, "seconds", 0.0) + seconds


jax.monitoring.register_event_duration_secs_listener(_on_duration)


def begin_page() -> None:
    """Forget the timings of the last run of the page."""
    st.session_state["_timing"] = Timing()


def timing() -> Timing:
    """Return what has been computed in this run of the page."""
    return st.session_state.setdefault("_timing", Timing())


def run(name: str, function: Callable, *args: Any, **static: Any) -> Any:
    """Return `function(*args, **static)` as NumPy arrays, timed, on the chosen device.

    Python floats become float32 scalars, so that moving a slider never compiles again.
    `name` says for which computation a compile time is remembered and shown.
    """
    _compiling.seconds = 0.0
    started = time.perf_counter()
    device = chosen_device()
    with jax.default_device(device) if device is not None else nullcontext():
        result = jax.block_until_ready(function(*map(_traced, args), **static))
    elapsed = time.perf_counter() - started
    compiled = min(_compiling.seconds, elapsed)
    _note(name, elapsed - compiled, compiled, device)
    return jax.device_get(result)


def remember(name: str, function: Callable, *args: Hashable, **static: Hashable) -> Any:
    """Return `run(...)`, computed once for each set of small hashable arguments.

    Shared by all learners, for what takes long and is asked often. 128 MB are kept, and no more
    than 512 results: what many seeds reach is many small ones.
    """
    device = chosen_device()
    key = (name, str(device), args, tuple(sorted(static.items())))
    result, seconds, compiled = _remembered(key, functools.partial(function, *args, **static))
    _note(name, seconds, compiled, device)
    return result


# A learner's own data are told apart by all their numbers: Streamlit samples large arrays.
OWN_DATA = {"nnjax.data.table.OwnData": lambda own: own.digest}


@st.cache_data(max_entries=512, max_size="128MB", show_spinner=False, hash_funcs=OWN_DATA)
def _remembered(key: Hashable, _call: Callable) -> tuple[Any, float, float]:
    _compiling.seconds = 0.0
    started = time.perf_counter()
    device = chosen_device()
    with jax.default_device(device) if device is not None else nullcontext():
        result = jax.device_get(jax.block_until_ready(_call()))
    elapsed = time.perf_counter() - started
    return result, elapsed - _compiling.seconds, _compiling.seconds


def _traced(value: Any) -> Any:
    """Turn a float, or a plain list of floats, into float32; leave everything else as it is."""
    if isinstance(value, float):
        return np.float32(value)
    if type(value) in (list, tuple) and value and all(isinstance(v, float) for v in value):
        return np.asarray(value, np.float32)
    return value


def _note(name: str, seconds: float, compiled: float, device: Any) -> None:
    with _lock:
        if compiled > 0:
            _compile_seconds[name] = compiled
            _compile_seconds.move_to_end(name)
            while len(_compile_seconds) > MAX_NAMES:
                _compile_seconds.popitem(last=False)
        first = _compile_seconds.get(name, 0.0)
    now = timing()
    now.run += seconds
    if first:
        now.compiles[name] = first
    now.platforms.append(device.platform if device is not None else jax.default_backend())


@functools.cache
def devices() -> dict[str, Any]:
    """Return the devices worth choosing between, by name; host devices count as one."""
    found: dict[str, Any] = {}
    for platform in ("gpu", "tpu", "cpu"):
        try:
            several = jax.devices(platform)
        except RuntimeError:
            continue
        several = several[:1] if platform == "cpu" else several
        for device in several:
            found[platform if len(several) == 1 else f"{platform}:{device.id}"] = device
    return found


def device_control() -> Choice | None:
    """Return the control that picks a device, or None where there is nothing to pick."""
    names = tuple(devices())
    if len(names) < 2:
        return None
    return Choice(key="device", label="Compute on", options=names, default=names[0])


def chosen_device() -> Any:
    """Return the device that the learner picked, or None for JAX's own choice."""
    if len(devices()) < 2:
        return None
    return devices().get(st.session_state.get("device"))
