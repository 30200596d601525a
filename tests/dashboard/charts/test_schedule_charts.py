"""The drawings of the schedules: the learner's own run, and a published one."""

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts.schedules import Published, Rates, plot_published, plot_schedules
from dashboard.theme import DARK, LIGHT
from dashboard.tuning.llama_schedule import curve


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_schedule_is_named_at_its_end(palette):
    epochs = np.linspace(0, 40, 5)
    rates = {"constant": np.full(5, 0.3), "step": np.array([0.3, 0.3, 0.03, 0.003, 0.003])}
    names = {"constant": "Constant", "step": "Step"}
    shown = Rates(rates, names, ("constant", "step"), epochs, 0.3, at=20.0)
    drawn = plot_schedules(shown, palette)
    check_it_can_be_sent(drawn)
    assert [note.text for note in drawn.layout.annotations] == ["Constant", "Step"]
    assert drawn.data[0].line.dash != drawn.data[1].line.dash
    assert drawn.layout.yaxis.range[1] > 0.3
    assert drawn.layout.shapes[0].x0 == 20


def test_the_published_curve_has_its_warm_up_and_the_step_looked_at():
    steps, rates = curve("70B")
    assert rates[0] == 0
    assert rates.max() == pytest.approx(1.5e-4)
    assert steps[np.argmax(rates)] == 2_000
    drawn = plot_published(Published(steps, rates, 3e-4, 250_000, 8.3e-5), LIGHT)
    check_it_can_be_sent(drawn)
    assert drawn.data[1].x[0] == 250_000
    assert drawn.layout.annotations[0].text == "8.3e-05"
