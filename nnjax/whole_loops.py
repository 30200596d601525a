"""Asks XLA's CPU compiler to build a small training loop as one function.

By default every fused operation of a loop's body is a call of its own, and for a network of a few
units the calls cost several times the arithmetic. XLA turns loops that touch few bytes into one
function; its limit is far below a data set's size, so it is raised here. Other back ends, and
versions of XLA that do not know the option, ignore it: results never depend on it.
"""

import os

OPTION = "xla_cpu_small_while_loop_byte_threshold"
LIMIT_BYTES = 2**24
_FLAG = "--xla_backend_extra_options"


def request_whole_loops() -> None:
    """Adds the option to XLA_FLAGS, which XLA reads once: call it before JAX is first used.

    Flags that somebody has set already for the same purpose are left as they are.
    """
    flags = os.environ.get("XLA_FLAGS", "")
    if _FLAG not in flags:
        os.environ["XLA_FLAGS"] = f"{flags} {_FLAG}={OPTION}={LIMIT_BYTES}".strip()


def loops_are_whole() -> bool:
    """Whether the option was asked for, so that a loop inside a training step costs little."""
    return OPTION in os.environ.get("XLA_FLAGS", "")
