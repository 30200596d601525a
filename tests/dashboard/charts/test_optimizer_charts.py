"""The drawings of many runs: side by side, over the learning rate, and as a heat map."""

import itertools

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts.optimizers import FLOOR, Race, loss_decades, plot_losses
from dashboard.charts.rate_cells import MARKS, RateCells, plot_rate_cells
from dashboard.charts.rate_map import RateMap, loss_span, plot_rate_map, region_ends
from dashboard.theme import DARK, LIGHT
from nnjax.races.bands import band_over_seeds
from nnjax.races.rate_maps import DIVERGES, EDGE, IS_GOOD, TOO_LOW, judge_rates, loss_band

RATES = (0.01, 0.1, 1.0, 10.0, 30.0)
LOSSES = np.array(
    [[1.0, 0.9, 1.0], [0.1, 0.01, 0.02], [0.5, 0.6, 0.4], [np.inf, 5.0, np.inf], [np.inf] * 3]
)


def rate_map(losses=LOSSES):
    return RateMap(
        rates=RATES,
        seeds=(3, 4, 5),
        losses=losses,
        band=loss_band(losses),
        bands=None if np.isnan(losses).any() else judge_rates(losses, 1.0),
        loads=RATES,
        here=0.1,
        measure="training loss",
    )


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_run_is_on_the_map(palette):
    drawn = plot_rate_map(rate_map(), palette)
    check_it_can_be_sent(drawn)
    *_, dots, crosses = drawn.data
    assert len(dots.x) + len(crosses.x) == LOSSES.size
    assert list(crosses.customdata[0]) == [10.0, 3.0]  # the rate that a click loads, the seed
    assert "diverged" in crosses.text[0]
    names = [note.text for note in drawn.layout.annotations]
    assert [f"<b>{name}</b>" for name in (TOO_LOW, IS_GOOD, EDGE, DIVERGES)] == names[:4]
    assert names[4] == "yours: 0.1"


def test_the_bands_touch_and_cover_the_map():
    ends = region_ends(rate_map())
    assert [name for name, *_ in ends] == [TOO_LOW, IS_GOOD, EDGE, DIVERGES]
    for (_, _, stop), (_, start, _) in itertools.pairwise(ends):
        assert stop == start
    assert ends[0][2] == pytest.approx(-1.5)  # half-way between 0.01 and 0.1


def test_a_map_in_the_making_has_no_bands():
    losses = LOSSES.copy()
    losses[:, 1:] = np.nan
    drawn = plot_rate_map(rate_map(losses), LIGHT)
    check_it_can_be_sent(drawn)
    assert len(drawn.layout.annotations) == 1


def test_the_axis_holds_all_finite_losses():
    assert loss_span(LOSSES) == (-2, 1)
    assert loss_span(np.full((2, 2), np.inf)) == (-3, 1)


def test_each_cell_has_a_mark_beside_its_colour():
    middle = np.array([[0.5, 0.01, np.inf], [np.nan] * 3])
    bands = np.array([[TOO_LOW, IS_GOOD, DIVERGES], ["", "", ""]])
    cells = RateCells(
        rates=(0.1, 1.0, 10.0), rows=(1, 10), name="batch size", middle=middle, bands=bands,
        n_diverged=np.array([[0, 0, 8], [0, 0, 0]]), n_seeds=8, here=(0, 1), measure="test loss",
    )  # fmt: skip
    drawn = plot_rate_cells(cells, LIGHT)
    check_it_can_be_sent(drawn)
    heat, marks = drawn.data
    assert list(marks.text) == [MARKS[band] for band in bands.ravel()]
    assert all(MARKS.values())  # Plotly would lose the text of a cell that once had none
    assert "8 of 8 seeds diverged" in heat.text[0][2]
    assert "not trained yet" in heat.text[1][0]
    assert drawn.layout.shapes[0].x0 == 0.5


def test_lines_that_leave_the_picture_end_at_its_edge():
    losses = np.stack([np.ones(5), [0.1, 1e-30, 0.01, np.inf, 0.2]], axis=1)
    race = Race(
        bands={"adam": band_over_seeds(losses), "sgd": band_over_seeds(losses * 1e-20)},
        names={"adam": "Adam", "sgd": "SGD"},
        order=("adam", "sgd"),
        epochs=np.array([0.0, 100.0]),
    )
    assert loss_decades(race) == (FLOOR, 0)
    drawn = plot_losses(race, DARK)
    check_it_can_be_sent(drawn)
    assert [note.text for note in drawn.layout.annotations] == ["Adam", "SGD"]
    assert all(np.isfinite(np.asarray(trace.y, float)).all() for trace in drawn.data)
