"""Interleaved timing: every contender is measured in turn, so that all see the same machine."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}
Work = Callable[[int], object]  # does that many units of work and returns when they are done


@dataclass(frozen=True, kw_only=True)
class Rate:
    """Units of work per second: the median of the repeats, and the repeats themselves."""

    median: float
    repeats: tuple[float, ...]


def seconds_of(work: Work, units: int, clock: str = "wall") -> float:
    """Seconds that `work(units)` takes; "cpu" counts what this process spent on all its threads."""
    start = CLOCKS[clock]()
    work(units)
    return CLOCKS[clock]() - start


def units_for(work: Work, seconds: float, clock: str = "wall") -> int:
    """How many units last about `seconds`: doubled from one, then scaled. Warms up on the way."""
    work(1)
    units = 1
    while (taken := seconds_of(work, units, clock)) < seconds / 4:
        units *= 2
    return max(1, round(units * seconds / taken))


def interleave(
    works: Mapping[str, Work], *, repeats: int = 5, seconds: float = 0.4, clock: str = "wall"
) -> dict[str, Rate]:
    """Times every work `repeats` times, round robin, each for about `seconds`."""
    units = {name: units_for(work, seconds, clock) for name, work in works.items()}
    rates: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(repeats):
        for name, work in works.items():
            rates[name].append(units[name] / seconds_of(work, units[name], clock))
    return {
        name: Rate(median=statistics.median(values), repeats=tuple(values))
        for name, values in rates.items()
    }


def ratio(above: Rate, below: Rate) -> float:
    """The median of the ratios of one round each: a slow moment of the machine hits both sides."""
    pairs = zip(above.repeats, below.repeats, strict=True)
    return statistics.median(a / b for a, b in pairs)
