import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.initializers import INITIALIZERS
from nnjax.sources import SOURCES

KEYS = ["zeros", "uniform", "normal", "xavier", "he", "lecun", "orthogonal"]
N_OUT, N_IN = 300, 200
# Standard deviation that the formula promises for weights (300, 200).
DEVIATIONS = {
    "zeros": 0.0,
    "uniform": 1 / np.sqrt(12),
    "normal": 1.0,
    "xavier": np.sqrt(2 / (N_OUT + N_IN)),
    "he": np.sqrt(2 / N_IN),
    "lecun": np.sqrt(1 / N_IN),
    "orthogonal": np.sqrt(1 / N_OUT),
}


@pytest.fixture(params=INITIALIZERS.values(), ids=INITIALIZERS)
def row(request):
    return request.param


def test_every_initializer_is_there():
    assert list(INITIALIZERS) == KEYS


def test_row_is_complete(row):
    assert INITIALIZERS[row.key] is row
    for text in (row.label, row.formula, row.note):
        assert len(text) > 2
    assert row.source in SOURCES


@pytest.mark.parametrize("shape", [(4, 3), (1, 5), (6, 6)])
def test_shape_dtype_and_repeatability(row, shape):
    weights = row.function(jax.random.key(3), shape)
    assert weights.shape == shape
    assert weights.dtype == jnp.float32
    np.testing.assert_array_equal(weights, row.function(jax.random.key(3), shape))
    if row.key != "zeros":
        assert not np.array_equal(weights, row.function(jax.random.key(4), shape))


def test_mean_and_spread_are_as_promised(row):
    weights = row.function(jax.random.key(0), (N_OUT, N_IN))
    assert abs(float(weights.mean())) < 0.01
    assert float(weights.std()) == pytest.approx(DEVIATIONS[row.key], rel=0.02)
    assert row.variance(N_OUT, N_IN) == pytest.approx(DEVIATIONS[row.key] ** 2)


def test_works_under_jit_and_vmap(row):
    keys = jax.random.split(jax.random.key(0), 4)
    drawn = jax.jit(jax.vmap(lambda key: row.function(key, (3, 2))))(keys)
    np.testing.assert_allclose(drawn[2], row.function(keys[2], (3, 2)), atol=1e-5)


def test_uniforms_stay_in_their_range():
    key = jax.random.key(0)
    assert np.abs(INITIALIZERS["uniform"].function(key, (100, 100))).max() <= 0.5
    limit = np.sqrt(6 / (100 + 50))
    assert limit * 0.99 < np.abs(INITIALIZERS["xavier"].function(key, (100, 50))).max() <= limit


@pytest.mark.parametrize("shape", [(8, 8), (8, 3), (3, 8)])
def test_orthogonal_is_orthonormal_on_its_shorter_side(shape):
    w = np.asarray(INITIALIZERS["orthogonal"].function(jax.random.key(1), shape))
    product = w @ w.T if shape[0] <= shape[1] else w.T @ w
    np.testing.assert_allclose(product, np.eye(min(shape)), atol=1e-5)


def test_orthogonal_takes_rotations_and_reflections_alike():
    keys = jax.random.split(jax.random.key(0), 400)
    draw = jax.vmap(lambda key: INITIALIZERS["orthogonal"].function(key, (3, 3)))
    positive = np.mean(np.linalg.det(draw(keys)) > 0)
    assert 0.4 < positive < 0.6
