"""A nerve cell and an artificial neuron, drawn part for part; the picked part is lit in both."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, figure, label
from dashboard.charts.nerve_cell import BODY_X, INK, LEVELS, MIDDLE, Neuron, nerve_cell_traces
from dashboard.charts.plane import stroke
from dashboard.theme import Palette

HEIGHT = 360
SPAN_X, SPAN_Y = (0.0, 10.0), (0.0, 9.6)
# Where the parts are: what a click means, and where their names stand.
CELL_PLACES = {
    "dendrites": [(2.9, 5.9), (2.9, 4.3), (2.9, 2.7), (3.7, 5.2), (3.7, 3.4)],
    "synapses": [(1.4, level) for level in LEVELS] + [(0.5, level) for level in LEVELS],
    "body": [(BODY_X, MIDDLE)],
    "hillock": [(6.5, MIDDLE)],
    "terminals": [(9.0, 5.5), (9.3, 4.3), (9.0, 3.1), (8.2, 4.3)],
}
MODEL_PLACES = {
    "dendrites": [(0.9, level) for level in LEVELS],
    "synapses": [(2.6, 5.5), (2.6, 4.3), (2.6, 3.1), (3.4, 5.0), (3.4, 3.6)],
    "body": [(BODY_X, MIDDLE)],
    "hillock": [(7.1, MIDDLE)],
    "terminals": [(9.1, MIDDLE)],
}
_CELL_NAMES = {
    "synapses": (1.35, "synapses"),
    "dendrites": (3.2, "dendrites"),
    "body": (5.1, "cell body"),
    "hillock": (7.0, "axon<br>hillock"),
    "terminals": (9.0, "axon<br>terminals"),
}
_MODEL_NAMES = {
    "dendrites": (0.9, "inputs"),
    "synapses": (2.9, "weights"),
    "body": (5.1, "weighted<br>sum"),
    "hillock": (7.1, "activation"),
    "terminals": (9.1, "output"),
}
_NAMES_Y = 7.85


def nearest_part(places: Mapping[str, Sequence[tuple]], x: float, y: float) -> str:
    """Return the part that a click at (x, y) means: the one with the nearest place."""
    distance = {
        key: min(np.hypot(x - place_x, y - place_y) for place_x, place_y in spots)
        for key, spots in places.items()
    }
    named = _CELL_NAMES if places is CELL_PLACES else _MODEL_NAMES
    if y > _NAMES_Y - 1:  # among the names
        distance = {key: abs(x - named[key][0]) for key in places}
    return min(distance, key=distance.get)


def plot_nerve_cell(neuron: Neuron, palette: Palette) -> go.Figure:
    """Draw the nerve cell, the picked part in the highlight with a dark edge."""
    lit = neuron.picked
    data = nerve_cell_traces(neuron, palette)
    return _drawing("A nerve cell", data, _names(_CELL_NAMES, lit, palette), neuron, palette)


def plot_artificial_neuron(neuron: Neuron, palette: Palette) -> go.Figure:
    """Draw the artificial neuron: wires wide by weight, dashed if negative; the part lit."""
    lit = neuron.picked
    data = [
        *_wires(neuron, palette, lit=lit == "synapses"),
        stroke([(BODY_X, MIDDLE), (9.1, MIDDLE)], palette.axis, width=2),
        _nodes(neuron, palette),
    ]
    notes = _names(_MODEL_NAMES, lit, palette)
    spots = [(2.75, 4.3 + 0.575 * (level - 4.3)) for level in LEVELS]
    for (x, y), weight in zip(spots, neuron.weights, strict=True):
        notes.append(_tag(palette, x, y, f"{weight:.2f}", lit=lit == "synapses"))
    notes.append(label(palette, BODY_X, 2.75, f"bias {neuron.bias:.2f}"))
    return _drawing("An artificial neuron", data, notes, neuron, palette)


def _drawing(title, data, notes, neuron, palette):
    plain = {**PLAIN, "automargin": False}
    value = label(palette, 5, 0.62, f"<b>{neuron.value}</b>", font={"size": 15, "color": INK})
    value |= {"bgcolor": palette.highlight, "bordercolor": palette.text, "borderpad": 5}
    above = label(palette, 0.1, 9.3, f"<b>{title}</b>", xanchor="left")
    return figure(
        palette,
        data,
        xaxis={**plain, "range": list(SPAN_X)},
        yaxis={**plain, "range": list(SPAN_Y)},
        annotations=[above, *notes, value],
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        dragmode=False,
    )


def _tag(palette, x, y, text, *, lit):
    """A short text; on the highlight if its part is lit."""
    if not lit:
        return label(palette, x, y, text, bgcolor=palette.background, borderpad=2)
    return label(
        palette, x, y, f"<b>{text}</b>", font={"size": 13, "color": INK},
        bgcolor=palette.highlight, bordercolor=palette.text, borderpad=2,
    )  # fmt: skip


def _names(places, lit, palette):
    return [_tag(palette, x, _NAMES_Y, text, lit=key == lit) for key, (x, text) in places.items()]


def _wires(neuron, palette, *, lit):
    ends = [[(0.9, level), (BODY_X, MIDDLE)] for level in LEVELS]
    wires = []
    for path, weight in zip(ends, neuron.weights, strict=True):
        color = palette.positive if weight >= 0 else palette.negative
        dash = "solid" if weight >= 0 else "dash"
        if lit:  # yellow below, so that the sign's colour and dash stay
            wires.append(stroke(path, palette.fade(palette.highlight, 0.55), width=16))
        wires.append(stroke(path, color, dash=dash, width=1 + 3 * abs(weight)))
    return wires


def _nodes(neuron, palette):
    """Inputs, sum, activation and output, each with its number."""
    shown = [(0.9, level, f"{x:.2f}", 42, "circle", "dendrites")
             for level, x in zip(LEVELS, neuron.inputs, strict=True)]  # fmt: skip
    z = float(neuron.trace.preactivation)
    shown += [
        (BODY_X, MIDDLE, f"{z:.3f}", 62, "circle", "body"),
        (7.1, MIDDLE, "step" if neuron.bend == "step" else "σ", 40, "square", "hillock"),
        (9.1, MIDDLE, f"{neuron.output:.{0 if neuron.bend == 'step' else 3}f}", 50, "circle",
         "terminals"),
    ]  # fmt: skip
    x, y, text, size, symbol, part = zip(*shown, strict=True)
    lit = [key == neuron.picked for key in part]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": x,
        "y": y,
        "text": [f"<b>{word}</b>" if on else word for word, on in zip(text, lit, strict=True)],
        "textfont": {"color": [INK if on else palette.text for on in lit], "size": 14},
        "marker": {
            "size": size,
            "symbol": list(symbol),
            "color": [palette.highlight if on else palette.panel for on in lit],
            "line": {
                "color": [palette.text if on else palette.neutral for on in lit],
                "width": [2.5 if on else 1.5 for on in lit],
            },
            "opacity": 1,
        },
        "hoverinfo": "skip",
    }
