"""The landscape's figures, also where the loss is not finite or hardly varies."""

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts import loss_lines
from dashboard.charts.landscape import (
    Landscape,
    map_tracks,
    plot_map,
    plot_surface,
    surface_tracks,
)
from dashboard.charts.loss_axis import FLOOR, number, ticks
from dashboard.charts.sharpness import Curves, plot_losses, plot_sharpness
from dashboard.theme import DARK, PALETTES

LOSSES = {
    "a bowl": np.add.outer(np.linspace(-1, 1, 5) ** 2, np.linspace(-1, 1, 7) ** 2) + 0.01,
    "hardly any": np.linspace(0.711, 0.718, 35).reshape(5, 7),
    "blown up": np.where(np.eye(5, 7) > 0, np.inf, 1.0),
    "nothing finite": np.full((5, 7), np.nan),
}


def landscape(losses):
    return Landscape(
        x=np.linspace(-3, 1, 7),
        y=np.linspace(-1, 1, 5),
        losses=losses,
        path=np.array([[-2, 0.5], [-1, 0.1], [0, 0]]),
        path_losses=np.array([0.9, np.inf, 0.0]),
        names=("direction 1: 90%", "direction 2: 5%"),
    )


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("name", LOSSES)
def test_the_map_and_the_surface_can_be_sent(name, palette):
    land = landscape(LOSSES[name])
    for draw, tracks in ((plot_map, map_tracks), (plot_surface, surface_tracks)):
        figure = draw(land, palette)
        check_it_can_be_sent(figure)
        for (trace, path), values in tracks(land).items():
            assert len(values) == 3
            assert np.isfinite(values).all()
            assert len(figure.data[trace][path]) == 1


def test_colours_and_words_are_the_losses():
    figure = plot_map(landscape(LOSSES["a bowl"]), DARK)
    assert figure.data[0].z[2][3] == pytest.approx(np.log10(0.01))
    assert figure.data[0].text[2][3] == "0.0100"
    assert figure.data[0].hovertemplate.startswith("loss")


def test_the_curves_beside_it_can_be_sent():
    land = landscape(LOSSES["a bowl"])
    epochs = np.array([0.0, 1.0, 2.0])
    along = loss_lines.plot_along_path(epochs, np.array([0.8, 0.3, np.nan]), land, DARK)
    check_it_can_be_sent(along)
    assert loss_lines.cursor_track(epochs)[0, "x"].shape == (3, 2)
    cuts = np.abs(np.linspace(-1, 1, 5)) * np.ones((4, 1)) + 0.1
    cuts[0, 0] = np.inf
    check_it_can_be_sent(loss_lines.plot_cuts(np.linspace(-1, 1, 5), cuts, DARK))


@pytest.mark.parametrize("span", [(-2, 0), (-0.15, -0.14), (0.3, 0.7), (-7, 5), (0, 1)])
def test_every_axis_has_some_ticks(span):
    places, texts = ticks(*span)
    assert 2 <= len(places) <= 13
    assert all(span[0] - 1e-6 <= place <= span[1] + 1e-6 for place in places)
    assert len(set(texts)) == len(texts)


def test_losses_of_every_size():
    assert [number(x) for x in (0.01234, 12.34, 1e-9, np.inf)] == [
        "0.0123", "12.3", "1e-09", "not finite",
    ]  # fmt: skip
    assert FLOOR > 0


def test_sharpness_can_be_sent():
    epochs = np.arange(5.0)
    values = np.stack([np.linspace(1, 20, 5), [3, np.nan, np.inf, 1e9, -2]])
    for chosen in (values, values[:1], np.full((2, 5), np.nan)):
        check_it_can_be_sent(plot_sharpness(Curves(epochs, chosen, np.full(5, 20.0)), DARK))
        check_it_can_be_sent(plot_losses(Curves(epochs, chosen, None), DARK))
