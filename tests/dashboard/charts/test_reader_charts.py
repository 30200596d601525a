"""What several networks read in a drawing: a row of bars and nine cells for each."""

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts.readers import Readings, plot_moves, plot_readings
from dashboard.theme import PALETTES


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("meant", [None, 3])
def test_readings_are_drawn(palette, meant):
    logits = np.zeros((3, 9, 10), np.float32)
    logits[range(3), :, [8, 3, 8]] = 5
    some = Readings(("Feedforward", "CNN", "RNN"), logits, meant)
    bars = plot_readings(some, "Title", palette)
    check_it_can_be_sent(bars)
    check_it_can_be_sent(plot_moves(some, "Title", palette))
    assert len(bars.data[0].x) == 30
    np.testing.assert_allclose(some.probabilities.sum(axis=2), 1, rtol=1e-5)
    assert [note.text for note in bars.layout.annotations][1:] == [
        f"<b>{digit}</b>  94%" for digit in (8, 3, 8)
    ]
