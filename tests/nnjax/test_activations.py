import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.activations import (
    ACTIVATIONS,
    VECTOR_ACTIVATIONS,
    activation_and_derivative,
    activation_curves,
    silu,
    softmax,
    swiglu,
)
from nnjax.activations.rectifiers import SELU_ALPHA, SELU_SCALE
from nnjax.sources import SOURCES

KEYS = [
    "step",
    "identity",
    "sigmoid",
    "tanh",
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "softplus",
    "silu",
    "gelu",
    "mish",
]
EXTREMES = (-1e30, -1e4, -100.0, -20.0, 0.0, 20.0, 100.0, 1e4, 1e30)
# (key, x, f(x), f'(x)), worked out by hand or from the paper.
KNOWN = [
    ("step", 0.75, 1.0, 0.0),
    ("step", 0.0, 0.0, 0.0),
    ("step", -0.1, 0.0, 0.0),
    ("identity", -3.0, -3.0, 1.0),
    ("sigmoid", 0.0, 0.5, 0.25),
    ("sigmoid", 0.75, 0.679179, 0.217895),
    ("tanh", 0.0, 0.0, 1.0),
    ("tanh", 1.0, 0.761594, 0.419974),
    ("relu", 0.5, 0.5, 1.0),
    ("relu", -0.5, 0.0, 0.0),
    ("relu", 0.0, 0.0, 0.0),
    ("leaky_relu", -2.0, -0.02, 0.01),
    ("leaky_relu", 2.0, 2.0, 1.0),
    ("elu", -1.0, np.exp(-1) - 1, np.exp(-1)),
    ("selu", 1.0, 1.050701, 1.050701),
    ("selu", -1.0, -1.111331, 0.646769),
    ("softplus", 0.0, np.log(2), 0.5),
    ("silu", 1.0, 0.731059, 0.927671),
    ("gelu", 1.0, 0.841345, 1.083316),
    ("gelu", -1.0, -0.158655, -0.083315),
    ("mish", 1.0, 0.865098, 1.049036),
]


@pytest.fixture(params=ACTIVATIONS.values(), ids=ACTIVATIONS)
def row(request):
    return request.param


def test_every_activation_of_the_page_is_there():
    assert list(ACTIVATIONS) == KEYS
    assert list(VECTOR_ACTIVATIONS) == ["softmax", "swiglu"]


@pytest.mark.parametrize(
    "card",
    [*ACTIVATIONS.items(), *VECTOR_ACTIVATIONS.items()],
    ids=[*ACTIVATIONS, *VECTOR_ACTIVATIONS],
)
def test_card_is_complete(card):
    key, row = card
    assert row.key == key
    for text in (row.label, row.formula, row.derivative_formula, row.how_it_works, row.used_in):
        assert text.strip() == text
        assert len(text) > 2
    for text in (row.how_it_works, row.used_in):
        assert text.endswith(".")
    for points in (row.strengths, row.weaknesses):
        assert isinstance(points, tuple)
        assert points
        assert all(points)
    assert SOURCES[row.source].year == row.year
    assert all(key in SOURCES for key in row.further)


@pytest.mark.parametrize("shape", [(), (2, 3, 4)])
def test_keeps_dtype_and_shape(row, shape):
    x = jnp.linspace(-3.0, 3.0, int(np.prod(shape))).reshape(shape)
    for dtype in (jnp.float32, jnp.bfloat16):
        y = row.function(x.astype(dtype))
        assert y.shape == shape
        assert y.dtype == dtype


def test_same_under_jit_and_vmap(row):
    x = jnp.linspace(-4.0, 4.0, 41)
    plain = row.function(x)
    np.testing.assert_allclose(jax.jit(row.function)(x), plain, rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(jax.vmap(row.function)(x), plain, rtol=1e-6, atol=1e-7)


def test_finite_at_extremes(row):
    y, slope = activation_and_derivative(row.key, jnp.array(EXTREMES, jnp.float32))
    assert np.all(np.isfinite(y))
    assert np.all(np.isfinite(slope))
    second = jax.vmap(jax.grad(jax.grad(row.function)))(jnp.array(EXTREMES, jnp.float32))
    assert np.all(np.isfinite(second))


def test_a_nan_stays_a_nan(row):
    if row.key != "step":  # which knows only yes and no
        assert np.isnan(row.function(jnp.float32(jnp.nan)))


def test_derivative_is_the_central_difference(row):
    with jax.enable_x64(True):
        x = jnp.linspace(-6.0, 6.0, 48)  # 48: no point on the corner at 0
        assert x.dtype == jnp.float64
        _, slope = activation_and_derivative(row.key, x)
        difference = (row.function(x + 1e-5) - row.function(x - 1e-5)) / 2e-5
        np.testing.assert_allclose(slope, difference, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize(("key", "x", "value", "derivative"), KNOWN)
def test_known_values(key, x, value, derivative):
    got = activation_and_derivative(key, jnp.float32(x))
    np.testing.assert_allclose(got, (value, derivative), rtol=2e-6, atol=2e-6)


def test_every_activation_has_a_known_value():
    assert {key for key, *_ in KNOWN} == set(ACTIVATIONS)


def test_curves_are_all_rows_in_order():
    x = jnp.linspace(-2.0, 2.0, 9)
    curves = activation_curves(x)
    for i, key in enumerate(ACTIVATIONS):
        value, derivative = activation_and_derivative(key, x)
        np.testing.assert_allclose(curves.values[i], value, rtol=1e-6, atol=1e-7)
        np.testing.assert_allclose(curves.derivatives[i], derivative, rtol=1e-6, atol=1e-7)


def test_formula_takes_a_number():
    at = {key: row.formula_at("-0.50") for key, row in ACTIVATIONS.items()}
    assert at["relu"] == r"f(-0.50) = \max(0,\ (-0.50))"
    assert at["sigmoid"] == r"f(-0.50) = \frac{1}{1 + e^{-(-0.50)}}"
    for formula in at.values():
        assert formula.startswith("f(-0.50)")
        assert formula.count("{") == formula.count("}")
    assert ACTIVATIONS["relu"].formula_at("0.50") == r"f(0.50) = \max(0,\ 0.50)"


def test_sigmoid_keeps_its_tail():
    np.testing.assert_allclose(
        ACTIVATIONS["sigmoid"].function(jnp.float32(-80.0)), np.exp(-80.0), rtol=1e-4
    )


def test_gelu_keeps_its_tail_and_is_near_the_tanh_form():
    gelu = ACTIVATIONS["gelu"].function
    np.testing.assert_allclose(gelu(jnp.float32(-10.0)), -7.619853e-23, rtol=1e-4)
    x = jnp.linspace(-6.0, 6.0, 1001)
    assert np.max(np.abs(gelu(x) - jax.nn.gelu(x, approximate=True))) < 5e-4  # as its card says


@pytest.mark.parametrize(
    ("key", "where", "lowest"), [("silu", -1.28, -0.28), ("gelu", -0.75, -0.17)]
)
def test_the_dips_are_where_the_cards_say(key, where, lowest):
    x = jnp.linspace(-3.0, 0.0, 3001)
    y = ACTIVATIONS[key].function(x)
    assert round(float(x[y.argmin()]), 2) == where
    assert round(float(y.min()), 2) == lowest


def test_selu_keeps_mean_0_and_variance_1():
    z = np.linspace(-12.0, 12.0, 240_001)
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    with jax.enable_x64(True):
        y = np.asarray(ACTIVATIONS["selu"].function(jnp.asarray(z)))
    assert abs(np.trapezoid(density * y, z)) < 1e-6
    assert abs(np.trapezoid(density * y**2, z) - 1) < 1e-6
    assert pytest.approx(1.7580993408) == SELU_SCALE * SELU_ALPHA


def test_softmax_is_shares_and_ignores_a_shift():
    x = jnp.array([[1.0, 2.0, 3.0], [1000.0, 1000.0, -1000.0]])
    shares = softmax(x)
    np.testing.assert_allclose(shares[0], [0.090031, 0.244728, 0.665241], atol=1e-6)
    np.testing.assert_allclose(shares[1], [0.5, 0.5, 0.0], atol=1e-6)
    np.testing.assert_allclose(softmax(x + 7.0), shares, atol=1e-6)
    assert softmax(x).dtype == jnp.float32


def test_softmax_jacobian_is_the_one_on_its_card():
    x = jnp.array([0.3, -1.0, 2.0])
    p = softmax(x)
    expected = np.diag(p) - np.outer(p, p)
    np.testing.assert_allclose(jax.jacobian(softmax)(x), expected, atol=1e-6)


def test_swiglu_gates_each_value():
    x = jnp.array([1.0, -2.0])
    gate = jnp.array([[0.5, 0.0], [0.0, 1.0], [1.0, 1.0]])
    value = jnp.array([[1.0, 1.0], [2.0, 0.0], [0.0, -1.0]])
    np.testing.assert_allclose(
        swiglu(x, gate, value), silu(jnp.array([0.5, -2.0, -1.0])) * jnp.array([-1.0, 2.0, 2.0])
    )
