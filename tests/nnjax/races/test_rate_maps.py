"""The learning-rate map's grid, and its four bands on losses written by hand."""

import numpy as np

from nnjax.races.rate_maps import (
    DIVERGES,
    EDGE,
    HIGHEST,
    IS_GOOD,
    LOWEST,
    N_RATES,
    TOO_LOW,
    best_rate_of_seeds,
    judge_cells,
    judge_rates,
    nearest_rate,
    rate_grid,
)

OFFERED = (1e-5, 1e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
INF = np.inf
# Eight rates, four seeds; before training the loss is 1.
LOSSES = np.array(
    [
        [1.0, 0.99, 0.98, 0.99],  # hardly moved
        [0.5, 0.5, 0.6, 0.4],
        [0.1, 0.09, 0.1, 0.09],  # 90 % of the way
        [0.01, 0.01, 0.02, 0.01],  # the best
        [0.05, 0.04, 0.03, 0.05],
        [0.02, 0.03, 0.4, 0.5],  # one seed after the other is lost
        [0.3, INF, 0.5, 0.4],
        [INF, INF, 0.5, INF],
    ]
)
BANDS = [TOO_LOW, TOO_LOW, IS_GOOD, IS_GOOD, IS_GOOD, EDGE, EDGE, DIVERGES]


def test_the_grid_is_even_and_holds_every_offered_rate():
    rates = rate_grid(OFFERED)
    assert len(rates) == N_RATES
    assert rates[0] == LOWEST
    assert rates[-1] == HIGHEST
    assert set(OFFERED[1:]) <= set(rates)
    steps = np.diff(np.log(rates))
    assert steps.min() > 0
    assert steps.max() < 1.6 * np.median(steps)


def test_the_nearest_rate_is_measured_in_powers_of_ten():
    assert nearest_rate(0.28, OFFERED) == 0.3
    assert nearest_rate(0.0055, OFFERED) == 0.01
    assert nearest_rate(1e9, OFFERED) == 10.0


def test_the_four_bands():
    bands = judge_rates(LOSSES, 1.0)
    assert [bands.at(index) for index in range(len(LOSSES))] == BANDS
    assert bands.best == 3


def test_a_seed_that_diverges_ends_the_good_rates():
    losses = LOSSES.copy()
    losses[4, 0] = INF
    bands = judge_rates(losses, 1.0)
    assert bands.at(3) == IS_GOOD
    assert bands.at(4) == EDGE


def test_no_rate_is_good_where_none_learns():
    bands = judge_rates(np.array([[1.0, 1.0], [0.95, 0.97], [INF, INF]]), 1.0)
    assert bands.best == -1
    assert bands.at(1) == TOO_LOW
    assert bands.at(2) == DIVERGES


def test_where_nothing_diverges_there_is_no_such_band():
    bands = judge_rates(LOSSES[:5], 1.0)
    assert bands.diverges_from == bands.edge_from == 5


def test_cells_are_measured_against_the_best_of_all():
    worse = np.full((8, 4), 0.5)
    worse[6:] = INF
    missing = np.full((8, 4), np.nan)
    cells = judge_cells(np.stack([LOSSES, worse, missing]), 1.0)
    # A cell is judged by its middle seed: two lost seeds of four make the edge, as above.
    assert cells[0].tolist() == BANDS
    assert IS_GOOD not in cells[1]
    assert cells[1, 6] == DIVERGES
    assert set(cells[2]) == {""}


def test_the_best_rate_of_each_seed():
    losses = [[0.5, 0.1, 0.3], [0.2, 0.4, INF]]
    np.testing.assert_array_equal(best_rate_of_seeds((0.1, 1.0), losses), [1.0, 0.1, 0.1])
