import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.depth import probes
from nnjax.depth.deep_gradients import careful_weights, deep_gradients, weight_scale
from nnjax.depth.finite_width import residual_gradients
from nnjax.depth.mean_field import mean_field_gradients
from nnjax.races.bands import band_over_seeds

DEPTH = 10
WIDE = {"width": 256, "max_depth": DEPTH, "n_seeds": 12, "n_examples": 4}


def theory(activation, variance, *, width=1e9, **kind):
    numbers = jnp.float32(variance), jnp.int32(DEPTH), jnp.float32(width)
    sizes = mean_field_gradients(*numbers, activation=activation, max_depth=DEPTH, **kind)
    return 10 ** np.asarray(sizes, float)


@pytest.mark.parametrize(
    ("activation", "initializer", "skip", "normed"),
    [
        ("sigmoid", "uniform", False, False),
        ("tanh", "xavier", True, False),
        ("relu", "he", True, False),
        ("relu", "he", False, False),
        ("relu", "he", False, True),
        ("relu", "he", True, True),
    ],
)
def test_the_theory_lies_inside_the_band_of_wide_networks(activation, initializer, skip, normed):
    found = deep_gradients(
        activation, initializer, seed=1, depth=DEPTH, skip=skip, normed=normed, **WIDE
    )
    band, line = band_over_seeds(found.measured), 10 ** np.asarray(found.theory, float)
    inside = (band.low <= line) & (line <= band.high)
    assert inside.mean() >= 0.9, (band, line)


def test_relu_with_he_keeps_every_gradient_and_with_layer_norm_too():
    # E[f'^2] = 1/2 and sigma^2 = 2: chi = 1; what arrives at the sums is sqrt(1/2) of it.
    np.testing.assert_allclose(theory("relu", 2.0), np.sqrt(0.5), rtol=1e-3)
    normed = theory("relu", 2.0, normed=True)
    np.testing.assert_allclose(normed[1:], normed[1], rtol=1e-3)
    # Layer norm makes the scale of the weights count only once, where it divides.
    np.testing.assert_allclose(theory("relu", 50.0, normed=True)[1:] * 5, normed[1:], rtol=1e-3)


def test_a_skip_makes_the_factor_one_plus_chi():
    sizes = theory("relu", 2.0, skip=True)
    np.testing.assert_allclose(sizes[:-1] / sizes[1:], np.sqrt(2), rtol=1e-3)
    # With layer norm it is 1 + E[f'^2] / p, and p grows: first 1, then 1 + 1/2.
    both = theory("relu", 2.0, skip=True, normed=True)
    mean = 1 / np.sqrt(2 * np.pi)
    powers = [1.0, 1.0 + 0.5]
    powers.append(powers[1] + 2 * mean * mean + 0.5)
    factors = [np.sqrt((1 + 0.5 / p) * a) for p, a in zip(powers[1:], (1.0, 1.0), strict=True)]
    at = both * np.sqrt(np.array([*powers, *[np.nan] * (DEPTH - 3)]))  # size of dL/dh there
    np.testing.assert_allclose(at[0] / at[1], factors[0], rtol=1e-3)
    np.testing.assert_allclose(at[1] / at[2], factors[1], rtol=1e-3)


def test_the_part_along_the_signal_is_gone_at_infinite_width_and_grows_with_depth():
    wide = 10 ** residual_gradients("relu", 2.0, DEPTH, 10**12)
    np.testing.assert_allclose(wide, theory("relu", 2.0, skip=True), rtol=2e-3)
    narrow = 10 ** residual_gradients("relu", 2.0, DEPTH, 64)
    gain = narrow / wide
    assert gain[-1] == pytest.approx(1.0)
    assert np.all(np.diff(gain) < 0)
    assert np.all(np.isfinite(residual_gradients("relu", 64.0, 64, 64)))  # 10^49


def test_the_means_are_those_of_gauss_hermite():
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    weights = weights / weights.sum()
    power, passed = 1.0, []
    for _ in range(DEPTH):
        z = np.sqrt(power) * nodes
        passed.append(weights @ (1 - np.tanh(z) ** 2) ** 2)
        power = weights @ np.tanh(z) ** 2
    behind = np.append(np.cumprod(passed[:0:-1])[::-1], 1.0)
    np.testing.assert_allclose(theory("tanh", 1.0), np.sqrt(passed * behind), rtol=1e-3)


def test_nothing_overflows_where_the_gradient_explodes():
    sizes = mean_field_gradients(
        jnp.float32(256.0), jnp.int32(DEPTH), jnp.float32(256), activation="relu", max_depth=DEPTH
    )
    np.testing.assert_allclose(sizes[0] - sizes[-1], (DEPTH - 1) / 2 * np.log10(128), rtol=1e-3)


def test_layer_norm_and_skips_are_differentiated_as_written():
    sizes = (3, 1, 2, 6)
    weights, inputs, d_last = probes._draw_networks("lecun", jnp.int32(0), sizes)
    got = probes._measure_signal(
        "tanh", weights, inputs, d_last, jnp.int32(3), skip=True, normed=True
    )

    def run(nudges):
        h = np.asarray(inputs, np.float64)[0]
        for w, nudge in zip(np.asarray(weights, np.float64)[:, 0], nudges, strict=True):
            a = h @ w.T + nudge
            centered = a - a.mean(-1, keepdims=True)
            scale = np.sqrt((centered**2).mean(-1, keepdims=True) + probes.NORM_EPSILON)
            h = h + np.tanh(centered / scale)
        return (h * np.asarray(d_last)[0]).sum()

    zero, slopes = np.zeros((3, 2, 6)), np.zeros((3, 2, 6))
    for place in np.ndindex(zero.shape):
        up, down = zero.copy(), zero.copy()
        up[place], down[place] = 1e-5, -1e-5
        slopes[place] = (run(up) - run(down)) / 2e-5
    expected = np.sqrt((slopes**2).mean(axis=(1, 2)))
    np.testing.assert_allclose(got.gradient[0], expected, rtol=1e-3)


def test_careful_weights_are_those_made_for_the_activation():
    assert [careful_weights(key) for key in ("tanh", "relu", "gelu", "selu")] == [
        "xavier", "he", "he", "lecun",
    ]  # fmt: skip
    assert weight_scale("he") == pytest.approx(2.0)
    assert weight_scale("uniform") == pytest.approx(64 / 12)
