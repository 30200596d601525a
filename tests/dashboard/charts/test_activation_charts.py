import numpy as np
import pytest
from drawings import check_it_can_be_sent
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import activations, depth, dying, race, vectors
from dashboard.charts.end_labels import LINE, End, end_labels, spread
from dashboard.charts.slopes import Family
from dashboard.theme import PALETTES
from nnjax.activations import ACTIVATIONS
from nnjax.races.bands import Band

KEYS = list(ACTIVATIONS)
NAMES = {key: key for key in KEYS}
PALETTE = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


def curves(keys, focus, at=0.5):
    n = len(keys)
    grid = np.tile(activations.GRID, (n, 1))
    return Family(
        keys=keys,
        labels=[ACTIVATIONS[key].label for key in keys],
        values=grid,
        slopes=np.ones_like(grid),
        at=at,
        value_at=np.full(n, at, np.float32),
        slope_at=np.ones(n, np.float32),
        focus=focus,
    )


def band(values):
    values = np.asarray(values, np.float32)
    return Band(values * 0.5, values, values * 2)


def depth_curves(values, keys=("sigmoid", "relu")):
    bands = [band(values)] * len(keys)
    return depth.DepthCurves(keys, keys, bands, bands)


def race_bands(values):
    return {key: band(values) for key in KEYS}


AWKWARD = [0.0, 1e-40, 1.0, np.inf, 1e30, np.nan]
RATES = np.array([0.01, 0.1, 1.0, 10.0])
DRAWINGS = {
    "one activation": lambda p: activations.plot_curves(curves(["relu"], "relu"), p),
    "all activations": lambda p: activations.plot_curves(curves(KEYS, "gelu", -5.0), p),
    "depth": lambda p: depth.plot_depth(depth_curves(np.logspace(0, -20, 20)), p),
    "depth of two": lambda p: depth.plot_depth(depth_curves([1.0, 0.5]), p),
    "depth with what no log shows": lambda p: depth.plot_depth(depth_curves(AWKWARD), p),
    "race": lambda p: race.plot_race(race_bands(np.logspace(0, -3, 61)), NAMES, 60, p),
    "race that diverges": lambda p: race.plot_race(
        race_bands(np.resize(AWKWARD, 61)), NAMES, 60, p
    ),
    "dead by rate": lambda p: dying.plot_dead_by_rate(
        dying.Dying(RATES, band([0.0, 0.1, 0.2, 0.5]), 3), p
    ),
    "dead at one rate so far": lambda p: dying.plot_dead_by_rate(
        dying.Dying(RATES[:1], band([0.1]), 0), p
    ),
    "dead over time": lambda p: dying.plot_dead_over_time(
        np.arange(3), np.zeros((4, 3)), band([0.0, 0.1, 0.2]), p
    ),
    "scores": lambda p: vectors.plot_scores([2.0, -7.0, 0.0], p),
    "shares": lambda p: vectors.plot_shares([1.0, 0.0, 0.0], p),
    "gate": lambda p: vectors.plot_gate(np.zeros((61, 81)), -5.0, 3.0, -0.02, p),
}


@PALETTE
@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_every_drawing_can_be_sent(draw, palette):
    check_it_can_be_sent(draw(palette))


@PALETTE
def test_no_two_activations_look_alike(palette):
    looks = [activations.style(palette, key)[:2] for key in KEYS]
    assert len(set(looks)) == len(KEYS)
    assert palette.gradient not in {color for color, _ in looks}


def test_an_activation_added_later_has_a_look(monkeypatch):
    rows = ACTIVATIONS | {f"new_{i}": None for i in range(6)}
    monkeypatch.setattr(activations, "ACTIVATIONS", rows)
    looks = [activations.style(PALETTES["light"], key)[:2] for key in rows]
    assert len(set(looks)) == len(rows)


def test_both_parts_and_the_point_are_drawn():
    figure = activations.plot_curves(curves(["sigmoid", "relu"], "relu"), PALETTES["dark"])
    lines = [trace for trace in figure.data if trace.mode == "lines" and len(trace.x) > 2]
    assert sorted(trace.yaxis for trace in lines) == ["y", "y", "y2", "y2"]
    assert [trace.line.width > 3 for trace in lines] == [False, False, True, True]
    points = [trace for trace in figure.data if trace.mode == "markers"]
    assert all(set(trace.x) == {0.5} for trace in points)
    said = [note.text for note in figure.layout.annotations]
    assert said[:4] == ["Sigmoid", "ReLU"] * 2
    assert said[4:] == ["<b>f = 0.500</b>", "<b>f ′ = 1.000</b>"]


def test_the_tangent_has_the_slope():
    figure = activations.plot_curves(curves(["relu"], "relu"), PALETTES["light"])
    tangent = next(trace for trace in figure.data if trace.line.color == PALETTES["light"].gradient)
    (x0, x1), (y0, y1) = tangent.x, tangent.y
    assert (y1 - y0) / (x1 - x0) == pytest.approx(1.0)


places = st.lists(st.floats(-50, 450), max_size=12)


@given(places)
def test_spread_keeps_apart_in_order_and_inside(wished):
    moved = spread(wished, 20.0, 0.0, 400.0)
    order = np.argsort(wished, kind="stable")
    assert np.all(np.diff(moved[order]) >= 20.0 - 1e-6)
    assert np.all((moved >= -1e-6) & (moved <= 400.0 + 1e-6))


def test_spread_leaves_alone_what_has_room():
    np.testing.assert_allclose(spread([300.0, 10.0, 100.0], 20.0, 0.0, 400.0), [300, 10, 100])


def test_names_stay_in_the_picture_and_do_not_overlap():
    ends = [End(1.0, y, name, "#000000") for y, name in ((5.0, "a"), (5.0, "b"), (-90.0, "c"))]
    notes = end_labels(PALETTES["light"], ends, span=(0.0, 5.0), pixels=200.0)
    tops = sorted((5.0 - note["y"]) * 40 + note["ay"] for note in notes)
    assert tops[0] >= 0
    assert tops[-1] <= 200
    assert min(np.diff(tops)) >= LINE - 1e-6
