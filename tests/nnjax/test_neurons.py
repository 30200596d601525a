import jax
import jax.numpy as jnp
import numpy as np

from nnjax.neurons import neuron_contributions, neuron_preactivation, neuron_trace

INPUTS, WEIGHTS, BIAS = jnp.array([1.0, 0.5, 0.8]), jnp.array([0.7, -0.3, 0.5]), jnp.float32(-0.2)


def test_the_numbers_of_page_02():
    trace = neuron_trace(INPUTS, WEIGHTS, BIAS)
    assert [f"{c:.3f}" for c in trace.contributions] == ["0.700", "-0.150", "0.400"]
    assert f"{trace.preactivation:.3f}" == "0.750"
    assert float(trace.step) == 1
    assert f"{trace.sigmoid:.3f}" == "0.679"
    assert f"{100 * trace.sigmoid:.1f} %" == "67.9 %"


def test_the_parts_agree_with_the_trace():
    trace = neuron_trace(INPUTS, WEIGHTS, BIAS)
    np.testing.assert_array_equal(neuron_contributions(INPUTS, WEIGHTS), trace.contributions)
    np.testing.assert_allclose(neuron_preactivation(INPUTS, WEIGHTS, BIAS), trace.preactivation)
    np.testing.assert_allclose(trace.contributions.sum() + BIAS, trace.preactivation, rtol=1e-6)


def test_at_the_threshold_it_does_not_fire():
    trace = neuron_trace(jnp.zeros(3), WEIGHTS, jnp.float32(0.0))
    assert float(trace.step) == 0
    assert float(trace.sigmoid) == 0.5


def test_a_batch_by_vmap_and_no_new_program_for_new_numbers():
    batch = jax.vmap(neuron_trace, in_axes=(0, None, None))(jnp.ones((5, 3)), WEIGHTS, BIAS)
    assert batch.contributions.shape == (5, 3)
    assert batch.sigmoid.shape == (5,)
    neuron_trace(INPUTS, WEIGHTS, BIAS)
    programs = neuron_trace._cache_size()
    neuron_trace(INPUTS + 1, WEIGHTS * 2, jnp.float32(3.0))
    assert neuron_trace._cache_size() == programs
