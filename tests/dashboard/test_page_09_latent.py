"""Page 09, "Latent plane", through the entry point: one autoencoder of one epoch."""

import numpy as np
import pytest
from reading import formulas, metrics, said, warnings

from dashboard.chart import Click
from dashboard.zoo import latent_lab, latent_words

PAGE = "09_architecture_zoo.py"
HERE = {"zoo_lab": "Latent plane", "latent_epochs": "1", "latent_seed": "3"}


def test_the_place_is_drawn_and_the_ends_are_redrawn(open_app):
    app = open_app(PAGE, **HERE, latent_x="0.5", latent_y="99")
    (warning,) = warnings(app)
    assert "takes a number from -3 to 3" in warning
    assert "At (0.50, 0.00)" in said(app)
    assert r"\mathbf z = \mathrm{encode}(\mathbf x) = (" in formulas(app)
    labels = [link.label for link in app.get("page_link")]
    assert sum(label.startswith("A failure") for label in labels) == 3
    app.segmented_control(key="latent_show").set_value("drawn").run()
    app.segmented_control(key="latent_kept").set_value(128).run()
    assert metrics(app)["Times fewer"] == "170.7"
    assert not app.exception


@pytest.mark.parametrize(
    ("errors", "expected"),
    [((0.03, 0.04), 2), ((0.05, 0.0505), 1), ((0.06, 0.07), 0)],
)
def test_the_answer_compares_the_middle_seed_with_two_components(errors, expected):
    option, why = latent_words.answer(np.array(errors), 0.05, 30)
    assert option == latent_words.OPTIONS[expected]
    assert f"better in {sum(error < 0.05 for error in errors)} of 2" in why


@pytest.mark.parametrize("at", [Click(panel=1, x=1.0, y=1.0), Click(x=None, y=1.0)])
def test_a_click_beside_the_plane_changes_nothing(at):
    latent_lab._point(at)  # outside a session, writing to one would fail


def test_an_eight_takes_another_article():
    assert [latent_words.a_digit(digit) for digit in (7, 8)] == ["a 7", "an 8"]
