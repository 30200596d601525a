"""The neuron drawn: inputs, weights, sum, activation and output, with the nerve cell's names."""

import plotly.graph_objects as go

from dashboard.charts.base import PLAIN, figure, label
from dashboard.charts.plane import stroke
from dashboard.theme import LIGHT, Palette

INK = LIGHT.text  # on the highlight, in either theme
# Places in the drawing: x of the inputs, of the sum, of the activation and of the output.
_INPUT_X, _SUM_X, _BEND_X, _OUT_X = 0.0, 2.0, 3.1, 4.1
_PARTS = (
    (_INPUT_X, "inputs", "dendrites"),
    (1.0, "weights", "synapses"),
    (_SUM_X, "sum", "cell body"),
    (_BEND_X, "activation", "axon hillock"),
    (_OUT_X, "output", "axon terminal"),
)


def plot_neuron(inputs, weights, bias, trace, palette: Palette) -> go.Figure:
    """Draw the neuron: a line for each weight, wide if it is large, dashed if it is negative.

    inputs, weights: three numbers each; trace: a `NeuronTrace`.
    """
    heights = (2.0, 1.0, 0.0)
    wires = [
        _wire((_INPUT_X, height), (_SUM_X, 1.0), weight, palette)
        for height, weight in zip(heights, weights, strict=True)
    ]
    wires += [_wire((_SUM_X, -0.15), (_SUM_X, 1.0), bias, palette)]
    onward = [(_SUM_X, 1.0), (_OUT_X, 1.0)]
    wires.append(stroke(onward, palette.axis, width=2))
    values = [f"{value:.2f}" for value in inputs]
    places = [
        *((_INPUT_X, height, value, 42) for height, value in zip(heights, values, strict=True)),
        (_SUM_X, 1.0, f"{float(trace.preactivation):.3f}", 64),
        (_BEND_X, 1.0, "step", 36),
        (_OUT_X, 1.0, f"<b>{float(trace.step):.0f}</b>", 46),
    ]
    cells = _cells(places, palette, filled=bool(trace.step))
    names = [f"w<sub>{i}</sub> = {weight:.2f}" for i, weight in enumerate(weights, start=1)]
    notes = [
        label(palette, 0.8, 0.4 + 0.6 * height, text, bgcolor=palette.background)
        for height, text in zip(heights, names, strict=True)
    ]
    return figure(
        palette,
        [*wires, cells, _words(bias, palette)],
        xaxis={**PLAIN, "range": [-0.45, 4.6]},
        yaxis={**PLAIN, "range": [-0.6, 3.1]},
        annotations=notes,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        dragmode=False,
    )


def _wire(start, end, weight: float, palette: Palette) -> dict:
    color = palette.positive if weight >= 0 else palette.negative
    dash = "solid" if weight >= 0 else "dash"
    wire = stroke([start, end], color, dash=dash, width=1 + 4 * abs(weight))
    return wire | {"opacity": 1.0 if weight else 0.25}


def _cells(places, palette: Palette, *, filled: bool) -> dict:
    """Return the circles; the last one, the output, is filled while the neuron fires."""
    x, y, text, size = zip(*places, strict=True)
    fill = [palette.panel] * (len(x) - 1) + [palette.highlight if filled else palette.panel]
    # On the highlight, text is dark in both themes.
    ink = [palette.text] * (len(x) - 1) + [INK if filled else palette.text]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": x,
        "y": y,
        "text": text,
        "textfont": {"color": ink, "size": 14},
        "marker": {
            "size": size,
            "symbol": ["square" if place == _BEND_X else "circle" for place in x],
            "color": fill,
            "line": {"color": palette.text, "width": 1.5},
            "opacity": 1,
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _words(bias: float, palette: Palette) -> dict:
    """Return the names of the parts, the nerve cell's below them, and the bias."""
    names = [
        f"<b>{name}</b><br><span style='color:{palette.muted}'>{nerve}</span>"
        for _, name, nerve in _PARTS
    ]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [*(x for x, _, _ in _PARTS), _SUM_X],
        "y": [*(2.85 for _ in _PARTS), -0.42],
        "text": [*names, f"b = {bias:.2f}"],
        "textfont": {"size": 12, "color": palette.text},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
