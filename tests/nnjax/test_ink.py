"""Drawings as text: there and back, and moved as images are."""

import numpy as np
import pytest

from nnjax.zoo.digits import shift_images
from nnjax.zoo.ink import BLANK, LEVELS, N_CELLS, move_ink, read_ink, write_ink
from nnjax.zoo.readers import HERE, MOVES, READERS

IMAGE = np.random.default_rng(0).uniform(size=(8, 8)).astype(np.float32)


def test_a_drawing_is_written_as_it_is_read():
    text = "01234" * 12 + "0000"
    image = read_ink(text)
    assert image.dtype == np.float32
    np.testing.assert_array_equal(image[0], np.array([0, 1, 2, 3, 4, 0, 1, 2]) / LEVELS)
    assert write_ink(image) == text
    assert not read_ink(BLANK).any()


def test_an_image_becomes_the_nearest_levels():
    assert np.abs(read_ink(write_ink(IMAGE)) - IMAGE).max() <= 0.5 / LEVELS
    assert write_ink(np.full((8, 8), 7.0)) == str(LEVELS) * N_CELLS


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "5" + "0" * 63, "x" * 64, "٠" * 64])
def test_what_is_no_drawing_is_refused(text):
    with pytest.raises(ValueError, match="64 levels of ink from 0 to 4"):
        read_ink(text)


@pytest.mark.parametrize(("down", "right"), [(0, 1), (-1, 0), (0, 8), (-2, 3)])
def test_a_drawing_moves_as_an_image_does(down, right):
    text = write_ink(IMAGE)
    moved = shift_images(read_ink(text), down, right)
    np.testing.assert_array_equal(read_ink(move_ink(text, down, right)), moved)


def test_the_readers_are_the_networks_that_learn_digits():
    assert list(READERS) == ["feedforward", "cnn", "rnn", "lstm", "gru", "transformer"]
    assert len(MOVES) == 9
    assert MOVES[HERE] == (0, 0)
