"""The two heat maps of the learning-rate map: rate by momentum, rate by batch size."""

import functools
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import Click, show_chart
from dashboard.charts.rate_cells import REST, ROW_HEIGHT, RateCells, plot_rate_cells
from dashboard.controls import Choice
from dashboard.gather import Rest, gather
from dashboard.playground import handover
from dashboard.playground import settings as s
from dashboard.theme import Palette
from dashboard.tuning import cells_words as words
from dashboard.tuning import many_runs
from nnjax.optimizers import OPTIMIZERS
from nnjax.races.bands import middle_seed
from nnjax.races.rate_maps import HIGHEST, LOWEST, RunEnds, judge_cells

N_SEEDS = 8
RATES = tuple(rate for rate in s.RATES if LOWEST <= rate <= HIGHEST)
MOMENTA = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)
BATCHES = tuple(s.BATCH.options)
N_RUNS = len(RATES) * N_SEEDS  # of a row
PICK_MOMENTUM = Choice(
    key="cell_momentum", label="Momentum", default=0.9, options=MOMENTA,
    labels={value: f"{value:g}" for value in MOMENTA},
)  # fmt: skip
PICK_BATCH = Choice(key="cell_batch", label="Batch size", default=10, options=BATCHES)
PICK_RATE = Choice(
    key="cell_rate", label="Learning rate", default=0.03, options=RATES,
    labels={rate: f"{rate:g}" for rate in RATES},
)  # fmt: skip
CONTROLS = (PICK_RATE, PICK_MOMENTUM, PICK_BATCH)


class Axis(NamedTuple):
    """What the rows of a heat map are."""

    name: str
    rows: Sequence[float]
    control: str  # of the playground
    pick: Choice


AXES = {
    "momentum": Axis("momentum", MOMENTA, s.MOMENTUM.key, PICK_MOMENTUM),
    "batch": Axis("batch size", BATCHES, s.BATCH.key, PICK_BATCH),
}


def show_by(over: str) -> Callable[[many_runs.Asked, str, Palette], Rest | None]:
    """Return the function that draws the heat map of rate by "momentum" or "batch"."""
    return functools.partial(_show, over)


def _show(over: str, now: many_runs.Asked, measure: str, colors: Palette) -> Rest | None:
    """Draw one heat map, trained row by row; return what trains the rest, if any is left."""
    axis, own = AXES[over], now.settings.config.optimizer
    optimizer = many_runs.mapped_optimizer(now.settings, over)
    if optimizer != own:
        st.caption(words.NO_MOMENTUM.format(OPTIMIZERS[own].label))
        # Without momentum the playground is in the row of momentum 0.
        hyper = (now.hyper[0], 0.0, *now.hyper[2:])
        now = now._replace(
            settings=many_runs.with_choices(now.settings, optimizer=optimizer), hyper=hyper
        )
    jobs = _jobs(over, now)
    pieces = [
        (row, piece)
        for row, job in enumerate(jobs)
        for piece in many_runs.divide(job.settings, N_RUNS, job.n_epochs)
    ]
    results, rest = gather(
        "rate_cells",
        pieces,
        lambda piece: many_runs.remember_runs(f"rate by {over} {piece}", jobs[piece[0]], piece[1]),
        about=tuple(jobs),
        say=lambda piece: f"Training at {axis.name} {axis.rows[piece[0]]:g}",
        done=f"{len(axis.rows)} × {len(RATES)} cells, {N_SEEDS} seeds each, {now.n_epochs} "
        f"epochs: {len(axis.rows) * N_RUNS} networks.",
    )
    cells = _cells(axis, _rows(results, pieces), measure, _here(over, now))
    _draw(axis, cells, now, colors)
    return rest


def _jobs(over: str, now: many_runs.Asked) -> list[many_runs.Asked]:
    """Every rate with every seed, at each momentum or each batch size."""
    jobs = []
    for row in AXES[over].rows:
        run, hyper = many_runs.replace_seed(now.settings, 0), (0.0, *now.hyper[1:])
        if over == "momentum":
            hyper = (0.0, row, *now.hyper[2:])
        else:
            run = many_runs.with_choices(run, batch_size=row)
        jobs.append(now._replace(settings=run, hyper=hyper, over=(("learning_rate", RATES),)))
    return jobs


def _rows(results: dict, pieces) -> dict[int, RunEnds]:
    """Return the rows of which every piece is ready."""
    by_row: dict[int, list] = {}
    for row, piece in pieces:
        by_row.setdefault(row, []).append(piece)
    return {
        row: many_runs.join({p: results[row, p] for p in theirs}, theirs, len(RATES), N_SEEDS)
        for row, theirs in by_row.items()
        if all((row, p) in results for p in theirs)
    }


def _here(over: str, now: many_runs.Asked) -> tuple[int, int] | None:
    """Return row and column of the playground's own settings, where they are on the map."""
    own = now.settings.config.batch_size if over == "batch" else round(now.hyper[1], 4)
    rows = AXES[over].rows
    column = [i for i, rate in enumerate(RATES) if abs(rate / now.hyper[0] - 1) < 1e-5]
    return (rows.index(own), column[0]) if own in rows and column else None


def _cells(axis: Axis, results, measure: str, here) -> RateCells:
    shape = len(axis.rows), len(RATES)
    losses = np.full((*shape, N_SEEDS), np.nan)
    firsts = []
    for row, ends in results.items():
        losses[row] = getattr(ends, f"{measure}_loss")
        firsts.append(getattr(ends, f"first_{measure}_loss"))
    middle = np.full(shape, np.nan)
    for row in results:
        middle[row] = [middle_seed(cell) for cell in losses[row]]
    return RateCells(
        rates=RATES,
        rows=axis.rows,
        name=axis.name,
        middle=middle,
        bands=judge_cells(losses, float(np.median(firsts)) if firsts else np.nan),
        n_diverged=np.isinf(losses).sum(axis=-1),
        n_seeds=N_SEEDS,
        here=here,
        measure=f"{'training' if measure == 'train' else 'test'} loss",
    )


def _draw(axis: Axis, cells: RateCells, now: many_runs.Asked, colors: Palette) -> None:
    said = words.verdict(cells)

    def load(rate: float, value: float) -> None:
        handover.pick_run(
            {
                s.RATE.key: rate,
                axis.control: value,
                s.SEED.key: now.seeds[0],
                s.EPOCHS.key: now.n_epochs,
                s.OPTIMIZER.key: now.settings.config.optimizer,
            }
        )

    def click(hit: Click) -> None:
        if hit.x is None or hit.y is None:
            return
        column, row = round(hit.x), round(hit.y)
        if 0 <= column < len(RATES) and 0 <= row < len(axis.rows):
            load(RATES[column], axis.rows[row])

    show_chart(
        plot_rate_cells(cells, colors),
        key="rate_cells",
        height=REST + ROW_HEIGHT * len(axis.rows),
        alt=f"Middle {cells.measure} of {N_SEEDS} seeds after {now.n_epochs} epochs, learning rate "
        f"by {axis.name}. {said}".replace("**", ""),
        on_click=click,
    )
    layout.look(f"{many_runs.describe(now.settings)}. {said} {words.MARKS}")
    layout.heading("Load a run")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rate, value = PICK_RATE.show(width=180), axis.pick.show(width=180)
        st.button("Load this run", key="load_cell", on_click=load, args=(rate, value))
    st.markdown(f"It opens on the playground with seed {now.seeds[0]}, the first of the {N_SEEDS}.")
