"""What is held through time, and its gradient: against forward passes and central differences."""

import functools

import jax
import numpy as np
import pytest
from jax.flatten_util import ravel_pytree

from nnjax.zoo.memory import REMEMBERERS, fading_of_seeds, look_back, loss_if_nudged, nothing_moved
from nnjax.zoo.networks import NETWORKS
from nnjax.zoo.recall import N_TOKENS
from nnjax.zoo.recurrent import CELLS, init_recurrent, recurrent_forward
from nnjax.zoo.transformer import init_transformer, transformer_forward

STEPS, STEP = 5, 1e-5


@pytest.fixture(autouse=True)
def lenient():
    """Sinusoids and one-hot rows promote freely."""
    with jax.numpy_dtype_promotion("standard"), jax.numpy_rank_promotion("allow"):
        yield


def small(architecture):
    """A network of three or four units in double precision, and a sequence that it may read."""
    rng, shape = np.random.default_rng(0), {"n_in": N_TOKENS, "n_out": N_TOKENS}
    if architecture == "transformer":
        init = functools.partial(init_transformer, width=4, n_inner=3, **shape)
        forward = transformer_forward
    else:
        cell = CELLS[architecture]
        init = functools.partial(init_recurrent, cell=cell, n=3, longest=STEPS, **shape)
        forward = functools.partial(recurrent_forward, cell=cell)
    shapes = jax.eval_shape(init, jax.random.key(0))
    parameters = jax.tree.map(lambda leaf: rng.normal(size=leaf.shape), shapes)
    return parameters, np.eye(N_TOKENS)[rng.integers(0, N_TOKENS, STEPS)], forward


@pytest.mark.parametrize("architecture", REMEMBERERS)
def test_the_gradient_through_time_equals_central_differences(architecture):
    parameters, sequence, forward = small(architecture)
    target = sequence[0]
    with jax.enable_x64(True):
        shapes = jax.eval_shape(
            functools.partial(nothing_moved, architecture), parameters, sequence
        )
        flat, unflatten = ravel_pytree(jax.tree.map(lambda leaf: np.zeros(leaf.shape), shapes))

        @jax.jit
        def by_both(parameters, sequence, target, nudges):
            seen = look_back(parameters, sequence, target, architecture=architecture)
            loss_of = functools.partial(loss_if_nudged, architecture, parameters, sequence, target)
            losses = jax.vmap(lambda nudge: loss_of(unflatten(nudge))[0])(nudges)
            return seen, losses, forward(parameters, sequence)

        nudges = STEP * np.concatenate([np.eye(len(flat)), -np.eye(len(flat))])
        seen, losses, logits = by_both(parameters, sequence, target, nudges)
        slopes = unflatten((losses[: len(flat)] - losses[len(flat) :]) / (2 * STEP))
    expected = np.sqrt(sum((np.asarray(part) ** 2).sum(1) for part in jax.tree.leaves(slopes)))
    np.testing.assert_allclose(seen.gradient, expected, rtol=1e-6)
    assert seen.gradient.shape == (STEPS,)
    # Without a nudge it is the network's own answer.
    odds = np.exp(np.asarray(logits))
    np.testing.assert_allclose(seen.probabilities, odds / odds.sum(), rtol=1e-9)
    assert seen.loss == pytest.approx(-np.log(seen.probabilities[target.argmax()]))
    assert seen.held.shape == (STEPS, 4 if architecture == "transformer" else 3)


def test_a_plain_cells_gradient_fades_and_with_twice_the_weights_explodes():
    examples = NETWORKS["rnn_recall"].task.load()
    seeds = np.arange(16, dtype=np.uint32)
    shares = [
        fading_of_seeds(seeds, examples.inputs[0], examples.targets[0], np.float32(scale))
        for scale in (1.0, 2.0)
    ]
    assert (shares[0] < 0.1).all()
    assert np.median(shares[1]) > 10
