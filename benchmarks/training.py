"""`python -m benchmarks training`: epochs per second of the engine beside its peers."""

from benchmarks.check import largest_difference
from benchmarks.compiled import Unavailable
from benchmarks.first_use import measure_first_use
from benchmarks.peers import PEERS, Trainer
from benchmarks.problem import SHAPES, Problem, make_problem
from benchmarks.sweeps import first_use_table, measure_sweep, sweep_table
from benchmarks.tables import number, table, times
from benchmarks.timing import Rate, interleave, ratio

ENGINE = "nnjax"
PARTS = ("peers", "sweep", "first_use")
C_SOURCES = (("reference.c", True), ("reference_columns.c", False))


def check_references(problem: Problem) -> None:
    """Refuses to time a C reference that does not follow NumPy's trajectory."""
    for source, transposed in C_SOURCES:
        try:
            difference = largest_difference(source, problem, transposed=transposed, n_epochs=3)
        except Unavailable:
            continue
        if not difference < 1e-4:
            raise AssertionError(f"{source} differs from NumPy by {difference:.2g}")


def start_peers(problem: Problem) -> tuple[dict[str, Trainer], dict[str, str]]:
    """The peers that can run here, and for each of the others the reason why not."""
    trainers, missing = {}, {}
    for peer in PEERS.values():
        try:
            trainers[peer.key] = peer.start(problem)
        except Unavailable as reason:
            missing[peer.key] = str(reason)
    return trainers, missing


def losses_after(trainers: dict[str, Trainer], n_epochs: int = 100) -> dict[str, list[float]]:
    """First and last training loss of each peer over `n_epochs`: it must fall everywhere."""
    found = {}
    for key, train in trainers.items():
        losses = train(n_epochs)
        found[key] = [float(losses[0]), float(losses[-1])]
    return found


def measure_shape(name: str, *, repeats: int, seconds: float, clock: str = "wall") -> dict:
    """Every peer on one shape: epochs per second, ratios to the engine, losses."""
    problem = make_problem(SHAPES[name])
    check_references(problem)
    trainers, missing = start_peers(problem)
    losses = losses_after(trainers)
    rates = interleave(trainers, repeats=repeats, seconds=seconds, clock=clock)
    return {
        "clock": clock,
        "epochs_per_second": {key: rate.median for key, rate in rates.items()},
        "repeats": {key: rate.repeats for key, rate in rates.items()},
        "engine_over": engine_ratios(rates),
        "loss_first_and_last_of_100_epochs": losses,
        "missing": missing,
    }


def engine_ratios(rates: dict[str, Rate]) -> dict[str, float]:
    """How many times each peer's speed the engine reaches; empty without the engine."""
    if ENGINE not in rates:
        return {}
    return {key: ratio(rates[ENGINE], rate) for key, rate in rates.items() if key != ENGINE}


def measure_training(
    shapes: list[str], parts: list[str], *, repeats: int, seconds: float, clock: str = "wall"
) -> dict:
    """The whole benchmark: each part by shape. The clock is the peers': a sweep uses many cores."""
    timing = {"repeats": repeats, "seconds": seconds}
    measures = {
        "peers": lambda name: measure_shape(name, clock=clock, **timing),
        "sweep": lambda name: measure_sweep(name, **timing),
        "first_use": measure_first_use,
    }
    return {part: {name: measures[part](name) for name in shapes} for part in parts}


def training_tables(results: dict) -> str:
    """What `measure_training` found, as text."""
    tables = {"peers": peer_tables, "sweep": sweep_table, "first_use": first_use_table}
    return "\n".join(tables[part](found) for part, found in results.items())


def peer_tables(results: dict) -> str:
    """Epochs per second of everyone, then the engine's multiples of each peer."""
    keys = [key for key in PEERS if any(key in r["epochs_per_second"] for r in results.values())]
    labels = [PEERS[key].label for key in keys]
    speeds = [
        [name, *(number(result["epochs_per_second"].get(key)) for key in keys)]
        for name, result in results.items()
    ]
    clock = next(iter(results.values()))["clock"]
    title = f"Epochs per second of {clock} time (250 points, batch 10)"
    text = table(title, ["hidden", *labels], speeds)
    others = [key for key in keys if key != ENGINE]
    if ENGINE in keys:
        ratios = [
            [name, *(times(result["engine_over"].get(key)) for key in others)]
            for name, result in results.items()
        ]
        headings = ["hidden", *(PEERS[key].label for key in others)]
        text += "\n" + table("The engine's speed as a multiple of", headings, ratios)
    for key, reason in next(iter(results.values()))["missing"].items():
        text += f"\nNot measured: {PEERS[key].label} ({reason}).\n"
    return text
