"""The learning-rate map: what 64 rates do to the playground's network, over eight seeds."""

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import Click, show_chart
from dashboard.charts.rate_map import HEIGHT, RateMap, plot_rate_map
from dashboard.controls import Choice, Control, Number, Slider
from dashboard.gather import Rest, gather
from dashboard.playground import handover, session
from dashboard.playground import settings as s
from dashboard.playground.row import show_row
from dashboard.theme import Palette
from dashboard.tuning import many_runs, rate_cells
from dashboard.tuning import rate_map_words as words
from nnjax.races.rate_maps import HIGHEST, LOWEST, judge_rates, loss_band, nearest_rate, rate_grid

N_SEEDS = 8
OFFERED = tuple(rate for rate in s.RATES if LOWEST <= rate <= HIGHEST)
GRID = rate_grid(OFFERED)
LOADS = tuple(nearest_rate(rate, OFFERED) for rate in GRID)

OVER = Choice(
    key="map_over",
    label="What is mapped",
    default="rate",
    options=("rate", "momentum", "batch"),
    labels={"rate": "Rate", "momentum": "Rate × momentum", "batch": "Rate × batch size"},
)
MEASURE = Choice(
    key="map_loss",
    label="Judge by",
    default="train",
    options=("train", "test"),
    labels={"train": "Training loss", "test": "Test loss"},
    style="segmented",
)
EPOCHS = Slider(
    key="map_epochs", label="Epochs of each run", default=100, min=10, max=500, step=10,
    help="More epochs reward lower rates: they only need more time.",
)  # fmt: skip
PICK_RATE = Choice(
    key="map_rate", label="Rate", default=0.3, options=OFFERED,
    labels={rate: f"{rate:g}" for rate in OFFERED}, style="slider",
)  # fmt: skip
PICK_SEED = Number(
    key="map_seed", label="Which of its seeds", default=1, min=1, max=N_SEEDS, step=1
)
CONTROLS: tuple[Control, ...] = (
    OVER, MEASURE, EPOCHS, PICK_RATE, PICK_SEED, *rate_cells.CONTROLS
)  # fmt: skip


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what trains the rest, if any is left."""
    values = show_row((s.DATA, s.ACTIVATION, s.OPTIMIZER, s.RATE))
    settings = session.wanted_settings(values)
    controls, picture = layout.lab(shares=(1, 3))
    with controls:
        over, measure, n_epochs = OVER.show(), MEASURE.show(), EPOCHS.show()
        st.caption(words.HOW[over])
    hyper = tuple(map(float, s.hyperparameters(values)))
    now = many_runs.Asked(
        settings,
        hyper,
        (("learning_rate", GRID),),
        many_runs.seeds_from(settings, N_SEEDS),
        n_epochs,
    )
    with picture:
        draw = _show_map if over == "rate" else rate_cells.show_by(over)
        rest = draw(now, measure, colors)
    words.show_formula(many_runs.mapped_optimizer(settings, over), n_epochs, N_SEEDS)
    words.lead_on(page)
    return rest


def _show_map(now: many_runs.Asked, measure: str, colors: Palette) -> Rest | None:
    """Draw the map around the settings as they are `now`."""
    pieces = many_runs.divide(now.settings, len(GRID) * N_SEEDS, now.n_epochs)
    # Neither the playground's rate nor its seed matters where all rates and these seeds are run.
    asked = now._replace(
        settings=many_runs.replace_seed(now.settings, 0), hyper=(0.0, *now.hyper[1:])
    )
    results, rest = gather(
        "rate_map",
        pieces,
        lambda piece: many_runs.remember_runs(f"the rate map {piece}", asked, piece),
        about=asked,
        say=lambda piece: f"Training {(piece[1] - piece[0]):,} networks of {len(GRID) * N_SEEDS}",
        done=f"{len(GRID)} rates × {N_SEEDS} seeds, {now.n_epochs} epochs each: "
        f"{len(GRID) * N_SEEDS} networks.",
    )
    ends = many_runs.join(results, pieces, len(GRID), N_SEEDS)
    losses = getattr(ends, f"{measure}_loss")
    complete = len(results) == len(pieces)
    first = float(np.nanmedian(getattr(ends, f"first_{measure}_loss")))
    shown = RateMap(
        rates=GRID,
        seeds=now.seeds,
        losses=losses,
        band=loss_band(losses) if complete else _so_far(losses),
        bands=judge_rates(losses, first) if complete else None,
        loads=LOADS,
        here=now.hyper[0],
        measure=MEASURE.say(measure).lower(),
    )
    _draw(shown, now, first, colors)
    return rest


def _so_far(losses: np.ndarray):
    """Return the band of the seeds that are ready."""
    ready = np.flatnonzero(~np.isnan(losses).any(axis=0))
    return loss_band(losses[:, ready] if len(ready) else losses)


def _draw(shown: RateMap, now: many_runs.Asked, first: float, colors: Palette) -> None:
    said = words.verdict(shown, first)

    def load(rate: float, seed: int) -> None:
        handover.pick_run({s.RATE.key: rate, s.SEED.key: seed, s.EPOCHS.key: now.n_epochs})

    def click(hit: Click) -> None:
        custom = hit.custom if isinstance(hit.custom, list) and len(hit.custom) == 2 else None
        if custom is None and (hit.x is None or hit.x <= 0):
            return
        rate = nearest_rate(float(custom[0]) if custom else hit.x, OFFERED)
        seed = int(custom[1]) if custom else shown.seeds[0]
        if seed in shown.seeds:
            load(rate, seed)

    show_chart(
        plot_rate_map(shown, colors),
        key="rate_map",
        height=HEIGHT,
        alt=f"Loss after {now.n_epochs} epochs against learning rate, {len(shown.rates)} rates, "
        f"{len(shown.seeds)} seeds. {said}".replace("**", ""),
        on_click=click,
    )
    layout.look(f"{many_runs.describe(now.settings)}. {said}")
    if shown.bands is None:
        return
    words.ask(shown)
    layout.heading("Load a run")
    st.markdown(words.LOAD)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rate, seed = PICK_RATE.show(width=320), shown.seeds[PICK_SEED.show(width=160) - 1]
        st.button("Load this run", key="load_run", on_click=load, args=(rate, seed))
    st.markdown(words.one_run(shown, rate, seed))
