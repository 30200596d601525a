"""The losses of several ways to train one network: a band over seeds for each."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from dashboard.chart import show_chart
from dashboard.charts.optimizers import HEIGHT, Race, plot_losses
from dashboard.theme import Palette
from nnjax.races.bands import band_over_seeds
from nnjax.races.optimizer_race import N_FRAMES, Racer


class Names(NamedTuple):
    """What the chart and its lines are called, and in which order the lines take their colours."""

    chart: str
    lines: Mapping[str, str]
    order: tuple[str, ...]


def show_losses(
    racers: Mapping[str, Racer], names: Names, size: tuple[int, int], said: str, colors: Palette
) -> None:
    """Draw the racers that are ready; `size` is (epochs, seeds), `said` ends the alt text."""
    n_epochs, n_seeds = size
    race = Race(
        bands={key: band_over_seeds(racer.losses) for key, racer in racers.items()},
        names=names.lines,
        order=names.order,
        epochs=np.linspace(0, n_epochs, N_FRAMES + 1),
    )
    ends = ", ".join(
        f"{names.lines[key]} {band.middle[-1]:.3g}" for key, band in race.bands.items()
    )
    show_chart(
        plot_losses(race, colors),
        key=names.chart,
        height=HEIGHT,
        alt=f"Training loss against epochs, middle of {n_seeds} seeds. At the end: {ends}. "
        + said.replace("**", ""),
    )
