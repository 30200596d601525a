"""What the laboratory "The measured table" says of what it measured."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from dashboard.compute import duration
from dashboard.formulas import grouped
from nnjax.races.bands import Band, band_over_seeds, count_wins
from nnjax.zoo.costs import Cost
from nnjax.zoo.examples import Task
from nnjax.zoo.growth import READS_ANY_LENGTH, PowerLaw, fit_power_law, recall_flops
from nnjax.zoo.networks import DENSE
from nnjax.zoo.recall import LENGTH, N_TOKENS

QUESTION = (
    "Forty tokens, and the first must be recalled. A feedforward network sees all forty at once, "
    "320 numbers; the budget leaves it six hidden units. How well will it recall?"
)
OPTIONS = ("No better than a guess", "About half the time", "Nearly always")
IN_LLMS = (
    "A recurrent network can read a token only when it has read the one before: with $n$ layers "
    "and $L$ tokens, $L + n - 1$ layers' work must follow one another, however many processors "
    "stand idle. A transformer reads all tokens of a text that it is trained on at once, in $n$ "
    "such steps. It pays with $L^2$ comparisons, which can all be made side by side. That is why "
    "large language models are transformers: not fewer operations, but fewer that must wait."
)
NOTE = (
    "All networks have 1,900 parameters, within five per cent, and learn by Adam with their "
    "task's learning rate, from the same examples. Only the seed differs: it draws the first "
    "weights and the order of the examples. A step's time is the fastest of fifteen, on a batch of "
    "32: whatever else the machine does can only slow it down."
)
# Who is compared with whom on a task, and why the first of them may win.
PAIRS = {
    "tabular": (
        ("feedforward", "rnn",
         "The measurements stand in no order: reading them one by one has nothing to find."),
        ("feedforward", "transformer",
         "With 398 tumours to learn from, looking at all pairs of measurements is no great help."),
    ),
    "digits": (
        ("cnn", "feedforward", "Its kernels ask the same question everywhere."),
    ),
    "shifted": (
        ("cnn", "feedforward",
         "What moves in the image moves in its maps, and pooling forgives a pixel; a dense network "
         "has other weights for every place."),
    ),
    "recall": (
        ("gru", "rnn",
         "Gates can hold a value as it is; a plain cell makes a new state each step."),
        ("lstm", "rnn", "Its memory is a sum that gates protect."),
    ),
}  # fmt: skip


class Row(NamedTuple):
    """What is known of one network so far."""

    key: str  # of the architecture
    label: str
    scores: np.ndarray  # (n_seeds,)
    n_diverged: int
    cost: Cost | None
    step: float | None  # seconds
    law: PowerLaw | None

    @property
    def band(self) -> Band:
        """Eight of ten seeds, and the middle one."""
        return Band(*(-part for part in reversed(band_over_seeds(-self.scores))))


def table(rows: Sequence[Row]) -> dict[str, list]:
    """Return the columns of the measured table, without those that are not measured yet."""
    columns = {
        "Network": [row.label for row in rows],
        "Middle seed": [f"{row.band.middle:.1%}" for row in rows],
        "Eight of ten": [f"{row.band.low:.1%} to {row.band.high:.1%}" for row in rows],
        "Parameters": [row.cost and row.cost.parameters for row in rows],
        "Operations, formula": [row.cost and row.cost.formula_flops for row in rows],
        "Operations, XLA": [row.cost and round(row.cost.flops) for row in rows],
        "Bytes, XLA": [row.cost and round(row.cost.bytes_accessed) for row in rows],
        "A step": [None if row.step is None else duration(row.step) for row in rows],
        "Time grows as": [_growth_of(row) for row in rows] if any(row.law for row in rows) else [],
    }
    return {
        name: cells for name, cells in columns.items() if any(cell is not None for cell in cells)
    }


def _growth_of(row: Row) -> str | None:
    if row.key not in READS_ANY_LENGTH:
        return "one size only"
    return f"L to the {row.law.exponent:.2f}" if row.law else None


def verdict(task: str, rows: Sequence[Row]) -> str:
    """Say who beats whom in how many seeds, as far as they are trained."""
    found = {row.key: row for row in rows}
    said = [
        _compare(found[first], found[second], why)
        for first, second, why in PAIRS[task]
        if first in found and second in found
    ]
    lost = [f"{row.label} diverged in {row.n_diverged}" for row in rows if row.n_diverged]
    top = f"{max(row.band.middle for row in rows):.1%}"
    best = [row.label for row in rows if f"{row.band.middle:.1%}" == top]
    said.append(
        f"Best in the middle: **{', '.join(best)}, {top}**."
        + (f" {'; '.join(lost)}: the loss was no longer finite." if lost else "")
    )
    return "\n\n".join(said)


def _compare(first: Row, second: Row, why: str) -> str:
    n = min(len(first.scores), len(second.scores))
    ours, theirs = first.scores[:n], second.scores[:n]
    wins, ties = count_wins(-ours, -theirs), int(np.sum(ours == theirs))
    middles = f"{first.band.middle:.1%} against {second.band.middle:.1%} in the middle"
    tied = f", {ties} even" if ties else ""
    said = f"**{first.label} beats {second.label} in {wins} of {n} seeds**{tied}: {middles}."
    return f"{said} {why}" if wins > n / 2 else f"{said} No clear advantage here."


def describe(rows: Sequence[Row], task: Task, title: str) -> str:
    """Return the picture of the scores in words."""
    each = (
        f"{row.label} {row.band.low:.0%} to {row.band.high:.0%}, middle {row.band.middle:.1%}"
        for row in rows
    )
    return f"{title}. {'; '.join(each)}. A guess: {task.by_chance:.1%}."


def growth(seconds: Mapping[str, Mapping[int, float]]) -> str:
    """Compare the RNN's and the transformer's growth, and say what the device did about it."""
    if not all(len(seconds.get(key, {})) > 1 for key in ("rnn", "transformer")):
        return ""
    lengths = sorted(set(seconds["rnn"]) & set(seconds["transformer"]))
    if len(lengths) < 2:
        return ""
    short, long = lengths[0], lengths[-1]
    grown = {key: seconds[key][long] / seconds[key][short] for key in ("rnn", "transformer")}
    work = {key: recall_flops(key, long) / recall_flops(key, short) for key in grown}
    faster = "more slowly than" if grown["transformer"] < grown["rnn"] else "faster than"
    return (
        f"From {short} to {long} tokens the transformer's step becomes "
        f"**{grown['transformer']:.1f} times** as long, the RNN's **{grown['rnn']:.1f} times**: on "
        f"this device the transformer's time grows **{faster}** the RNN's.\n\n"
        f"Why: {_why(grown, work, long / short)}"
    )


def _why(grown: Mapping[str, float], work: Mapping[str, float], longer: float) -> str:
    """Hold the time against the operations: did the device do more of them at once?"""
    side_by_side = grown["transformer"] < 0.5 * work["transformer"]
    said = (
        f"the transformer's operations grow {work['transformer']:.0f} times, all pairs of tokens "
        f"among them, the RNN's {work['rnn']:.0f} times. "
    )
    if side_by_side:
        said += (
            "The transformer's time grew by less than half of that: this device works on many "
            "pairs at once, which a loop over tokens cannot offer it."
        )
    else:
        said += (
            "The transformer's time kept pace with its operations: a device with few cores is "
            "busy with a short sequence already, and has nothing left to do side by side. A GPU "
            "has thousands of places to work at; there the square hides until the device is full."
        )
    if grown["rnn"] < 0.6 * longer:
        said += (
            f" The RNN's {longer:.0f} times as many steps took less than that many times as long: "
            "starting and ending cost much of its shortest step."
        )
    return said


def describe_growth(seconds: Mapping[str, Mapping[int, float]], labels: Mapping[str, str]) -> str:
    """Return the picture of the times in words."""
    each = (
        f"{labels[key]}: " + ", ".join(f"{n} tokens {duration(t)}" for n, t in sorted(some.items()))
        for key, some in seconds.items()
    )
    return f"Time of one training step against length. {'; '.join(each)}."


def law_of(seconds: Mapping[int, float]) -> PowerLaw | None:
    """Return the power law through the times measured so far."""
    if len(seconds) < 3:
        return None
    lengths = sorted(seconds)
    return fit_power_law(lengths, [seconds[n] for n in lengths])


def formulas(rows: Sequence[Row], n_test: int) -> tuple[str, ...]:
    """Return a score and the laws of growth, with the measured numbers in them."""
    best = max(rows, key=lambda row: row.band.middle)
    share = float(best.band.middle)
    lines = [
        r"\text{score} = \frac{\text{right}}{\text{unseen}}"
        rf" = \frac{{{round(share * n_test)}}}{{{grouped(n_test)}}} = {share:.3f}"
        rf" \quad \text{{({best.label}, middle seed)}}"
    ]
    lines += [
        rf"t_{{\text{{{row.label}}}}}(L) \approx {1e3 * row.law.factor:.3f}\,\text{{ms}}"
        rf" \cdot L^{{{row.law.exponent:.2f}}}"
        for row in rows
        if row.law and row.key in ("rnn", "transformer")
    ]
    return tuple(lines)


def answer(scores: Any) -> tuple[str, str]:
    """Return the option that the seeds support, and why."""
    share = float(np.median(scores))
    option = OPTIONS[2] if share > 0.9 else OPTIONS[1] if share > 0.25 else OPTIONS[0]
    config = DENSE["recall"]
    return option, (
        f"The middle of {len(scores)} seeds recalls {share:.1%}. The first token always stands at "
        f"the same {N_TOKENS} of {config.n_in} inputs, and these have weights of their own: "
        f"nothing must be kept, only read. The price: it reads sequences of {LENGTH} tokens "
        "and no other length. A token that may stand anywhere would need weights at every place."
    )
