"""What the measured table measures, piece by piece, and how the pieces become its rows."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from dashboard.compute import remember
from dashboard.zoo import table_words as words
from dashboard.zoo.table_words import Row
from nnjax.zoo.costs import forward_cost
from nnjax.zoo.examples import Task
from nnjax.zoo.growth import READS_ANY_LENGTH
from nnjax.zoo.networks import NETWORKS
from nnjax.zoo.trials import step_seconds, try_network

AT_ONCE = 2  # seeds trained before the page may be drawn again
LENGTHS = (8, 128, 32, 256, 16, 64)  # in the order in which they are measured
LABELS = {row.architecture: row.label for row in NETWORKS.values()}


def pieces(task: Task, networks: tuple[str, ...], seeds: range) -> list[tuple]:
    """What must be measured: everyone's first seeds, costs, times, other seeds, then growth."""
    readers = [key for key in networks if key in READS_ANY_LENGTH]
    return [
        *(("try", key, seeds[0]) for key in networks),
        *(("cost", key, 0) for key in networks),
        *(("step", key, 0) for key in networks),
        *(("try", key, seed) for seed in seeds[1:] for key in networks),
        *(("grow", key, length) for length in LENGTHS for key in readers),
    ]


def say(piece: tuple) -> str:
    """Tell what is done to a piece."""
    kind, key, number = piece
    name = LABELS[key]
    return {
        "try": f"Training the {name}, {AT_ONCE} seeds at a time",
        "cost": f"Counting the operations of the {name}",
        "step": f"Timing a step of the {name}",
        "grow": f"Timing the {name} on {number} tokens",
    }[kind]


def measure(task: Task, n_epochs: int, piece: tuple) -> Any:
    """Return the piece's result: trials, a cost, or the fastest of a step's seconds."""
    kind, architecture, number = piece
    key = f"{architecture}_{task.key}"
    if kind == "try":
        settings = {"learning_rate": task.learning_rate, "n_epochs": n_epochs}
        return remember(
            f"seeds of the {key}", try_network, key, first_seed=number, n_seeds=AT_ONCE, **settings
        )
    if kind == "cost":
        return remember("cost of a pass", lambda name: forward_cost(NETWORKS[name]), key)
    if kind == "step":
        return float(remember("a step's time", step_seconds, key).min())
    return float(remember("a step's time", step_seconds, f"{architecture}_recall", number).min())


def times(done: Mapping[tuple, Any]) -> dict[str, dict[int, float]]:
    """Return the seconds measured so far: architecture -> length -> seconds."""
    found: dict[str, dict[int, float]] = {}
    for (kind, key, number), result in done.items():
        if kind == "grow":
            found.setdefault(key, {})[number] = result
    return found


def collect(done: Mapping[tuple, Any], networks: Mapping, *, moved: bool) -> list[Row]:
    """Return a row for each network that was trained from one pair of seeds at least."""
    timed, rows = times(done), []
    for key, network in networks.items():
        tried = [some for piece, some in done.items() if piece[:2] == ("try", key)]
        if not tried:
            continue
        scores = [some.moved if moved else some.score for some in tried]
        rows.append(
            Row(
                key=key,
                label=network.label,
                scores=np.concatenate(scores),
                n_diverged=int(sum((some.diverged_at >= 0).sum() for some in tried)),
                cost=done.get(("cost", key, 0)),
                step=done.get(("step", key, 0)),
                law=words.law_of(timed.get(key, {})),
            )
        )
    return rows
