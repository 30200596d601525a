"""The figures of page 06 can be drawn at any setting, and show what was computed."""

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts import losses, outliers, saturation, sequence, soft_targets
from dashboard.charts.slopes import Family
from dashboard.theme import PALETTES
from nnjax.losses import LOSSES
from nnjax.outliers import FITS, Lines
from nnjax.races.bands import Band
from nnjax.saturation import RIVALS

KEYS = list(LOSSES)
CLASSES = ("cat", "dog", "fox", "owl")
PALETTE = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


def one(keys, held, palette=PALETTES["light"]):
    at, truth, value, slope = held
    n = len(keys)
    grid = np.tile(losses.GRID, (n, 1))
    found = np.full(n, value, np.float32), np.full(n, slope, np.float32)
    family = Family(keys, keys, grid, -grid, at, *found, keys[-1])
    return losses.plot_losses(family, truth, palette)


def band(n):
    values = np.linspace(0.1, 0.8, n, dtype=np.float32)
    return Band(values * 0.5, values, values * 1.1)


def fits(palette, outlier):
    lines = Lines(np.float32([0.4, 0.5, 0.6]), np.float32([2, 2, 2]))
    points = np.arange(3.0), np.arange(3.0)
    return outliers.plot_fits(points, outlier, lines, lines, palette)


PULLS = np.zeros((3, 161), np.float32)
DRAWINGS = {
    "one loss": lambda p: one(["mse"], (0.7, 1, 0.09, -0.6), p),
    "all losses": lambda p: one(KEYS, (0.99, 0, 4.6, 100.0), p),
    "beyond the range": lambda p: one(KEYS, (0.01, 1, 5.6, -101.0), p),
    "pulls": lambda p: saturation.plot_pulls(RIVALS, np.zeros((2, 321)), -5.0, [-0.99, -0.01], p),
    "learning": lambda p: saturation.plot_learning({key: band(501) for key in RIVALS}, 0.9, p),
    "shares": lambda p: soft_targets.plot_shares_and_targets(
        [1.0, 0, 0, 0], [0.25] * 4, CLASSES, p
    ),
    "large pull": lambda p: soft_targets.plot_pull_on_scores([10.0, -10, 0, 0], CLASSES, p),
    "loss along": lambda p: soft_targets.plot_loss_along(
        np.linspace(120, 0, 482).reshape(2, 241), -6.0, 120.0, "cat", p
    ),
    "fits": lambda p: fits(p, (10.0, 0.0)),
    "errors": lambda p: outliers.plot_pulls_of_errors(PULLS, [9.0, -9, 0], [18.0, -1, 0], p),
    "moved": lambda p: outliers.plot_moved({key: band(17) for key in FITS}, -9.0, p),
    "sentence": lambda p: sequence.plot_positions(list("cat"), [1, 2, 3], (2, 3.3), "mean", p),
    "endless": lambda p: sequence.plot_positions(["␣"], [np.inf], (np.inf, 3.3), "mean", p),
}


@PALETTE
@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_every_drawing_can_be_sent(draw, palette):
    check_it_can_be_sent(draw(palette))


@PALETTE
def test_no_two_losses_look_alike_and_purple_is_for_gradients(palette):
    looks = [losses.style(palette, key)[:2] for key in KEYS]
    assert len(set(looks)) == len(KEYS)
    assert palette.gradient not in {color for color, _ in looks}


def test_what_is_off_the_scale_is_marked_at_its_edge():
    figure = DRAWINGS["beyond the range"](PALETTES["light"])
    points = [trace for trace in figure.data if trace.mode == "markers"]
    assert {y for trace in points if trace.yaxis == "y2" for y in trace.y} == {-10.5}
    said = " ".join(note.text for note in figure.layout.annotations)
    assert "slope -101.0, off the scale" in said
    assert "L = 5.6000" in said


def test_an_endless_loss_reaches_the_top_and_says_so():
    figure = DRAWINGS["endless"](PALETTES["dark"])
    assert list(figure.data[0].y) == [sequence.SPAN[1]]
    assert "<b>∞</b>" in [note.text for note in figure.layout.annotations]


def test_levels_that_are_close_have_names_apart():
    figure = sequence.plot_positions(list("ab"), [3, 3.2], (3.1, 3.3), "mean", PALETTES["light"])
    names = {note.text: note.yanchor for note in figure.layout.annotations if note.xref == "paper"}
    assert names["guessing<br>3.30"] == "bottom"
    assert names["<b>mean<br>3.10</b>"] == "top"


def test_the_tangent_has_the_slope():
    figure = one(["mse"], (0.7, 1, 0.09, -0.6))
    purple = PALETTES["light"].gradient
    tangent = next(t for t in figure.data if t.line.color == purple)
    (x0, x1), (y0, y1) = tangent.x, tangent.y
    assert (y1 - y0) / (x1 - x0) == pytest.approx(-0.6)
