"""The bending plane, its neighbours, and the seeds of every depth, drawn from arrays."""

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts import bending, bending_depth, deep_or_wide
from dashboard.charts.network import MAP_SIDE, NetworkFilm, columns
from dashboard.theme import PALETTES
from nnjax.races.bands import band_over_seeds

SIDE = bending.LATTICE


def some_view(n_stages=3, **more):
    """A view of a few points on their way through random stages."""
    random = np.random.default_rng(0)
    return bending.BendView(
        points=random.uniform(-1, 1, (n_stages, 20, 2)),
        grid=random.uniform(-1, 1, (n_stages, SIDE**2, 2)),
        cuts=random.normal(size=(n_stages, 3)),
        labels=np.arange(20) % 2,
        is_test=np.arange(20) >= 10,
        class_names=("outside", "inside"),
        title="A plane",
        **more,
    )


def test_the_pen_walks_along_every_line_of_the_grid_without_a_jump():
    walk = bending._path()
    rows, columns_ = np.divmod(walk, SIDE)
    assert (np.abs(np.diff(rows)) + np.abs(np.diff(columns_)) <= 1).all()
    lines = range(0, SIDE, bending.STEP)
    assert set(walk) == {
        r * SIDE + c for r in range(SIDE) for c in range(SIDE) if r in lines or c in lines
    }


def test_frames_rest_at_every_stage_and_glide_between():
    at = bending.frame_stages(3)
    assert (np.diff(at) >= 0).all()
    assert [(at == stage).sum() for stage in range(3)] == [bending.HOLD] * 3
    np.testing.assert_array_equal(bending.frame_stages(3, smooth=False), [0, 1, 2])


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_plane_is_drawn_and_moves(palette):
    view = some_view()
    check_it_can_be_sent(bending.plot_bending(view, palette))
    tracks = bending.bending_tracks(view)
    n_frames = len(bending.frame_stages(3))
    assert {len(frames) for frames in tracks.values()} == {n_frames}
    middle = bending.HOLD + bending.BETWEEN // 2
    half = (view.points[0] + view.points[1])[(view.labels == 0) & ~view.is_test] / 2
    at = bending.frame_stages(3)[middle]
    assert at == pytest.approx(0.5)
    drawn = tracks[bending.POINTS, "x"][middle]
    np.testing.assert_allclose(drawn / bending.UNIT, half[:, 0], atol=1e-3)
    # The cut is fitted at a stage: on the way there is none.
    assert np.isnan(tracks[bending.CUT, "x"][middle]).all()


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_shares_by_depth(palette):
    view = bending_depth.DepthView(
        train=np.array([[0.5, 1.0]]),
        test=np.array([[0.55, 0.996]]),
        names=("inputs", "layer 1"),
        cursor=bending.frame_stages(3) / 2,
    )
    figure = bending_depth.plot_depths(view, palette)
    check_it_can_be_sent(figure)
    tracks = bending_depth.depth_tracks(view)
    assert set(tracks) == {(2, "x")}
    assert tracks[2, "x"][-1].tolist() == [1, 1]
    assert bending_depth.depth_texts(view) == [["55.0%", "99.6%"]]


def test_the_line_of_a_first_neuron_lies_on_its_own_map():
    random = np.random.default_rng(0)
    shapes = ((3, 2), (1, 3))
    film = NetworkFilm(
        parameters=tuple(
            (random.normal(size=(1, *shape)), np.zeros((1, shape[0]))) for shape in shapes
        ),
        maps=tuple(np.zeros((1, n, MAP_SIDE**2), np.uint8) for n in (2, 3, 1)),
        input_names=("x1", "x2"),
        activations=("tanh", "identity"),
    )
    weights = np.array([[[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]])
    lines = bending_depth.Lines(weights, np.array([[0.0, 0.0, -99.0]]), (-6, 6))
    palette = PALETTES["light"]
    check_it_can_be_sent(bending_depth.plot_units(film, lines, palette))
    x = bending_depth.unit_tracks(film, lines, palette)[bending_depth.LINES, "x"][0].reshape(3, 3)
    left = columns(film)[1].x
    np.testing.assert_allclose(x[0, :2], left + MAP_SIDE / 2)  # x1 = 0: upright, in the middle
    np.testing.assert_allclose(sorted(x[1, :2]), [left, left + MAP_SIDE])  # x2 = 0: across
    assert np.isnan(x[2]).all()  # a line that misses the plane


@pytest.mark.parametrize("measure", ["test_accuracy", "test_loss"])
@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_seeds_and_learning_of_every_depth(measure, palette):
    values = {1: np.array([0.5, 0.6, 0.7]), 2: np.array([0.9, np.inf, np.nan])}
    results = deep_or_wide.DepthResults(
        values=values,
        quartiles={1: (0.5, 0.6, 0.7), 2: (np.inf, np.inf, 0.9)},
        hidden={1: (25,), 2: (8, 7)},
        measure=measure,
        best=1,
    )
    figure = deep_or_wide.plot_seeds(results, (1, 2, 3), palette)
    check_it_can_be_sent(figure)
    assert figure.layout.xaxis.ticktext == ("<b>1</b><br>25", "2<br>7–8", "3")
    bands = {depth: band_over_seeds(np.full((3, 11), 0.1 * depth)) for depth in (1, 2)}
    check_it_can_be_sent(deep_or_wide.plot_learning(bands, (1, 2, 3), 100, palette))
