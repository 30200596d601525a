from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled_points import CORNERS
from scipy.optimize import linprog

from nnjax.separation.separability import best_line, separability

COORDINATE = st.integers(-8, 8).map(lambda quarters: quarters / 4)
LABELLED = st.lists(st.tuples(COORDINATE, COORDINATE, st.booleans()), min_size=1, max_size=9)


def line_exists(points, targets):
    """Whether s (w . x + b) >= 1 can hold for all points, by linear programming."""
    sign = np.where(targets == 1, 1.0, -1.0)[:, None]
    rows = -sign * np.column_stack([points, np.ones(len(points))])
    return linprog(np.zeros(3), rows, -np.ones(len(points)), bounds=(None, None)).status == 0


def split(rows):
    return np.array([row[:2] for row in rows]), np.array([int(row[2]) for row in rows])


def test_of_the_16_rules_of_two_inputs_a_line_draws_14():
    separable = {
        targets: separability(CORNERS, targets).separable for targets in product((0, 1), repeat=4)
    }
    assert sum(separable.values()) == 14
    assert [targets for targets, found in separable.items() if not found] == [
        (0, 1, 1, 0),
        (1, 0, 0, 1),
    ]


def test_the_hulls_of_xor_meet_in_the_middle():
    proof = separability(CORNERS, [0, 1, 1, 0])
    np.testing.assert_allclose(proof.meeting_point, [0.5, 0.5])
    for shares in proof.shares:
        np.testing.assert_allclose(shares, [0.5, 0.5])


@pytest.mark.parametrize(
    ("targets", "n_right"),
    [([0, 0, 0, 1], 4), ([0, 1, 1, 1], 4), ([0, 1, 1, 0], 3), ([1] * 4, 4), ([0] * 4, 4)],
)
def test_the_best_line_on_rules_of_two_inputs(targets, n_right):
    best = best_line(CORNERS, targets)
    assert best.n_right == n_right
    np.testing.assert_array_equal(best.line.fires(CORNERS), best.fires)


def test_two_classes_at_one_place_cannot_be_parted():
    points, targets = np.array([[1.0, 1], [1, 1], [0, 0]]), np.array([0, 1, 0])
    np.testing.assert_allclose(separability(points, targets).meeting_point, [1, 1])
    assert best_line(points, targets).n_right == 2


def test_no_points_are_separable():
    assert separability(np.empty((0, 2)), np.empty(0)).separable
    assert best_line(np.empty((0, 2)), np.empty(0)).n_right == 0


@given(LABELLED)
@settings(deadline=None)
def test_the_verdict_is_that_of_linear_programming(rows):
    points, targets = split(rows)
    assert separability(points, targets).separable == line_exists(points, targets)


@given(LABELLED)
@settings(deadline=None)
def test_a_meeting_point_is_a_mean_of_either_class(rows):
    proof = separability(*split(rows))
    if proof.separable:
        return
    for hull, shares in zip(proof.hulls, proof.shares, strict=True):
        assert (shares >= 0).all()
        np.testing.assert_allclose(shares.sum(), 1)
        np.testing.assert_allclose(shares @ hull, proof.meeting_point, atol=1e-9)


@given(LABELLED)
@settings(deadline=None, max_examples=40)
def test_the_best_line_is_the_best_of_every_way_to_split(rows):
    points, targets = split(rows)
    ways = (np.array(way) for way in product((0, 1), repeat=len(points)))
    right = sorted({int((way == targets).sum()): way for way in ways}.items(), reverse=True)
    best = best_line(points, targets)
    np.testing.assert_array_equal(best.line.fires(points), best.fires)
    assert best.n_right == (best.fires == targets).sum()
    assert best.n_right == len(points) or not separability(points, targets).separable
    assert best.n_right <= right[0][0]


@given(LABELLED.filter(lambda rows: len(rows) <= 6))
@settings(deadline=None, max_examples=25)
def test_no_way_to_split_that_a_line_can_make_is_better(rows):
    points, targets = split(rows)
    n_right = best_line(points, targets).n_right
    for way in product((0, 1), repeat=len(points)):
        if (np.array(way) == targets).sum() > n_right:
            assert not line_exists(points, np.array(way))
