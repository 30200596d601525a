"""What the way back says about the step that is lit, and about the number that is picked."""

import numpy as np

from dashboard.backward.own_pass import KEYS, OwnPass, Place
from dashboard.backward.views import doing
from dashboard.formulas import factor
from dashboard.wording import count
from nnjax.activations import ACTIVATIONS

RECALCULATING = (
    "*Think of a satnav that recalculates.* You have arrived at the wrong place; it asks which "
    "turn led there, and walks back from where you are to where you set out. The way back needs "
    "what the way there left behind: every number on it is kept, and that is called the *cache*. "
    "The error that arrives at a neuron is used twice: for the weights that lead into it, and, "
    "handed on, for everything before it. No part of the way is worked out again, which is why "
    "one walk gives every gradient."
)
QUESTION = "Suppose that every weight into the output were 0. Which weights would get a gradient?"
OPTIONS = (
    "All of them",
    "Only those into the output",
    "Only those into the hidden layers",
)
# dL/dp, or dL/dz where the loss works on the raw score: in signs, and with the numbers p, y, z.
_ERRORS = {
    "mse": (r"2\,(p - y)", r"2 \cdot ({p:.4f} - {y:g})"),
    "mae": (r"\operatorname{{sign}}(p - y)", r"\operatorname{{sign}}({p:.4f} - {y:g})"),
    "huber": (
        r"\operatorname{{clip}}(p - y,\ {{-1}},\ 1)",
        r"\operatorname{{clip}}({p:.4f} - {y:g},\ {{-1}},\ 1)",
    ),
}


def exact(value: float) -> str:
    """Return a number with four decimals, a small one with six: enough to multiply on with."""
    return f"{value:.{4 if value == 0 or abs(value) >= 0.01 else 6}f}"


def in_product(value: float) -> str:
    """Return it as a factor, a negative one in brackets."""
    return f"({exact(value)})" if value < 0 else exact(value)


def caption(own: OwnPass, index: int) -> str:
    """Return the line under the picture while it plays."""
    step = own.steps[index]
    where = f"{own.layer_name(step.layer)}: " if step.layer >= 0 else ""
    return f"Step {index} of {len(own.steps) - 1} · {where}{doing(own, step)}"


def what_happens(own: OwnPass, index: int, rate: float, after: float) -> str:
    """Say what the step does, with its numbers."""
    step = own.steps[index]
    where = step.part if step.layer < 0 else own.layer_name(step.layer)
    said = _SAY[step.part](own, step.layer)
    if step.part == "update":
        loss = float(own.walk.loss)
        verb = "falls" if after < loss else "**rises**"
        said += f", {rate:g} times as far. The loss {verb} from {loss:.4f} to {after:.4f}."
    return f"**Step {index} of {len(own.steps) - 1}, {where}.** {said}"


def _enters(own: OwnPass, _: int) -> str:
    return f"{count(len(own.inputs), 'number')} in, on the way to a prediction."


def _goes_forward(_: OwnPass, __: int) -> str:
    return (
        "Forward: weigh, add, bend. Inputs, sums and outputs of the layer stay in the *cache*; "
        "the way back will ask for them."
    )


def _is_scored(own: OwnPass, _: int) -> str:
    p, loss = float(own.walk.prediction[0]), float(own.walk.loss)
    return f"The prediction is {p:.4f}, the truth {own.target:g}: the loss is {loss:.4f}."


def _turns_back(own: OwnPass, layer: int) -> str:
    return (
        "The way back begins. If the last sum grew by a little, the loss would change by "
        f"**{exact(float(own.walk.gradients[layer].bias[0]))}** times that little: δ, the output's "
        "error."
    )


def _collects(_: OwnPass, __: int) -> str:
    return (
        "Each neuron collects the errors of all neurons that it feeds, each weighed by the very "
        "weight that carried its output forward."
    )


def _moves(_: OwnPass, __: int) -> str:
    return "Every number moves against its gradient"


def _weights_found(own: OwnPass, layer: int) -> str:
    n_out, n_in = own.parameters[layer].weights.shape
    is_last = layer == 0
    done = " Now every edge has its gradient, drawn as its width." if is_last else ""
    return (
        f"{count(n_out * n_in, 'gradient')} in one product: the error δ of the neuron that an edge "
        f"leads to, times the number that came along it. The bias gets δ itself.{done}"
    )


def _through_the_bend(own: OwnPass, layer: int) -> str:
    slopes = own.walk.slopes[layer]
    silent = int((slopes == 0).sum())
    if silent:
        return (
            f"The slope of {own.bend} is 0 at {silent} of {len(slopes)}: **nothing passes "
            "there**, and the weights below it learn nothing from this example."
        )
    low, high = float(slopes.min()), float(slopes.max())
    spread = f"{low:.4f}" if low == high else f"{low:.4f} to {high:.4f}"
    return f"Times the slope of {own.bend} where each neuron stood: {spread}."


_SAY = {
    "input": _enters,
    "forward": _goes_forward,
    "loss": _is_scored,
    "error": _turns_back,
    "weights": _weights_found,
    "outputs": _collects,
    "slope": _through_the_bend,
    "update": _moves,
}


def error_formula(own: OwnPass) -> tuple[str, str]:
    """Return dL/dz of the output in signs and with numbers."""
    walk, y = own.walk, own.target
    p, z = float(walk.prediction[0]), float(walk.caches[-1].output[0])
    delta = float(walk.gradients[-1].bias[0])
    if own.loss == "binary_cross_entropy":
        general, numbers = "p - y", f"{p:.4f} - {y:g}"
    elif own.loss == "hinge":
        general = r"\begin{cases} -(2y - 1) & (2y - 1)\,z < 1 \\ 0 & \text{otherwise} \end{cases}"
        numbers = rf"\text{{at }} (2y - 1)\,z = {(2 * y - 1) * z:.4f}:\ "
        return general, rf"{numbers}{exact(delta)}"
    else:
        general, numbers = (text.format(p=p, y=y) for text in _ERRORS[own.loss])
        if own.task == "binary":
            general = rf"{general}\; p\,(1 - p)"
            numbers = rf"{numbers} \cdot {p:.4f} \cdot (1 - {p:.4f})"
    return general, rf"{numbers} = {exact(delta)}"


def chain_formulas(own: OwnPass, place: Place) -> tuple[str, ...]:
    """Return the chain rule of one parameter: in signs, and as numbers from the cache."""
    general, numbers = error_formula(own)
    last = own.n_layers
    error = (
        rf"\delta^{{({last})}} = \frac{{\partial L}}{{\partial z^{{({last})}}}} = {general}"
        rf" \;=\; {numbers}"
    )
    return (error, *_signs_and_numbers(own, place))


def _signs_and_numbers(own: OwnPass, place: Place) -> tuple[str, str]:
    layer, unit, source = place
    number, unit_name = layer + 1, unit + 1
    walk, gradient = own.walk, own.of(place, own.walk.gradients)
    carried = "" if source is None else _carried(layer, source)
    with_carried = "" if source is None else f" \\cdot {in_product(_input(own, place))}"
    if source is None:
        what = rf"b_{{{unit_name}}}^{{({number})}}"
    else:
        what = rf"w_{{{unit_name},{source + 1}}}^{{({number})}}"
    left = rf"\frac{{\partial L}}{{\partial {what}}}"
    if layer == own.n_layers - 1:
        delta = float(walk.gradients[-1].bias[0])
        signs = rf"{left} = \delta^{{({number})}}{carried}"
        return signs, rf"= {in_product(delta)}{with_carried} = {exact(gradient)}"
    above = own.parameters[layer + 1].weights[:, unit]
    deltas = walk.gradients[layer + 1].bias
    many = len(above) > 1
    weighed = (
        rf"\Big(\sum_k \delta_k^{{({number + 1})}}\, w_{{k,{unit_name}}}^{{({number + 1})}}\Big)"
        if many else rf"\delta^{{({number + 1})}}\, w_{{1,{unit_name}}}^{{({number + 1})}}"
    )  # fmt: skip
    terms = " + ".join(
        rf"{in_product(float(d))} \cdot {factor(float(w))}"
        for d, w in zip(deltas, above, strict=True)
    )
    slope = float(walk.slopes[layer][unit])
    bend = rf"f'\big(z_{{{unit_name}}}^{{({number})}}\big)"
    return (
        rf"{left} = {weighed} \cdot {bend}{carried}",
        rf"= {rf'({terms})' if many else terms} \cdot {in_product(slope)}{with_carried}"
        rf" = {exact(gradient)}",
    )


def _carried(layer: int, source: int) -> str:
    if layer == 0:
        return rf" \cdot x_{{{source + 1}}}"
    return rf" \cdot a_{{{source + 1}}}^{{({layer})}}"


def _input(own: OwnPass, place: Place) -> float:
    return float(own.walk.caches[place.layer].inputs[place.source])


def update_formula(own: OwnPass, place: Place, rate: float, moved: float) -> str:
    """Return the picked parameter's step with its numbers."""
    old, slope = own.of(place, own.parameters), own.of(place, own.walk.gradients)
    name = "b" if place.source is None else "w"
    return (
        rf"{name} \leftarrow {name} - \eta \frac{{\partial L}}{{\partial {name}}} = {old:.2f} - "
        rf"{rate:g} \cdot {in_product(slope)} = {moved:.4f}"
    )


def formula_note(own: OwnPass, place: Place) -> str:
    """Return what the letters stand for."""
    said = f"This is **{KEYS[own.key_of(place)].lower()}**. δ is the error at a neuron's sum, "
    if place.layer < own.n_layers - 1:
        activation = ACTIVATIONS[own.config.activations[place.layer]]
        z = float(own.walk.caches[place.layer].preactivation[place.unit])
        said += (
            f"$f'$ the slope of {activation.label}, ${activation.derivative_formula}$, here at "
            f"$z = {z:.4f}$. "
        )
    return said + (
        "Weights have two decimals and are exact; the rest is rounded for the screen. Every "
        "factor is in the table of the cache."
    )


def cache_table(own: OwnPass) -> str:
    """Return every number of the walk, a line for each neuron, as Markdown."""
    walk = own.walk
    lines = ["| Neuron | $z$ | $a$ | $f'(z)$ | $∂L/∂a$ | $δ$ |", "|:--|--:|--:|--:|--:|--:|"]
    for layer, cache in enumerate(walk.caches):
        is_last = layer == own.n_layers - 1
        for unit, z in enumerate(cache.preactivation):
            name = "Output" if is_last else f"Hidden {layer + 1}, {unit + 1}"
            inner = (cache.output[unit], walk.slopes[layer][unit], walk.d_outputs[layer][unit])
            rest = ["–"] * 3 if is_last else [exact(float(value)) for value in inner]
            delta = exact(float(walk.gradients[layer].bias[unit]))
            lines.append(f"| {name} | {z:.4f} | {' | '.join(rest)} | {delta} |")
    return "\n".join(lines)


def zero_output(gradients) -> tuple[str, str]:
    """Return which weights got a gradient when those into the output were 0: option, and why."""
    hidden = max(float(np.abs(part.weights).max()) for part in gradients[:-1])
    output = float(np.abs(gradients[-1].weights).max())
    answer = OPTIONS[0] if hidden and output else OPTIONS[2] if hidden else OPTIONS[1]
    return answer, (
        f"With your inputs, the largest gradient into the output is {output:.4f}, the largest "
        f"below it {hidden:.4f}. The error travels back over the very weights that carried the "
        "signal; over a weight of 0 nothing comes back. After one step the output's weights are "
        "no longer 0, and from then on the layers below learn too."
    )


def describe(own: OwnPass, index: int, rate: float, after: float) -> str:
    """Return the diagram in words."""
    widths = "-".join(str(n) for n in (own.config.n_in, *own.config.hidden, 1))
    said = what_happens(own, index, rate, after).replace("**", "").replace("*", "")
    gradients = "; ".join(
        f"{own.layer_name(layer)}: "
        + ", ".join(f"{value:.3f}" for value in dense.weights.ravel()[:6])
        for layer, dense in enumerate(own.walk.gradients)
    )
    return f"A network {widths} and its loss. {said} Gradients of the weights, {gradients}."
