"""The timeline's drawing: every milestone has a mark and a name, and no name lies on another."""

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts.timeline import CROWDED, LINE, plot_timeline
from dashboard.language.timeline_lab import _timeline
from dashboard.theme import DARK
from nnjax.language.growth import growth
from nnjax.language.milestones import MILESTONES


@pytest.mark.parametrize("measure", ["parameters", "operations"])
def test_every_milestone_has_a_mark_and_a_name_of_its_own(measure):
    shown = _timeline(measure, "gpt_3", growth(measure, 2012))
    figure = plot_timeline(shown, DARK)
    check_it_can_be_sent(figure)
    marks = figure.data[1]
    assert set(marks.customdata) == {"", *MILESTONES}
    low, high = figure.layout.yaxis.range
    heights = np.log10(np.array(marks.y, float))
    assert low < heights.min()
    assert heights.max() < high
    names = figure.layout.annotations
    assert len(names) == len(marks.x)
    assert [name.text for name in names if name.text.startswith("<b>")] == ["<b>GPT-3</b>"]
    column = sorted(name.ay for name in names if name.ax == CROWDED)
    pixels = figure.layout.height or 530
    inside = pixels - figure.layout.margin.t - figure.layout.margin.b
    assert np.diff(column).min() * inside / (high - low) >= LINE - 0.01
