"""What the laboratory "Deep or wide" says about what it computed."""

import itertools
from collections.abc import Mapping

import numpy as np

from nnjax.races.deep_or_wide import DepthRuns, Verdict, quartiles_of

QUESTION = (
    "The disc in the ring, this many parameters, but sigmoid in every layer. After 30 epochs, how "
    "do five hidden layers do beside one?"
)
OPTIONS = ("Better", "About as well", "Worse")
SAME = 0.02  # shares of right answers as close as this are called about the same

NOTE = (
    "All depths see the same points, the same order of batches and the same rate; weights are "
    "drawn after He. A depth's widths differ by one neuron at most. Each depth has a rate that "
    "suits it best, so this compares networks *as trained here*, not what they could express."
)
IN_LLMS = (
    "There is theory for depth: some functions take few parameters in a deep network and very many "
    "in a shallow one (Telgarsky 2016; Eldan and Shamir 2016). But a network must also be "
    "trained: plain networks got worse when they were made much deeper, and shortcuts around the "
    "layers cured it (He et al. 2016). In language models, where every layer has such a shortcut, "
    "shape hardly matters within wide limits: Kaplan et al. (2020) kept the parameters fixed, "
    "varied width against depth fortyfold, and the loss moved by a few per cent. With "
    "$N = 12\\,L\\,d^2$, a depth of $L$ layers leaves this width $d$:"
)


def layers(count: int) -> str:
    """Return "1 layer", "3 layers"."""
    return "1 layer" if count == 1 else f"{count} layers"


def value(number: float, measure: str) -> str:
    """Return an accuracy in per cent, or a loss."""
    return f"{number:.1%}" if measure == "test_accuracy" else f"{number:.3f}"


def verdict(result: Verdict, runs: Mapping[int, DepthRuns], measure: str) -> str:
    """Return which depth came out best here, and how clearly."""
    middles = {depth: quartiles_of(run, measure)[1] for depth, run in runs.items()}
    best = middles.pop(result.best)
    equal = [layers(depth) for depth, middle in middles.items() if middle == best]
    said = (
        f"**{layers(result.best)}**{f', and just as well {_listed(equal)},' if equal else ''} did "
        f"best here: "
        f"{value(best, measure)} in the middle of {result.n_seeds} seeds. "
    )
    if result.clear:
        return said + "It beats every other depth in at least four seeds of five."
    names = [layers(depth) for depth in result.beaten]
    if not names:
        return said + "But seed against seed it beats no other depth clearly: call it a draw."
    close = [layers(depth) for depth in result.wins if depth not in result.beaten]
    return said + (
        f"It clearly beats {_listed(names)}, but not {_listed(close)}: there, too many seeds say "
        "otherwise."
    )


def _listed(names: list[str]) -> str:
    """Return "1 layer, 2 layers and 5 layers"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def table(runs: Mapping[int, DepthRuns]) -> str:
    """Return each depth's widths, exact count, and the middle seed's results on test points."""
    rows = [
        "| Hidden | Parameters | Accuracy | Loss |",
        "|---|--:|--:|--:|",
    ]
    for run in runs.values():
        accuracy, loss = (quartiles_of(run, name)[1] for name in ("test_accuracy", "test_loss"))
        rows.append(f"| {_widths(run.hidden)} | {run.n_parameters} | {accuracy:.1%} | {loss:.3f} |")
    n_lost = {run.hidden: int(np.sum(run.diverged_at >= 0)) for run in runs.values()}
    lost = [f"{count} with {_widths(hidden)}" for hidden, count in n_lost.items() if count]
    return "\n".join(rows) + (f"\n\nSeeds that diverged: {_listed(lost)}." if lost else "")


def _widths(hidden: tuple[int, ...]) -> str:
    return "-".join(map(str, hidden))


def formulas(runs: Mapping[int, DepthRuns], budget: int) -> tuple[str, ...]:
    """Return the count of the shallowest and of the deepest network with its numbers."""
    lines = [r"\text{parameters} = \sum_l n_l\,(n_{l-1} + 1)"]
    for depth in dict.fromkeys((min(runs), max(runs))):
        widths = (2, *runs[depth].hidden, 1)
        terms = " + ".join(
            rf"{n_out} \cdot ({n_in} + 1)" for n_in, n_out in itertools.pairwise(widths)
        )
        count = runs[depth].n_parameters
        off = 100 * (count / budget - 1)
        lines.append(rf"{terms} = {count} \quad ({off:+.1f}\,\% \text{{ of }} {budget})")
    return tuple(lines)


def about_sigmoid(one: float, five: float) -> tuple[str, str]:
    """Return the option that fits the middle accuracies of one and of five layers, and why."""
    answer = OPTIONS[1] if abs(five - one) <= SAME else OPTIONS[0] if five > one else OPTIONS[2]
    return answer, (
        f"In the middle seed one layer gets {one:.1%} of the test points right, five get "
        f"{five:.1%}. A sigmoid's slope is at most 0.25, so each layer passes on at most a quarter "
        "of the gradient for each unit of weight: the first of five hears little of the loss."
    )
