import jax.numpy as jnp
import numpy as np

from nnjax.activations import silu
from nnjax.vector_examples import gate_outputs, shares_of


def test_adding_the_same_number_changes_no_share():
    result = shares_of(jnp.array([2.0, 1.0, 0.1]), jnp.float32(3.0))
    np.testing.assert_allclose(result.shares, [0.659, 0.242, 0.099], atol=5e-4)
    np.testing.assert_allclose(result.shares, result.unshifted, rtol=1e-5)
    np.testing.assert_allclose(result.scores, [5.0, 4.0, 3.1], rtol=1e-6)


def test_a_gate_is_silu_times_the_value():
    gates, values = jnp.array([-5.0, 0.0, 1.0]), jnp.array([2.0, -1.0])
    expected = np.outer(values, silu(gates))
    np.testing.assert_allclose(gate_outputs(gates, values), expected, rtol=1e-5, atol=1e-7)
