"""The pictures of a CNN: every tile in its place, in both themes, also when nothing responds."""

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts import filters as charts
from dashboard.charts.digit_reading import plot_image
from dashboard.theme import LIGHT, PALETTES

PALETTE = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
RNG = np.random.default_rng(0)
KERNELS, MAPS = RNG.normal(size=(4, 3, 3)), RNG.uniform(size=(4, 8, 8))


def filters(palette, maps=MAPS, chosen=6):
    return charts.plot_filters(
        KERNELS, maps, first=4, chosen=chosen, spot=(2, 7), limits=(2.0, 1.0), title="Filters",
        palette=palette,
    )  # fmt: skip


@PALETTE
@pytest.mark.parametrize("maps", [MAPS, 0 * MAPS], ids=["some", "none"])
def test_filters_are_drawn_with_their_signs(palette, maps):
    figure = filters(palette, maps)
    check_it_can_be_sent(figure)
    weights, responses, numbers, frames = figure.data
    np.testing.assert_allclose(weights.z[:3, :3], KERNELS[0], rtol=1e-6)
    np.testing.assert_allclose(weights.z[4:, 4:], KERNELS[3], rtol=1e-6)
    np.testing.assert_allclose(responses.z[9:, :8], maps[2], rtol=1e-6)
    for text, value in zip(numbers.text, KERNELS.ravel(), strict=True):
        assert text[0] == ("+" if value >= 0 else "−")
    assert len(frames.x) == 12  # the filter and one cell of its map
    assert len(filters(palette, chosen=0).data) == 3  # the chosen one is on the other panel


def test_a_place_leads_to_its_filter_or_unit():
    assert [charts.filter_at(x, y, 4) for x, y in ((1, 1), (30, 1), (1, 13), (30, 13))] == [
        0, 1, 2, 3,
    ]  # fmt: skip
    assert charts.filter_at(-1, 1, 4) is None
    assert charts.filter_at(50, 1, 4) is None
    assert charts.unit_at(31, 36, 16) == 15
    assert charts.unit_at(1, 60, 16) is None


@PALETTE
@pytest.mark.parametrize("scale", [0, 1])
def test_units_are_drawn(palette, scale):
    figure = charts.plot_units(scale * RNG.uniform(size=(16, 4, 4)), 3, float(scale), palette)
    check_it_can_be_sent(figure)
    said = " ".join(note.text for note in figure.layout.annotations)
    assert f"{16 * scale} of 16 units respond" in said
    assert "<b>4</b>" in said


@PALETTE
@pytest.mark.parametrize("count", [0, 3, 8])
def test_exciting_images_are_drawn(palette, count):
    images = RNG.uniform(size=(count, 8, 8)).astype(np.float32)
    figure = charts.plot_exciting(
        images, ["3: 1.00"] * count, [(0, 1, 8, 7)] * count, "What excites", palette
    )
    check_it_can_be_sent(figure)
    pixels, frames = figure.data
    assert int(np.isfinite(pixels.z).sum()) == 64 * count
    assert len(frames.x or ()) == 6 * count


def test_a_patch_is_framed_on_an_image():
    plain, framed = (
        plot_image(RNG.uniform(0, 16, 64), "pixels", LIGHT, patch=patch)
        for patch in (None, (2, 0, 5, 2))
    )
    assert len(framed.data) == len(plain.data) + 1
    assert list(framed.data[-1].x) == [1.5, 4.5, 4.5, 1.5, 1.5]
    assert list(framed.data[-1].y) == [-0.5, -0.5, 1.5, 1.5, -0.5]
