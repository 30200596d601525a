"""Maps as pictures: every byte in its colour, the first row at the bottom."""

import base64
import io

import numpy as np
from PIL import Image

from dashboard.charts.images import color_table, data_urls, map_image

SCALE = [(0.0, "#FF0000"), (0.5, "rgba(0, 255, 0, 1)"), (1.0, "rgba(0, 0, 255, 0)")]


def pixels(url):
    head, _, coded = url.partition(",")
    assert head == "data:image/png;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(coded))).convert("RGBA"))


def test_the_table_runs_through_the_scale():
    table = color_table(tuple(SCALE), 200)
    np.testing.assert_array_equal(table[[0, 100, 200]], [
        [255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 0],
    ])  # fmt: skip
    np.testing.assert_allclose(table[50], [127.5, 127.5, 0, 255], atol=0.5)


def test_a_map_becomes_its_picture_upside_down():
    maps = np.array([[[0, 100, 200], [100, 100, 0]]], np.uint8)
    found = pixels(data_urls(maps, SCALE, largest=200)[0])
    assert found.shape == (2, 3, 4)
    np.testing.assert_array_equal(found[1, 0], [255, 0, 0, 255])
    np.testing.assert_array_equal(found[0, 0], [0, 255, 0, 255])
    assert found[1, 2, 3] == 0


def test_a_picture_fills_its_span():
    image = map_image("data:,", x=(-2, 4), y=(-1, 1))
    assert (image["x"], image["y"], image["sizex"], image["sizey"]) == (-2, 1, 6, 2)
