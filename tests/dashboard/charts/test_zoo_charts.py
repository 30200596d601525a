"""The zoo's drawings: every card's flow, and a training that goes either way."""

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts.zoo import ACROSS, flow_height, plot_flow, plot_scores
from dashboard.theme import DARK, LIGHT
from nnjax.zoo.cards import CARDS


@pytest.mark.parametrize("key", CARDS)
def test_every_flow_has_a_box_a_stage_and_an_arrow_between_two(key):
    card = CARDS[key]
    figure = plot_flow(card, LIGHT)
    check_it_can_be_sent(figure)
    assert len(figure.layout.shapes) == len(card.flow)
    arrows = [note for note in figure.layout.annotations if note.showarrow]
    assert len(arrows) == len(card.flow) - 1
    ways = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert len(ways) == bool(card.loops) + len(card.skips)
    boxes = [(shape.x0, shape.y0) for shape in figure.layout.shapes]
    assert len(set(boxes)) == len(boxes)
    assert flow_height(card) > 90 * (len(card.flow) / ACROSS)


@pytest.mark.parametrize("by_chance", [0.125, 0.073])
def test_scores_are_drawn_as_far_as_they_are_known(by_chance):
    scores = np.array([0.03, 0.05, np.nan], np.float32)
    figure = plot_scores(scores, 2, by_chance=by_chance, title="Right", palette=DARK)
    check_it_can_be_sent(figure)
    np.testing.assert_allclose(figure.data[1].y, scores[:2])
    low, high = figure.layout.yaxis.range
    assert low <= 0.03 < by_chance < high
