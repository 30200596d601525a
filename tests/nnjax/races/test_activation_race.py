import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.activations import ACTIVATIONS
from nnjax.data import DATASETS, prepare_dataset
from nnjax.losses import LINKS, LOSSES
from nnjax.networks import NetworkConfig, init_network, network_forward
from nnjax.races import activation_race
from nnjax.races.activation_race import (
    BATCH_SIZE,
    N_EPOCHS,
    NOISE,
    RaceSettings,
    Runs,
    rank,
    run_activation,
)
from nnjax.shuffling import shuffled_indices

SETTINGS = RaceSettings(n_seeds=3)


@pytest.fixture(scope="module")
def sigmoid_and_relu():
    return {key: run_activation(key, SETTINGS) for key in ("sigmoid", "relu")}


def test_shapes(sigmoid_and_relu):
    runs = sigmoid_and_relu["relu"]
    assert runs.train_loss.shape == (3, N_EPOCHS + 1)
    assert runs.test_accuracy.shape == runs.diverged_at.shape == (3,)


@pytest.mark.parametrize("key", ["sigmoid", "relu"])
def test_the_first_epochs_are_those_of_the_network_written_out(sigmoid_and_relu, key):
    n_train, seed = 250, 1
    data = prepare_dataset(DATASETS["circle"], seed=0, noise=NOISE)
    network = NetworkConfig(n_in=2, hidden=(8, 8), n_out=1, activations=(key, key))

    @jax.jit
    def loss(parameters, x, y):
        of = LOSSES["binary_cross_entropy"].of_output
        outputs = network_forward(network, parameters, x)
        return jnp.mean(jax.vmap(lambda o, t: of(o, t, LINKS["binary"]))(outputs, y))

    slope = jax.jit(jax.grad(loss))
    parameters = init_network(network, key=jax.random.key(seed))
    for epoch in range(3):
        x, y = data.inputs[:n_train], data.targets[:n_train]
        got = sigmoid_and_relu[key].train_loss[seed, epoch]
        np.testing.assert_allclose(got, loss(parameters, x, y), rtol=2e-3)
        order = shuffled_indices(jnp.uint32(seed), epoch, n_train, n_train)
        for rows in np.split(np.asarray(order), n_train // BATCH_SIZE):
            gradients = slope(parameters, x[rows], y[rows])
            parameters = jax.tree.map(lambda p, g: p - 0.3 * g, parameters, gradients)


def test_relu_learns_the_circle_where_sigmoid_has_not_begun(sigmoid_and_relu):
    first, second = rank(sigmoid_and_relu)
    assert (first.key, first.n_learned, first.n_seeds) == ("relu", 3, 3)
    assert (second.key, second.n_learned) == ("sigmoid", 0)
    assert first.test_accuracy > 0.95


def test_one_program_serves_every_activation_rate_data_set_and_seed():
    run_activation("relu", SETTINGS)
    programs = activation_race._train._cache_size()
    for key in ACTIVATIONS:
        run_activation(key, SETTINGS)
    run_activation("gelu", RaceSettings(n_seeds=3, dataset="xor", learning_rate=1.0, first_seed=9))
    assert activation_race._train._cache_size() == programs


def test_a_seed_starts_every_activation_from_the_same_weights():
    zero = {key: run_activation(key, RaceSettings(n_seeds=3, learning_rate=0.0))
            for key in ("relu", "leaky_relu")}  # fmt: skip
    np.testing.assert_allclose(zero["relu"].train_loss, zero["leaky_relu"].train_loss, rtol=0.05)
    assert np.all(zero["relu"].train_loss == zero["relu"].train_loss[:, :1])


def test_divergence_is_found_and_ranked_last():
    losses = np.ones((2, N_EPOCHS + 1), np.float32)
    losses[0, 5:] = 11.0
    losses[1, 7:] = np.nan
    at = activation_race._diverged_at(losses)
    assert list(at) == [5, 7]
    fine = Runs(np.full_like(losses, 0.5), np.ones(2), activation_race._diverged_at(losses[:, :3]))
    assert list(fine.diverged_at) == [-1, -1]
    order = rank({"relu": Runs(losses, np.zeros(2), at), "tanh": fine})
    assert [row.key for row in order] == ["tanh", "relu"]
    assert order[1].n_diverged == 2
