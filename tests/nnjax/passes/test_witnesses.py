"""Gradients by hand, by `jax.grad` and by central differences, on many random networks."""

import dataclasses
import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.flatten_util import ravel_pytree
from networks_for_tests import network_of, random_parameters

from nnjax.activations import ACTIVATIONS
from nnjax.backprop import network_backward
from nnjax.losses import LINKS, LOSSES
from nnjax.networks import network_forward
from nnjax.passes import witnesses
from nnjax.passes.witnesses import STEPS, central_differences, three_witnesses

SMOOTH = ("identity", "sigmoid", "tanh", "softplus", "silu", "gelu", "mish")
N_OUT = {"binary": 1, "multiclass": 3, "regression": 2}
LOSSES_OF = {task: [k for k, row in LOSSES.items() if task in row.tasks] for task in N_OUT}
N_EACH = 3  # networks for each activation with each loss: 294 in all
# Where a loss has a corner between the two ends, a difference is wrong, and changes with its step.
CORNERED = ("hinge", "mae", "huber")
# Central differences at h and at 2 h are combined so that what h^2 leaves cancels (Richardson): the
# step may then be large, where rounding is small. Alone they reach 3e-4 in float32.
STEP = {np.float32: 1.5e-2, np.float64: 1e-3}
WITHIN = {np.float32: 1e-4, np.float64: 1e-7}


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_all_three_agree_on_200_networks(kind, monkeypatch):
    n_used = 0
    for task, losses in LOSSES_OF.items():
        cases = np.array([(a, k) for a in range(len(SMOOTH)) for k in range(len(losses))])
        with jax.enable_x64(kind is np.float64):
            drawn = [jnp.asarray(part.astype(kind)) for part in draw_networks(task, len(cases))]
            said = ask_all(task, jnp.asarray(cases), drawn, monkeypatch)
        by_hand, by_grad, by_difference, spread = np.moveaxis(np.float64(said), 2, 0)
        length = np.linalg.norm(by_grad, axis=-1)
        used = length > 0  # behind a hinge that is satisfied, nothing pulls
        cornered = np.isin([losses[k] for _, k in cases], CORNERED)[:, None]
        used &= ~cornered | (np.abs(spread).max(axis=-1) < 5e-4 * length)
        assert used.any(axis=1).all(), "an activation with a loss that was not tried"
        n_used += used.sum()
        for other in (by_hand, by_difference):
            off = np.linalg.norm(other - by_grad, axis=-1) / np.where(used, length, np.inf)
            case = cases[off.max(axis=1).argmax()]
            assert off.max() < WITHIN[kind], (SMOOTH[case[0]], losses[case[1]], task)
    assert n_used >= 200


def draw_networks(task, n_cases):
    """Parameters (n_cases, N_EACH, n), inputs and targets, float64 and not yet JAX's."""
    rng = np.random.default_rng(len(task))
    n = ravel_pytree(random_parameters(network_of(2, 4, N_OUT[task])))[0].size
    shape, n_out = (n_cases, N_EACH), N_OUT[task]
    targets = {
        "binary": rng.integers(0, 2, (*shape, 1)),
        "multiclass": np.eye(n_out)[rng.integers(0, n_out, shape)],
        "regression": 0.3 * rng.normal(size=(*shape, n_out)),
    }[task]
    return 0.5 * rng.normal(size=(*shape, n)), rng.normal(size=(*shape, 2)), targets


def ask_all(task, cases, drawn, monkeypatch):
    """(n_cases, N_EACH, 4, n): by hand, by jax.grad, by differences, and how these differ.

    One program for all activations and losses: those of a case are switched on by its numbers.
    """
    kind = drawn[0].dtype.type
    _, restore = ravel_pytree(random_parameters(network_of(2, 4, N_OUT[task]), dtype=kind))

    def one_case(case, *stacked):
        functions = [ACTIVATIONS[key].function for key in SMOOTH]
        losses = [functools.partial(loss_of, task, key) for key in LOSSES_OF[task]]
        bend = dataclasses.replace(
            ACTIVATIONS["tanh"], key="any", function=lambda z: jax.lax.switch(case[0], functions, z)
        )
        switched = functools.partial(jax.lax.switch, case[1], losses)
        loss = dataclasses.replace(LOSSES["mse"], key="any", of_raw_output=switched)
        monkeypatch.setitem(ACTIVATIONS, "any", bend)
        monkeypatch.setitem(LOSSES, "any", loss)
        network = network_of(2, 4, N_OUT[task], activation="any")
        return jax.vmap(functools.partial(ask, network, task, restore, STEP[kind]))(*stacked)

    run = jax.jit(lambda *given: jax.lax.map(lambda each: one_case(*each), given))
    return run(cases, *drawn)


def loss_of(task, key, outputs, targets):
    return LOSSES[key].of_output(outputs, targets, LINKS[task])


def ask(network, task, restore, step, theta, x, y):  # noqa: PLR0917
    """(4, n) for one network."""

    def value_at(flat):
        return loss_of(task, "any", network_forward(network, restore(flat), x), y)

    how = {"loss": "any", "task": task}
    _, by_hand = network_backward(network, restore(theta), x[None], y[None], **how)
    both = jnp.asarray([step, 2 * step], theta.dtype)
    near, far = jax.vmap(lambda size: central_differences(value_at, theta, size))(both)
    richer = (4 * near - far) / 3
    return jnp.stack([ravel_pytree(by_hand)[0], jax.grad(value_at)(theta), richer, near - far])


HOW = {"loss": "binary_cross_entropy", "task": "binary"}
EXAMPLE = np.float32([0.8, -0.5]), np.float32([1.0])


@functools.cache
def tell(activation="tanh", step=5e-3, **more):
    config = network_of(2, 3, 1, activation=activation)
    parameters = random_parameters(config, 1)
    return three_witnesses(parameters, *EXAMPLE, step, config=config, **HOW, **more)


def test_the_third_witness_is_best_between_rounding_and_truncation():
    said, errors = tell()
    lowest = STEPS[errors.measured.argmin()]
    assert 1e-3 < lowest < 3e-2
    large, small = STEPS > 0.05, STEPS < 1e-5
    # Large steps: a parabola's error, exactly as the third derivatives say. Small ones: rounding.
    near = large & (STEPS < 0.2)
    np.testing.assert_allclose(errors.measured[near], errors.truncation[near], rtol=0.05)
    assert np.all(errors.measured[small] < 3 * errors.rounding[small])
    assert np.median(errors.measured[small] / errors.rounding[small]) > 0.1
    length = np.linalg.norm(said.by_grad)
    assert np.linalg.norm(said.by_hand - said.by_grad) < 1e-6 * length
    assert np.linalg.norm(said.by_difference - said.by_grad) < 1e-4 * length


def test_in_float64_the_best_step_is_far_smaller():
    said, errors = tell(double=True)
    assert said.by_grad.dtype == np.float64
    assert 1e-6 < STEPS[errors.measured.argmin()] < 1e-4
    assert errors.measured.min() < 1e-9


@pytest.mark.parametrize("mistake", witnesses.MISTAKES[1:])
def test_a_spoiled_rule_is_seen_below_the_output_and_only_there(mistake):
    said, _ = tell(mistake=mistake)
    off = np.abs(said.by_hand - said.by_grad) / np.linalg.norm(said.by_grad)
    assert off[:9].max() > 0.05  # 6 weights and 3 biases of the hidden layer
    assert off[9:].max() < 1e-6


def test_a_corner_between_the_ends_is_noticed():
    smooth = tell("relu", step=1e-4)[0]
    assert not smooth.crossed.any()
    assert tell("relu", step=1.0)[0].crossed.any()


def test_a_step_that_changes_nothing_says_nothing():
    slopes = central_differences(jnp.sum, jnp.float32([1e6]), jnp.float32(1e-4))
    assert float(slopes[0]) == 0.0
