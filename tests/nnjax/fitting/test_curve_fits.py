"""Networks that follow a curve: built by hand within the proved bound, and trained."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.activations import ACTIVATIONS, relu
from nnjax.fitting.curve_fits import (
    FILM,
    N_FRAMES,
    best_line_error,
    fit_curve,
    frame_steps,
    init_ladder,
    join_seeds,
    ladder_forward,
    train_ladder,
)
from nnjax.fitting.curves import (
    CURVES,
    FINE,
    HIGH,
    KNOTS,
    LOW,
    SHOWN,
    WIDTHS,
    read_curve,
    sample_formula,
)
from nnjax.fitting.hats import (
    OneLayer,
    build_by_hand,
    curvature_bound,
    log10_grid,
    one_layer_forward,
    place_hats,
)
from nnjax.races.bands import middle_seed

N_SEEDS = 4  # every call of the same size, so that one program serves all
ROUNDING = 5e-5  # float32: steep slopes cancel over 256 neurons
TYPED = ["sin(3*x)*exp(-abs(x))", "sqrt(abs(x))", "log(x + 4)", "5", "x", "sign(sin(5*x))"]
FORMULAS = [*(row.text for row in CURVES.values()), *TYPED]


@pytest.fixture(autouse=True, scope="module")
def strict_promotion():
    """Ranks only: optax itself takes a float to the power of an int."""
    with jax.numpy_rank_promotion("raise"):
        yield


@pytest.mark.parametrize("key", CURVES)
def test_rows_are_complete(key):
    row = CURVES[key]
    assert row.key == key
    assert row.label
    assert row.note.endswith(".")
    assert read_curve(row.text).text == row.text


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_network_by_hand_is_the_chain_of_chords(formula):
    samples = sample_formula(formula)
    for width in (1, 3, 32, 256):
        i, n = WIDTHS.index(width), width + 1
        network = place_hats(samples.knots[i], KNOTS[i], jnp.float32(width))
        found = one_layer_forward(network, jnp.asarray(FINE), relu)
        chords = np.interp(FINE, KNOTS[i][:n], samples.knots[i][:n])
        np.testing.assert_allclose(found, chords, atol=20 * ROUNDING)
        assert np.all(np.asarray(network.readout)[width:] == 0)


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_network_by_hand_stays_within_its_bound(formula):
    built = build_by_hand(sample_formula(formula))
    assert np.all(built.largest <= built.bound + ROUNDING)
    assert np.all(built.rms <= built.largest + ROUNDING)


@pytest.mark.parametrize("key", [key for key, row in CURVES.items() if row.curvature])
def test_a_smooth_curve_also_obeys_the_bound_from_its_curvature(key):
    built = build_by_hand(sample_formula(CURVES[key].text))
    bound = curvature_bound(CURVES[key].curvature, WIDTHS)
    assert np.all(built.largest <= bound + ROUNDING)
    # And by the power that the theory says: from 32 to 256 neurons a factor of 64.
    assert built.largest[WIDTHS.index(32)] / built.largest[-1] == pytest.approx(64, rel=0.15)


@pytest.mark.parametrize(("key", "second"), [("sine", lambda x: -4 * np.sin(2 * x)),
                         ("bump", lambda x: (64 * x**2 - 8) * np.exp(-4 * x**2)),
                         ("polynomial", lambda x: 2 * x / 3)])  # fmt: skip
def test_the_curvatures_are_right(key, second):
    largest = np.abs(second(np.linspace(LOW, HIGH, 100_001))).max()
    assert CURVES[key].curvature == pytest.approx(largest, rel=1e-6)


def test_a_known_bound():
    # 6 / 32 = 0.1875, squared, over 8, times 4: 0.017578.
    assert curvature_bound(4.0, 32) == pytest.approx(0.017578, abs=1e-6)


def test_two_neurons_by_hand_are_the_absolute_value():
    built = build_by_hand(sample_formula("abs(x)"))
    assert built.largest[WIDTHS.index(2)] == pytest.approx(0, abs=1e-6)


def test_a_jump_has_no_small_bound():
    assert np.all(np.asarray(build_by_hand(sample_formula("max(0, sign(x))")).bound) == 1)


@pytest.mark.parametrize(("formula", "words"), [
    ("log(x)", "no finite value at x = -3.00"), ("1/x", "no finite value at x = 0.00"),
    ("exp(exp(x + 1))", "no finite value|larger than"), ("1000000*x*x", "larger than 1,000,000"),
    ("9**9**9", "no finite value"), ("sqrt(x)", "no finite value"),
])  # fmt: skip
def test_a_curve_without_values_is_refused_in_one_sentence(formula, words):
    with pytest.raises(ValueError, match=words) as caught:
        read_curve(formula)
    assert str(caught.value).count(". ") == 0


def test_a_curve_may_have_gaps_outside_of_the_interval():
    shown = sample_formula("sqrt(x + 3)").shown
    assert np.isnan(shown[SHOWN < LOW]).all()
    assert np.isfinite(shown[SHOWN >= LOW]).all()


@pytest.mark.parametrize(("per_axis", "n_inputs", "power"), [(10, 768, 768), (2, 10, 3.0103)])
def test_a_grid_of_bumps(per_axis, n_inputs, power):
    assert log10_grid(per_axis, n_inputs) == pytest.approx(power, rel=1e-5)


def test_the_networks_of_a_ladder_are_separate():
    widths, targets = (1, 3), np.sin(np.linspace(-2, 2, 128)).astype(np.float32)
    tanh = ACTIVATIONS["tanh"].function
    first = init_ladder(jax.random.key(0), widths)
    together, film = train_ladder(
        first, targets, jnp.int32(20), tanh, widths=widths, record=lambda n: n.readout
    )
    own = OneLayer(*(part[1:] for part in first))
    alone, _ = train_ladder(
        own, targets, jnp.int32(20), tanh, widths=(3,), record=lambda n: n.offset
    )
    np.testing.assert_array_equal(film[0], first.readout)
    np.testing.assert_array_equal(film[-1], together.readout)
    for found, expected in zip(together, alone, strict=True):
        np.testing.assert_allclose(found[1:], expected, rtol=2e-4, atol=2e-5)
    values = ladder_forward(alone, jnp.asarray(FINE), tanh, (3,))[:, 0]
    by_formula = one_layer_forward(alone._replace(offset=alone.offset[0]), jnp.asarray(FINE), tanh)
    np.testing.assert_allclose(values, by_formula, rtol=1e-5, atol=1e-5)


def test_first_weights_bend_inside_the_interval():
    first = init_ladder(jax.random.key(1), WIDTHS)
    assert np.all(np.abs(first.bias / first.weights) <= 1 + 1e-6)
    assert float(jnp.std(first.weights)) == pytest.approx(6, rel=0.1)


@pytest.fixture(scope="module")
def trained(strict_promotion):
    samples = sample_formula(CURVES["sine"].text)
    return samples, fit_curve("relu", samples, n_steps=800, n_seeds=N_SEEDS)


def test_wider_networks_follow_the_sine_and_the_hand_does_better(trained):
    samples, fits = trained
    assert fits.rms.shape == (N_SEEDS, len(WIDTHS))
    middle = np.median(fits.rms, axis=0)
    assert middle[0] > 0.6
    assert middle[-1] < 0.03
    by_hand = build_by_hand(samples)
    assert np.all(fits.rms[:, -1] > by_hand.rms[-1]), "training found what exists"
    assert np.all(np.median(fits.outside, axis=0) > 10 * middle[-1]), "it knows what it never saw"


def test_a_second_curve_and_a_longer_run_compile_nothing(trained, compilations):
    other = sample_formula("abs(x)")
    with compilations() as count:
        fits = fit_curve("relu", other, n_steps=20, n_seeds=N_SEEDS, first_seed=5)
    assert count() == 0
    assert np.isfinite(fits.rms).all()


def test_the_film_ends_where_the_middle_seed_does(trained):
    _, fits = trained
    assert fits.film.shape == (1, len(WIDTHS), N_FRAMES + 1, len(FILM))
    for i in range(len(WIDTHS)):
        seed = int(np.argmin(np.abs(fits.rms[:, i] - middle_seed(fits.rms[:, i]))))
        assert fits.film_rms[0, i] == fits.rms[seed, i]
        np.testing.assert_allclose(fits.film[0, i, -1], fits.shown[seed, i, ::2], atol=1e-4)
    inside = np.abs(FILM) <= HIGH
    errors = np.abs(fits.film[0, -1] - np.sin(2 * FILM))[:, inside].mean(axis=1)
    assert errors[-1] < 0.1 * errors[0]


def test_frames_are_dense_at_first_and_end_at_the_last_step():
    steps = np.asarray(frame_steps(jnp.int32(800)))
    assert (steps[0], steps[1], steps[-1]) == (0, 2, 800)
    assert np.all(np.diff(steps) > 0)
    assert np.asarray(frame_steps(jnp.int32(3200)))[-1] == 3200


def test_a_seed_comes_out_the_same_in_any_call(trained):
    samples, _ = trained
    half = N_SEEDS // 2
    first, second = (
        fit_curve("relu", samples, n_steps=5, n_seeds=N_SEEDS, first_seed=seed)
        for seed in (0, half)
    )
    for found, expected in zip(second[:4], first[:4], strict=True):
        np.testing.assert_allclose(found[:half], expected[half:], rtol=1e-3, atol=1e-3)
    joined = join_seeds([first, second])
    assert len(joined.rms) == 2 * N_SEEDS
    assert joined.film.shape[0] == joined.film_rms.shape[0] == 2


def test_without_a_bend_every_width_is_the_best_line():
    samples = sample_formula(CURVES["polynomial"].text)
    fits = fit_curve("identity", samples, n_steps=800, n_seeds=2)
    line = best_line_error(samples)
    assert np.allclose(fits.rms, line, rtol=0.02)
    bends = np.diff(fits.shown[0, -1], n=2)
    assert np.abs(bends).max() < 1e-4
    assert middle_seed(fits.rms[:, 0]) == pytest.approx(middle_seed(fits.rms[:, -1]), rel=0.02)
