"""Timing and devices: what the chip says is what happened."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from dashboard import compute


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0004, "0.4 ms"), (0.0124, "12 ms"), (0.6, "600 ms"), (1.25, "1.2 s"), (75.0, "75.0 s")],
)
def test_durations(seconds, words):
    assert compute.duration(seconds) == words


def test_chip_says_device_run_and_compile():
    timing = compute.Timing(run=0.0004, compiles={"a": 0.4, "b": 0.2}, platforms=["cpu", "cpu"])
    assert timing.describe() == "cpu · 0.4 ms (compiled in 600 ms)"


def test_moving_a_slider_compiles_nothing():
    traces = []

    @jax.jit
    def scaled(x, weights):
        traces.append(1)
        return x * jnp.sum(weights)

    for value in (0.5, 1.5, 2.0):
        result = compute.run("scaled", scaled, value, (1.0, 2.0))
        assert isinstance(result, np.ndarray | np.generic)
        assert result == pytest.approx(3 * value)
    assert len(traces) == 1


def test_compile_time_is_told_apart_from_run_time():
    compute.begin_page()
    function = jax.jit(lambda x: jnp.sin(x) ** 2 + 0.123)
    compute.run("fresh", function, 0.5)
    first = compute.timing().compile
    assert first > 0
    compute.begin_page()
    compute.run("fresh", function, 0.7)
    assert compute.timing().compile == pytest.approx(first)
    compute.run("fresh", function, 0.9)
    assert compute.timing().compile == pytest.approx(first), "one program, counted once a page"
    assert compute.timing().run < 0.5


def test_host_devices_are_one_choice():
    names = list(compute.devices())
    assert sum(name.startswith("cpu") for name in names) == 1
    assert (compute.device_control() is None) == (len(names) < 2)
