"""The shapes of a nerve cell: synapses, dendrites, body, axon and its ends."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.charts.plane import area, stroke
from dashboard.theme import LIGHT, Palette

LEVELS = (6.4, 4.3, 2.2)  # heights of the three inputs
MIDDLE = LEVELS[1]
BODY_X = 5.1
INK = LIGHT.text  # on the highlight, in either theme


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


def nerve_cell_traces(neuron: Neuron, palette: Palette) -> list[dict]:
    """Return the cell's parts from the dendrites on; the picked one is lit."""
    lit = neuron.picked
    return [
        *_dendrites(palette, lit=lit == "dendrites"),
        *_axon(palette, lit=lit == "terminals"),
        _hillock(palette, lit=lit == "hillock"),
        *_body(palette, lit=lit == "body"),
        *_synapses(neuron, palette, lit=lit == "synapses"),
        _terminals(neuron, palette, lit=lit == "terminals"),
    ]


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
    for level in LEVELS:
        up = 1 if level >= MIDDLE else -1
        tip, root = (1.95, level), (BODY_X - 0.7, MIDDLE + 0.25 * (level - MIDDLE))
        trunk = curve(root, (3.9, root[1]), (3.1, level), tip)
        side = _branch(trunk[12], 0.9 * up)
        twig = _branch(trunk[6], -0.75 * up)
        tubes += [_tube(side, 3, palette, lit=lit), _tube(trunk, 6, palette, lit=lit)]
        if level != MIDDLE:
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
    outline = np.stack([BODY_X + 1.0 * radius * np.cos(angle),
                        MIDDLE + 1.05 * radius * np.sin(angle)], 1)  # fmt: skip
    line = {"color": edge, "width": 2.5 if lit else 1.5}
    nucleus = {
        "type": "scatter",
        "mode": "markers",
        "x": [BODY_X - 0.1],
        "y": [MIDDLE],
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
    ends = [stroke(curve((8.35, MIDDLE), (8.7, MIDDLE), (8.6, y), (9.0, y)),
                   palette.text if lit else palette.neutral, width=4 if lit else 3)
            for y in (5.5, MIDDLE, 3.1)]  # fmt: skip
    bare = stroke([(6.9, MIDDLE), (8.4, MIDDLE)], palette.neutral, width=4)
    sheath = [stroke([(x, MIDDLE), (x + 0.42, MIDDLE)], palette.axis, width=13)
              for x in (7.15, 7.75)]  # fmt: skip
    return [*ends, bare, *sheath]


def _terminals(neuron, palette, *, lit):
    fires = neuron.output > 0.5
    fill = palette.highlight if lit else palette.neutral if fires else palette.panel
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [9.0] * 3,
        "y": [5.5, MIDDLE, 3.1],
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
    fibres = [stroke([(0.0, y), (1.3, y)], palette.neutral, width=2.5) for y in LEVELS]
    colors = [palette.positive if w >= 0 else palette.negative for w in neuron.weights]
    bulbs = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [1.35] * 3,
        "y": list(LEVELS),
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
