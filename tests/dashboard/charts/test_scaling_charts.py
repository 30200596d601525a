"""The drawings of scaling and emergence, with and without a line, on either scale."""

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts.scaling import Frame, Line, Runs, Score, plot_scaling, plot_score
from dashboard.theme import DARK, LIGHT

SIZES = np.array([1100, 2488, 6416.0])


def runs():
    return Runs(
        SIZES, np.array([3.0, 2.7, 2.5]), np.array([True, True, False]),
        np.array([False, False, True]), ["a", "b", "c"],
    )  # fmt: skip


def test_runs_alone_and_with_their_line():
    frame = Frame((500, 2e6), "parameters", 4.2)
    alone = plot_scaling(runs(), None, frame, LIGHT)
    check_it_can_be_sent(alone)
    assert len(alone.data) == 1
    assert alone.data[0].marker.symbol == ("circle", "circle", "x")
    line = Line(SIZES, *(np.array([3.0, 2.7, 2.5]) + shift for shift in (0, -0.1, 0.1)))
    both = plot_scaling(runs(), line, frame, DARK)
    check_it_can_be_sent(both)
    np.testing.assert_allclose(both.data[2].y, line.middle)
    assert both.data[1].fill == "tonexty"


@pytest.mark.parametrize("log", [True, False])
def test_a_score_of_nothing_lies_on_the_bottom(log):
    values = np.array([0.0, 0.001, 0.02])
    span = (1e-5, 1.0) if log else (0.0, 0.05)
    figure = plot_score(
        Score("8 in a row", SIZES, values, SIZES, values, values, span, log), (500, 1e5), LIGHT
    )
    check_it_can_be_sent(figure)
    np.testing.assert_allclose(figure.data[1].y, np.clip(values, span[0], None))
    assert len(figure.data) == 3
