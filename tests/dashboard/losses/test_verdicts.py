import numpy as np
import pytest

from dashboard.losses.uniform import what_it_means
from dashboard.losses.verdicts import _ROWS, verdict
from dashboard.losses.worked import WORKED
from nnjax.losses import LOSSES


def test_the_default_is_moderate():
    grade = verdict(0.70, 1)
    assert grade.size == "moderate"
    assert "right side" in grade.stance
    assert "improve" in grade.advice


@pytest.mark.parametrize(
    ("prediction", "truth", "size"),
    [
        (0.99, 1, "tiny"), (0.85, 1, "small"), (0.51, 1, "moderate"),
        (0.5, 1, "as large as for a tossed coin"), (0.5, 0, "as large as for a tossed coin"),
        (0.49, 1, "large"), (0.1, 1, "very large"), (0.01, 1, "extreme"),
        (0.01, 0, "tiny"), (0.30, 0, "moderate"), (0.99, 0, "extreme"),
    ],
)  # fmt: skip
def test_the_word_follows_the_slider(prediction, truth, size):
    assert verdict(prediction, truth).size == size


def test_every_grade_is_reached_in_order():
    met = [verdict(p, 1) for p in np.arange(99, 0, -1) / 100]
    assert list(dict.fromkeys(met)) == list(_ROWS)


def test_every_loss_is_worked_out_by_hand():
    assert list(WORKED) == list(LOSSES)
    for row in WORKED.values():
        for truth in (0, 1):
            for part in (row.loss, row.slope):
                text = part(0.7, truth)
                assert text.count("{") == text.count("}")


def test_worse_than_guessing_is_said():
    assert "worse than guessing" in what_it_means(100, 5.0, 4.605, 148.4)
    assert "**11.51**" in what_it_means(100_000, 3.0, 11.513, 20.09)
