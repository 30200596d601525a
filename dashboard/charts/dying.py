"""Dead units: what share of a network never fires, by learning rate and while it trains."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.base import axis, figure, label
from dashboard.theme import Palette
from nnjax.races.bands import Band

SPAN = (-0.03, 1.05)
SHARES = {"tickvals": [0, 0.25, 0.5, 0.75, 1], "ticktext": ["0", "25%", "50%", "75%", "100%"]}


class Dying(NamedTuple):
    """The share of dead units at the end of training, by rate."""

    rates: np.ndarray  # (n_rates,)
    share: Band  # each (n_rates,)
    chosen: int  # which of the rates is the learner's


def plot_dead_by_rate(dying: Dying, palette: Palette) -> go.Figure:
    """Draw the band of dead units over the rates, the learner's rate marked."""
    rates, share = dying.rates, dying.share
    rate, here = float(rates[dying.chosen]), float(share.middle[dying.chosen])
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": np.concatenate([rates, rates[::-1]]),
        "y": np.concatenate([share.high, share.low[::-1]]),
        "fill": "toself",
        "fillcolor": palette.fade(palette.positive, 0.18),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
    middle = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": rates,
        "y": share.middle,
        "line": {"color": palette.positive, "width": 2.5},
        "marker": {"size": 6, "color": palette.positive},
        "hovertemplate": "rate %{x:g}: %{y:.0%} dead<extra></extra>",
    }
    place = {"xanchor": "right", "xshift": -12} if rate > 0.3 else {"xanchor": "left", "xshift": 12}
    note = label(palette, float(np.log10(rate)), here, f"<b>{here:.0%}</b>", yshift=16, **place)
    return figure(
        palette,
        [band, middle, _mark(rate, here, palette)],
        xaxis=axis(palette, "learning rate", np.log10([rates[0] * 0.8, rates[-1] * 1.25]),
                   type="log", tickvals=[0.01, 0.1, 1, 10], ticktext=["0.01", "0.1", "1", "10"]),
        yaxis=axis(palette, "dead at the end", SPAN, **SHARES),
        shapes=[_cursor(rate, palette)],
        annotations=[note],
    )  # fmt: skip


def plot_dead_over_time(steps, shares, band: Band, palette: Palette) -> go.Figure:
    """Draw each seed's share of dead units while it trains, (n_seeds, n_checks), and the middle."""
    gap = np.full((len(shares), 1), np.nan)
    every = {
        "type": "scatter",
        "mode": "lines",
        # One trace for all seeds, with a gap after each: fewer nodes to draw.
        "x": np.concatenate([np.tile(steps, (len(shares), 1)), gap], axis=1).ravel(),
        "y": np.concatenate([shares, gap], axis=1).ravel(),
        "line": {"color": palette.fade(palette.neutral, 0.55), "width": 1, "shape": "hv"},
        "hoverinfo": "skip",
    }
    middle = {
        "type": "scatter",
        "mode": "lines",
        "x": steps,
        "y": band.middle,
        "line": {"color": palette.positive, "width": 3, "shape": "hv"},
        "hovertemplate": "after %{x} updates: %{y:.0%} dead<extra></extra>",
    }
    last = float(band.middle[-1])
    return figure(
        palette,
        [every, middle, _mark(float(steps[-1]), last, palette)],
        xaxis=axis(palette, "updates", (0, float(steps[-1]) * 1.04)),
        yaxis=axis(palette, "dead at this rate", SPAN, **SHARES),
    )


def _mark(x, y, palette):
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x],
        "y": [y],
        "marker": {
            "color": palette.highlight,
            "size": 13,
            "line": {"color": palette.text, "width": 1.5},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _cursor(rate, palette):
    return {
        "type": "line",
        "x0": rate,
        "x1": rate,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": palette.axis, "width": 1, "dash": "dot"},
        "layer": "below",
    }
