"""What the playground draws: every data set, both rows, both themes, every look."""

import numpy as np
import pytest
from playground_runs import make_run, trained_run

from dashboard.charts.images import SOURCE
from dashboard.playground import view
from dashboard.playground.run import MAX_FRAMES
from dashboard.playground.shot import Look
from dashboard.theme import DARK, LIGHT
from dashboard.wire import pack
from nnjax.data import DATASETS
from nnjax.training.chunks import FRAMES_PER_CHUNK


@pytest.mark.parametrize("below", ["curves", "test"])
@pytest.mark.parametrize("data", DATASETS)
def test_every_data_set_is_drawn_with_a_film(data, below):
    run = trained_run(data=data)
    drawn = view.build(run, Look(below=below), LIGHT)
    assert len(drawn.panels) == 4
    assert {panel for panel, _, _ in drawn.tracks} == {0, 1, 2, 3}
    for panel in drawn.panels:
        assert len(panel.alt) > 20
    for key, frames in drawn.tracks.items():
        assert len(frames) == run.n_frames, key
    film = view.film_of(run, drawn.tracks, first=0, live=False, interval=0.5)
    assert len(film.captions) == run.n_frames


@pytest.mark.parametrize("data", ["circle", "blobs", "plane", "digits", "diabetes"])
def test_a_figure_shows_the_last_frame_of_its_film(data):
    run = trained_run(data=data)
    drawn = view.build(run, Look(below="test"), DARK)
    for (panel, trace, path), frames in drawn.tracks.items():
        figure = drawn.panels[panel].figure
        value = (figure.layout if trace is None else figure.data[trace])[path]
        assert np.array_equal(
            np.asarray(value, object), np.asarray(frames, object)[-1]
        ) or np.allclose(np.asarray(value, float), frames[-1], equal_nan=True), (panel, path)


@pytest.mark.parametrize(
    "look",
    [Look(discrete=True), Look(selected=(1, 0)), Look(selected=(0, 1)), Look(selected=(3, 0))],
    ids=["decisions", "hidden unit", "input", "output unit"],
)
@pytest.mark.parametrize("data", ["circle", "blobs"])
def test_every_look_changes_the_large_map(data, look):
    run = trained_run(data=data)
    plain, changed = (
        view.build(run, each, LIGHT).tracks[0, None, SOURCE] for each in (Look(), look)
    )
    assert plain.shape == changed.shape
    assert plain[-1] != changed[-1]


def test_test_points_can_be_hidden():
    run = trained_run()
    counts = []
    for shown in (True, False):
        figure = view.build(run, Look(show_test=shown), LIGHT).panels[0].figure
        counts.append(sum(len(trace.x) for trace in figure.data if trace.type == "scatter"))
    assert counts == [500, 250]


def test_a_live_chunk_holds_only_the_new_frames():
    run = trained_run()
    tracks = view.build(run, Look(), LIGHT, first=run.n_frames - 1).tracks
    assert {len(frames) for frames in tracks.values()} == {1}


def test_the_largest_network_is_drawn_thinned_out():
    widths = {f"units_{i}": 32 for i in range(1, 7)}
    run = trained_run(epochs=1, layers=6, **widths)
    drawn = view.build(run, Look(), LIGHT)
    texts = [note.text for note in drawn.panels[1].figure.layout.annotations]
    assert texts.count("12 of 32") == 6
    sizes = sum(np.asarray(frames[0]).nbytes for frames in drawn.tracks.values())
    assert sizes < 400_000, "a frame of the largest network must stay light"


def test_a_run_that_blew_up_is_still_drawn():
    run = trained_run(epochs=3, data="plane", learning_rate=10.0)
    assert run.diverged_at is not None
    assert len(view.build(run, Look(below="test"), LIGHT).panels) == 4
    assert len(view.build(run, Look(), DARK).panels) == 4


def test_a_film_of_300_frames_is_sent_whole_in_under_8_megabytes():
    run = make_run()
    while run.n_frames < MAX_FRAMES:
        run.advance(n_steps=1, n_frames=min(FRAMES_PER_CHUNK, MAX_FRAMES - run.n_frames))
    drawn = view.build(run, Look(), LIGHT)
    film = view.film_of(run, drawn.tracks, first=0, live=False, interval=0.5)
    assert film.n_frames == MAX_FRAMES == 300
    assert len(pack(drawn.panels, key="run", theme="light", film=film)) < 8_000_000
    assert view.frames_that_fit(drawn.tracks) == MAX_FRAMES


def test_a_large_network_has_a_shorter_film():
    run = trained_run(epochs=1, layers=6, **{f"units_{i}": 32 for i in range(1, 7)})
    tracks = view.build(run, Look(), LIGHT).tracks
    fitting = view.frames_that_fit(tracks)
    assert 40 <= fitting < MAX_FRAMES
    film = view.film_of(run, tracks, first=0, live=False, interval=0.5)
    bare = len(pack([], key="run", theme="light", film=film)) / film.n_frames
    assert bare * fitting < 8_000_000


def test_kept_runs_are_drawn_behind_this_one_with_names_as_plain_text():
    run = trained_run()
    others = {"<b>mine</b>": view.history_of(run)}
    panel = view.build(run, Look(), LIGHT, others=others).panels[2]
    names = [trace.name for trace in panel.figure.data]
    assert names.count("&lt;b&gt;mine&lt;/b&gt; (test)") == 2
    assert "<b>mine</b>" in panel.alt
