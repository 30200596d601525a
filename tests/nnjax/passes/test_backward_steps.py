import jax
import jax.numpy as jnp
import numpy as np
import pytest
from networks_for_tests import network_of, random_parameters

from nnjax.backprop import network_backward
from nnjax.passes.backward_steps import (
    BackStep,
    backward_pass,
    list_back_steps,
    loss_along_update,
    step_down,
)

HOW = {"loss": "binary_cross_entropy", "task": "binary"}
INPUTS, TARGET = np.float32([0.8, -0.5]), np.float32([1.0])


@pytest.fixture(scope="module")
def small():
    """2-3-1 with tanh, and its walk."""
    config = network_of(2, 3, 1)
    parameters = random_parameters(config)
    walk = backward_pass(parameters, INPUTS, TARGET, config=config, **HOW)
    return config, parameters, walk


def test_every_number_follows_from_the_ones_before_it(small):
    _, parameters, walk = small
    (w1, b1), (w2, b2) = [(np.asarray(p.weights), np.asarray(p.bias)) for p in parameters]
    z1 = w1 @ INPUTS + b1
    a1 = np.tanh(z1)
    p = 1 / (1 + np.exp(-(w2 @ a1 + b2)))
    d2 = p - 1  # the output's bias too
    np.testing.assert_allclose(walk.prediction, p, rtol=1e-5)
    np.testing.assert_allclose(walk.loss, -np.log(p[0]), rtol=1e-5)
    np.testing.assert_allclose(walk.gradients[1].bias, d2, rtol=1e-5)
    np.testing.assert_allclose(walk.gradients[1].weights, d2[:, None] * a1, rtol=1e-5)
    np.testing.assert_allclose(walk.d_outputs[0], w2[0] * d2, rtol=1e-5)
    np.testing.assert_allclose(walk.slopes[0], 1 - a1**2, rtol=1e-5)
    d1 = w2[0] * d2 * (1 - a1**2)
    np.testing.assert_allclose(walk.gradients[0].bias, d1, rtol=1e-5)
    np.testing.assert_allclose(walk.gradients[0].weights, np.outer(d1, INPUTS), rtol=1e-5)


def test_it_is_the_gradient_that_training_uses(small):
    config, parameters, walk = small
    back = jax.jit(lambda theta: network_backward(config, theta, INPUTS[None], TARGET[None], **HOW))
    loss, gradients = back(parameters)
    np.testing.assert_allclose(walk.loss, loss, rtol=1e-6)
    jax.tree.map(
        lambda one, other: np.testing.assert_allclose(one, other, rtol=1e-5),
        walk.gradients,
        gradients,
    )


def test_the_walk_goes_there_and_back():
    parts = [(step.part, step.layer) for step in list_back_steps(2)]
    assert parts == [
        ("input", -1), ("forward", 0), ("forward", 1), ("loss", -1), ("error", 1), ("weights", 1),
        ("outputs", 0), ("slope", 0), ("weights", 0), ("update", -1),
    ]  # fmt: skip
    assert [step.part for step in list_back_steps(1)] == [
        "input", "forward", "loss", "error", "weights", "update",
    ]  # fmt: skip
    assert len(list_back_steps(4)) == 18
    assert BackStep(0, "outputs") not in list_back_steps(1)


def test_the_gap_of_a_small_step_is_the_curvature(small):
    config, parameters, walk = small
    rates = np.float32([0.02, 0.05, 0.2])
    path = loss_along_update(parameters, INPUTS, TARGET, rates, config=config, **HOW)
    moved = step_down(parameters, walk.gradients, jnp.float32(0.2))
    after = backward_pass(moved, INPUTS, TARGET, config=config, **HOW).loss
    np.testing.assert_allclose(path.after[2], after, rtol=1e-5)
    squares = sum(float(jnp.sum(part**2)) for part in jax.tree.leaves(walk.gradients))
    np.testing.assert_allclose(path.squared_norm, squares, rtol=1e-5)
    gap = np.asarray(path.after) - float(path.loss) + rates * squares
    np.testing.assert_allclose(gap[:2], rates[:2] ** 2 / 2 * float(path.curvature), rtol=0.1)
