"""Both figures of the approximation lab are drawn without a complaint, from any errors."""

import numpy as np
import pytest

from dashboard.approximation import words
from dashboard.charts import approximation as charts
from dashboard.theme import LIGHT, PALETTES
from dashboard.wire import figure_json
from nnjax.fitting.curves import SHOWN, WIDTHS
from nnjax.races.bands import Band, band_over_seeds

PALETTE = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
CURVES = {
    "sine": np.sin(2 * SHOWN),
    "flat": np.zeros_like(SHOWN),
    "gaps": np.where(SHOWN < -3.2, np.nan, SHOWN),
    "infinite outside": np.where(np.abs(SHOWN) > 4, np.inf, SHOWN),
    "large": 1e6 * SHOWN,
}


def fit_view(values, n_knots=5):
    runs = np.stack([values + 0.1 * seed for seed in range(16)]).astype(np.float32)
    knots = np.zeros((n_knots, 2), np.float32)
    film = np.nan_to_num(runs[:5, ::2], posinf=0.0)
    return charts.FitView(values, band_over_seeds(runs), film, runs[0], knots)


@PALETTE
@pytest.mark.parametrize("name", CURVES)
def test_the_fit(palette, name):
    figure = charts.plot_fit(fit_view(CURVES[name]), palette)
    assert len(figure.data) == 5
    assert figure.layout.shapes[0].x0 == -3
    assert figure.layout.shapes[0].x1 == 3
    low, high = figure.layout.yaxis.range
    assert low < high
    for n_knots in (2, 257):
        view = fit_view(CURVES[name], n_knots)._replace(bumps=True)
        assert figure_json(charts.plot_fit(view, palette))


@pytest.mark.parametrize("bumps", [False, True])
def test_the_film_moves_the_trained_line(bumps):
    view = fit_view(CURVES["sine"])._replace(bumps=bumps)
    ((panel, trace, path),) = charts.fit_tracks(view)
    figure = charts.plot_fit(view, LIGHT)
    assert (panel, path) == (0, "y")
    assert figure.data[trace].hovertemplate.startswith("trained")
    np.testing.assert_array_equal(figure.data[trace].y, view.film[-1])


def test_bumps_add_up_to_the_chain_of_chords():
    x = np.linspace(-3, 3, 9)
    knots = np.stack([x, np.sin(2 * x)], 1).astype(np.float32)
    view = fit_view(CURVES["sine"])._replace(knots=knots, bumps=True)
    bumps = charts.plot_fit(view, LIGHT).data[0]
    places = np.linspace(-3, 3, 101)
    corners = np.asarray(bumps.x).reshape(9, 5)[:, :3], np.asarray(bumps.y).reshape(9, 5)[:, :3]
    total = sum(
        np.interp(places, left_to_right, heights, left=0, right=0)
        for left_to_right, heights in zip(*corners, strict=True)
    )
    inner = (places > -3) & (places < 3)
    np.testing.assert_allclose(
        total[inner], np.interp(places, *knots.T)[inner], atol=1e-5
    )  # fmt: skip


@PALETTE
@pytest.mark.parametrize("errors", [
    np.geomspace(1, 1e-4, 16), np.zeros(16), np.full(16, np.inf), np.geomspace(1e6, 1e-12, 16)
])  # fmt: skip
def test_the_errors(palette, errors):
    band = Band(*(errors.astype(np.float32),) * 3)
    for width in (1, 32, 256):
        view = charts.ErrorView(band, errors, errors, width, "largest error")
        figure = charts.plot_errors(view, palette)
        low, high = figure.layout.yaxis.range
        assert 0 < high - low <= charts.MAX_DECADES + 1e-9
        shown = [low <= np.log10(tick) <= high for tick in figure.layout.yaxis.tickvals]
        assert sum(shown) >= 2
        assert figure.data[-1].x[0] == width
        assert figure_json(figure)


def test_the_chosen_width_moves_the_marks():
    errors = np.geomspace(1, 1e-4, 16)
    band = Band(*(errors.astype(np.float32),) * 3)
    marks = [
        charts.plot_errors(charts.ErrorView(band, errors, errors, w, ""), LIGHT).data[-1].y[0]
        for w in (1, 256)
    ]
    assert marks == pytest.approx([1, 1e-4])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0369, "0.0369"),
        (1.2345, "1.23"),
        (2.7e-4, "2.7e-04"),
        (0.0, "under 1e-6"),
        (np.inf, "no number"),
    ],
)
def test_numbers_have_sensible_digits(value, text):
    assert words.number(value) == text


def test_the_bound_that_is_shown_is_the_best_proved():
    rises = np.full(len(WIDTHS), 0.5)
    assert words.bounds("step", rises) is rises
    sine = words.bounds("sine", rises)
    assert sine[0] == 0.5
    assert sine[-1] == pytest.approx(4 * (6 / 256) ** 2 / 8)


def test_answers_follow_the_numbers():
    assert words.about_lines(0.66, 0.66, 0.66)[0] == "the same"
    assert words.about_lines(0.66, 0.4, 0.66)[0] == "somewhat smaller"
    assert words.about_lines(0.66, 0.01, 0.66)[0] == "far smaller"
    assert words.about_lines(1e-8, 1e-7, 0.0)[0] == "the same"
