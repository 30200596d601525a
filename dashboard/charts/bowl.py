"""The ball in a bowl: its path down the curve, its distance step by step, the rates that fail."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
from dashboard.theme import Palette
from nnjax.landscapes.bowl import REACH, bowl_loss

HIGHEST = 17.5  # of the loss axis; fixed, so that a steeper bowl looks steeper
LOWEST_POWER, HIGHEST_POWER = -6, 2  # of ten, on the axis of distances
LOWEST_LEFT = -10  # the same for what is left of the distance: less is drawn as this
FAR = 60.0  # beyond the picture; larger numbers would only trouble the browser
CURVE = np.linspace(-REACH, REACH, 201, dtype=np.float32)
SPARSE = 14  # dots on the line of the theory, so that both can be seen; 0 would mean all
TANGENT_LENGTH = 1.1
SHORTEST_ARROW = 0.12
BOWL, PATH, TRAIL, TANGENT, MOVE, DROP, BALL = range(7)
THEORY, DISTANCE, CURSOR = range(3)


def plot_bowl(path, curvature: float, palette: Palette) -> go.Figure:
    """Draw the bowl with every step of `path` (a `BowlPath`) and the ball where it starts."""
    x, y = _on_screen(path)
    first = {name: frames[0] for name, frames in bowl_frames(path).items()}
    outline = {"color": palette.text, "width": 1.5}
    steps = {"size": 6, "color": palette.background, "line": {"color": palette.neutral, "width": 1}}
    data = [
        _line(CURVE, bowl_loss(CURVE, curvature), color=palette.neutral, width=3),
        _line(x, y, mode="markers", marker=steps, hoverinfo="text", hovertext=_step_names(path)),
        _line(*first["trail"], color=palette.fade(palette.positive, 0.55), width=1.25)
        | {"mode": "lines+markers", "marker": {"size": 6, "color": palette.positive}},
        _line(*first["tangent"], color=palette.gradient, width=4),
        _line(*first["move"], color=palette.text, width=2, mode="lines+markers")
        | {"marker": {"symbol": "arrow", "size": [0, 13], "angleref": "previous", "opacity": 1}},
        _line(*first["drop"], color=palette.text, width=1.25, dash="dot"),
        _line(*first["ball"], mode="markers")
        | {"marker": {"size": 19, "color": palette.highlight, "line": outline}},
    ]
    data[MOVE]["marker"]["color"] = palette.text
    return figure(
        palette,
        data,
        xaxis=axis(palette, "position x (a weight)", (-REACH, REACH), dtick=1),
        yaxis=axis(palette, "loss", (-0.8, HIGHEST), dtick=4),
        annotations=[
            label(palette, 0, HIGHEST - 0.9, bowl_notes(path)[0], yanchor="top")
            | {"bgcolor": palette.background}
        ],
    )


def plot_distance(path, palette: Palette, *, has_momentum: bool) -> go.Figure:
    """Draw |x_t| against the step, on a log axis; without momentum the theory's line beside it."""
    distances = _on_log_axis(np.abs(path.positions))
    steps = np.arange(len(distances))
    theory = distances[0] * np.float64(path.factor) ** steps
    shown = [] if has_momentum else _on_log_axis(theory)
    dots = 0 if has_momentum else SPARSE
    points, symbols = distance_frames(path)
    data = [
        _line(steps[: len(shown)], shown, color=palette.truth, width=2, dash="dot"),
        # Where the theory draws a line, what was measured stays dots upon it.
        _line(steps, distances, color=palette.positive, width=1.5)
        | {"mode": "lines+markers" if has_momentum else "markers"}
        | {"marker": {"size": 6, "color": palette.positive, "maxdisplayed": dots}}
        | {"hoverinfo": "all", "hovertemplate": "step %{x}: %{y:.3g}<extra></extra>"},
        _line(*points[0], mode="markers")
        | {
            "marker": {
                "size": 14,
                "symbol": symbols[0],
                "color": palette.highlight,
                "line": {"color": palette.text, "width": 1.5},
            }
        },
    ]
    notes = [
        label(palette, 1, 1, "out of the picture", xref="paper", yref="paper", yanchor="top")
        | {"xanchor": "right", "xshift": -6, "yshift": -3}
    ]
    if not has_momentum:
        notes.append(_theory_label(path, palette))
    return figure(
        palette,
        data,
        xaxis=axis(palette, "step", (-1, len(steps)), dtick=10),
        yaxis=axis(
            palette,
            "distance from the minimum",
            (LOWEST_POWER, HIGHEST_POWER),
            type="log",
            dtick=1,
            exponentformat="power",
        ),
        shapes=[_beyond_the_picture(palette)],
        annotations=notes,
    )


def plot_rates(sweep, edge: float, rate: float, palette: Palette) -> go.Figure:
    """Draw what is left of the distance at every rate, with the edge and the learner's rate."""
    rates, true = np.asarray(sweep.learning_rates), np.asarray(sweep.share_left, float)
    left = np.clip(_on_log_axis(true), 10.0**LOWEST_LEFT, None)
    here = int(np.argmin(np.abs(rates - rate)))
    line = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": edge, "x1": edge}
    even = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 1, "y1": 1}
    data = [
        _line(rates, left, color=palette.positive, width=2.5)
        | {"hoverinfo": "all", "customdata": true}
        | {"hovertemplate": "rate %{x:.2f}: %{customdata:.3g}<extra></extra>"},
        _line(rates[[here]], left[[here]], mode="markers")
        | {
            "marker": {
                "size": 13,
                "color": palette.highlight,
                "line": {"color": palette.text, "width": 1.5},
            }
        },
    ]
    notes = [
        label(palette, 0, 0, "as far as at the start", xref="paper", xanchor="left")
        | {"xshift": 6, "yshift": 10}
    ]
    if edge < rates[-1]:
        side = "right" if edge > rates[-1] / 2 else "left"
        notes.append(
            label(palette, edge, 0.3, f"edge {edge:.2f}", yref="paper", yanchor="bottom")
            | {"xanchor": side, "xshift": -6 if side == "right" else 6}
        )
    return figure(
        palette,
        data,
        xaxis=axis(palette, "learning rate", (0, rates[-1])),
        yaxis=axis(
            palette,
            "share left after 40 steps",
            (LOWEST_LEFT - 0.5, HIGHEST_POWER),
            type="log",
            tickvals=[10.0**LOWEST_LEFT, 1e-5, 1],
            ticktext=[f"≤ 10<sup>{LOWEST_LEFT}</sup>", "10<sup>-5</sup>", "1"],
        ),
        shapes=[
            line | {"line": {"color": palette.truth, "width": 2, "dash": "dash"}},
            even | {"line": {"color": palette.axis, "width": 1}},
        ],
        annotations=notes,
    )


def bowl_frames(path) -> dict[str, np.ndarray]:
    """Return what moves in the bowl, each (n_frames, 2, n_points) of x and y; frame = step."""
    x, y = _on_screen(path)
    slopes = np.asarray(path.gradients, float)
    count = len(x)
    shown = np.arange(count)[None, :] <= np.arange(count)[:, None]
    trail = np.where(shown[:, None, :], np.stack([x, y])[None], np.nan)
    # The tangent has the same length on paper wherever the ball is: the axes differ in scale.
    half = TANGENT_LENGTH / np.sqrt(1 + (slopes * 2 * REACH / HIGHEST) ** 2)
    ends = np.stack([-half, half], axis=1)
    tangent = np.stack([x[:, None] + ends, y[:, None] + slopes[:, None] * ends], axis=1)
    x_next, y_next = np.append(x[1:], x[-1]), np.append(y[1:], y[-1])
    tip = np.clip(x_next, -REACH, REACH)  # a step that leaves the picture points at its border
    move = np.stack([np.stack([x, tip], 1), np.stack([y, y], 1)], axis=1)
    drop = np.stack([np.stack([x_next, x_next], 1), np.stack([y, y_next], 1)], axis=1)
    move[np.abs(x_next - x) < SHORTEST_ARROW] = np.nan
    is_out = np.abs(x) > REACH
    for frames in (tangent, move, drop):
        frames[is_out] = np.nan
    ball = np.stack([np.clip(x, -REACH + 0.35, REACH - 0.35), np.clip(y, 0, HIGHEST - 0.7)], axis=1)
    parts = {"trail": trail, "tangent": tangent, "move": move, "drop": drop}
    return {name: part.astype(np.float32) for name, part in parts.items()} | {
        "ball": ball[:, :, None].astype(np.float32)
    }


def ball_symbols(path) -> list[str]:
    """Return the ball's symbol at each step: an arrow at the border once it is outside."""
    x, y = _on_screen(path)
    sides = np.where(x > 0, "triangle-right", "triangle-left")
    return np.where(
        np.abs(x) > REACH, sides, np.where(y > HIGHEST, "triangle-up", "circle")
    ).tolist()


def distance_frames(path) -> tuple[np.ndarray, list[str]]:
    """Return the cursor (n_frames, 2, 1) on the distances, and its symbol at the border."""
    distances = np.abs(np.asarray(path.positions, float))
    low, high = 10.0 ** (LOWEST_POWER + 0.15), 10.0 ** (HIGHEST_POWER - 0.15)
    symbols = np.where(
        ~(distances <= high), "triangle-up", np.where(distances < low, "triangle-down", "circle")
    )
    inside = np.clip(_on_log_axis(distances), low, high)
    points = np.stack([np.arange(len(inside)), inside], axis=1)[:, :, None]
    return points.astype(np.float32), symbols.tolist()


def bowl_tracks(path) -> dict:
    """Return the film's tracks for `plot_bowl` as panel 0 and `plot_distance` as panel 1."""
    names = {"trail": TRAIL, "tangent": TANGENT, "move": MOVE, "drop": DROP, "ball": BALL}
    tracks = {}
    for name, frames in bowl_frames(path).items():
        tracks[(0, names[name], "x")] = frames[:, 0]
        tracks[(0, names[name], "y")] = frames[:, 1]
    points, symbols = distance_frames(path)
    return tracks | {
        (0, BALL, "marker.symbol"): ball_symbols(path),
        (0, None, "annotations[0].text"): bowl_notes(path),
        (1, CURSOR, "x"): points[:, 0],
        (1, CURSOR, "y"): points[:, 1],
        (1, CURSOR, "marker.symbol"): symbols,
    }


def bowl_notes(path) -> list[str]:
    """Return what the bowl says at each step: the slope there, and the move that follows."""
    positions = np.asarray(path.positions, float)
    moves = np.append(np.diff(positions), np.nan)
    return [
        f"slope {brief(slope)}" + (f", next step {brief(move)}" if np.isfinite(move) else "")
        for slope, move in zip(np.asarray(path.gradients, float), moves, strict=True)
    ]


SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def brief(value: float) -> str:
    """Return a signed number of any size in a few characters: "+0.72", "−3.1 × 10⁵"."""
    if not np.isfinite(value):
        return "beyond float32"
    if 0.01 <= abs(value) < 1e4 or value == 0:
        return f"{value:+.2f}".replace("-", "\N{MINUS SIGN}")
    digits, power = f"{value:+.1e}".split("e")
    power = str(int(power)).translate(SUPERSCRIPTS)
    return f"{digits}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10{power}".replace("-", "\N{MINUS SIGN}")


def _on_screen(path):
    """Positions and losses cut off where nothing is drawn any more."""
    x = np.nan_to_num(np.asarray(path.positions, float), nan=FAR)
    y = np.nan_to_num(np.asarray(path.losses, float), nan=FAR)
    return np.clip(x, -FAR, FAR), np.clip(y, 0, FAR * 10)


def _on_log_axis(values):
    """Values that a log axis can take: 0 far below it, infinity far above."""
    values = np.nan_to_num(np.asarray(values, float), nan=1e12, posinf=1e12)
    return np.clip(values, 1e-12, 1e12)


def _line(x, y, *, color="rgba(0,0,0,0)", width=2, dash="solid", mode="lines", **more) -> dict:
    line = {"color": color, "width": width, "dash": dash}
    trace = {"type": "scatter", "mode": mode, "x": x, "y": y, "line": line, "hoverinfo": "skip"}
    return trace | more


def _step_names(path) -> list[str]:
    return [f"step {i}: x = {brief(x)}" for i, x in enumerate(np.asarray(path.positions, float))]


def _theory_label(path, palette):
    """The formula of the dotted line, in the corner that the line leaves free."""
    factor = float(path.factor)
    text = f"theory: |1 − ηa|<sup>t</sup> = {factor:.3g}<sup>t</sup>"
    if factor < 0.85:
        return label(palette, 1, -0.2, text, xref="paper", xanchor="right", xshift=-6)
    return label(palette, 0, LOWEST_POWER + 0.6, text, xref="paper", xanchor="left", xshift=8)


def _beyond_the_picture(palette):
    shape = {"type": "rect", "layer": "below", "xref": "paper", "x0": 0, "x1": 1}
    fill = {"fillcolor": palette.fade(palette.neutral, 0.14), "line": {"width": 0}}
    return shape | fill | {"y0": REACH, "y1": 10.0 ** (HIGHEST_POWER + 1)}
