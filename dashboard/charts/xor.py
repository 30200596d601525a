"""XOR: why no line does it, what a hidden layer makes of it, and how often it is learned."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts import plane
from dashboard.charts.base import axis, figure, label
from dashboard.charts.perceptron import Tracks, halo, meeting_point
from dashboard.charts.surface import color_scale
from dashboard.charts.titles import panel_title
from dashboard.theme import Palette
from nnjax.separation.xor import XOR_INPUTS, XOR_TARGETS

SPAN = (-0.5, 1.5)
GRID = np.linspace(*SPAN, 41, dtype=np.float32)
MARGIN = {"l": 52, "r": 16, "t": 40, "b": 44}


def plot_certificate(points, targets, proof, best, palette: Palette) -> go.Figure:
    """Draw both hulls, the place where they meet, and the best line there is.

    points (n, 2), targets (n,), proof: a `Separability` that is not separable, best: a `BestLine`.
    """
    silent, firing = plane.side_colors(palette)
    line = plane.line_across(best.line.weights[None], [best.line.bias], SPAN)[0]
    side = plane.firing_side(best.line.weights[None], [best.line.bias], SPAN)[0]
    wrong = np.asarray(points)[best.fires != (np.asarray(targets) > 0.5)]
    hulls = [
        plane.stroke(np.vstack([hull, hull[:1]]), color, dash=dash, width=2)
        for hull, color, dash in zip(
            proof.hulls, (palette.negative, palette.positive), ("dash", "solid"), strict=True
        )
    ]
    data = [
        plane.area(side, firing),
        plane.stroke(line, palette.text),
        *hulls,
        halo(wrong, palette),
        plane.class_points(points, targets, palette),
        meeting_point(proof.meeting_point, palette),
    ]
    return _square(
        palette, data, f"One line: {best.n_right} of {len(points)} right", plot_bgcolor=silent
    )


def _square(palette: Palette, data, title: str, names=None, **more) -> go.Figure:
    span = more.pop("span", SPAN)
    axes = plane.plane_axes(palette, span, *([names] if names else []))
    notes = [panel_title(palette, title)]
    return figure(palette, data, margin=MARGIN, annotations=notes, dragmode=False, **axes, **more)


def plot_surface(film, networks, n_hidden: int, title: str, palette: Palette) -> go.Figure:
    """Draw the plane as one network sees it at the end: its output, and each hidden neuron's line.

    film: an `XorFilm`, networks: an `XorNetwork` with parts (n_frames, ...).
    """
    lines = _hidden_lines(networks, n_hidden)[-1]
    data = [
        {
            "type": "heatmap",
            "x": GRID,
            "y": GRID,
            "z": _bytes(film.surface[-1]),
            "zmin": 0,
            "zmax": 255,
            "colorscale": color_scale("binary", 2, palette),
            "showscale": False,
            "zsmooth": "best",
            "hoverinfo": "skip",
        },
        *(plane.stroke(ends, palette.text, width=1.5, dash="dot") for ends in lines),
        plane.class_points(XOR_INPUTS, XOR_TARGETS, palette),
    ]
    return _square(palette, data, title)


def surface_tracks(film, networks, n_hidden: int, panel: int) -> Tracks:
    """Return what moves in `plot_surface`."""
    lines = _hidden_lines(networks, n_hidden).astype(np.float32)
    tracks: Tracks = {(panel, 0, "z"): _bytes(film.surface)}
    for unit in range(n_hidden):
        tracks[(panel, 1 + unit, "x")] = lines[:, unit, :, 0]
        tracks[(panel, 1 + unit, "y")] = lines[:, unit, :, 1]
    return tracks


def _bytes(surface) -> np.ndarray:
    """Return probabilities as 0..255: a quarter of the bytes, finer than the eye."""
    return np.rint(255 * np.asarray(surface)).astype(np.uint8)


def _hidden_lines(networks, n_hidden: int) -> np.ndarray:
    """Where each hidden neuron's sum is 0: ends (n_frames, n_hidden, 2, 2)."""
    weights = np.asarray(networks.hidden_weights)[:, :n_hidden]
    bias = np.asarray(networks.hidden_bias)[:, :n_hidden]
    ends = plane.line_across(weights.reshape(-1, 2), bias.reshape(-1), SPAN)
    return ends.reshape(len(weights), n_hidden, 2, 2)


def plot_hidden_space(film, networks, palette: Palette) -> go.Figure:
    """Draw the four points where two hidden neurons put them, and the output's line there."""
    span, moves = _hidden_motion(film, networks)
    silent, firing = plane.side_colors(palette)
    data = [
        plane.area(moves["side"][-1], firing),
        plane.stroke(moves["line"][-1], palette.text),
        plane.class_points(moves["points"][-1], XOR_TARGETS, palette, names=("h1", "h2")),
    ]
    names = ("h<sub>1</sub>", "h<sub>2</sub>")
    title = "What the output neuron sees"
    return _square(palette, data, title, names, span=span, plot_bgcolor=silent)


def hidden_tracks(film, networks, panel: int) -> Tracks:
    """Return what moves in `plot_hidden_space`."""
    _, moves = _hidden_motion(film, networks)
    tracks: Tracks = {}
    for trace, places in enumerate(moves.values()):
        tracks[(panel, trace, "x")] = places[..., 0].astype(np.float32)
        tracks[(panel, trace, "y")] = places[..., 1].astype(np.float32)
    return tracks


def _hidden_motion(film, networks) -> tuple[tuple[float, float], dict[str, np.ndarray]]:
    points = np.asarray(film.hidden)[..., :2]
    # One square for the whole film, so that only the points move.
    middle, reach = (points.max() + points.min()) / 2, 0.65 * max(np.ptp(points), 0.5)
    span = (float(middle - reach), float(middle + reach))
    weights, bias = np.asarray(networks.output_weights)[:, :2], np.asarray(networks.output_bias)
    return span, {
        "side": plane.firing_side(weights, bias, span),
        "line": plane.line_across(weights, bias, span),
        "points": points,
    }


def plot_loss(updates, loss, palette: Palette) -> go.Figure:
    """Draw one network's loss against its updates, both (n_frames,), marked at the end."""
    mark = {"size": 13, "color": palette.highlight, "line": {"color": palette.text, "width": 1.5}}
    data = [
        plane.stroke(np.column_stack([updates, loss]), palette.text)
        | {"hoverinfo": "all", "hovertemplate": "update %{x}: %{y:.3f}<extra></extra>"},
        plane.stroke([(updates[-1], loss[-1])], palette.text) | {"mode": "markers", "marker": mark},
    ]
    top = max(0.8, 1.1 * float(np.nanmax(loss)))
    return figure(
        palette,
        data,
        xaxis=axis(palette, "updates", (0, 1.03 * float(updates[-1]))),
        yaxis=axis(palette, "loss (cross-entropy)", (0, top)),
        annotations=[panel_title(palette, f"Loss {loss[-1]:.3f}")],
        margin=MARGIN,
        dragmode=False,
    )


def loss_tracks(updates, loss, panel: int) -> Tracks:
    """Return the mark that moves along `plot_loss`."""
    return {
        (panel, 1, "x"): np.asarray(updates, np.float32)[:, None],
        (panel, 1, "y"): np.asarray(loss, np.float32)[:, None],
        (panel, None, "annotations[0].text"): [f"<b>Loss {value:.3f}</b>" for value in loss],
    }


def plot_right_counts(n_right, title: str, palette: Palette) -> go.Figure:
    """Draw how many starts ended with 0, 1, 2, 3 and 4 points right. n_right (n_seeds,)."""
    counts = np.bincount(n_right, minlength=5)
    bars = {
        "type": "bar",
        "x": list(range(5)),
        "y": counts,
        "marker": {
            "color": [palette.neutral] * 4 + [palette.truth],
            "pattern": {"shape": ["/"] * 4 + [""], "fgcolor": palette.background, "size": 7},
        },
        "hovertemplate": "%{y} starts: %{x} of 4 right<extra></extra>",
    }
    notes = [
        label(palette, x, count, f"{count:,}", yanchor="bottom") for x, count in enumerate(counts)
    ]
    return figure(
        palette,
        [bars],
        xaxis=axis(palette, "points right at the end", (-0.6, 4.6), dtick=1, showgrid=False),
        yaxis=axis(palette, "starts", (0, 1.1 * len(n_right))),
        annotations=[*notes, panel_title(palette, title)],
        margin=MARGIN,
        dragmode=False,
    )


def plot_solved_map(counts, names, n_seeds: int, chosen, palette: Palette) -> go.Figure:
    """Draw the share that solves it for each activation (row) and width (column).

    counts (n_activations, n_widths), nan where not computed; chosen: (row, column) or None.
    """
    share = np.asarray(counts, float) / n_seeds
    text = np.where(np.isnan(share), "", [[f"{100 * s:.3g}" for s in row] for row in share])
    cells = {
        "type": "heatmap",
        "z": share,
        "x": list(range(1, share.shape[1] + 1)),
        "y": list(names),
        "zmin": 0,
        "zmax": 1,
        "colorscale": [
            (0.0, palette.panel),
            (1.0, plane.blend(palette.truth, palette.background, 0.6)),
        ],
        "showscale": False,
        "text": text.tolist(),
        "texttemplate": "%{text}",
        "textfont": {"size": 13, "color": palette.text},
        "xgap": 2,
        "ygap": 2,
        "hovertemplate": "%{y}, %{x} hidden: %{z:.1%} of the starts<extra></extra>",
    }
    shapes = []
    if chosen is not None:
        row, column = chosen
        shapes = [
            {
                "type": "rect",
                "x0": column + 0.5,
                "x1": column + 1.5,
                "y0": row - 0.5,
                "y1": row + 0.5,
                "line": {"color": palette.text, "width": 2},
            }
        ]
    return figure(
        palette,
        [cells],
        xaxis=axis(palette, "hidden neurons", dtick=1, showgrid=False, fixedrange=True),
        yaxis=axis(palette, autorange="reversed", showgrid=False, fixedrange=True),
        shapes=shapes,
        annotations=[panel_title(palette, f"Solved, % of {n_seeds:,} starts")],
        margin=MARGIN,
        dragmode=False,
    )
