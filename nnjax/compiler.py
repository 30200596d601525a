"""Asks XLA's CPU compiler for small training loops as one function each, and not to take too long.

By default every fused operation of a loop's body is a call of its own, and for a network of a few
units the calls cost several times the arithmetic. XLA turns loops that touch few bytes into one
function; its limit is far below a data set's size, so it is raised here. And its highest level of
optimising adds a tenth to a third to the time that a learner waits for a new shape, and nothing
measurable to the speed of training (`python -m benchmarks training`). Neither changes a result by
more than its rounding.
"""

import os
from importlib.metadata import entry_points
from importlib.util import find_spec

WHOLE_LOOPS = "xla_cpu_small_while_loop_byte_threshold"
LIMIT_BYTES = 2**24
ALMOST_HIGHEST = 2  # of 0 to 3
_EXTRA = "--xla_backend_extra_options"  # back ends and versions that do not know one ignore it
_LEVEL = "--xla_backend_optimization_level"


def tune_compiler() -> None:
    """Adds both to XLA_FLAGS, which XLA reads once: call it before JAX is first used.

    Flags that somebody has set already for the same purpose are left as they are. The level would
    hold for an accelerator's programs too, so it is lowered only where there is none.
    """
    flags = os.environ.get("XLA_FLAGS", "")
    if _EXTRA not in flags:
        flags += f" {_EXTRA}={WHOLE_LOOPS}={LIMIT_BYTES}"
    if _LEVEL not in flags and _only_cpu():
        flags += f" {_LEVEL}={ALMOST_HIGHEST}"
    os.environ["XLA_FLAGS"] = flags.strip()


def loops_are_whole() -> bool:
    """Whether whole loops were asked for, so that a loop inside a training step costs little."""
    return WHOLE_LOOPS in os.environ.get("XLA_FLAGS", "")


def _only_cpu() -> bool:
    """Whether JAX finds no other back end: those are plug-ins, but for TPU's library."""
    plugins = entry_points(group="jax_plugins") or find_spec("jax_plugins") or find_spec("libtpu")
    return not plugins
