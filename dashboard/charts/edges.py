"""The connections of a drawn network: size as width, sign as colour and dash."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.theme import Palette

# Edges come in a few widths: all of a width and a sign are one line of one trace.
WIDTHS = ((0.35, 1.25), (0.8, 2.5), (1.6, 4.0), (np.inf, 6.0))


class EdgeGroup(NamedTuple):
    """Edges of one layer, sign and width."""

    layer: int
    negative: bool
    width: float
    pairs: np.ndarray  # (k, 2) of (target, source)


def places(heights: Sequence[int]) -> list[np.ndarray]:
    """Return y of every neuron, column by column, the first on top, each column centred."""
    return [(count - 1) / 2 - np.arange(count) for count in heights]


def edge_groups(
    weights: Sequence[np.ndarray], drawn: Sequence[np.ndarray] | None = None
) -> list[EdgeGroup]:
    """Return the edges of layers with these weights (n_out, n_in); `drawn` may leave some out."""
    groups = []
    for layer, matrix in enumerate(weights):
        # A weight of zero carries nothing: no edge.
        shown = (matrix != 0) & (True if drawn is None else drawn[layer])
        size, below = np.abs(matrix), 0.0
        for limit, width in WIDTHS:
            for negative in (False, True):
                chosen = (size >= below) & (size < limit) & ((matrix < 0) == negative)
                pairs = np.argwhere(chosen & shown)
                if len(pairs):
                    groups.append(EdgeGroup(layer, negative, width, pairs))
            below = limit
    return groups


def edge_trace(
    groups: Sequence[EdgeGroup], ys: Sequence[np.ndarray], palette: Palette, *, opacity: float
) -> dict:
    """Return groups of one sign and width as one trace; `ys` are the neurons' y by column."""
    x, y = zip(*(_lines(group, ys) for group in groups), strict=True)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.concatenate(x),
        "y": np.concatenate(y),
        "line": {
            "color": palette.negative if groups[0].negative else palette.positive,
            "dash": "dash" if groups[0].negative else "solid",
            "width": groups[0].width,
        },
        "opacity": opacity,
        "hoverinfo": "skip",
    }


def _lines(group: EdgeGroup, ys: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    ends = ys[group.layer][group.pairs[:, 1]], ys[group.layer + 1][group.pairs[:, 0]]
    gap = np.full(len(group.pairs), np.nan)
    x = np.tile([group.layer, group.layer + 1, np.nan], len(group.pairs))
    return x.astype(np.float32), np.stack([*ends, gap], 1).ravel().astype(np.float32)
