"""What the laboratory "Draw the line" says about what it computed."""

from dashboard.neuron.study import Study
from nnjax.separation.perceptron import N_UPDATES, find_cycle

NARROW = "0.4,0.4:0 0.6,0.5:0 0.8,0.8:0 0.4,0.5:1 0.6,0.65:1 0.8,0.9:1"
SQUEEZE = (
    "Why it must stop. The best separator is a direction u. Each mistake carries the weights at "
    "least γ further along u (solid line: the floor), but lengthens them by little (dashes: the "
    "ceiling). Nothing is further along u than it is long, so it must end where floor and ceiling "
    "meet, at the bound. Circles and crosses are what this neuron measured."
)
IN_LLMS = (
    "The last step of a language model is a wall of neurons like this one: for each of its tokens "
    "(50,257 in GPT-2) a weighted sum of the same inputs, the largest of which wins. Each pair of "
    "tokens is parted by a flat boundary. They learn by gradients and not by this rule, but a "
    "flat boundary is still all that one neuron can draw."
)


def captions(study: Study) -> list[str]:
    """Return the words under each frame of the film."""
    n_points = len(study.points)
    return [
        f"{plural(k, 'mistake')} · {study.path.n_right[k]} of {n_points} right"
        for k in range(int(study.path.n_mistakes) + 1)
    ]


def verdict(study: Study) -> str:
    """Say what came of it, and what can be proved."""
    if len(study.points) == 0:
        return "No points yet: click the plane to add some."
    mistakes = plural(int(study.path.n_mistakes), "mistake")
    if not study.proof.separable:
        return f"{_no_line(study)} {_going_round(study)}"
    allowed = f"The bound allows at most {study.bound.whole:,}."
    if study.path.n_mistakes == 0:
        return f"**No mistakes at all:** the first line already has every point right. {allowed}"
    if study.path.converged:
        return f"**{mistakes}, then none:** all {len(study.points)} points are right. {allowed}"
    return (
        f"**Not there after {mistakes}.** A line exists, but the gap is narrow. {allowed} "
        f"The film stops at {N_UPDATES}."
    )


def _no_line(study: Study) -> str:
    x1, x2 = study.proof.meeting_point
    return (
        f"**No line exists.** The star at ({x1:.3g}, {x2:.3g}) lies in both classes' hulls, so a "
        "line would have it on both sides. The best line gets "
        f"**{study.best.n_right} of {len(study.points)}** right."
    )


def _going_round(study: Study) -> str:
    cycle = find_cycle(study.path, len(study.points))
    if cycle is None:
        return f"The rule was still making mistakes after {N_UPDATES}."
    return (
        f"After mistake {cycle.first} the rule goes round for ever: every {cycle.length} mistakes "
        "it is back at the same weights."
    )


def plural(count: int, noun: str) -> str:
    """Return "1 mistake", "2 mistakes"."""
    return f"{count} {noun}" + ("" if count == 1 else "s")


def compare(a: int, b: int) -> str:
    """Return how a compares with b, in the words of the question."""
    return "just as many" if a == b else "fewer" if a < b else "more"


def formulas(study: Study) -> list[str]:
    """Return the rule with the numbers of the first mistake, and the bound."""
    of_weights, of_bias = _first_mistake(study)
    lines = [
        r"\mathbf{w} \leftarrow \mathbf{w} + \eta\,(y - \hat y)\,\mathbf{x}" + of_weights,
        r"b \leftarrow b + \eta\,(y - \hat y)" + of_bias,
    ]
    if study.bound is not None:
        lines.append(_bound(study))
    return lines


def _first_mistake(study: Study) -> tuple[str, str]:
    path = study.path
    if not path.n_mistakes:
        return "", ""
    (x1, x2), sign = study.points[path.mistake[0]], "+" if path.bias[1] > path.bias[0] else "-"
    before, after = ((*path.weights[k], path.bias[k]) for k in (0, 1))
    return (
        rf" = ({before[0]:.4g},\ {before[1]:.4g}) {sign} {study.rate:.4g} \cdot "
        rf"({x1:.4g},\ {x2:.4g}) = ({after[0]:.4g},\ {after[1]:.4g})",
        rf" = {before[2]:.4g} {sign} {study.rate:.4g} = {after[2]:.4g}",
    )


def _bound(study: Study) -> str:
    bound = study.bound
    if not study.from_zero:
        return rf"\text{{mistakes}} \le {bound.mistakes:.1f}"
    return (
        r"\text{mistakes} \le \left(\frac{R}{\gamma}\right)^2 = "
        rf"\left(\frac{{{bound.radius:.3f}}}{{{bound.margin:.3f}}}\right)^2 = {bound.mistakes:.1f}"
    )


def formula_note(study: Study) -> str:
    """Say what the letters mean, and which mistake the numbers are from."""
    note = "The numbers are those of this run's first mistake. " if study.path.n_mistakes else ""
    if study.bound is None:
        return f"{note}There is no bound, because there is no line."
    return note + (
        "$R$ is the longest point and $\\gamma$ the widest gap, both counting the bias as a third "
        "weight on an input of 1, as the rule does."
        + (
            " From other weights than zero the bound is the larger root of a quadratic that has "
            "$(R/\\gamma)^2$ as its special case."
            if not study.from_zero
            else ""
        )
    )
