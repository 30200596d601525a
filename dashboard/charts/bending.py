"""The plane on its way through a network: a grid that bends, points that move, and a cut."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts import plane
from dashboard.charts.base import PLAIN, figure
from dashboard.charts.surface import Points, Surface, point_traces
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette

LATTICE = 31  # places along a side of the plane
STEP = 3  # from one line of the grid to the next
HOLD, BETWEEN = 5, 9  # frames at a stage, and from one stage to the next
UNIT = 10_000  # places travel as whole numbers of 16 bits
REACH = 1.15 * UNIT
SPAN = (-1.15, 1.15)
HEIGHT = 380
SIDE, CUT, GRID, POINTS = 0, 1, 2, 3  # traces; the points are several


class BendView(NamedTuple):
    """Stages of the plane: the places of `nnjax.bending.Bending`, and who the points are."""

    points: np.ndarray  # (n_stages, n, 2)
    grid: np.ndarray  # (n_stages, LATTICE ** 2, 2)
    cuts: np.ndarray  # (n_stages, 3)
    labels: np.ndarray  # (n,) class index
    is_test: np.ndarray  # (n,)
    class_names: tuple[str, ...]
    title: str
    smooth: bool = True  # stages follow one another, with frames between


def frame_stages(n_stages: int, *, smooth: bool = True) -> np.ndarray:
    """Return where each frame is: 0 the first stage, 0.5 half way to the second, ..."""
    if not smooth:
        return np.arange(n_stages, dtype=np.float32)
    share = np.arange(1, BETWEEN + 1) / (BETWEEN + 1)
    eased = share**2 * (3 - 2 * share)
    places = [np.zeros(HOLD)]
    for stage in range(1, n_stages):
        places += [stage - 1 + eased, np.full(HOLD, stage)]
    return np.concatenate(places).astype(np.float32)


def plot_bending(view: BendView, palette: Palette) -> go.Figure:
    """Draw the last stage."""
    now = {key: frames[-1] for key, frames in _tracks(view, np.array([len(view.points) - 1]))}
    line = plane.stroke(np.zeros((2, 2)), palette.text, width=2.5)
    grid = plane.stroke(np.zeros((2, 2)), palette.axis, width=1)
    side = plane.area(np.zeros((8, 2)), plane.side_colors(palette)[1])
    data = [side, line, grid, *_points(view, palette)]
    for (trace, name), values in now.items():
        data[trace] = data[trace] | {name: values}
    hidden = PLAIN | {"range": [-REACH, REACH], "constrain": "domain"}
    return figure(
        palette,
        data,
        xaxis=hidden,
        yaxis=hidden | {"scaleanchor": "x"},
        margin={"l": 4, "r": 4, "t": 34, "b": 4},
        annotations=[panel_title(palette, view.title, 1.01)],
        dragmode=False,
    )


def bending_tracks(view: BendView) -> dict:
    """Return what moves: the cut and its side at every stage, the grid and the points between."""
    return dict(_tracks(view, frame_stages(len(view.points), smooth=view.smooth)))


def _tracks(view: BendView, at: np.ndarray):
    """Yield (trace, attribute), frames."""
    resting = (at == at.round())[:, None]
    stage = at.round().astype(int)
    weights, bias = view.cuts[:, :2], view.cuts[:, 2]
    sides = (plane.firing_side(weights, bias, SPAN), plane.line_across(weights, bias, SPAN))
    for trace, corners in zip((SIDE, CUT), sides, strict=True):
        for i, name in enumerate("xy"):
            shown = np.where(resting, UNIT * corners[stage, :, i], np.nan)
            yield (trace, name), shown.astype(np.float32)
    for i, name in enumerate("xy"):
        yield (GRID, name), _between(view.grid[:, _path(), i], at)
        for index, chosen in enumerate(_groups(view)):
            yield (POINTS + index, name), _between(view.points[:, chosen, i], at)


def _between(values: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return values (n_stages, n) at places between the stages, as whole numbers."""
    low = np.floor(at).astype(int)
    high = np.minimum(low + 1, len(values) - 1)
    share = (at - low)[:, None]
    mixed = (1 - share) * values[low] + share * values[high]
    return np.clip(UNIT * mixed, -32_000, 32_000).astype(np.int16)


def _path() -> np.ndarray:
    """Return a walk over all lines of the lattice without lifting the pen, (m,) indices."""
    last = LATTICE - 1
    up = list(range(LATTICE))
    walk = []
    for line in range(0, LATTICE, STEP):  # up the first line, down the next
        along = up if line // STEP % 2 == 0 else up[::-1]
        walk += [(row, line) for row in along]
        walk += [(along[-1], line + i) for i in range(1, STEP) if line < last]
    # The last line ended at the top or at the bottom: across from there, line by line.
    lines = range(last, -1, -STEP) if along[-1] == last else range(0, LATTICE, STEP)
    for count, line in enumerate(lines):
        along = up[::-1] if count % 2 == 0 else up
        walk += [(line, column) for column in along]
        onward = int(np.sign(lines.step))
        walk += [(line + onward * i, along[-1]) for i in range(1, STEP) if line != lines[-1]]
    return np.array([row * LATTICE + column for row, column in walk])


def _groups(view: BendView) -> list[np.ndarray]:
    """Return which points each trace of `point_traces` holds."""
    kinds = ((test, index) for test in (False, True) for index in range(len(view.class_names)))
    return [(view.labels == index) & (view.is_test == test) for test, index in kinds]


def _points(view: BendView, palette: Palette) -> list[dict]:
    """Return the points as every plane of the app has them; their places come later."""
    places = (view.points[-1], view.labels, view.is_test)
    surface = Surface(
        maps=np.empty(0), grid=np.empty(0), points=Points(*places), task="binary",
        class_names=view.class_names,
    )  # fmt: skip
    return [
        trace | {"hovertemplate": "%{fullData.name}<extra></extra>"}
        for trace in point_traces(surface, palette)
    ]
