import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.contractions import (
    apply_weights,
    as_columns,
    as_product,
    as_product_and_sums,
    as_sums,
    padded_batch,
)

FORMS = [as_product, as_sums, as_product_and_sums, as_columns, apply_weights]
# (n_out, n_in, batch): the limits between the forms, odd sizes, and one of everything.
SHAPES = [
    (1, 1, 1), (4, 2, 10), (3, 7, 5), (16, 16, 16), (17, 16, 10), (33, 20, 7), (97, 3, 6),
    (5, 64, 40), (15, 9, 32),
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_value_and_gradients_are_those_of_the_product(form, shape):
    n_out, n_in, batch = shape
    rng = np.random.default_rng(n_out + n_in)
    weights, inputs = rng.normal(size=(n_out, n_in)), rng.normal(size=(batch, n_in))
    d_outputs = rng.normal(size=(batch, n_out))

    @jax.jit
    def value_and_gradients(weights, inputs, d_outputs):
        outputs, pull_back = jax.vjp(form, weights, inputs)
        return outputs, *pull_back(d_outputs)

    with jax.enable_x64(True):
        outputs, d_weights, d_inputs = value_and_gradients(weights, inputs, d_outputs)
    np.testing.assert_allclose(outputs, inputs @ weights.T, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(d_weights, d_outputs.T @ inputs, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(d_inputs, d_outputs @ weights, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_float32_in_is_float32_out_under_jit_and_vmap(form):
    weights, inputs = np.ones((6, 3, 2), np.float32), np.ones((6, 5, 2), np.float32)
    outputs = jax.jit(jax.vmap(form))(weights, inputs)
    assert outputs.shape == (6, 5, 3)
    assert outputs.dtype == jnp.float32
    np.testing.assert_array_equal(outputs, 2.0)


def test_a_single_input_gives_the_row_of_the_batch():
    rng = np.random.default_rng(0)
    weights = rng.normal(size=(3, 4)).astype(np.float32)
    inputs = rng.normal(size=(5, 4)).astype(np.float32)
    batch = apply_weights(weights, inputs)
    for row, single in zip(batch, inputs, strict=True):
        np.testing.assert_allclose(apply_weights(weights, single), row, rtol=1e-6)


@pytest.mark.parametrize(
    ("batch_size", "width", "n_rows"),
    [(10, 4, 16), (16, 4, 16), (20, 15, 32), (7, 4, 7), (10, 8, 10), (10, 16, 10), (33, 4, 33)],
)
def test_a_batch_is_padded_to_whole_vectors_where_that_pays(batch_size, width, n_rows):
    assert padded_batch(batch_size, width) == (
        n_rows if jax.default_backend() == "cpu" else batch_size
    )
