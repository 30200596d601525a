"""The perceptron at work: the line that turns with each mistake, and how many there were."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts import plane
from dashboard.charts.base import axis, figure, label
from dashboard.theme import Palette

ARROW = 0.22  # length of the weights' arrow, in units of the plane
Tracks = dict[tuple[int, int | None, str], np.ndarray | list[str]]


def plot_learning(study, span, palette: Palette) -> go.Figure:
    """Draw the plane after the last mistake: points, line, firing side, hulls if they meet.

    study: points (n, 2), targets (n,), path (a `PerceptronPath`), proof (a `Separability`).
    """
    last = {name: values[-1] for name, values in _motion(study, span).items()}
    silent, firing = plane.side_colors(palette)
    data = [
        plane.area(last["side"], firing),
        plane.stroke(last["line"], palette.text),
        plane.stroke(last["arrow"], palette.text, width=2)
        | {
            "mode": "lines+markers",
            "marker": {
                "symbol": ["circle", "arrow"],
                "size": [0, 13],
                "angleref": "previous",
                "color": palette.text,
            },
        },
        halo(last["mistake"], palette),
        *([] if study.proof.separable else _where_hulls_meet(study.proof, palette)),
        plane.class_points(study.points, study.targets, palette),
    ]
    return figure(
        palette,
        data,
        plot_bgcolor=silent,
        margin={"l": 52, "r": 16, "t": 58, "b": 44},
        annotations=[_words(palette, _states(study)[-1])],
        dragmode=False,
        **plane.plane_axes(palette, span),
    )


def learning_tracks(study, span, panel: int = 0) -> Tracks:
    """Return what moves in `plot_learning`, a frame for each state from the start."""
    tracks: Tracks = {(panel, None, "annotations[0].text"): _states(study)}
    for trace, places in enumerate(_motion(study, span).values()):
        tracks[(panel, trace, "x")] = places[..., 0].astype(np.float32)
        tracks[(panel, trace, "y")] = places[..., 1].astype(np.float32)
    return tracks


def _motion(study, span) -> dict[str, np.ndarray]:
    """Places (n_states, m, 2) of what moves, in the order of the traces."""
    path = study.path
    states = slice(0, int(path.n_mistakes) + 1)
    weights, bias = np.asarray(path.weights[states], float), np.asarray(path.bias[states], float)
    line = plane.line_across(weights, bias, span)
    length = np.linalg.norm(weights, axis=1, keepdims=True)
    middle = line.mean(1)
    tip = middle + ARROW * weights / np.where(length > 0, length, 1)
    # A row of nan at the end stands for "no mistake".
    with_none = np.vstack([study.points, [[np.nan, np.nan]]])
    return {
        "side": plane.firing_side(weights, bias, span),
        "line": line,
        "arrow": np.stack([middle, tip], 1),
        "mistake": with_none[path.mistake[states]][:, None],
    }


def _states(study) -> list[str]:
    """Say for each state what the neuron is and which point it gets wrong next."""
    path, words = study.path, []
    for k in range(int(path.n_mistakes) + 1):
        w1, w2 = path.weights[k]
        state = f"w = ({w1:.4g}, {w2:.4g}), b = {path.bias[k]:.4g}"
        state += f" · {path.n_right[k]} of {len(study.points)} right"
        words.append(f"{state}<br>{_next_step(study, path.mistake[k])}".replace("-", "−"))
    return words


def _next_step(study, mistake: int) -> str:
    if mistake < 0:
        return "No point is wrong: it has learned."
    x1, x2 = study.points[mistake]
    if study.targets[mistake]:
        return f"Next: ({x1:g}, {x2:g}) is silent but should fire, so it is added."
    return f"Next: ({x1:g}, {x2:g}) fires but should not, so it is subtracted."


def _words(palette: Palette, text: str) -> dict:
    above = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return label(palette, 0, 1.02, text, align="left", **above)


def _where_hulls_meet(proof, palette: Palette) -> list[dict]:
    """Return the outline of both hulls and the place in both."""
    outlines = [
        plane.stroke(np.vstack([hull, hull[:1]]), color, dash=dash, width=1.5)
        for hull, color, dash in zip(
            proof.hulls, (palette.negative, palette.positive), ("dash", "solid"), strict=True
        )
    ]
    return [*outlines, meeting_point(proof.meeting_point, palette)]


def halo(places, palette: Palette) -> dict:
    """Return the mark behind points that are wrong."""
    edge = {"color": palette.text, "width": 1.5}
    marker = {"size": 30, "color": palette.highlight, "line": edge}
    return plane.stroke(places, palette.text) | {"mode": "markers", "marker": marker}


def meeting_point(place, palette: Palette) -> dict:
    """Return the mark of a place that lies in both hulls."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [place[0]],
        "y": [place[1]],
        "marker": {
            "symbol": "star",
            "size": 22,
            "color": palette.highlight,
            "line": {"color": palette.text, "width": 1.5},
        },
        "hovertemplate": "in both hulls: (%{x:.3g}, %{y:.3g})<extra></extra>",
    }


def plot_mistakes(study, palette: Palette) -> go.Figure:
    """Draw mistakes so far against points looked at, and the bound where there is one."""
    bound = study.bound
    looked_at, mistakes = _stairs(study.path, len(study.points))
    top = max(5.0, 1.15 * mistakes[-1])
    if bound is not None:
        top = max(top, min(1.15 * bound.mistakes, 6 * top))
    width = max(10.0, 1.05 * looked_at[-1])
    data = [
        plane.stroke(np.column_stack([looked_at, mistakes]), palette.text, shape="hv")
        | {
            "hoverinfo": "all",
            "hovertemplate": "%{y} mistakes in %{x} points looked at<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": looked_at[-1:],
            "y": mistakes[-1:],
            "marker": {
                "size": 13,
                "color": palette.highlight,
                "line": {"color": palette.text, "width": 1.5},
            },
            "hoverinfo": "skip",
        },
    ]
    notes = []
    if bound is not None:
        shown = bound.mistakes <= top
        words = f"at most {bound.whole:,}" + ("" if shown else ", far above")
        if shown:
            ends = [(0, bound.mistakes), (width, bound.mistakes)]
            data.append(plane.stroke(ends, palette.truth, dash="dot"))
        place = {"xanchor": "left", "yanchor": "bottom" if shown else "top"}
        y = bound.mistakes if shown else top
        notes.append(label(palette, 0.02 * width, y, words, **place))
    return figure(
        palette,
        data,
        xaxis=axis(palette, "points looked at", (0, width), rangemode="tozero"),
        yaxis=axis(palette, "mistakes so far", (0, top * 1.08)),
        annotations=notes,
        dragmode=False,
        margin={"l": 52, "r": 16, "t": 58, "b": 44},
    )


def mistake_tracks(path, panel: int) -> Tracks:
    """Return the mark that moves along the stairs of `plot_mistakes`."""
    looked_at = np.asarray(path.n_looked_at[: int(path.n_mistakes) + 1], np.float32)
    return {
        (panel, 1, "x"): looked_at[:, None],
        (panel, 1, "y"): np.arange(len(looked_at), dtype=np.float32)[:, None],
    }


def _stairs(path, count: int) -> tuple[np.ndarray, np.ndarray]:
    looked_at = np.asarray(path.n_looked_at[: int(path.n_mistakes) + 1])
    mistakes = np.arange(len(looked_at))
    if path.converged:  # the last round, in which nothing is wrong
        return np.append(looked_at, looked_at[-1] + count), np.append(mistakes, mistakes[-1])
    return looked_at, mistakes


def plot_squeeze(proof, palette: Palette) -> go.Figure:
    """Draw Novikoff's two limits and what the path measured between them; proof: a `Squeeze`."""
    steps = np.arange(len(proof.along))
    limits = ((proof.ceiling, "dash", palette.neutral), (proof.floor, "solid", palette.neutral))
    measured = ((proof.length, "x", "length of w"), (proof.along, "circle", "way along u"))
    data = [
        plane.stroke(np.column_stack([proof.mistakes, values]), color, dash=dash)
        for values, dash, color in limits
    ] + [
        plane.stroke(np.column_stack([steps, values]), palette.text, width=1)
        | {"mode": "lines+markers", "marker": {"symbol": symbol, "size": 6}, "name": name}
        | {"hoverinfo": "all", "hovertemplate": "%{fullData.name} %{y:.2f}<extra></extra>"}
        for values, symbol, name in measured
    ]
    top, right = float(proof.ceiling[-1]), float(proof.mistakes[-1])
    notes = [
        label(palette, right / 2, np.interp(right / 2, proof.mistakes, values), words, **place)
        for values, words, place in (
            (proof.ceiling, "length: at most this", {"xanchor": "right", "yanchor": "bottom"}),
            (proof.floor, "way along u: at least this", {"xanchor": "left", "yanchor": "top"}),
        )
    ]
    low = min(0.0, float(proof.floor[0]))
    return figure(
        palette,
        data,
        xaxis=axis(palette, "mistakes", (0, right)),
        yaxis=axis(palette, "size", (low, 1.1 * top)),
        annotations=notes,
    )
