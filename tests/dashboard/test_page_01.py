"""Page 01 through the entry point, without a browser."""

import pytest
from reading import formulas, said, warnings

from dashboard import navigation
from dashboard.approximation import fit_any_curve
from nnjax.fitting.curve_fits import fit_curve

PAGE = "01_what_is_a_neural_network.py"

CURVES = {"first_lab": "Fit any curve"}
QUICK = CURVES | {"fit_steps": "300"}


def test_the_app_opens_with_the_first_row():
    assert next(iter(navigation.PAGES)) == "what_is_a_neural_network"


def test_two_neurons_first_paint(open_app):
    app = open_app(PAGE)
    assert "The **cell body** is the **weighted sum**" in said(app)
    assert "0.70 - 0.15 + 0.40 - 0.20 = 0.750" in said(app)
    assert r"\text{step}(0.750) = 1" in formulas(app)
    assert [m.value for m in app.metric] == ["4,718,592", "about 86 billion"]


def test_a_part_and_a_slider_move_the_words(open_app):
    app = open_app(PAGE)
    app.selectbox(key="first_part").set_value("terminals").run()
    assert "The **axon terminals** are the **output**: **fires: 1**" in said(app)
    app.slider(key="first_b").set_value(-1.0).run()
    assert "**silent: 0**" in said(app)


@pytest.mark.parametrize(
    ("bias", "answer"), [("-0.2", "more than twice"), ("0.5", "less than twice"),
                         ("0.0", "exactly twice as large")],
)  # fmt: skip
def test_the_guess_follows_the_bias(open_app, bias, answer):
    app = open_app(PAGE, first_b=bias)
    assert not app.info
    app.radio(key="guess_louder").set_value("more than twice").run()
    assert f"{answer}.**" in app.info[0].value


def numbers(app):
    """Return the errors in the approximation table: trained, eight in ten, by hand, bound."""
    rows = [line for line in said(app).splitlines() if line.startswith("| ")][1:]
    return [row.split("|")[2].strip(" *") for row in rows]


def test_fit_any_curve_first_paint(open_app):
    app = open_app(PAGE, **QUICK)
    trained, _, by_hand, bound = numbers(app)
    # By hand: 4 h^2 / 8 bounds it, with h = 6 / 32.
    assert (by_hand, bound) == ("0.00925", "0.0176")
    assert float(trained) < 0.15
    assert "**16 of 16** seeds: a better network *exists*, and training did not *find* it" in said(
        app
    )
    assert r"\frac{0.1875^2}{8} \cdot 4 = 0.01758" in formulas(app)
    assert r"3 \cdot 32 + 1 = 97" in formulas(app)
    assert [m.value for m in app.metric] == ["10^768.0", "175 billion = 10^11.2"]
    assert "16 widths from 1 to 256, 16 seeds each, 300 steps of Adam" in app.caption[0].value


def test_the_width_moves_the_numbers_and_trains_nothing(open_app):
    app = open_app(PAGE, **QUICK)
    before = app.caption[0].value
    app.select_slider(key="fit_width").set_value(256).run()
    assert numbers(app)[3] == "2.7e-04"
    assert app.caption[0].value == before
    app.segmented_control(key="fit_measure").set_value("largest").run()
    assert float(numbers(app)[2]) == pytest.approx(4 * (6 / 256) ** 2 / 8, rel=0.05)


def test_the_identity_stays_a_line(open_app):
    app = open_app(PAGE, fit_activation="Identity", fit_width="256", **QUICK)
    assert numbers(app)[0] == "0.661"  # the least squares line through sin(2x)
    assert "a straight line, at any width" in said(app)
    app.radio(key="guess_identity").set_value("far smaller").run()
    assert "**Not this time: the same.**" in app.info[0].value
    assert "is off by 0.661" in app.info[0].value


def test_a_formula_of_your_own(open_app):
    app = open_app(PAGE, fit_steps="100", **CURVES)
    app.text_input(key="target_formula").set_value("abs(x)").run()
    assert app.query_params["target"] == "Your formula"
    assert numbers(app)[2] == "under 1e-6"  # an even number of hats has one at the corner
    app.text_input(key="target_formula").set_value("abs(x").run()
    assert app.error[0].value.replace("\\", "").startswith("At position 4: ")
    assert numbers(app)[2] == "under 1e-6"  # the last good curve stays


def test_a_formula_that_cannot_be_read_leaves_the_chosen_curve(open_app):
    app = open_app(PAGE, target="Bump", fit_steps="100", **CURVES)
    shown = numbers(app)
    app.text_input(key="target_formula").set_value("log(x)").run()
    assert "no finite value at x = -3.00" in app.error[0].value.replace("\\", "")
    assert app.query_params["target"] == "Bump"
    assert numbers(app) == shown


def test_a_long_training_is_gathered_four_seeds_at_a_time(open_app, monkeypatch):
    calls = []

    def fit(activation, samples, *, n_steps, n_seeds, first_seed):
        calls.append((n_steps, n_seeds, first_seed))
        return fit_curve(activation, samples, n_steps=5, n_seeds=16, first_seed=first_seed)

    monkeypatch.setattr(fit_any_curve, "fit_curve", fit)
    app = open_app(PAGE, fit_steps="3,200", fit_seed="77", **CURVES)
    assert calls == [(3200, 4, seed) for seed in (77, 81, 85, 89)]
    assert "16 seeds each, 3,200 steps" in app.caption[0].value


@pytest.mark.parametrize("lab", ["Two neurons", "Fit any curve"])
def test_the_same_address_gives_the_same_words(open_app, lab):
    first, second = (said(open_app(PAGE, first_lab=lab, fit_steps="300")) for _ in range(2))
    assert first == second
    headers = [block.value for block in open_app(PAGE, first_lab=lab, fit_steps="300").header]
    for part in ("Try this", "In large language models", "The formula", "Predict, then reveal"):
        assert part in headers


@pytest.mark.parametrize(
    ("settings", "words"),
    [({"first_w1": "nan"}, "Weight"), ({"first_part": "brain"}, "Light up"),
     ({"first_lab": "zoo"}, "Laboratory"), ({"first_b": "1e400"}, "Bias"),
     ({"target": "circle"}, "The curve"),
     ({"target_formula": "__import__('os')"}, "Your formula"), ({"fit_width": "5"}, "Neurons"),
     ({"fit_steps": "1e9"}, "Training steps"), ({"grid_inputs": "0"}, "Inputs")],
)  # fmt: skip
def test_a_bad_address_is_noted_and_the_defaults_hold(open_app, settings, words):
    app = open_app(PAGE, **settings)
    assert len(app.warning) == 1
    assert words in warnings(app)[0]
    assert "= 0.750" in said(app)
