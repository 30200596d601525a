"""The measured table's pictures: every seed is there, and nothing can jump."""

import numpy as np
from drawings import check_it_can_be_sent

from dashboard.charts import zoo_table as charts
from dashboard.theme import DARK, LIGHT
from nnjax.races.bands import Band

LENGTHS = np.array([8, 32, 128])


def test_every_seed_is_a_point_in_its_networks_row():
    rows = [
        charts.Scores("RNN", np.array([0.5, 0.7]), Band(0.5, 0.6, 0.7)),
        charts.Scores("GRU", np.array([0.9]), Band(0.9, 0.9, 0.9)),
    ]
    figure = charts.plot_scores(rows, by_chance=0.125, title="Recalled", palette=LIGHT)
    check_it_can_be_sent(figure)
    points = figure.data[2]
    np.testing.assert_allclose(points.x, [0.5, 0.7, 0.9], rtol=1e-6)
    assert np.round(points.y).tolist() == [0, 0, 1]
    assert list(figure.layout.yaxis.ticktext) == ["RNN ", "GRU "]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]  # the first is on top
    assert charts.scores_height(5) > charts.scores_height(2)


def test_times_and_their_laws_are_drawn_for_each_network():
    seconds = 1e-4 * LENGTHS
    rows = {
        "rnn": charts.Timed("RNN", LENGTHS, seconds, seconds),
        "gru": charts.Timed("GRU", LENGTHS[:1], seconds[:1], None),
    }
    figure = charts.plot_growth(rows, DARK)
    check_it_can_be_sent(figure)
    assert [trace.mode for trace in figure.data] == ["lines+markers", "lines", "lines+markers"]
    assert {"RNN", "GRU"} <= {note.text for note in figure.layout.annotations}
