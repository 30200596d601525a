"""The four-step loop: the part that runs now is lit, the others are dimmed."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
from dashboard.theme import Palette

NAMES = ("1  Forward", "2  Loss", "3  Backward", "4  Update")
N_PARTS = len(NAMES)
# Clockwise from the top left: the centre of each box, on a field of 10 by 10.
LEFT, RIGHT, TOP, BOTTOM = 2.15, 7.85, 7.9, 2.1
CENTERS = ((LEFT, TOP), (RIGHT, TOP), (RIGHT, BOTTOM), (LEFT, BOTTOM))
HALF_WIDTH, HALF_HEIGHT, ROUND = 2.05, 1.95, 0.35
GAP = 0.16  # between a box and the arrow's ends
ACROSS = (LEFT + HALF_WIDTH + GAP, RIGHT - HALF_WIDTH - GAP)
DOWN = (TOP - HALF_HEIGHT - GAP, BOTTOM + HALF_HEIGHT + GAP)
# Each leads out of the box of its number: start and end.
ARROWS = (
    ((ACROSS[0], TOP), (ACROSS[1], TOP)),
    ((RIGHT, DOWN[0]), (RIGHT, DOWN[1])),
    ((ACROSS[1], BOTTOM), (ACROSS[0], BOTTOM)),
    ((LEFT, DOWN[1]), (LEFT, DOWN[0])),
)
WAITING = "–"
NUMBER_SIZE = 17
LINE = '</span><br><span style="font-size:12px">'  # a span does not reach over a line
SYMBOL_BEFORE, SYMBOL_AFTER = "circle", "diamond"
LINKS, BEFORE, AFTER, CURSOR = range(4)


def plot_loop(trace, task: str, palette: Palette, *, frame: int = 3) -> go.Figure:
    """Draw the loop as it stands in one frame of `trace` (a `StepTrace` of several steps)."""
    styles, texts = box_styles(palette), box_texts(trace, task)
    part = frame % N_PARTS
    boxes = [
        {
            "type": "path",
            "path": _rounded(center),
            "fillcolor": styles["fill"][part][i],
            "line": {"color": styles["edge"][part][i], "width": styles["width"][part][i]},
        }
        for i, center in enumerate(CENTERS)
    ]
    notes = [
        label(palette, *center, texts[frame][i])
        | {"font": {"size": NUMBER_SIZE, "color": styles["text"][part][i]}}
        for i, center in enumerate(CENTERS)
    ]
    notes.append(label(palette, 5, 5, center_texts(trace)[frame]))
    hidden = {"visible": False, "fixedrange": True}
    return figure(
        palette,
        [_arrow(ends, styles["arrow"][part][i]) for i, ends in enumerate(ARROWS)],
        xaxis=hidden | {"range": [0, 10]},
        yaxis=hidden | {"range": [0, 10]},
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        shapes=boxes,
        annotations=notes,
        dragmode=False,
    )


def plot_batch_losses(trace, palette: Palette, *, frame: int = 3) -> go.Figure:
    """Draw the loss of each batch before its update, and of the same batch after it."""
    steps = np.asarray(trace.step) + 1
    before, after = np.asarray(trace.loss, float), np.asarray(trace.loss_after, float)
    gaps = np.full(len(steps), np.nan)
    x, y, symbols = cursor_frames(trace)
    hover = "<extra></extra>"
    data = [
        _lines(
            np.stack([steps, steps, gaps], 1).ravel(),
            np.stack([before, after, gaps], 1).ravel(),
            palette.neutral,
            1.25,
        )
        | {"hoverinfo": "skip", "showlegend": False},
        _lines(steps, before, palette.positive, 2, "lines+markers")
        | {"name": "batch, before its update", "hovertemplate": "step %{x}: %{y:.4g}" + hover}
        | {"marker": {"symbol": SYMBOL_BEFORE, "size": 8, "color": palette.positive}},
        _lines(steps, after, palette.neutral, 0, "markers")
        | {"name": "same batch, after", "hovertemplate": "after step %{x}: %{y:.4g}" + hover}
        | {
            "marker": {
                "symbol": SYMBOL_AFTER,
                "size": 9,
                "color": palette.background,
                "line": {"color": palette.neutral, "width": 1.5},
            }
        },
        _lines(x[frame], y[frame], palette.highlight, 0, "markers")
        | {"hoverinfo": "skip", "showlegend": False}
        | {
            "marker": {
                "symbol": symbols[frame],
                "size": 16,
                "color": palette.highlight,
                "line": {"color": palette.text, "width": 1.5},
            }
        },
    ]
    return figure(
        palette,
        data,
        showlegend=True,
        margin={"l": 52, "r": 16, "t": 34, "b": 44},
        xaxis=axis(palette, "step", (steps[0] - 0.6, steps[-1] + 0.6), dtick=1, showgrid=False),
        yaxis=axis(palette, "loss of the batch", _span(before, after)),
    )


def loop_tracks(trace, task: str, palette: Palette) -> dict:
    """Return the film's tracks: `plot_loop` as panel 0, `plot_batch_losses` as panel 1."""
    styles = box_styles(palette)
    n_steps = len(np.asarray(trace.step))
    texts = box_texts(trace, task)
    tracks = {(0, None, f"annotations[{N_PARTS}].text"): center_texts(trace)}
    for i in range(N_PARTS):
        shape, note = f"shapes[{i}]", f"annotations[{i}]"
        for path, name in (
            ((0, None, f"{shape}.fillcolor"), "fill"),
            ((0, None, f"{shape}.line.color"), "edge"),
            ((0, None, f"{shape}.line.width"), "width"),
            ((0, None, f"{note}.font.color"), "text"),
            ((0, i, "line.color"), "arrow"),
            ((0, i, "marker.color"), "arrow"),
        ):
            tracks[path] = [styles[name][part][i] for part in range(N_PARTS)] * n_steps
        tracks[(0, None, f"{note}.text")] = [frame[i] for frame in texts]
    x, y, symbols = cursor_frames(trace)
    return tracks | {
        (1, CURSOR, "x"): x,
        (1, CURSOR, "y"): y,
        (1, CURSOR, "marker.symbol"): symbols,
    }


def box_styles(palette: Palette) -> dict[str, list[list]]:
    """Return fill, edge, width, text and arrow: for each active part, one value a box."""
    strength = {"light": 0.4, "dark": 0.22}[palette.name]
    lit = (palette.fade(palette.highlight, strength), palette.text, 2.5, palette.text)
    dim = (palette.panel, palette.grid, 1, palette.muted)
    values = {
        name: [[on if i == part else off for i in range(N_PARTS)] for part in range(N_PARTS)]
        for name, on, off in zip(("fill", "edge", "width", "text"), lit, dim, strict=True)
    }
    # The arrow that is lit leads out of the active box.
    values["arrow"] = [
        [palette.text if i == part else palette.axis for i in range(N_PARTS)]
        for part in range(N_PARTS)
    ]
    return values


def box_texts(trace, task: str) -> list[list[str]]:
    """Return the text of the four boxes in every frame; a part still to come waits."""
    frames = []
    for k in range(len(np.asarray(trace.step))):
        known = _numbers(trace, k, task)
        for part in range(N_PARTS):
            frames.append([_box(i, *known[i], waits=i > part) for i in range(N_PARTS)])
    return frames


def center_texts(trace) -> list[str]:
    """Return "step 33 · epoch 2, batch 8" for every frame."""
    rows = zip(*map(np.asarray, (trace.step, trace.epoch, trace.batch)), strict=True)
    return [
        f"step <b>{step + 1:,}</b> · epoch {epoch + 1:,}, batch {batch + 1:,}"
        for step, epoch, batch in rows
        for _ in range(N_PARTS)
    ]


def captions(trace) -> list[str]:
    """Return the film's caption for every frame."""
    return [
        f"Step {step + 1:,}: {name[3:].lower()}"
        for step in np.asarray(trace.step)
        for name in NAMES
    ]


def cursor_frames(trace) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return x and y (n_frames, 1) of the mark on the batch losses, and its symbol.

    It is not there before the loss is known, and moves on to the new loss with the update.
    """
    steps = np.asarray(trace.step) + 1
    before, after = np.asarray(trace.loss, float), np.asarray(trace.loss_after, float)
    x = np.repeat(steps, N_PARTS)[:, None]
    y = np.stack([np.full(len(steps), np.nan), before, before, after], axis=1).reshape(-1, 1)
    symbols = [*[SYMBOL_BEFORE] * (N_PARTS - 1), SYMBOL_AFTER] * len(steps)
    return x.astype(np.float32), np.where(np.isfinite(y), y, np.nan).astype(np.float32), symbols


def number(value: float) -> str:
    """Return a number with three digits, or say that it is none any more."""
    value = float(value)
    if not np.isfinite(value):
        return "not finite"
    text = f"{value:.3f}" if 0.001 <= abs(value) < 1000 or value == 0 else f"{value:.2e}"
    return text.replace("-", "\N{MINUS SIGN}")


def right_text(accuracy: float, n_examples: int, task: str) -> str:
    """Return "7 of 10 right"; for values, R²."""
    if task == "regression":
        return f"R² {number(accuracy)}"
    return f"{round(float(accuracy) * int(n_examples))} of {int(n_examples)} right"


def _numbers(trace, k, task):
    """For each part of step k: the number that it computed, and what that is."""
    n = int(trace.n_examples[k])
    return (
        (right_text(trace.accuracy[k], n, task), f"{n} example{'s' * (n > 1)} in"),
        (number(trace.loss[k]), "mean of the batch"),
        (number(trace.gradient_norm[k]), "gradient norm"),
        (
            number(trace.update_norm[k]),
            f"moved, at rate {float(trace.learning_rate[k]):.3g}"
            f"<br>loss now {number(trace.loss_after[k])}",
        ),
    )


def _box(index, value, note, *, waits):
    if waits:
        value, note = WAITING, "\N{NO-BREAK SPACE}"
    note = f'<span style="font-size:12px">{note.replace("<br>", LINE)}</span>'
    return f'<span style="font-size:13px"><b>{NAMES[index]}</b></span><br>{value}<br>{note}'


def _span(*losses):
    """A range that shows the differences between losses, whatever their size."""
    finite = np.concatenate(losses)
    finite = finite[np.isfinite(finite)]
    if not finite.size:
        return (0.0, 1.0)
    low, high = float(finite.min()), float(finite.max())
    room = 0.15 * (high - low) or 0.1 * abs(high) or 0.5
    return (max(0.0, low - room) if low >= 0 else low - room, high + room)


def _rounded(center):
    """An SVG path of a box with round corners."""
    (x, y), r = center, ROUND
    left, right, low, high = x - HALF_WIDTH, x + HALF_WIDTH, y - HALF_HEIGHT, y + HALF_HEIGHT
    return (
        f"M {left + r},{low} L {right - r},{low} Q {right},{low} {right},{low + r} "
        f"L {right},{high - r} Q {right},{high} {right - r},{high} "
        f"L {left + r},{high} Q {left},{high} {left},{high - r} "
        f"L {left},{low + r} Q {left},{low} {left + r},{low} Z"
    )


def _arrow(ends, color):
    (x0, y0), (x1, y1) = ends
    marker = {"symbol": "arrow", "angleref": "previous", "size": [0, 13], "color": color}
    marker["line"] = {"width": 0}
    line = _lines([x0, x1], [y0, y1], color, 2, "lines+markers")
    return line | {"marker": marker, "hoverinfo": "skip"}


def _lines(x, y, color, width, mode="lines") -> dict:
    line = {"color": color, "width": width}
    return {"type": "scatter", "mode": mode, "x": x, "y": y, "line": line}
