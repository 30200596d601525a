"""What stands on the connections of a drawn network, and where they can be clicked."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.charts.base import label
from dashboard.theme import Palette

ASIDE = 0.03  # columns to the right: a text is centred on the edge, the eye on its start


class Note(NamedTuple):
    """A text on a connection, another one at each step if it says so; empty: nothing is written."""

    place: tuple[int, int, int]  # (layer, unit, source)
    texts: tuple[str, ...]  # of each step, or one for all
    at: float = 0.36  # how far along; nearer to the source, edges into one neuron are apart
    hover: str = ""


def note_labels(
    notes: Sequence[Note], ys: Sequence[np.ndarray], palette: Palette, step: int
) -> list[dict]:
    """Return the texts as annotations, as they stand at a step."""
    found = []
    for note in _visible(notes):
        x, y = along(note.place, ys, note.at)
        text = note.texts[step if len(note.texts) > 1 else 0]
        found.append(
            label(palette, x + ASIDE, y, text, bgcolor=palette.background)
            | {"font": {"size": 12, "color": palette.text}, "borderpad": 1}
        )
    return found


def note_tracks(notes: Sequence[Note], panel: int) -> dict:
    """Return the texts that change from step to step, for a film; they are the first labels."""
    return {
        (panel, None, f"annotations[{index}].text"): list(note.texts)
        for index, note in enumerate(_visible(notes))
        if len(note.texts) > 1
    }


def along(place: tuple[int, int, int], ys: Sequence[np.ndarray], at: float) -> tuple[float, float]:
    """Return the point on an edge that lies this far along it."""
    layer, unit, source = place
    return layer + at, float(ys[layer][source] * (1 - at) + ys[layer + 1][unit] * at)


def marked_edge(
    place: tuple[int, int, int] | None, ys: Sequence[np.ndarray], palette: Palette
) -> list[dict]:
    """Return a dotted line beside one edge, in the colour of text."""
    if place is None:
        return []
    x, y = zip(*(along(place, ys, at) for at in (0.16, 0.84)), strict=True)
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(x),
            "y": [value + 0.1 for value in y],
            "line": {"color": palette.text, "width": 2, "dash": "dot"},
            "hoverinfo": "skip",
        }
    ]


def edge_targets(notes: Sequence[Note], ys: Sequence[np.ndarray]) -> list[dict]:
    """Return unseen marks on the edges: pointed at they say their numbers, and they take clicks."""
    if not notes:
        return []
    x, y = zip(*(along(note.place, ys, note.at) for note in notes), strict=True)
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": list(x),
            "y": list(y),
            "customdata": [[*note.place, note.hover] for note in notes],
            "marker": {"size": 26, "opacity": 0},
            "hovertemplate": "%{customdata[3]}<extra></extra>",
        }
    ]


def _visible(notes: Sequence[Note]) -> list[Note]:
    return [note for note in notes if any(note.texts)]
