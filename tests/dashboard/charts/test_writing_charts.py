"""The character model's pictures can be sent, and show what they were given."""

import numpy as np
import pytest
from drawings import check_it_can_be_sent

from dashboard.charts import writing
from dashboard.theme import DARK, LIGHT

LEVELS = {"uniform": 4.2, "characters": 3.2, "pairs": 2.4}


@pytest.mark.parametrize("n_pieces", [0, 1, 4])
def test_losses_are_drawn_beside_named_levels(n_pieces):
    train = np.linspace(4, 2, 25 * n_pieces)
    shown = writing.Losses(train, np.linspace(3, 2, n_pieces), 100, LEVELS)
    figure = writing.plot_losses(shown, LIGHT)
    check_it_can_be_sent(figure)
    assert list(figure.data[1].x) == [25 * (i + 1) for i in range(n_pieces)]
    assert len(figure.data[0].x) == 5 * n_pieces
    names = {note.text for note in figure.layout.annotations}
    assert names == {"uniform 4.20", "characters 3.20", "pairs 2.40"}
    assert len(figure.layout.shapes) == 3


def test_a_loss_that_ran_away_is_drawn_until_then():
    train = np.array([4.0, 9.0, *[np.nan] * 48])
    shown = writing.Losses(train, np.array([50.0, 50.0]), 100, LEVELS, diverged_at=2)
    figure = writing.plot_losses(shown, LIGHT)
    check_it_can_be_sent(figure)
    assert figure.data[0].y[1] == pytest.approx(1.08 * 4.2)  # at the top, not beyond it
    assert np.isnan(np.asarray(figure.data[1].y)).all()
    assert "<b>diverged at step 2</b>" in {note.text for note in figure.layout.annotations}


def test_every_place_of_the_context_has_a_bar():
    figure = writing.plot_by_position(np.linspace(3, 2, 64), 2.4, DARK)
    check_it_can_be_sent(figure)
    assert len(figure.data[0].y) == 64
    assert figure.layout.yaxis.range[1] > 3


def test_the_chances_stand_side_by_side():
    figure = writing.plot_next(["␣", "<b>"], np.array([0.6, 0.4]), np.array([1.0, 0.0]), LIGHT)
    check_it_can_be_sent(figure)
    assert figure.layout.xaxis.ticktext == ("␣", "&lt;b&gt;")
    assert [trace.name for trace in figure.data] == ["as the model has them", "as drawn from"]


def test_nobody_looks_at_what_comes_later():
    attention = np.full((2, 3, 4, 4), 0.25)
    rows = writing.plot_heads(attention, list("abcd"), 1, DARK)
    check_it_can_be_sent(rows)
    heads = dict(zip(rows.layout.yaxis.tickvals, rows.layout.yaxis.ticktext, strict=True))
    assert [heads[y] for y in rows.data[0].y] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
    drawn = np.asarray(rows.data[0].z)
    assert drawn.shape == (6, 4)
    assert np.isnan(drawn[:, 2:]).all()
    one = writing.plot_head(attention[0, 0], list("abcd"), 1, DARK)
    check_it_can_be_sent(one)
    assert np.isnan(np.asarray(one.data[0].z)[0, 1:]).all()
