"""The sweep of 64 learning rates beside one run alone, in networks x epochs per second."""

from benchmarks.problem import SHAPES, make_problem
from benchmarks.tables import number, table, times
from benchmarks.timing import Rate, interleave, ratio


def _scaled(rate: Rate, factor: int) -> Rate:
    return Rate(median=rate.median * factor, repeats=tuple(each * factor for each in rate.repeats))


def measure_sweep(shape: str, *, repeats: int, seconds: float) -> dict[str, float]:
    """Both in turns; `sweep_over_one` is how many times one run's work the sweep gets done."""
    from benchmarks.engine import SWEEP_EPOCHS, Engine, start_sweep

    problem = make_problem(SHAPES[shape])
    works = {"one": Engine(problem).train, "sweep": start_sweep(problem)}
    rates = interleave(works, repeats=repeats, seconds=seconds)
    sweep = _scaled(rates["sweep"], SWEEP_EPOCHS)
    return {
        "one_run_epochs_per_second": rates["one"].median,
        "sweep_network_epochs_per_second": sweep.median,
        "sweep_over_one": ratio(sweep, rates["one"]),
    }


def sweep_table(results: dict) -> str:
    """One row a shape."""
    rows = [
        [
            name,
            number(result["one_run_epochs_per_second"]),
            number(result["sweep_network_epochs_per_second"]),
            times(result["sweep_over_one"]),
        ]
        for name, result in results.items()
    ]
    title = "Sweep of 64 learning rates: networks x epochs per second"
    return table(title, ["hidden", "one run", "sweep", "ratio"], rows)


def first_use_table(results: dict) -> str:
    """Seconds to the first trained epoch: compiled, then found in the cache by a new process."""
    rows = [
        [name, *(number(part) for process in result.values() for part in process.values())]
        for name, result in results.items()
    ]
    title = "First use of a shape, seconds: a first process compiles, a second has the cache"
    headings = ["hidden", "weights, frame", "training", "2nd: weights, frame", "2nd: training"]
    return table(title, headings, rows)
