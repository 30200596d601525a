"""Asks XLA's CPU compiler for training loops that run fast, and for everything else at once.

Three wishes, none of which changes a result by more than its rounding:

- A loop as one function. By default every fused operation of a loop's body is a call of its own,
  and for a network of a few units the calls cost several times the arithmetic. XLA turns loops
  that touch few bytes into one function; its limit is far below a data set's size.
- Most programs run for a moment, and a learner waits for their compiling alone: they get little
  optimising and XLA's older code generator for fusions, which takes two thirds of the time.
- Programs that train get the newer one, by `jit_loop`: they run up to a third faster. XLA's highest
  level of optimising would add to the wait and nothing measurable to the speed.

`python -m benchmarks training` measures all of it.
"""

import os
from importlib.metadata import entry_points
from importlib.util import find_spec

import jax

WHOLE_LOOPS = "xla_cpu_small_while_loop_byte_threshold"
LIMIT_BYTES = 2**24
_EXTRA = "--xla_backend_extra_options"  # back ends and versions that do not know one ignore it
_LEVEL, _FUSIONS = "xla_backend_optimization_level", "xla_cpu_use_fusion_emitters"
QUICK = f"--{_LEVEL}=1 --{_FUSIONS}=false"
FOR_LOOPS = {_LEVEL: 2, _FUSIONS: True}


def tune_compiler() -> None:
    """Adds the flags to XLA_FLAGS, which XLA reads once: call it before JAX is first used.

    Flags that somebody has set already for the same purpose are left as they are. The level would
    hold for an accelerator's programs too, so it is lowered only where there is none.
    """
    flags = os.environ.get("XLA_FLAGS", "")
    if _EXTRA not in flags:
        flags += f" {_EXTRA}={WHOLE_LOOPS}={LIMIT_BYTES}"
    if _LEVEL not in flags and _FUSIONS not in flags and _only_cpu():
        flags += f" {QUICK}"
    os.environ["XLA_FLAGS"] = flags.strip()


def jit_loop(function, **options):
    """`jax.jit` for a program that trains: not to be called from within another jitted one."""
    return jax.jit(function, compiler_options=_loop_options(), **options)


def _loop_options() -> dict | None:
    flags = os.environ.get("XLA_FLAGS", "")
    if QUICK in flags:
        return FOR_LOOPS
    # Said twice it changes nothing, but JAX refuses a program with options within another one:
    # so the tests, which choose for themselves, would notice.
    return {_FUSIONS: False} if f"{_FUSIONS}=false" in flags else None


def loops_are_whole() -> bool:
    """Whether whole loops were asked for, so that a loop inside a training step costs little."""
    return WHOLE_LOOPS in os.environ.get("XLA_FLAGS", "")


def _only_cpu() -> bool:
    """Whether JAX finds no other back end: those are plug-ins, but for TPU's library."""
    plugins = entry_points(group="jax_plugins") or find_spec("jax_plugins") or find_spec("libtpu")
    return not plugins
