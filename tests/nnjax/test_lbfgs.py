"""L-BFGS: the engine's short loop is optax's own loop, and its counts are what it spends."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from networks_for_tests import run_of

from nnjax.lbfgs import MEMORY, descend, lbfgs_step
from nnjax.networks import network_forward
from nnjax.training.metrics import masked_mean, training_rows
from nnjax.training.state import init_training
from nnjax.training.steps import example_losses

N_STEPS = 50


@pytest.fixture(autouse=True)
def weak_types():
    """L-BFGS of optax mixes numbers of several types."""
    with jax.numpy_dtype_promotion("standard"), jax.numpy_rank_promotion("allow"):
        yield


def quadratic(w):
    """A bowl of curvatures 1, 10 and 100 around (0, 1, 2)."""
    return 0.5 * jnp.sum(jnp.array([1.0, 10.0, 100.0]) * (w - jnp.arange(3.0)) ** 2)


def test_it_finds_the_bottom_of_a_bowl_in_few_steps():
    rule = optax.lbfgs(memory_size=MEMORY)
    step = jax.jit(lambda w, memory: lbfgs_step(rule, quadratic, w, memory))
    w, memory, spent = jnp.ones(3), rule.init(jnp.ones(3)), 0
    for _ in range(6):
        w, memory, loss, cost = step(w, memory)
        spent += int(cost)
    assert float(loss) < 1e-8
    np.testing.assert_allclose(w, [0, 1, 2], atol=1e-4)
    assert 6 <= spent <= 20


def test_the_loop_is_optax_by_hand():
    config, data = run_of("circle", hidden=(3,))

    def loss_of(parameters):
        outputs = network_forward(config.network, parameters, data.inputs)
        return masked_mean(example_losses(config, outputs, data.targets), training_rows(data))

    rule = optax.lbfgs(memory_size=MEMORY)
    value_and_gradients = jax.jit(optax.value_and_grad_from_state(loss_of))
    update = jax.jit(
        lambda gradients, memory, parameters, loss: rule.update(
            gradients, memory, parameters, value=loss, grad=gradients, value_fn=loss_of
        )
    )
    parameters = init_training(config, seed=3).parameters
    memory, losses, ends = rule.init(parameters), [], []
    for _ in range(N_STEPS):
        loss, gradients = value_and_gradients(parameters, state=memory)
        updates, memory = update(gradients, memory, parameters, loss)
        parameters = optax.apply_updates(parameters, updates)
        losses.append(float(loss))
        ends.append(int(memory[-1].info.num_linesearch_steps))
    stacked = jax.tree.map(lambda leaf: np.asarray(leaf)[None], data)
    spent = np.cumsum(ends)
    found = descend(config, stacked, seeds=[3, 3], data_of=[0, 0], n_evaluations=int(spent[-2]))
    # The same steps for the same gradients, but for the rounding of the last searches.
    assert abs(found.n_steps[0] - (N_STEPS - 1)) <= 1
    assert found.n_evaluations[0] <= spent[-2]
    # Where the search still makes large steps, rounding grows: the first ones are compared.
    at = np.concatenate([[0], spent[:20]])
    np.testing.assert_allclose(found.losses[0, at], losses[:21], rtol=2e-3)
    assert (np.diff(found.losses[0]) <= 1e-5).all()
    assert found.last.train_loss[0] == pytest.approx(found.losses[0, -1], rel=1e-4)
    np.testing.assert_array_equal(found.losses[0], found.losses[1])
