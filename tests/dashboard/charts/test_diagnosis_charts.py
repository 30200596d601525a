"""A diagnosis drawn, for one run and for many, whatever was measured."""

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts.diagnoses import Group, Measure, Threshold, plot_measure
from dashboard.theme import PALETTES

X = (np.arange(5.0), "epoch")
CURVES = {
    "shares": (True, np.linspace(0, 1, 10).reshape(2, 5)),
    "sizes": (False, np.geomspace(1e-9, 1e12, 10).reshape(2, 5)),
    "not finite": (False, np.array([[1, np.nan, np.inf, 2, 3], [1e30, 1, 1, 1, 0]])),
    "one value": (False, np.full((2, 5), 0.7)),
}


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("name", CURVES)
def test_it_can_be_sent(name, palette):
    is_share, curves = CURVES[name]
    groups = [Group("broken", curves, True), Group("cured", curves[:1], False)]
    for above in (True, False):
        measure = Measure("A title", is_share, Threshold(0.25, above))
        figure = plot_measure(groups, measure, X, palette)
        check_it_can_be_sent(figure)
        words = [note.text for note in figure.layout.annotations]
        side = "above" if above else "below"
        assert f"ill {side} {'25%' if is_share else '0.25'}" in words
    check_it_can_be_sent(plot_measure(groups[:1], Measure("A title", is_share), X, palette))


def test_the_ill_are_dashed_and_the_healthy_are_not():
    groups = [Group("broken", np.ones((3, 5)), True), Group("cured", np.ones((3, 5)), False)]
    figure = plot_measure(groups, Measure("A title", True), X, PALETTES["light"])
    assert [trace.line.dash for trace in figure.data if trace.line.width] == ["dash", "solid"]
