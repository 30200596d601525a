"""Three witnesses: how far they are apart for every parameter, and at every step."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, cursor, figure, label
from dashboard.theme import Palette

HEIGHT = 380
FLOOR = 1e-9  # what is smaller, or exactly 0, lies on it
LOWEST = {False: -9.0, True: -17.0}  # powers of ten, in float32 and in float64
POWER = 3  # between two ticks
_MARGIN = {"l": 62, "r": 14, "t": 34, "b": 46}


def plot_disagreement(
    by_hand: np.ndarray,
    by_difference: np.ndarray,
    names: Sequence[str],
    palette: Palette,
    *,
    double: bool,
) -> go.Figure:
    """Draw each parameter's distance from `jax.grad`, a share of the largest gradient, (n,)."""
    low = LOWEST[double]
    rows = (
        (by_hand, "by hand", palette.positive, "circle"),
        (by_difference, "central difference", palette.negative, "x"),
    )
    data = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": np.arange(1, len(values) + 1),
            "y": _on_screen(values, low),
            "text": [f"{whose}: {value:.1e}" for whose, value in zip(names, values, strict=True)],
            "hovertemplate": "%{text}<extra>" + name + "</extra>",
            "marker": {"size": 9, "color": color, "symbol": symbol},
        }
        for values, name, color, symbol in rows
    ]
    return figure(
        palette,
        data,
        showlegend=True,
        margin=_MARGIN,
        xaxis=axis(palette, "weight or bias, in order", (0.2, len(names) + 0.8)),
        yaxis=_log_axis(palette, "distance from jax.grad", low),
    )  # fmt: skip


def plot_step_errors(errors, step: float, rule: float, palette: Palette, *, double: bool):
    """Draw a `StepErrors`: the U, its two sides as they should be, and the learner's step."""
    low = LOWEST[double]
    measured = np.asarray(errors.measured, float)
    best = int(measured.argmin())
    here = float(np.interp(np.log(step), np.log(errors.steps), np.log(np.maximum(measured, 1e-30))))
    lines = (
        (errors.rounding, palette.negative, "dot", 1.8, "rounding"),
        (errors.truncation, palette.truth, "dash", 1.8, "truncation"),
        (measured, palette.text, "solid", 2.2, "measured"),
    )
    return figure(
        palette,
        [
            *(_line(errors.steps, values, *look, low) for values, *look in lines),
            _mark(step, np.exp(here), low, palette.highlight, "circle", palette),
            _mark(errors.steps[best], measured[best], low, palette.truth, "diamond", palette),
        ],
        margin=_MARGIN,
        xaxis=axis(
            palette, "step h", (-7, 0), type="log", tickvals=[10.0**p for p in range(-7, 1)],
            ticktext=[_power(p) for p in range(-7, 1)],
        ),
        yaxis=_log_axis(palette, "relative error", low),
        shapes=[cursor(palette, rule)],
        annotations=[
            label(palette, -6.9, low + 0.3, "◄ rounding, 1/h", xanchor="left", yanchor="bottom"),
            label(palette, -0.05, low + 0.3, "truncation, h² ►", xanchor="right", yanchor="bottom"),
            label(
                palette, float(np.log10(rule)), 1.0, "ε<sup>1/3</sup>", yref="paper",
                yanchor="bottom",
            ),
        ],
    )  # fmt: skip


def _line(x, values, color, dash, width, name, low) -> dict:  # noqa: PLR0917
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": _on_screen(values, low - 1),
        "line": {"color": color, "dash": dash, "width": width},
        "hovertemplate": f"{name}, h = %{{x:.1e}}: %{{y:.1e}}<extra></extra>",
    }


def _mark(x, y, low, color, symbol, palette) -> dict:  # noqa: PLR0917
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [float(x)],
        "y": _on_screen([y], low),
        "marker": {
            "size": 13,
            "color": color,
            "symbol": symbol,
            "line": {"width": 1.5, "color": palette.text},
        },
        "hoverinfo": "skip",
    }


def _on_screen(values, low) -> np.ndarray:
    return np.clip(np.nan_to_num(np.asarray(values, float), nan=1e3, posinf=1e3), 10.0**low, 1e3)


def _log_axis(palette: Palette, title: str, low: float) -> dict:
    powers = range(int(low), 2, POWER if low > -12 else 2 * POWER)
    return axis(
        palette, title, (low - 0.3, 1.0), type="log", automargin=False,
        tickvals=[10.0**p for p in powers],
        ticktext=[f"≤ {_power(p)}" if p == low else _power(p) for p in powers],
    )  # fmt: skip


def _power(power: int) -> str:
    return "1" if power == 0 else f"10<sup>{power}</sup>"
