"""Pictures of memory: cells where they belong, and gradients that run back in time."""

import numpy as np
from drawings import check_it_can_be_sent

from dashboard.charts import memory as charts
from dashboard.theme import DARK, LIGHT


def test_a_column_of_cells_for_each_letter():
    held = np.array([[0.1, -0.2], [0.3, 1.0], [0.0, 0.5]])
    figure = charts.plot_held(held, "ABC", "RNN", LIGHT)
    check_it_can_be_sent(figure)
    shades = figure.data[0]
    np.testing.assert_allclose(shades.z, held.T, rtol=1e-6)
    assert (shades.zmin, shades.zmax) == (-1, 1)
    assert [list(row) for row in shades.customdata] == [["A", "B", "C"]] * 2


def test_what_is_too_small_lies_on_the_floor_and_time_runs_back():
    shares = {"RNN": np.array([0.0, 1e-3, 1.0]), "LSTM": np.array([np.nan, 1e9, 1.0])}
    figure = charts.plot_back(shares, "Before", DARK)
    assert list(figure.data[0].y) == [1e-10, 1e-3, 1.0]
    assert list(figure.data[1].y) == [1e3, 1e3, 1.0]
    first, last = figure.layout.xaxis.range
    assert first > last
    assert {"RNN", "LSTM"} <= {note.text for note in figure.layout.annotations}
