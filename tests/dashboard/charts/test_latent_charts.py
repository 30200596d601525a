"""The autoencoder's plane: numerals or drawings under the walk, and the pictures beside it."""

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts import latent as charts
from dashboard.theme import PALETTES

PALETTE = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
RNG = np.random.default_rng(0)
PLACES, LABELS = RNG.normal(size=(20, 2)), np.arange(20) % 10
STEPS = np.linspace([-1, 2], [1, -2], 5).astype(np.float32)
WALK = charts.Walk(STEPS, RNG.uniform(size=(5, 8, 8)).astype(np.float32), ("a 0", "a 1"))


@PALETTE
def test_every_digit_is_its_own_mark(palette):
    drawn = charts.plot_plane(PLACES, LABELS, (0.5, -0.5), WALK, palette)
    check_it_can_be_sent(drawn)
    numerals, line, cross = drawn.data
    assert list(numerals.text) == [str(label) for label in LABELS]
    assert len(set(numerals.textfont.color)) == 10
    np.testing.assert_allclose(line.x, [-1, 1])
    assert (cross.x[0], cross.y[0]) == (0.5, -0.5)
    tracks = charts.walker_tracks(WALK, 0)
    middle = (tracks[0, None, "shapes[0].x0"] + tracks[0, None, "shapes[0].x1"]) / 2
    np.testing.assert_allclose(middle, STEPS[:, 0], atol=1e-6)


@PALETTE
def test_drawings_stand_where_they_are_drawn_from(palette):
    places = charts.tile_places(3)
    np.testing.assert_allclose(places[0, 0], [-2, -2])
    np.testing.assert_allclose(places[2, 1], [0, 2])
    tiles = np.zeros((3, 3, 8, 8), np.float32)
    tiles[2, 1, 0, 7] = 1  # the upper right corner of the upper middle one
    drawn = charts.plot_drawn(tiles, (0, 0), WALK, palette)
    check_it_can_be_sent(drawn)
    row, column = np.argwhere(drawn.data[0].z == 1)[0]
    assert (row, column) == (28, 18)


@PALETTE
def test_pictures_are_drawn_beside_the_plane(palette):
    pair = charts.plot_pair(WALK.drawn[0], "Where you point", WALK, palette)
    check_it_can_be_sent(pair)
    np.testing.assert_allclose(pair.data[0].z, WALK.drawn[0][::-1])
    sources = charts.pictures(WALK, palette)
    assert len(set(sources)) == 5
    assert pair.layout.images[0].source == sources[0]
    ends = charts.plot_ends(WALK.drawn[:4], ["a", "b", "c", "d"], palette)
    check_it_can_be_sent(ends)
    np.testing.assert_allclose(ends.data[0].z[:, 10:18], WALK.drawn[1])
