"""What the playground draws of a run: its panels, and the film that moves them together."""

import functools
from dataclasses import dataclass

import jax
import numpy as np

from dashboard.chart import Film, Panel
from dashboard.charts import confusion, history, network, projection, surface
from dashboard.playground.run import Run
from dashboard.theme import Palette
from nnjax.data import DATASETS, decision_grid, grid_axis, input_names, project_two_components
from nnjax.data.prepare import transform_inputs
from nnjax.responses import (
    LEVELS,
    centred_levels,
    confusion_matrices,
    prediction_map,
    predictions,
    unit_maps,
)
from nnjax.training.chunks import FRAMES_PER_CHUNK

RESOLUTION = 50
N_DIGITS = 40


@dataclass(frozen=True, kw_only=True)
class Look:
    """What the learner wants to see, apart from the run itself."""

    show_test: bool = True
    discrete: bool = False
    selected: tuple[int, int] | None = None  # (layer, unit); None is the prediction


def by_chunks(function, parameters):
    """Apply a program made for FRAMES_PER_CHUNK frames to a film of any length."""
    n_frames = len(jax.tree.leaves(parameters)[0])
    padding = -n_frames % FRAMES_PER_CHUNK
    results = []
    for start in range(0, n_frames, FRAMES_PER_CHUNK):
        rows = np.minimum(np.arange(start, start + FRAMES_PER_CHUNK), n_frames - 1)
        chunk = jax.tree.map(lambda leaf, rows=rows: leaf[rows], parameters)
        results.append(jax.device_get(function(chunk)))
    joined = jax.tree.map(lambda *parts: np.concatenate(parts), *results)
    return jax.tree.map(lambda leaf: leaf[: len(leaf) - padding or None], joined)


def build(run: Run, look: Look, palette: Palette, *, first: int = 0) -> tuple[list[Panel], dict]:
    """Return the panels as they stand now, and the film's tracks from frame `first` on."""
    parameters = jax.tree.map(lambda leaf: leaf[first:], run.film.parameters)
    makers = [_picture, _network, _learning, _gradients]
    spec = DATASETS[run.settings.dataset]
    if spec.n_classes:
        makers.append(_confusion)
    if spec.image_shape:
        makers.append(_digits)
    panels, tracks = [], {}
    for index, make in enumerate(makers):
        panel, own = make(run, look, palette, parameters, first)
        panels.append(panel)
        tracks |= {(index, trace, path): values for (trace, path), values in own.items()}
    return panels, tracks


def film_of(run: Run, tracks: dict, *, first: int, live: bool, interval: float) -> Film:
    """Return the film from frame `first` on, with a caption for every frame."""
    return Film(
        tracks=tracks,
        captions=captions(run)[first:],
        run=run.number,
        start=first,
        live=live,
        interval=interval,
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


@functools.lru_cache(maxsize=4)
def _grid(domain: tuple[float, float], resolution: int) -> np.ndarray:
    return decision_grid(domain, resolution)


def _grid_inputs(run: Run, resolution: int):
    spec = DATASETS[run.settings.dataset]
    return transform_inputs(run.data, _grid(spec.domain, resolution), run.settings.features)


def _picture(run, look, palette, parameters, first):
    spec = DATASETS[run.settings.dataset]
    if not spec.in_plane:
        return _projection(run, palette, parameters)
    maps, task = _large_maps(run, look, parameters)
    side = (len(maps), RESOLUTION, RESOLUTION)
    is_test = np.arange(len(run.data.raw)) >= int(run.data.n_train)
    shown = slice(None) if look.show_test else ~is_test
    info = surface.Surface(
        maps=maps.reshape(side),
        grid=grid_axis(spec.domain, RESOLUTION),
        points=surface.Points(
            np.asarray(run.data.raw)[shown], np.asarray(run.data.labels)[shown], is_test[shown]
        ),
        task=task,
        class_names=spec.class_names,
    )
    figure = surface.plot_surface(info, palette)
    what = "the network's prediction" if look.selected is None else "one unit's output"
    alt = f"{spec.label}: the plane coloured by {what}, with the training and test points."
    return Panel(figure=figure, alt=alt, height=400), surface.surface_tracks(info)


def _large_maps(run, look, parameters):
    """Return the maps for the large picture and the task whose colours they take."""
    inputs, network_config = _grid_inputs(run, RESOLUTION), run.config.network
    task = run.config.task
    if look.selected is not None:
        layer, unit = look.selected
        if layer == 0:
            levels = np.asarray(centred_levels(inputs.T))[unit]
            return np.repeat(levels[None], len(parameters[0].bias), axis=0), "binary"
        maps = by_chunks(lambda p: unit_maps(p, inputs, config=network_config), parameters)
        return maps[layer - 1][:, unit], "binary"
    maps = by_chunks(
        lambda p: prediction_map(p, inputs, config=network_config, task=task), parameters
    )
    return (_decide(maps, task, run) if look.discrete else maps), task


def _decide(maps, task, run):
    """Return the maps with every place fully on one side."""
    if task == "multiclass":
        band = LEVELS // run.config.network.n_out
        return (maps // band * band + band - 1).astype(np.uint8)
    return np.where(maps * 2 > LEVELS, LEVELS, 0).astype(np.uint8)


def _projection(run, palette, parameters):
    spec = DATASETS[run.settings.dataset]
    flat = project_two_components(run.data.inputs)
    config = run.config
    answers = by_chunks(
        lambda p: predictions(p, run.data.inputs, config=config.network, task=config.task),
        parameters,
    )
    labels = run.data.labels if spec.n_classes else run.data.targets[:, 0]
    info = projection.Projected(
        np.asarray(flat.scores),
        np.asarray(labels),
        predicted_classes(answers) if spec.n_classes else answers[..., 0],
        np.asarray(flat.explained),
        spec.class_names,
    )
    alt = f"{spec.label} projected on two components, coloured by what the network predicts."
    figure = projection.plot_projection(info, palette)
    return Panel(figure=figure, alt=alt, height=400), projection.projection_tracks(info)


def predicted_classes(answers: np.ndarray) -> np.ndarray:
    """Return the likeliest class from predictions (..., n_out); one output means two classes."""
    return (answers[..., 0] > 0.5) * 1 if answers.shape[-1] == 1 else answers.argmax(axis=-1)


def _network(run, look, palette, parameters, first):
    spec = DATASETS[run.settings.dataset]
    maps = None
    if spec.in_plane:
        inputs = _grid_inputs(run, network.MAP_SIDE)
        maps = by_chunks(lambda p: unit_maps(p, inputs, config=run.config.network), parameters)
        own = np.asarray(centred_levels(inputs.T))[None]
        maps = (np.repeat(own, len(maps[0]), axis=0), *maps)
    film = network.NetworkFilm(
        parameters=tuple((layer.weights, layer.bias) for layer in parameters),
        maps=maps,
        input_names=input_names(spec, run.settings.features),
        activations=run.config.network.layer_activations,
        selected=look.selected,
    )
    widths = [run.config.network.n_in, *run.config.network.hidden, run.config.network.n_out]
    alt = (
        f"A network of {', '.join(map(str, widths))} units. Thick edges are large weights; blue "
        "and solid is positive, orange and dashed is negative."
    )
    figure = network.plot_network(film, palette)
    return Panel(figure=figure, alt=alt, height=400), network.network_tracks(film)


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
        score_name="accuracy" if run.config.task != "regression" else "R²",
    )


def _learning(run, look, palette, parameters, first):
    recorded = history_of(run)
    cursor = history.cursor_track(recorded)[first:]
    alt = (
        f"Loss and {recorded.score_name} against epochs; at epoch {run.epoch:.4g} the train loss "
        f"is {recorded.train_loss[-1]:.4f} and the test loss {recorded.test_loss[-1]:.4f}."
    )
    panel = Panel(figure=history.plot_learning(recorded, palette), alt=alt, height=330)
    return panel, {(0, "x"): cursor, (1, "x"): cursor}


def _gradients(run, look, palette, parameters, first):
    recorded = history_of(run)
    norms = ", ".join(f"{norm:.3g}" for norm in recorded.gradient_norms[-1])
    alt = f"Gradient norm of each layer against epochs; now {norms} from the first layer on."
    panel = Panel(figure=history.plot_gradients(recorded, palette), alt=alt, height=330)
    return panel, {(0, "x"): history.cursor_track(recorded)[first:]}


def _confusion(run, look, palette, parameters, first):
    spec = DATASETS[run.settings.dataset]
    tables = by_chunks(
        lambda p: confusion_matrices(
            p, run.data, config=run.config.network, n_classes=spec.n_classes
        ),
        parameters,
    )
    right, total = np.trace(tables[-1]), tables[-1].sum()
    alt = f"Confusion matrix of the test examples: {right} of {total} right."
    figure = confusion.plot_confusion(tables[-1], spec.class_names, palette)
    tracks = {(0, "z"): confusion.row_shares(tables).astype(np.float32), (0, "text"): tables}
    return Panel(figure=figure, alt=alt, height=330), tracks


def _digits(run, look, palette, parameters, first):
    rows = slice(int(run.data.n_train), int(run.data.n_train) + N_DIGITS)
    config, inputs = run.config, np.asarray(run.data.inputs)[rows]
    answers = by_chunks(
        lambda p: predictions(p, inputs, config=config.network, task=config.task), parameters
    )
    shape = DATASETS[run.settings.dataset].image_shape
    info = projection.Digits(
        np.asarray(run.data.raw)[rows].reshape(-1, *shape),
        np.asarray(run.data.labels)[rows],
        predicted_classes(answers),
    )
    wrong = int((info.predicted[-1] != info.labels).sum())
    alt = f"{len(info.labels)} test digits with the network's answers; {wrong} of them are wrong."
    figure = projection.plot_digits(info, palette)
    return Panel(figure=figure, alt=alt, height=330), projection.digit_tracks(info)
