"""The playground's curves, also of a network that gets no gradient at all."""

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts.history import History, plot_gradients, plot_learning
from dashboard.theme import LIGHT


@pytest.mark.parametrize("norm", [0.0, 1e-3, np.nan])
def test_gradients_of_every_size_can_be_drawn(norm):
    ones = np.ones(3, np.float32)
    norms = np.full((3, 2), norm, np.float32)
    history = History(np.arange(3.0), ones, ones, ones, ones, norms)
    check_it_can_be_sent(plot_gradients(history, LIGHT))
    check_it_can_be_sent(plot_learning(history, LIGHT))
