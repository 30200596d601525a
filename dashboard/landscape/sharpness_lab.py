"""Sharpness while it trains: gradient descent climbs to the edge at 2 / rate, and stays there."""

from typing import NamedTuple

import numpy as np

from dashboard import compute, layout
from dashboard.chart import Panel, show_panels
from dashboard.charts import sharpness as charts
from dashboard.controls import Choice, Control, Number, Slider
from dashboard.gather import Rest, gather
from dashboard.landscape import sharpness_words as words
from dashboard.landscape.survey import finite_path
from dashboard.playground import session
from dashboard.playground import settings as s
from dashboard.playground.row import show_row
from dashboard.playground.run import Run
from dashboard.theme import Palette
from nnjax.activations import ACTIVATIONS
from nnjax.data import DATASETS
from nnjax.landscapes.edge_of_stability import N_ROWS, EdgeRun, EdgeSettings, train_to_the_edge
from nnjax.landscapes.sharpness import sharpness_of_each
from nnjax.training.state import NOT_DIVERGED

N_SEEDS, SEEDS_AT_ONCE = 16, 4
FRAMES_AT_ONCE = 10  # of the playground's film; fixed, so that every call is the same program
RATES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4)

WHOSE = Choice(
    key="sharp_run",
    label="Run",
    default="own",
    options=("own", "playground"),
    labels={"own": "Full batch", "playground": "The playground's"},
    style="segmented",
    help="A run that goes through its whole training set at every step, or the playground's.",
)
RATE = Choice(
    key="sharp_rate", label=r"Learning rate $\eta$", default=0.1, options=RATES,
    labels={rate: f"{rate:g}" for rate in RATES}, style="slider",
)  # fmt: skip
DATA = Choice(
    key="sharp_data", label="Data", default="diabetes", options=("diabetes", "multi_gaussian"),
    labels={key: DATASETS[key].label for key in ("diabetes", "multi_gaussian")},
)  # fmt: skip
WIDTH = Choice(
    key="sharp_width", label="Units in each of 2 layers", default=16, options=(8, 16, 32),
    style="segmented",
)  # fmt: skip
ACTIVATION = Choice(
    key="sharp_activation", label="Activation", default="tanh", options=("tanh", "relu", "gelu"),
    labels={key: ACTIVATIONS[key].label for key in ("tanh", "relu", "gelu")}, style="segmented",
)  # fmt: skip
BATCH = Choice(
    key="sharp_batch", label="Examples in a step", default=N_ROWS, options=(N_ROWS, 20),
    labels={N_ROWS: f"All {N_ROWS}", 20: "20"}, style="segmented",
)  # fmt: skip
EPOCHS = Slider(key="sharp_epochs", label="Epochs", default=1000, min=200, max=2000, step=200)
SEED = Number(key="sharp_seed", label="First seed", default=0, min=0, max=9999, step=1)
OWN = (RATE, DATA, WIDTH, ACTIVATION, BATCH, EPOCHS, SEED)
CONTROLS: tuple[Control, ...] = (WHOSE, *OWN)


class Found(NamedTuple):
    """What was measured of some runs, frame by frame: the first is drawn strongest."""

    epochs: np.ndarray  # (n_frames,)
    sharpness: np.ndarray  # (n_seeds, n_frames); nan where a run has blown up
    loss: np.ndarray  # (n_seeds, n_frames)
    edge: np.ndarray  # (n_frames,) 2 / rate
    diverged: np.ndarray  # (n_seeds,) whether it blew up


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what trains the other seeds, if any are left."""
    whose = WHOSE.show()
    rest = None
    if whose == "playground":
        run = session.current_run(show_row((s.RATE, s.ACTIVATION, s.DATA, s.BATCH)))
        found = compute.remember(
            "sharpness", lambda *_: measure_film(run), run.number, run.n_frames
        )
        _show_picture(found, colors)
        layout.look(words.of_the_playground(found, run))
    else:
        controls, picture = layout.lab(shares=(1, 3))
        with controls:
            values = [control.show() for control in OWN]
        settings = _settings(values)
        first = values[-1]
        with picture:
            found, rest = _train(settings, first)
            if found is not None:
                _show_picture(found, colors)
                layout.look(words.of_the_seeds(found, settings))
        words.ask(settings, first)
    if found is not None:
        words.show_formula(found)
    words.lead_on(page)
    return rest


def _settings(values: list) -> EdgeSettings:
    rate, data, width, activation, batch, epochs, _ = values
    return EdgeSettings(
        dataset=data,
        width=width,
        activation=activation,
        learning_rate=rate,
        epochs=epochs,
        batch_size=batch,
    )


def _train(settings: EdgeSettings, first: int) -> tuple[Found | None, Rest | None]:
    """Train N_SEEDS seeds, some at a time."""
    slices = tuple(range(first, first + N_SEEDS, SEEDS_AT_ONCE))
    results, rest = gather(
        "sharp",
        slices,
        lambda seed: compute.remember(f"the edge, {seed}", train_several, settings, seed),
        about=(settings, first),
        say=lambda seed: f"Training seeds {seed} to {seed + SEEDS_AT_ONCE - 1}",
        done=f"{N_SEEDS} seeds, {settings.epochs:,} epochs each, the sharpness at 41 moments.",
    )
    runs = [run for seed in slices for run in results.get(seed, ())]
    return (gathered(runs, settings.learning_rate) if runs else None), rest


def train_several(settings: EdgeSettings, seed: int) -> list[EdgeRun]:
    """Return the runs of SEEDS_AT_ONCE seeds from `seed` on."""
    return [train_to_the_edge(settings, seed + i) for i in range(SEEDS_AT_ONCE)]


def gathered(runs: list[EdgeRun], rate: float) -> Found:
    """Return the runs as arrays."""
    epochs = runs[0].epochs
    return Found(
        epochs=epochs,
        sharpness=np.stack([run.sharpness for run in runs]),
        loss=np.stack([run.loss for run in runs]),
        edge=np.full(len(epochs), 2 / rate),
        diverged=np.array([run.diverged_at != NOT_DIVERGED for run in runs]),
    )


def measure_film(run: Run) -> Found:
    """Return the sharpness at every frame of the playground's film."""
    vectors, frames = finite_path(run)
    values = np.full(run.n_frames, np.nan, np.float32)
    for start in range(0, len(frames), FRAMES_AT_ONCE):
        rows = np.minimum(np.arange(start, start + FRAMES_AT_ONCE), len(frames) - 1)
        measured = sharpness_of_each(vectors[rows], run.data, config=run.config)
        values[frames[rows]] = np.asarray(measured)
    return Found(
        epochs=run.epochs,
        sharpness=values[None],
        loss=run.film.train_loss[None],
        edge=2 / np.maximum(run.film.learning_rate, 1e-9),
        diverged=np.array([run.diverged_at is not None]),
    )


def _show_picture(found: Found, colors: Palette) -> None:
    sharp = charts.Curves(found.epochs, found.sharpness, found.edge)
    losses = charts.Curves(found.epochs, found.loss, None)
    show_panels(
        [
            Panel(figure=charts.plot_sharpness(sharp, colors), alt=words.describe(found),
                  height=charts.HEIGHT),
            Panel(figure=charts.plot_losses(losses, colors), alt=words.describe_losses(found),
                  height=charts.HEIGHT),
        ],
        key="sharpness",
        columns=(1, 1),
    )  # fmt: skip
