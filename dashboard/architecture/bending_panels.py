"""The four pictures of "What each layer sees", and the film that moves them together."""

from typing import NamedTuple

import jax
import numpy as np

from dashboard.chart import Panel
from dashboard.charts import bending as charts
from dashboard.charts import bending_depth as depth_charts
from dashboard.charts import surface
from dashboard.charts.network import MAP_SIDE, NetworkFilm
from dashboard.compute import run
from dashboard.theme import Palette
from nnjax.bending import Bending, BendingSettings, count_pieces, first_layer_sums
from nnjax.data import DatasetSpec, decision_grid, grid_axis, input_names
from nnjax.data.prepare import Dataset, transform_inputs
from nnjax.networks import Parameters
from nnjax.responses import centred_levels, prediction_map, unit_maps
from nnjax.training.metrics import Snapshot

RESOLUTION = 50
PIECES_SIDE = 101  # places along a side where pieces are counted
IN_PIECES = ("relu", "leaky_relu")  # activations that are straight but for one bend


class Scene(NamedTuple):
    """A trained network, its data, and what the learner wants to see of it."""

    settings: BendingSettings
    spec: DatasetSpec
    data: Dataset
    frames: Snapshot  # from the untrained network on
    diverged_at: int
    film: str  # "depth" or "training"
    unit: tuple[int, int] | None  # (layer, index), both from 0; None is the prediction
    bent: tuple[Bending, ...]  # of the last frame, or of every frame of the training

    def parameters(self, frame: int) -> Parameters:
        """The parameters at one frame."""
        return jax.tree.map(lambda leaf: leaf[frame], self.frames.parameters)

    @property
    def shown(self) -> Parameters:
        """The parameters of the frames that the film shows, with an axis for them."""
        kept = slice(None) if self.film == "training" else slice(-1, None)
        return jax.tree.map(lambda leaf: leaf[kept], self.frames.parameters)

    @property
    def test_accuracy(self) -> np.ndarray:
        """The share of test points on the right side of one cut: inputs, layer 1, ..."""
        return depths_of(self.bent[-1].test_accuracy)

    @property
    def n_test(self) -> int:
        """How many points the network was not trained on."""
        return len(self.data.inputs) - int(self.data.n_train)


def pieces(scene: Scene) -> int | None:
    """Return of how many flat pieces the network is made over the plane, None if of none."""
    if scene.settings.activation not in IN_PIECES:
        return None
    grid = _grid(scene, PIECES_SIDE)
    config = scene.settings.config.network
    return run("pieces", count_pieces, scene.parameters(-1), grid, config=config)


def depths_of(stages: np.ndarray) -> np.ndarray:
    """Return what belongs to the inputs and to each layer's outputs, without the sums."""
    return np.asarray(stages)[..., [0, *range(2, np.shape(stages)[-1], 2)]]


def make_panels(scene: Scene, palette: Palette) -> tuple[list[Panel], dict, list[str]]:
    """Return the panels, the tracks of their film, and a caption for every frame."""
    at = charts.frame_stages(len(scene.bent[-1].points))
    drawn = (
        _bending_panel(scene, palette),
        _network_panel(scene, palette),
        _depth_panel(scene, palette, at),
        _map_panel(scene, palette),
    )
    tracks = {
        (index, *place): frames
        for index, (_, own) in enumerate(drawn)
        for place, frames in own.items()
    }
    captions = _depth_captions(scene, at) if scene.film == "depth" else _training_captions(scene)
    return [panel for panel, _ in drawn], tracks, captions


def _bending_panel(scene: Scene, palette: Palette) -> tuple[Panel, dict]:
    data, is_film = scene.data, scene.film == "training"
    stages = [Bending(*(leaf[-1:] for leaf in bent)) for bent in scene.bent]
    joined = jax.tree.map(lambda *parts: np.concatenate(parts), *stages)
    shown = joined if is_film else scene.bent[-1]
    view = charts.BendView(
        points=shown.points,
        grid=shown.grid,
        cuts=shown.cuts,
        labels=np.asarray(data.labels),
        is_test=np.arange(len(data.labels)) >= int(data.n_train),
        class_names=scene.spec.class_names,
        title="The plane that the output sees" if is_film else "The plane, layer by layer",
        smooth=not is_film,
    )
    alt = (
        f"The plane after the last hidden layer, its grid bent, with the points of "
        f"{scene.spec.label}; one straight cut there gets {scene.test_accuracy[-1]:.1%} of the "
        "test points right."
    )
    figure = charts.plot_bending(view, palette)
    return Panel(figure=figure, alt=alt, height=charts.HEIGHT), charts.bending_tracks(view)


def _network_panel(scene: Scene, palette: Palette) -> tuple[Panel, dict]:
    config, shown = scene.settings.config.network, scene.shown
    inputs = _grid(scene, MAP_SIDE)
    own = np.asarray(centred_levels(inputs.T))[None]
    maps = run("maps", unit_maps, shown, inputs, config=config)
    film = NetworkFilm(
        parameters=tuple((layer.weights, layer.bias) for layer in shown),
        maps=(np.repeat(own, len(maps[0]), axis=0), *maps),
        input_names=input_names(scene.spec),
        activations=config.layer_activations,
        selected=None,
    )
    sums = [
        first_layer_sums(jax.tree.map(lambda leaf, i=i: leaf[i], shown), scene.data)
        for i in range(len(maps[0]))
    ]
    lines = depth_charts.Lines(*map(np.stack, zip(*sums, strict=True)), scene.spec.domain)
    widths = ", ".join(map(str, (config.n_in, *config.hidden, config.n_out)))
    alt = (
        f"A network of {widths} neurons, each with a map of its answers over the plane, blue "
        "above 0 and orange below; in layer 1 the line where its sum is 0."
    )
    figure = depth_charts.plot_units(film, lines, palette)
    tracks = depth_charts.unit_tracks(film, lines, palette) if len(maps[0]) > 1 else {}
    return Panel(figure=figure, alt=alt, height=charts.HEIGHT), tracks


def _depth_panel(scene: Scene, palette: Palette, at: np.ndarray) -> tuple[Panel, dict]:
    n_layers = len(scene.settings.hidden)
    names = ("inputs", *(f"layer {layer}" for layer in range(1, n_layers + 1)))
    is_film = scene.film == "training"
    view = depth_charts.DepthView(
        train=np.stack([depths_of(bent.train_accuracy) for bent in scene.bent]),
        test=np.stack([depths_of(bent.test_accuracy) for bent in scene.bent]),
        names=names,
        cursor=np.full(len(scene.bent), n_layers) if is_film else at / 2,
    )
    shares = ", ".join(
        f"{name} {share:.1%}" for name, share in zip(names, view.test[-1], strict=True)
    )
    alt = f"Test points on the right side of one straight cut: {shares}."
    figure = depth_charts.plot_depths(view, palette)
    return Panel(figure=figure, alt=alt, height=depth_charts.HEIGHT), depth_charts.depth_tracks(
        view
    )


def _map_panel(scene: Scene, palette: Palette) -> tuple[Panel, dict]:
    config, inputs = scene.settings.config, _grid(scene, RESOLUTION)
    if scene.unit is None:
        what = "the prediction"
        maps = run("large map", prediction_map, scene.shown, inputs, config=config.network,
                   task=config.task)  # fmt: skip
    else:
        layer, unit = scene.unit
        what = f"layer {layer + 1}, neuron {unit + 1}"
        maps = run("large map", unit_maps, scene.shown, inputs, config=config.network)
        maps = maps[layer][:, unit]
    data = scene.data
    info = surface.Surface(
        maps=maps.reshape(-1, RESOLUTION, RESOLUTION),
        grid=grid_axis(scene.spec.domain, RESOLUTION),
        points=surface.Points(
            np.asarray(data.raw),
            np.asarray(data.labels),
            np.arange(len(data.raw)) >= int(data.n_train),
        ),
        task="binary",
        class_names=scene.spec.class_names,
    )
    alt = f"{scene.spec.label}: the plane coloured by {what}, with the points."
    figure = depth_charts.plot_large_map(info, what, palette)
    tracks = surface.surface_tracks(info, palette) if len(maps) > 1 else {}
    return Panel(figure=figure, alt=alt, height=depth_charts.HEIGHT), tracks


def _grid(scene: Scene, resolution: int):
    return transform_inputs(scene.data, decision_grid(scene.spec.domain, resolution))


def stage_name(stage: int, activation: str) -> str:
    """Return what a stage is called."""
    if stage == 0:
        return "the inputs"
    layer, after = divmod(stage - 1, 2)
    return f"layer {layer + 1}, " + (f"after {activation}" if after else "weighted and summed")


def _depth_captions(scene: Scene, at: np.ndarray) -> list[str]:
    bent = scene.bent[-1]
    names = [stage_name(i, scene.settings.activation) for i in range(len(bent.points))]
    resting = [
        f"{name}: one cut gets {share:.1%} of the test points right"
        + (f" ({kept:.0%} of the spread shown)" if kept < 0.995 else "")
        for name, share, kept in zip(names, bent.test_accuracy, bent.explained, strict=True)
    ]
    return [
        resting[int(place)] if place == int(place) else f"on the way to {names[int(place) + 1]}"
        for place in at
    ]


def _training_captions(scene: Scene) -> list[str]:
    each = scene.settings.n_epochs // (len(scene.frames.step) - 1)
    return [
        f"epoch {each * index}: train loss {train:.4f}, test loss {test:.4f}"
        for index, (train, test) in enumerate(
            zip(scene.frames.train_loss, scene.frames.test_loss, strict=True)
        )
    ]
