import numpy as np
import pytest

from nnjax.races.bands import band_over_seeds, count_wins, middle_seed


def test_the_band_holds_eight_of_ten_and_is_made_of_seeds():
    values = np.arange(11.0)[::-1, None] * np.array([1.0, 10.0])
    band = band_over_seeds(values)
    assert [list(part) for part in band] == [[1, 10], [5, 50], [9, 90]]
    assert middle_seed([3.0, 1.0, 2.0]) == 2


def test_a_run_that_diverged_is_worse_than_any_number():
    band = band_over_seeds([[1.0], [2.0], [np.nan], [np.inf], [np.nan]])
    assert band.low == 1
    assert band.middle == np.inf
    assert band.high == np.inf


def test_one_seed_is_its_own_band():
    assert [float(part) for part in band_over_seeds([4.0])] == [4, 4, 4]


def test_wins_are_counted_in_pairs():
    assert count_wins([1, 2, 3, np.nan], [2, 2, np.nan, 1]) == 2


def test_pairs_must_match():
    with pytest.raises(ValueError, match="as many seeds"):
        count_wins([1, 2], [1, 2, 3])
