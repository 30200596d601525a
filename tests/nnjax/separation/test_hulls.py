import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnjax.separation.hulls import convex_hull, convex_weights, hull_overlap, inside, on_grid

SQUARE = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]])
COORDINATE = st.integers(-300, 300).map(lambda hundredths: hundredths / 100)
POINTS = st.lists(st.tuples(COORDINATE, COORDINATE), min_size=1, max_size=12).map(np.array)


def is_inside(points, hull):
    return inside(on_grid(points), on_grid(hull))


@pytest.mark.parametrize(
    ("points", "corners"),
    [
        ([[0, 0], [1, 0], [0.5, 0.5], [1, 1], [0, 1], [0.5, 0]], {0, 1, 3, 4}),
        ([[2, 2], [2, 2], [2, 2]], {0}),
        ([[0, 0], [0.1, 0.1], [0.3, 0.3], [0.2, 0.2]], {0, 2}),
        ([[0, 0]], {0}),
        (np.empty((0, 2)), set()),
    ],
    ids=["square", "one place", "one line, of decimals", "one point", "nothing"],
)
def test_corners_of_known_shapes(points, corners):
    assert set(convex_hull(points)) == corners


@given(POINTS)
def test_every_point_lies_in_its_hull_which_turns_left(points):
    hull = points[convex_hull(points)]
    assert is_inside(points, hull).all()
    if len(hull) > 2:
        edges = np.roll(hull, -1, 0) - hull
        turns = (
            edges[:, 0] * np.roll(edges, -1, 0)[:, 1] - edges[:, 1] * np.roll(edges, -1, 0)[:, 0]
        )
        assert (turns > 0).all()


def test_a_flat_hull_ends_where_its_points_end():
    segment = np.array([[0.0, 0.0], [1.0, 1.0]])
    on_it = is_inside([[0.5, 0.5], [2, 2], [0.5, 0.4]], segment)
    np.testing.assert_array_equal(on_it, [True, False, False])


@pytest.mark.parametrize(
    ("other", "corners"),
    [
        (SQUARE + 0.5, [[0.5, 0.5], [1, 0.5], [1, 1], [0.5, 1]]),
        (SQUARE + np.array([1, 0]), [[1, 0], [1, 1]]),
        (SQUARE + 1, [[1, 1]]),
        (SQUARE + 1.0001, np.empty((0, 2))),
        (SQUARE / 2 + 0.25, SQUARE / 2 + 0.25),
        ([[-1, 0.5], [2, 0.5]], [[0, 0.5], [1, 0.5]]),
        (np.empty((0, 2)), np.empty((0, 2))),
    ],
    ids=["shifted", "an edge", "a corner", "just apart", "within", "cut through", "nothing"],
)
def test_overlap_with_the_unit_square(other, corners):
    np.testing.assert_allclose(hull_overlap(SQUARE, np.array(other)), corners)


@given(POINTS, st.lists(st.floats(0.01, 1), min_size=12, max_size=12))
@settings(max_examples=50)
def test_weights_prove_that_a_mean_of_corners_is_inside(points, raw):
    hull = points[convex_hull(points)]
    mean = np.average(hull, axis=0, weights=raw[: len(hull)])
    shares = convex_weights(hull, mean)
    assert (shares >= 0).all()
    assert shares.sum() == pytest.approx(1)
    np.testing.assert_allclose(shares @ hull, mean, atol=1e-9)


@pytest.mark.parametrize("bad", [np.nan, np.inf, 10_001.0])
def test_a_coordinate_that_cannot_be_exact_is_refused(bad):
    with pytest.raises(ValueError, match="between -10 000 and 10 000"):
        convex_hull([[0.0, bad]])
