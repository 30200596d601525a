"""A nerve cell and an artificial neuron, drawn part for part; the picked part is lit in both."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, figure, label
from dashboard.charts.plane import area, stroke
from dashboard.theme import LIGHT, Palette

HEIGHT = 360
INK = LIGHT.text  # on the highlight, in either theme
SPAN_X, SPAN_Y = (0.0, 10.0), (0.0, 9.6)
_LEVELS = (6.4, 4.3, 2.2)  # heights of the three inputs
_MIDDLE = _LEVELS[1]
_BODY_X = 5.1
# Where the parts are: what a click means, and where their names stand.
CELL_PLACES = {
    "dendrites": [(2.9, 5.9), (2.9, 4.3), (2.9, 2.7), (3.7, 5.2), (3.7, 3.4)],
    "synapses": [(1.4, level) for level in _LEVELS] + [(0.5, level) for level in _LEVELS],
    "body": [(_BODY_X, _MIDDLE)],
    "hillock": [(6.5, _MIDDLE)],
    "terminals": [(9.0, 5.5), (9.3, 4.3), (9.0, 3.1), (8.2, 4.3)],
}
MODEL_PLACES = {
    "dendrites": [(0.9, level) for level in _LEVELS],
    "synapses": [(2.6, 5.5), (2.6, 4.3), (2.6, 3.1), (3.4, 5.0), (3.4, 3.6)],
    "body": [(_BODY_X, _MIDDLE)],
    "hillock": [(7.1, _MIDDLE)],
    "terminals": [(9.1, _MIDDLE)],
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


class Neuron(NamedTuple):
    """What both drawings show."""

    inputs: Sequence[float]
    weights: Sequence[float]
    bias: float
    trace: object  # a NeuronTrace
    bend: str  # "step" or "sigmoid"
    picked: str  # key of the lit part
    value: str  # what the lit part holds, in words

    @property
    def output(self) -> float:
        """What the neuron sends on."""
        return float(getattr(self.trace, self.bend))


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
    data = [
        *_dendrites(palette, lit=lit == "dendrites"),
        *_axon(palette, lit=lit == "terminals"),
        _hillock(palette, lit=lit == "hillock"),
        *_body(palette, lit=lit == "body"),
        *_synapses(neuron, palette, lit=lit == "synapses"),
        _terminals(neuron, palette, lit=lit == "terminals"),
    ]
    return _drawing("A nerve cell", data, _names(_CELL_NAMES, lit, palette), neuron, palette)


def plot_artificial_neuron(neuron: Neuron, palette: Palette) -> go.Figure:
    """Draw the artificial neuron: wires wide by weight, dashed if negative; the part lit."""
    lit = neuron.picked
    data = [
        *_wires(neuron, palette, lit=lit == "synapses"),
        stroke([(_BODY_X, _MIDDLE), (9.1, _MIDDLE)], palette.axis, width=2),
        _nodes(neuron, palette),
    ]
    notes = _names(_MODEL_NAMES, lit, palette)
    spots = [(2.75, 4.3 + 0.575 * (level - 4.3)) for level in _LEVELS]
    for (x, y), weight in zip(spots, neuron.weights, strict=True):
        notes.append(_tag(palette, x, y, f"{weight:.2f}", lit=lit == "synapses"))
    notes.append(label(palette, _BODY_X, 2.75, f"bias {neuron.bias:.2f}"))
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


def _look(palette, *, lit):
    """The fill and the edge of a part."""
    return (palette.highlight, palette.text) if lit else (palette.panel, palette.neutral)


def curve(*corners, n=24) -> np.ndarray:
    """Return n places of the Bezier curve with these four corners, (n, 2)."""
    t = np.linspace(0, 1, n)[:, None]
    a, b, c, d = (np.asarray(corner, float) for corner in corners)
    return (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d


def _tube(path, width, palette, *, lit):
    """A line with an edge around it: a wide one under a narrower one."""
    fill, edge = _look(palette, lit=lit)
    shape = {"shape": "spline"}
    return [
        stroke(path, edge, width=width + 3, **shape),
        stroke(path, fill, width=width, **shape),
    ]


def _dendrites(palette, *, lit):
    """Three trees, each a trunk with two side branches; all edges first, so that they merge."""
    tubes = []
    for level in _LEVELS:
        up = 1 if level >= _MIDDLE else -1
        tip, root = (1.95, level), (_BODY_X - 0.7, _MIDDLE + 0.25 * (level - _MIDDLE))
        trunk = curve(root, (3.9, root[1]), (3.1, level), tip)
        side = _branch(trunk[12], 0.9 * up)
        twig = _branch(trunk[6], -0.75 * up)
        tubes += [_tube(side, 3, palette, lit=lit), _tube(trunk, 6, palette, lit=lit)]
        if level != _MIDDLE:
            tubes.append(_tube(twig, 2.5, palette, lit=lit))
    edges, fills = zip(*tubes, strict=True)
    return [*edges, *fills]


def _branch(start, rise) -> np.ndarray:
    """A side branch that leaves `start` to the left and ends `rise` higher."""
    bends = np.array([(0, 0), (-0.3, 0.22), (-0.55, 0.55), (-0.8, 1)]) * (1, rise)
    return curve(*(start + bends))


def _body(palette, *, lit):
    fill, edge = _look(palette, lit=lit)
    angle = np.linspace(0, 2 * np.pi, 60)
    radius = 1.0 + 0.07 * np.cos(3 * angle) + 0.04 * np.sin(5 * angle)
    outline = np.stack([_BODY_X + 1.0 * radius * np.cos(angle),
                        _MIDDLE + 1.05 * radius * np.sin(angle)], 1)  # fmt: skip
    line = {"color": edge, "width": 2.5 if lit else 1.5}
    nucleus = {
        "type": "scatter",
        "mode": "markers",
        "x": [_BODY_X - 0.1],
        "y": [_MIDDLE],
        "marker": {"size": 22, "color": palette.fade(palette.neutral, 0.45)},
        "hoverinfo": "skip",
    }
    return [area(outline, fill, line=line), nucleus]


def _hillock(palette, *, lit):
    fill, edge = _look(palette, lit=lit)
    cone = [(5.85, 5.0), (6.5, 4.5), (7.0, 4.42), (7.0, 4.18), (6.5, 4.1), (5.85, 3.6)]
    return area([*cone, cone[0]], fill, line={"color": edge, "width": 2.5 if lit else 1.5})


def _axon(palette, *, lit):
    """The bare axon, its sheath in two pieces, and the branches at its end."""
    ends = [stroke(curve((8.35, _MIDDLE), (8.7, _MIDDLE), (8.6, y), (9.0, y)),
                   palette.text if lit else palette.neutral, width=4 if lit else 3)
            for y in (5.5, _MIDDLE, 3.1)]  # fmt: skip
    bare = stroke([(6.9, _MIDDLE), (8.4, _MIDDLE)], palette.neutral, width=4)
    sheath = [stroke([(x, _MIDDLE), (x + 0.42, _MIDDLE)], palette.axis, width=13)
              for x in (7.15, 7.75)]  # fmt: skip
    return [*ends, bare, *sheath]


def _terminals(neuron, palette, *, lit):
    fires = neuron.output > 0.5
    fill = palette.highlight if lit else palette.neutral if fires else palette.panel
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [9.0] * 3,
        "y": [5.5, _MIDDLE, 3.1],
        "marker": {
            "size": 17,
            "color": fill,
            "line": {"color": palette.text, "width": 2.5 if lit else 1.5},
            "opacity": 1,
        },
        "hoverinfo": "skip",
    }


def _synapses(neuron, palette, *, lit):
    """Fibres that come in, and their bulbs: larger for a larger weight, + excites, - holds back."""
    fibres = [stroke([(0.0, y), (1.3, y)], palette.neutral, width=2.5) for y in _LEVELS]
    colors = [palette.positive if w >= 0 else palette.negative for w in neuron.weights]
    bulbs = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [1.35] * 3,
        "y": list(_LEVELS),
        "text": ["<b>+</b>" if w > 0 else "<b>-</b>" if w < 0 else "" for w in neuron.weights],
        "textfont": {"color": INK if lit else palette.background, "size": 14},
        "marker": {
            "size": [17 + 7 * abs(w) for w in neuron.weights],
            "symbol": ["circle" if w >= 0 else "square" for w in neuron.weights],
            "color": palette.highlight if lit else colors,
            "line": {"color": palette.text if lit else palette.background, "width": 2},
            "opacity": 1,
        },
        "hoverinfo": "skip",
    }
    return [*fibres, bulbs]


def _wires(neuron, palette, *, lit):
    ends = [[(0.9, level), (_BODY_X, _MIDDLE)] for level in _LEVELS]
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
             for level, x in zip(_LEVELS, neuron.inputs, strict=True)]  # fmt: skip
    z = float(neuron.trace.preactivation)
    shown += [
        (_BODY_X, _MIDDLE, f"{z:.3f}", 62, "circle", "body"),
        (7.1, _MIDDLE, "step" if neuron.bend == "step" else "σ", 40, "square", "hillock"),
        (9.1, _MIDDLE, f"{neuron.output:.{0 if neuron.bend == 'step' else 3}f}", 50, "circle",
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
