import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.activations import ACTIVATIONS
from nnjax.separation import xor
from nnjax.separation.xor import (
    MAX_HIDDEN,
    N_FRAMES,
    XOR_INPUTS,
    XOR_TARGETS,
    architecture,
    init_xor,
    train_xor,
    xor_by_hand,
    xor_logit,
)
from nnjax.separation.xor_trials import count_solved_by_width, try_xor, xor_film


@pytest.fixture(autouse=True)
def strict_promotion():
    """Ranks only: optax itself takes a float to the power of an int."""
    with jax.numpy_rank_promotion("raise"):
        yield


def one(networks, *at):
    return jax.tree.map(lambda part: part[at], networks)


# Compiled once each for all activations: that is what the switch is for.
logits = jax.jit(
    lambda network, kind: jax.vmap(xor_logit, (None, 0, None))(network, XOR_INPUTS, kind)
)
gradient = jax.jit(jax.grad(xor_logit))
FEW = 100  # starts, where the pages train a thousand


@functools.cache
def train(activation, width, **settings):
    """`train_xor` with fewer starts, once for all tests that ask for the same."""
    return train_xor(activation, width, n_seeds=FEW, **settings)


def test_two_hidden_neurons_placed_by_hand_solve_it():
    network, kind = xor_by_hand()
    np.testing.assert_allclose(logits(network, kind), [-0.5, 0.5, 0.5, -0.5])


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_logit_is_the_formula(activation):
    network = one(init_xor(3, 1, 2), 0)
    function = ACTIVATIONS[activation].function
    for point, found in zip(XOR_INPUTS, logits(network, architecture(activation, 2)), strict=True):
        hidden = function(network.hidden_weights[:2] @ point + network.hidden_bias[:2])
        np.testing.assert_allclose(found, network.output_weights[:2] @ hidden, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_gradient_is_that_of_the_activation_alone(activation):
    network, kind = one(init_xor(5, 1, 3), 0), architecture(activation, 3)
    point = jnp.array([0.3, -0.7])

    def plain(network):
        function = ACTIVATIONS[activation].function
        hidden = function(network.hidden_weights[:3] @ point + network.hidden_bias[:3])
        return network.output_weights[:3] @ hidden + network.output_bias

    expected, found = jax.grad(plain)(network), gradient(network, point, kind)
    for want, got in zip(expected, found, strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-5, atol=1e-6)


def test_some_starts_solve_it_with_two_tanh_neurons_and_all_with_eight():
    two, eight = train("tanh", 2), train("tanh", 8)
    assert 0.35 < np.mean(two.solved) < 0.65
    assert np.mean(eight.solved) > 0.99
    for k in np.flatnonzero(two.solved)[:3]:
        network = one(two.networks, k, -1)
        np.testing.assert_array_equal(logits(network, architecture("tanh", 2)) > 0, XOR_TARGETS)


def test_without_an_activation_no_start_solves_it_at_any_width():
    for width in (1, 2, MAX_HIDDEN):
        assert np.asarray(train("identity", width).n_right).max() <= 3


def test_one_neuron_is_enough_only_if_its_activation_is_not_monotonic():
    for activation in ("tanh", "relu", "sigmoid", "softplus"):
        assert not train(activation, 1).solved.any()
    for activation in ("silu", "gelu", "mish"):
        assert train(activation, 1).solved.mean() > 0.9


def test_the_record_runs_from_the_start_to_a_lower_loss():
    runs = train("tanh", 4)
    start = init_xor(0, FEW, 4)
    np.testing.assert_array_equal(runs.networks.hidden_weights[:, 0], start.hidden_weights)
    assert runs.loss.shape == (FEW, N_FRAMES + 1)
    assert np.mean(runs.loss[:, -1] < runs.loss[:, 0]) > 0.99


def test_silenced_neurons_stay_as_they_were():
    runs = train("sigmoid", 2)
    for part in (runs.networks.hidden_weights, runs.networks.output_weights):
        np.testing.assert_array_equal(part[:, 0, 2:], part[:, -1, 2:])


def test_another_activation_width_rate_or_seed_compiles_nothing():
    train("tanh", 2)
    before = xor._train._cache_size()
    train("relu", 5, seed=7, n_steps=80, learning_rate=0.01)
    assert xor._train._cache_size() == before


def test_a_trial_keeps_one_start_that_solved_it_and_one_that_did_not():
    trial = try_xor("tanh", 2, seed=4, n_seeds=FEW)
    for example, right in ((trial.solved, True), (trial.stuck, False)):
        assert (trial.n_right[example.number] == 4) == right
        assert all((trial.n_right[: example.number] == 4) != right)
        outputs = logits(one(example.networks, -1), architecture("tanh", 2)) > 0
        assert (outputs == XOR_TARGETS).all() == right
    assert try_xor("identity", 2, n_seeds=FEW).solved is None
    assert try_xor("silu", 3, n_seeds=FEW).stuck is None


def test_more_neurons_solve_it_from_more_starts():
    counts = count_solved_by_width("leaky_relu", n_seeds=FEW)
    assert counts[0] == 0 < counts[1] < counts[2] < counts[-1]
    assert (np.diff(counts) >= 0).all()


def test_a_film_shows_what_each_network_makes_of_the_plane():
    network, kind = xor_by_hand()
    networks = jax.tree.map(lambda part: np.stack([part, 0 * part]), network)
    film = xor_film(networks, jnp.array([0.0, 0.5, 1.0]), kind)
    assert film.surface.shape == (2, 3, 3)
    corners = film.surface[0][::2, ::2] > 0.5
    np.testing.assert_array_equal(corners, [[False, True], [True, False]])
    np.testing.assert_array_equal(film.hidden[0][:, :2], [[0, 0], [1, 0], [1, 0], [1, 1]])
    np.testing.assert_allclose(film.logits, [[-0.5, 0.5, 0.5, -0.5], [0, 0, 0, 0]])


@pytest.mark.parametrize("width", [0, 9, -1])
def test_a_width_that_does_not_fit_is_refused(width):
    with pytest.raises(ValueError, match="1 to 8 hidden neurons"):
        architecture("tanh", width)
