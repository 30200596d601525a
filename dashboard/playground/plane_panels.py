"""The playground's upper row: the plane (or a projection of the data), and the network."""

import functools

import numpy as np

from dashboard.chart import Panel
from dashboard.charts import network, surface
from dashboard.playground.shot import Shot
from nnjax.data import decision_grid, grid_axis, input_names
from nnjax.data.prepare import transform_inputs
from nnjax.responses import LEVELS, centred_levels, prediction_map, unit_maps

RESOLUTION = 50


def plane_panel(shot: Shot) -> tuple[Panel, dict]:
    """Draw the prediction (or one unit) over the plane, under the points."""
    run, spec = shot.run, shot.spec
    maps, task = _large_maps(shot)
    rows = shot.drawn
    rows = rows if shot.look.show_test else rows[rows < int(run.data.n_train)]
    info = surface.Surface(
        maps=maps.reshape(-1, RESOLUTION, RESOLUTION),
        grid=grid_axis(spec.domain, RESOLUTION),
        points=surface.Points(
            np.asarray(run.data.raw)[rows],
            np.asarray(run.data.labels)[rows],
            rows >= int(run.data.n_train),
        ),
        task=task,
        class_names=spec.class_names,
        axis_names=_axis_names(shot),
    )
    what = "the network's prediction" if shot.look.selected is None else "one unit's output"
    alt = f"{spec.label}: the plane coloured by {what}, with the training and test points."
    figure = surface.plot_surface(info, shot.palette)
    return Panel(figure=figure, alt=alt, height=360), surface.surface_tracks(info, shot.palette)


def _axis_names(shot: Shot) -> tuple[str, str]:
    """Return the names of the axes: the learner's own columns have theirs."""
    own = shot.spec.feature_names if shot.run.settings.own else ("", "")
    return tuple(f"{x}: {name}" if name else x for x, name in zip(("x₁", "x₂"), own, strict=True))


def _large_maps(shot: Shot) -> tuple[np.ndarray, str]:
    """Return the maps of the large picture, and the task whose colours they take."""
    inputs, config = _grid_inputs(shot, RESOLUTION), shot.run.config
    if shot.look.selected is None:
        maps = shot.apply(prediction_map, inputs, config=config.network, task=config.task)
        return (_decide(maps, shot) if shot.look.discrete else maps), config.task
    layer, unit = shot.look.selected
    if layer > 0:
        return shot.apply(unit_maps, inputs, config=config.network)[layer - 1][:, unit], "binary"
    own = np.asarray(centred_levels(inputs.T))[unit]
    return np.repeat(own[None], len(shot.parameters[0].bias), axis=0), "binary"


def _decide(maps: np.ndarray, shot: Shot) -> np.ndarray:
    """Return the maps with every place fully on one side."""
    if shot.run.config.task == "multiclass":
        band = LEVELS // shot.run.config.network.n_out
        return (maps // band * band + band - 1).astype(np.uint8)
    return np.where(maps > LEVELS // 2, LEVELS, 0).astype(np.uint8)


@functools.lru_cache(maxsize=4)
def _grid(domain: tuple[float, float], resolution: int) -> np.ndarray:
    return decision_grid(domain, resolution)


def _grid_inputs(shot: Shot, resolution: int):
    raw = _grid(shot.spec.domain, resolution)
    return transform_inputs(shot.run.data, raw, shot.run.settings.features)


def network_panel(shot: Shot) -> tuple[Panel, dict]:
    """Draw the network from its parameters, with every unit's map where there is a plane."""
    config = shot.run.config.network
    film = network.NetworkFilm(
        parameters=tuple((layer.weights, layer.bias) for layer in shot.parameters),
        maps=_small_maps(shot) if shot.spec.in_plane else None,
        input_names=input_names(shot.spec, shot.run.settings.features),
        activations=config.layer_activations,
        selected=shot.look.selected,
    )
    widths = ", ".join(map(str, (config.n_in, *config.hidden, config.n_out)))
    alt = (
        f"A network of {widths} units. Thick edges are large weights; blue and solid is "
        "positive, orange and dashed is negative."
    )
    figure = network.plot_network(film, shot.palette)
    return Panel(figure=figure, alt=alt, height=360), network.network_tracks(film, shot.palette)


def _small_maps(shot: Shot) -> tuple[np.ndarray, ...]:
    inputs = _grid_inputs(shot, network.MAP_SIDE)
    maps = shot.apply(unit_maps, inputs, config=shot.run.config.network)
    own = np.asarray(centred_levels(inputs.T))[None]
    return (np.repeat(own, len(maps[0]), axis=0), *maps)
