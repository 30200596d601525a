"""The bowl's figures show the path that was computed, whatever became of it."""

import json

import numpy as np
import pytest

from dashboard.charts import bowl
from dashboard.theme import PALETTES
from nnjax.landscapes.bowl import N_STEPS, REACH, bowl_loss, roll_ball, sweep_rates

# rate, curvature, momentum, start: one of each regime, and an overflow
PATHS = {
    "rests": (0.3, 1.0, 0.0, 0.0),
    "crawls": (0.02, 1.0, 0.0, -3.5),
    "converges": (0.3, 1.0, 0.0, -3.5),
    "one step": (1.0, 1.0, 0.0, -3.5),
    "oscillates": (1.7, 1.0, 0.0, -3.5),
    "momentum": (0.3, 1.0, 0.9, 4.0),
    "edge": (2.0, 1.0, 0.0, -3.5),
    "explodes": (2.3, 1.0, 0.0, -3.5),
    "overflows": (4.0, 2.0, 0.95, 4.0),
}


def roll(name):
    return roll_ball(*(np.float32(n) for n in PATHS[name]))


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("name", PATHS)
def test_every_path_can_be_drawn(name, palette):
    path = roll(name)
    curvature, momentum = PATHS[name][1:3]
    for figure in (
        bowl.plot_bowl(path, curvature, palette),
        bowl.plot_distance(path, palette, has_momentum=momentum > 0),
    ):
        assert json.loads(figure.to_json())["data"]


@pytest.mark.parametrize("name", PATHS)
def test_film_has_a_frame_for_every_step_and_addresses_what_exists(name):
    path = roll(name)
    palette = PALETTES["light"]
    figures = (
        bowl.plot_bowl(path, PATHS[name][1], palette),
        bowl.plot_distance(path, palette, has_momentum=PATHS[name][2] > 0),
    )
    for (panel, trace, attribute), frames in bowl.bowl_tracks(path).items():
        assert len(frames) == N_STEPS + 1, attribute
        assert trace is None or trace < len(figures[panel].data)
        if not isinstance(frames, list):
            assert not np.isinf(frames).any()


def test_ball_sits_on_the_curve_at_the_computed_places():
    path = roll("oscillates")
    ball = bowl.bowl_frames(path)["ball"][:, :, 0]
    np.testing.assert_allclose(ball[:, 0], path.positions, rtol=1e-5)
    np.testing.assert_allclose(ball[:, 1], bowl_loss(path.positions, 1.0), rtol=1e-4, atol=1e-6)


def test_arrow_leads_to_the_next_position():
    path = roll("oscillates")
    move = bowl.bowl_frames(path)["move"]
    np.testing.assert_allclose(move[0, 0], path.positions[:2], rtol=1e-5)
    assert move[0, 1, 0] == move[0, 1, 1]  # level: the rate decides how far, not the curve


def test_tangent_has_the_slope_of_the_loss():
    path = roll("crawls")
    tangent = bowl.bowl_frames(path)["tangent"]
    rise = tangent[:, 1, 1] - tangent[:, 1, 0]
    run = tangent[:, 0, 1] - tangent[:, 0, 0]
    np.testing.assert_allclose(rise / run, path.gradients, rtol=1e-3)


def test_a_ball_that_left_is_an_arrow_at_the_border():
    path = roll("explodes")
    symbols = bowl.ball_symbols(path)
    assert symbols[:2] == ["circle", "circle"]
    assert set(symbols[2:]) == {"triangle-left", "triangle-right"}
    assert np.abs(bowl.bowl_frames(path)["ball"][:, 0]).max() <= REACH
    assert bowl.distance_frames(path)[1][-1] == "triangle-up"


def test_a_ball_that_arrived_is_an_arrow_at_the_foot_of_the_log_axis():
    points, symbols = bowl.distance_frames(roll("one step"))
    assert symbols[0] == "circle"
    assert symbols[-1] == "triangle-down"
    assert (points[:, 1] > 0).all()


def test_theory_is_drawn_without_momentum_only():
    path, palette = roll("oscillates"), PALETTES["light"]
    theory = bowl.plot_distance(path, palette, has_momentum=False).data[bowl.THEORY]
    np.testing.assert_allclose(theory.y, 3.5 * 0.7 ** np.arange(N_STEPS + 1), rtol=1e-3)
    assert theory.line.dash == "dot"
    assert not len(bowl.plot_distance(path, palette, has_momentum=True).data[bowl.THEORY].y)


def test_axes_do_not_move_with_the_controls():
    palette = PALETTES["light"]
    ranges = {
        (
            tuple(bowl.plot_bowl(roll(name), PATHS[name][1], palette).layout.yaxis.range),
            tuple(bowl.plot_distance(roll(name), palette, has_momentum=False).layout.yaxis.range),
        )
        for name in PATHS
    }
    assert len(ranges) == 1


@pytest.mark.parametrize("edge", [1.0, 2.0, 10.0])
def test_rates_mark_the_learners_own_and_the_edge(edge):
    rates = np.round(np.arange(0.01, 4.005, 0.01), 2).astype(np.float32)
    sweep = sweep_rates(rates, np.float32(2 / edge), np.float32(0), np.float32(-3.5))
    figure = bowl.plot_rates(sweep, edge, 0.75, PALETTES["dark"])
    assert figure.data[1].x[0] == pytest.approx(0.75)
    assert figure.layout.shapes[0].x0 == edge
    assert any("edge" in note.text for note in figure.layout.annotations) == (edge < 4)
    assert np.isfinite(figure.data[0].y).all()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.724, "+0.72"),
        (0.0, "+0.00"),
        (-3.5, "−3.50"),
        (-310_000.0, "−3.1\u00a0×\u00a010⁵"),
        (6.4e-7, "+6.4\u00a0×\u00a010⁻⁷"),
        (float("inf"), "beyond float32"),
    ],
)
def test_numbers_of_any_size_stay_short(value, words):
    assert bowl.brief(value) == words
