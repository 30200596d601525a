import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.neuron.points import (
    CAPACITY,
    FIRST_OWN,
    RULES,
    LabelledPoint,
    as_arrays,
    clicked,
    edited,
    read_points,
    snap,
    write_points,
)

COORDINATE = st.integers(-10, 30).map(lambda steps: round(steps * 0.05, 2))
POINT = st.builds(LabelledPoint, COORDINATE, COORDINATE, st.integers(0, 1))
POINTS = st.lists(POINT, max_size=20, unique=True).map(tuple)
A, B = LabelledPoint(0.0, 0.0, 0), LabelledPoint(1.0, 0.5, 1)


@settings(deadline=None)
@given(POINTS)
def test_points_survive_the_address(points):
    assert read_points(write_points(points)) == points


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_either_read_or_refused_in_a_sentence(text):
    try:
        points = read_points(text)
    except ValueError as error:
        assert str(error).endswith(".")  # noqa: PT017
    else:
        assert read_points(write_points(points)) == points


@pytest.mark.parametrize(
    "text", ["0,0", "0,0:2", "0,0,0:1", "nan,0:1", "inf,0:0", "9,0:1", "a,b:c", "0,0:1.0", ":"]
)
def test_what_is_not_a_point_is_refused(text):
    with pytest.raises(ValueError, match="A point is written"):
        read_points(f"0,0:0 {text}")


def test_more_points_than_room_are_refused():
    places = [f"{x / 20},{y / 20}:0" for x in range(9) for y in range(9)]
    with pytest.raises(ValueError, match=f"room for {CAPACITY} points; the text has 81"):
        read_points(" ".join(places))


@pytest.mark.parametrize(("value", "place"), [(0.126, 0.15), (-3.0, -0.5), (7, 1.5), (0.1, 0.1)])
def test_places_are_on_the_grid_and_in_the_plane(value, place):
    assert snap(value) == place


def test_a_click_adds_then_changes_then_takes_away():
    one = clicked((A,), 1.01, 0.49, 1)
    assert one == (A, B)
    other = clicked(one, 0.98, 0.52, 1)
    assert other == (A, B._replace(target=0))
    assert clicked(other, 1.0, 0.5, 1) == (A,)
    assert clicked((A,), 0.02, 0.0, 1) == ()


@settings(deadline=None)
@given(POINTS, COORDINATE, COORDINATE, st.integers(0, 1))
def test_a_click_never_leaves_the_plane_or_the_table(points, x1, x2, target):
    after = clicked(points, x1, x2, target)
    assert abs(len(after) - len(points)) <= 1
    assert read_points(write_points(after)) == after


@pytest.mark.parametrize(
    ("edits", "points"),
    [
        ({}, (A, B)),
        ({"edited_rows": {"0": {"x1": 0.26}}}, (LabelledPoint(0.25, 0.0, 0), B)),
        ({"edited_rows": {1: {"target": False}}}, (A, B._replace(target=0))),
        ({"deleted_rows": [0]}, (B,)),
        ({"added_rows": [{"x1": 0.5}]}, (A, B)),
        ({"added_rows": [{"x1": 9, "x2": 1, "target": True}]}, (A, B, LabelledPoint(1.5, 1, 1))),
        ({"edited_rows": {0: {"x1": None}}}, (B,)),
        ({"edited_rows": {0: {"x2": float("nan")}}}, (B,)),
        ({"edited_rows": {0: {"x1": 1.0, "x2": 0.5, "target": True}}}, (B,)),
    ],
)
def test_edits_of_the_table(edits, points):
    assert edited((A, B), edits) == points


def test_a_table_that_is_too_long_is_cut():
    rows = [{"x1": x / 20, "x2": y / 20, "target": True} for x in range(10) for y in range(10)]
    assert len(edited((), {"added_rows": rows})) == CAPACITY


def test_rules_and_first_points():
    points, targets = as_arrays(RULES["xor"])
    assert points.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert targets.tolist() == [0, 1, 1, 0]
    assert len(read_points(FIRST_OWN)) == 8
    assert as_arrays(())[0].shape == (0, 2)
