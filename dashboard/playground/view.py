"""What the playground draws of a run: which panels, and the film that moves them together."""

from collections.abc import Mapping
from dataclasses import dataclass

import jax
import numpy as np

from dashboard.chart import Film, Panel
from dashboard.charts import history
from dashboard.playground import data_panels, plane_panels
from dashboard.playground.run import MAX_FRAMES, Run
from dashboard.playground.shot import Look, Shot
from dashboard.theme import Palette

LEGEND_LINE = 20  # pixels that one more name takes
FILM_BYTES = 7_500_000  # a whole film's way to the browser


@dataclass(frozen=True)
class View:
    """The panels as they stand now, and the film's tracks as `Film` has them."""

    panels: list[Panel]
    tracks: dict


def build(
    run: Run,
    look: Look,
    palette: Palette,
    *,
    first: int = 0,
    others: Mapping[str, history.History] | None = None,
) -> View:
    """Return the panels as they stand now, and the film's tracks from frame `first` on.

    `others` are kept runs whose curves are drawn beside this one's.
    """
    parameters = jax.tree.map(lambda leaf: leaf[first:], run.film.parameters)
    shot = Shot(run, look, palette, parameters, first, others or {})
    panels, tracks = [], {}
    for index, make in enumerate(panel_makers(shot)):
        panel, own = make(shot)
        panels.append(panel)
        tracks |= {(index, trace, path): values for (trace, path), values in own.items()}
    return View(panels, tracks)


def panel_makers(shot: Shot) -> tuple:
    """Return what draws each panel: two above, and the two that the learner chose below."""
    spec = shot.spec
    picture = plane_panels.plane_panel if spec.in_plane else data_panels.projection_panel
    above = (picture, plane_panels.network_panel)
    if shot.look.below == "curves":
        return (*above, learning_panel, gradients_panel)
    if not spec.n_classes:
        return (*above, data_panels.values_panel, data_panels.histogram_panel)
    last = data_panels.digits_panel if spec.image_shape else data_panels.histogram_panel
    return (*above, data_panels.confusion_panel, last)


def learning_panel(shot: Shot) -> tuple[Panel, dict]:
    """Draw losses and scores against epochs."""
    recorded, others = history_of(shot.run), shot.others
    cursor = history.cursor_track(recorded)[shot.first :]
    alt = (
        f"Loss and {recorded.score_name} against epochs; at epoch {recorded.epochs[-1]:.4g} the "
        f"train loss is {recorded.train_loss[-1]:.4f}, the test loss {recorded.test_loss[-1]:.4f}."
    )
    if others:
        alt += f" Thin lines behind: {', '.join(others)}."
    figure = history.plot_learning(recorded, shot.palette, others)
    height = 270 + LEGEND_LINE * len(others)
    return Panel(figure=figure, alt=alt, height=height), {(0, "x"): cursor, (1, "x"): cursor}


def gradients_panel(shot: Shot) -> tuple[Panel, dict]:
    """Draw each layer's gradient norm against epochs."""
    recorded = history_of(shot.run)
    norms = ", ".join(f"{norm:.3g}" for norm in recorded.gradient_norms[-1])
    alt = f"Gradient norm of each layer against epochs; now {norms} from the first layer on."
    figure = history.plot_gradients(recorded, shot.palette)
    cursor = history.cursor_track(recorded)[shot.first :]
    return Panel(figure=figure, alt=alt, height=270), {(0, "x"): cursor}


def history_of(run: Run) -> history.History:
    """Return what the run has recorded, frame by frame."""
    film = run.film
    return history.History(
        epochs=run.epochs,
        train_loss=film.train_loss,
        test_loss=film.test_loss,
        train_accuracy=film.train_accuracy,
        test_accuracy=film.test_accuracy,
        gradient_norms=film.gradient_norms,
        score_name="R²" if run.config.task == "regression" else "accuracy",
    )


def frames_that_fit(tracks: Mapping) -> int:
    """Return how many frames like these make a film of FILM_BYTES, and at least 40."""
    firsts = [np.asarray(frames[0]) for frames in tracks.values()]
    size = sum(
        sum(map(len, one.ravel().tolist())) if one.dtype.kind in "OU" else one.nbytes
        for one in firsts
    )
    return min(MAX_FRAMES, max(40, FILM_BYTES // size))


def film_of(run: Run, tracks: dict, *, first: int, live: bool, interval: float) -> Film:
    """Return the film from frame `first` on, with a caption for every frame."""
    return Film(
        tracks=tracks,
        captions=captions(run)[first:],
        run=run.number,
        start=first,
        live=live,
        interval=interval,
        at_rest=(2, 3),  # the lower row: it summarises the run
    )


def captions(run: Run) -> list[str]:
    """Return for every frame where the run is and how well it does."""
    film = run.film
    return [
        f"epoch {epoch:.4g}, step {step}: train loss {train:.4f}, test loss {test:.4f}"
        for epoch, step, train, test in zip(
            run.epochs, film.step, film.train_loss, film.test_loss, strict=True
        )
    ]
