"""Kernels chosen by hand: sums as by loops, and maps that move with the image."""

import numpy as np
import pytest

from nnjax.zoo.kernels import KERNELS, changed_by_move, filter_image, patch_at

RNG = np.random.default_rng(0)
IMAGE = RNG.uniform(size=(8, 8)).astype(np.float32)


@pytest.mark.parametrize("key", KERNELS)
def test_a_map_is_nine_products_at_every_pixel(key):
    row = KERNELS[key]
    assert row.key == key
    assert row.note.endswith(".")
    weights = np.float32(row.weights).reshape(3, 3)
    found = filter_image(weights, np.float32(0.5), IMAGE)
    padded = np.pad(IMAGE.astype(float), 1)
    for r, c in np.ndindex(8, 8):
        patch = patch_at(IMAGE, r, c)
        np.testing.assert_array_equal(patch, padded[r : r + 3, c : c + 3].astype(np.float32))
        assert found[r, c] == pytest.approx(0.5 + (patch * weights).sum(), abs=1e-5)


def test_edges_and_outlines_of_what_is_even_are_nothing():
    even = np.full((8, 8), 0.7, np.float32)
    for key in ("upright", "level", "outline"):
        weights = np.float32(KERNELS[key].weights).reshape(3, 3)
        inside = filter_image(weights, np.float32(0), even)[1:-1, 1:-1]
        np.testing.assert_allclose(inside, 0, atol=1e-6)
    for key in ("blur", "identity", "sharpen"):
        assert sum(KERNELS[key].weights) == pytest.approx(1)


def test_a_map_moves_with_its_image_but_for_the_edges():
    changed = changed_by_move(RNG.normal(size=(3, 3)).astype(np.float32), 0.3, IMAGE)
    assert changed[:, 1:-1].max() < 1e-6
    assert changed[:, 0].min() > 0
    assert changed[:, -1].max() > 0
