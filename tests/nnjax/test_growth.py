"""How costs grow with length: power laws against points made from one, counts against the cards."""

import numpy as np
import pytest

from nnjax.zoo.growth import READS_ANY_LENGTH, fit_power_law, recall_flops
from nnjax.zoo.networks import NETWORKS
from nnjax.zoo.recall import LENGTH


def test_a_power_law_is_found_again():
    lengths = np.array([8, 16, 64])
    law = fit_power_law(lengths, 0.003 * lengths**1.7)
    assert law.exponent == pytest.approx(1.7)
    assert law.factor == pytest.approx(0.003)
    np.testing.assert_allclose(law(lengths), 0.003 * lengths**1.7)
    noisy = fit_power_law([1, 10, 100], [1, 20, 100])
    slope, start = np.polyfit([0, 1, 2], np.log10([1, 20, 100]), 1)
    assert noisy == pytest.approx((10**start, slope))


def test_a_line_needs_two_points():
    with pytest.raises(ValueError, match="two points, given 1"):
        fit_power_law([8], [0.1])


@pytest.mark.parametrize("architecture", READS_ANY_LENGTH)
def test_operations_are_those_of_the_card_and_grow_as_they_should(architecture):
    assert recall_flops(architecture, LENGTH) == NETWORKS[f"{architecture}_recall"].flops
    longer = recall_flops(architecture, 20_000) / recall_flops(architecture, 10_000)
    assert longer == pytest.approx(4 if architecture == "transformer" else 2, rel=0.02)
