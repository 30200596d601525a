"""The way there and back as its picture needs it: numbers on neurons and edges, step by step."""

import numpy as np

from dashboard.backward.own_pass import OwnPass, Place
from dashboard.charts.edge_notes import Note
from dashboard.charts.forward import DIM, LIT, MOST_LABELLED, Drawing, Edges, short
from nnjax.networks import Parameters
from nnjax.passes.backward_steps import BackStep

MOST_NOTES = 12  # on more edges than this, texts would lie over one another
WIDEST = 2.0  # the largest gradient is drawn as a weight of this size
LOSS_EDGE = 0.1  # a thin line from the output to the loss
BETWEEN = (0.34, 0.64)  # texts of neighbouring sources, so far along, do not meet


def drawing(own: OwnPass, picked: Place, moved: Parameters, loss_after: float) -> Drawing:
    """Return the diagram of every step; `moved` are the parameters after the update."""
    frames = [_values(own, index, loss_after) for index in range(len(own.steps))]
    weights = tuple(dense.weights for dense in own.parameters)
    last = own.n_layers - 1
    link = "Sigmoid" if own.task == "binary" else ""
    return Drawing(
        weights=(*weights, np.full((1, 1), LOSS_EDGE)),
        frames=tuple(tuple(value for value, _ in frame) for frame in frames),
        active=tuple(_active(own, step) for step in own.steps),
        doing=tuple(doing(own, step) for step in own.steps),
        headings=(
            "input",
            *(f"hidden {i + 1}<br>{own.bend}" for i in range(last)),
            f"output<br>{link}",
            "loss",
        ),
        picked=(picked.layer + 1, picked.unit),
        edges=_edges(own),
        notes=_notes(own, picked, moved),
        backward=tuple(tuple(is_gradient for _, is_gradient in frame) for frame in frames),
        names=(
            "input",
            *(f"hidden {i + 1}, neuron" for i in range(last)),
            "output, neuron",
            "loss of example",
        ),
        path=None if picked.source is None else tuple(picked),
        say=fine,
    )


def fine(value: float) -> str:
    """Return a number with a third decimal where two would say little: "0.59", "-0.034"."""
    size = abs(value)
    if 0 < size < 0.0005:
        return f"{value:.0e}".replace("e-0", "e-")
    return f"{value:.3f}" if 0 < size < 0.0995 else short(value)


def _values(own: OwnPass, index: int, loss_after: float) -> list[tuple]:
    """Return for every column at a step the numbers, or None, and whether they are gradients."""
    done, walk = own.steps[: index + 1], own.walk
    found = [(walk.caches[0].inputs, False)]
    for layer in range(own.n_layers):
        parts = {step.part for step in done if step.layer == layer}
        value, is_gradient = None, bool(parts & {"error", "outputs"})
        if parts & {"error", "slope"}:
            value = walk.gradients[layer].bias
        elif is_gradient:
            value = walk.d_outputs[layer]
        elif "forward" in parts:
            is_last = layer == own.n_layers - 1
            value = walk.prediction if is_last else walk.caches[layer].output
        found.append((value, is_gradient))
    parts = {step.part for step in done}
    loss = loss_after if "update" in parts else float(walk.loss)
    return [*found, ([loss] if "loss" in parts else None, False)]


def _active(own: OwnPass, step: BackStep) -> int:
    if step.part in ("loss", "update"):
        return own.n_layers + 1
    return step.layer + 1


def _lit(own: OwnPass, index: int, layer: int) -> tuple[float, float]:
    """Return how strongly a layer's weights and its gradients are drawn at a step."""
    step = own.steps[index]
    if step.part == "update" or (step.part == "outputs" and step.layer == layer - 1):
        return LIT, 0.0
    if BackStep(layer, "weights") in own.steps[: index + 1]:
        return 0.0, LIT if step == BackStep(layer, "weights") or index == _all(own) else 0.5
    return LIT if step == BackStep(layer, "forward") else DIM, 0.0


def _all(own: OwnPass) -> int:
    """Return the step at which the last gradient is found."""
    return len(own.steps) - 2


def _edges(own: OwnPass) -> tuple[Edges, Edges]:
    gradients = [dense.weights for dense in own.walk.gradients]
    largest = max(float(np.abs(part).max()) for part in gradients)
    scale = WIDEST / largest if np.isfinite(largest) and largest > 0 else 1.0
    steps, layers = range(len(own.steps)), range(own.n_layers)
    lit = [[_lit(own, index, layer) for layer in layers] for index in steps]
    to_loss = [LIT if step.part == "loss" else DIM for step in own.steps]
    weights = tuple(
        (*(weight for weight, _ in frame), loss)
        for frame, loss in zip(lit, to_loss, strict=True)
    )  # fmt: skip
    slopes = tuple((*(slope for _, slope in frame), 0.0) for frame in lit)
    return (
        Edges((*(dense.weights for dense in own.parameters), np.full((1, 1), LOSS_EDGE)), weights),
        Edges((*(np.nan_to_num(part * scale) for part in gradients), np.zeros((1, 1))), slopes),
    )


def _notes(own: OwnPass, picked: Place, moved: Parameters) -> tuple[Note, ...]:
    places = [
        Place(layer, unit, source)
        for layer, dense in enumerate(own.parameters)
        for unit, row in enumerate(dense.weights)
        for source in range(len(row))
    ]
    has_room = own.n_layers + 2 <= MOST_LABELLED
    all_of_them = len(places) <= MOST_NOTES
    return tuple(
        Note(
            place=tuple(place),
            texts=_texts(own, place, moved) if has_room and (all_of_them or place == picked)
            else ("",),
            at=BETWEEN[place.source % 2],
            hover=f"weight {own.of(place, own.parameters):.2f}, "
            f"gradient {own.of(place, own.walk.gradients):.4f}",
        )
        for place in places
    )  # fmt: skip


def _texts(own: OwnPass, place: Place, moved: Parameters) -> tuple[str, ...]:
    """Return what stands on an edge, step by step: its weight, its gradient, its new weight."""
    weight, slope = own.of(place, own.parameters), own.of(place, own.walk.gradients)
    texts = []
    for index, step in enumerate(own.steps):
        if step.part == "update":
            texts.append(fine(own.of(place, moved)))
        else:
            is_gradient = _lit(own, index, place.layer)[1] > 0
            texts.append(f"<i>{fine(slope)}</i>" if is_gradient else short(weight))
    return tuple(texts)


def doing(own: OwnPass, step: BackStep) -> str:
    """Return what happens in a few signs: "W x + b", "∂L/∂W = δ aᵀ"."""
    handed = "x" if step.layer <= 0 else "a"
    return {
        "input": "x",
        "forward": f"W {handed} + b",
        "loss": "L(p, y)",
        "error": "δ = ∂L/∂z",
        "weights": f"∂L/∂W = δ {handed}ᵀ",
        "outputs": "∂L/∂a = Wᵀ δ",
        "slope": "δ = ∂L/∂a · f′(z)",
        "update": "new loss",
    }[step.part]
