"""A kernel's map and its nine products, in both themes, also where all is 0."""

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts import kernels as charts
from dashboard.theme import PALETTES

PALETTE = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
WEIGHTS = np.float32([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
PATCH = np.float32([[0, 0.5, 1], [0.25, 0.5, 1], [0, 0, 0.004]])


@PALETTE
@pytest.mark.parametrize("scale", [0, 3])
def test_a_map_is_drawn_with_its_signs(palette, scale):
    sums = scale * np.linspace(-1, 1, 64, dtype=np.float32).reshape(8, 8)
    drawn = charts.plot_map(sums, (2, 7), 4.0, palette)
    check_it_can_be_sent(drawn)
    cells, numbers, frame = drawn.data
    np.testing.assert_allclose(cells.z, sums)
    assert (cells.zmin, cells.zmax) == (-4, 4)
    assert [numbers.text[0], numbers.text[-1]] == (["0", "0"] if scale == 0 else ["−3", "+3"])
    assert (min(frame.x), min(frame.y)) == (6.5, 1.5)


@PALETTE
def test_the_products_stand_beside_what_is_multiplied(palette):
    drawn = charts.plot_products(PATCH, WEIGHTS, 4.0, palette)
    check_it_can_be_sent(drawn)
    np.testing.assert_allclose(drawn.data[2].z, PATCH * WEIGHTS)
    assert drawn.data[5].text[3:6] == ("−0.5", "0", "+2")


def test_a_place_leads_to_its_cell():
    assert charts.cell_at(-0.4, 7.4) == (7, 0)
    assert charts.cell_at(3.2, 8.1) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-0.004, "0"), (0.25, "+0.25"), (-1, "−1"), (12.34, "+12.3"), (-10, "−10.0")],
)
def test_numbers_are_short(value, text):
    assert charts._short(value) == text
