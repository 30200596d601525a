"""The zoo's networks keep one contract, cost what their formulas say, and learn their tasks."""

import jax
import numpy as np
import pytest

from nnjax.zoo import recall
from nnjax.zoo.autoencoder import autoencoder_forward, decode_all, encode_all
from nnjax.zoo.costs import forward_cost
from nnjax.zoo.network import count_numbers
from nnjax.zoo.networks import BUDGET, NETWORKS, networks_for
from nnjax.zoo.tasks import TASKS
from nnjax.zoo.training import start_network, train_network, train_on
from nnjax.zoo.trials import step_seconds, try_network

# One network of each architecture, and the epochs and the score that it must reach.
LEARNS = {
    "feedforward_tabular": (10, 0.94),
    "transformer_digits": (10, 0.88),
    "lstm_recall": (14, 0.4),
}
COUNTED = ("feedforward_tabular", "cnn_digits", "rnn_digits", "lstm_digits", "gru_digits")


@pytest.fixture(autouse=True)
def lenient():
    """Adam is not strict about promotion, and other rules would compile everything again."""
    with jax.numpy_dtype_promotion("standard"), jax.numpy_rank_promotion("allow"):
        yield


def train(key, n_epochs, seed=0):
    network = NETWORKS[key]
    settings = np.uint32(seed), np.float32(network.task.learning_rate), np.int32(n_epochs)
    trained = train_network(network.task.load(), *settings, network=network)
    assert int(trained.n_epochs) == n_epochs
    assert int(trained.diverged_at) == -1
    return jax.device_get(trained)


@pytest.mark.parametrize("key", NETWORKS)
def test_every_network_keeps_the_contract(key):
    network = NETWORKS[key]
    assert network.key == key
    examples = network.task.load()
    parameters = jax.eval_shape(network.init, jax.random.key(0))
    forms = [network.forward] + [network.unrolled] * (network.unrolled is not None)
    for form in forms:
        output = jax.eval_shape(form, parameters, examples.inputs[0])
        assert output.shape == examples.targets[0].shape
    if key != "autoencoder_redraw":
        assert count_numbers(parameters) == pytest.approx(BUDGET, rel=0.05)


@pytest.mark.parametrize("key", TASKS)
def test_every_task_has_examples_to_learn_from_and_to_be_tested_on(key):
    task = TASKS[key]
    examples = task.load()
    test = task.test(examples)
    assert len(examples.inputs) == len(examples.targets) == task.n_train + len(test.inputs)
    assert len(test.inputs) > 100
    assert examples.inputs.dtype == examples.targets.dtype == np.float32
    assert task.n_batches >= 10
    guess = examples.targets[: task.n_train].mean(axis=0)
    targets = test.targets
    if key == "tabular":
        by_chance = max(targets.mean(), 1 - targets.mean())
    elif key == "redraw":
        by_chance = ((targets - guess[None]) ** 2).mean()
    else:
        by_chance = (targets.argmax(axis=1) == guess.argmax()).mean()
    assert task.by_chance == pytest.approx(by_chance, abs=0.03, rel=0.02)


@pytest.mark.parametrize("key", [*COUNTED, "transformer_digits", "autoencoder_redraw"])
def test_xla_counts_what_the_formula_says(key):
    cost = forward_cost(NETWORKS[key])
    assert cost.flops == pytest.approx(cost.formula_flops, rel=0.1)
    assert cost.bytes_accessed > 4 * cost.parameters


@pytest.mark.parametrize("key", LEARNS)
def test_it_learns_its_task(key):
    n_epochs, least = LEARNS[key]
    trained = train(key, n_epochs)
    assert trained.test_score[n_epochs - 1] >= least
    assert np.isnan(trained.train_loss[n_epochs:]).all()


def test_gates_remember_over_forty_steps_where_a_plain_cell_does_not():
    plain, gated = (train(key, 14).test_score[13] for key in ("rnn_recall", "gru_recall"))
    assert gated > 0.95
    assert gated > plain + 0.05


def test_two_numbers_draw_a_digit_better_than_two_principal_components():
    trained = train("autoencoder_redraw", 30)
    task = TASKS["redraw"]
    examples = task.load()
    seen, test = examples.inputs[: task.n_train], task.test(examples).inputs
    mean = seen.mean(axis=0).reshape(-1)
    axes = np.linalg.svd(seen.reshape(len(seen), -1) - mean, full_matrices=False)[2][:2]
    centred = test.reshape(len(test), -1) - mean
    linear = ((centred - centred @ axes.T @ axes) ** 2).mean()
    assert trained.test_score[29] < 0.9 * linear
    places = encode_all(trained.parameters, test[:3])
    assert places.shape == (3, 2)
    again = jax.vmap(autoencoder_forward, (None, 0))(trained.parameters, test[:3])
    np.testing.assert_allclose(decode_all(trained.parameters, places), again, atol=1e-5)


def test_training_in_pieces_is_training_at_one_go(compilations):
    network = NETWORKS["feedforward_tabular"]
    examples, rate = network.task.load(), np.float32(network.task.learning_rate)
    state = start_network(np.uint32(5), network=network)
    state = train_on(state, examples, np.uint32(5), rate, np.int32(2), network=network)
    with compilations() as count:
        state = train_on(state, examples, np.uint32(5), rate, np.int32(3), network=network)
    assert count() == 0
    whole = train("feedforward_tabular", 5, seed=5)
    np.testing.assert_allclose(state.train_loss[:5], whole.train_loss[:5], rtol=1e-4)
    far = train_on(state, examples, np.uint32(5), rate, np.int32(99), network=network)
    assert int(far.n_epochs) == len(far.train_loss) == 30


def test_only_the_first_token_of_a_sequence_tells():
    examples = recall.make_recall(seed=1, length=7)
    tokens = examples.inputs.argmax(axis=-1)
    assert tokens.shape == (recall.N_TRAIN + recall.N_TEST, 7)
    assert set(tokens.ravel()) == set(range(recall.N_TOKENS))
    np.testing.assert_array_equal(examples.targets.argmax(axis=1), tokens[:, 0])
    assert recall.spell(examples.inputs[0]) == "".join("ABCDEFGH"[token] for token in tokens[0])
    other = recall.make_recall(seed=2, length=7)
    assert (other.inputs != examples.inputs).any()


def test_networks_are_found_by_what_they_learn():
    readers = ["feedforward", "cnn", "rnn", "lstm", "gru", "transformer"]
    assert list(networks_for("digits")) == readers
    assert list(networks_for("redraw")) == ["autoencoder"]


def test_a_seed_does_not_depend_on_those_tried_with_it():
    settings = {"learning_rate": 0.01, "n_epochs": 3, "n_seeds": 2}
    some, others = (
        try_network("feedforward_digits", first_seed=first, **settings) for first in (4, 5)
    )
    assert some.score[1] == pytest.approx(float(others.score[0]), abs=0.01)
    assert some.score[0] != some.score[1]
    assert (some.moved < some.score).all()
    assert (some.score > 0.8).all()
    assert (some.diverged_at == -1).all()


def test_a_network_that_reads_tokens_is_timed_at_any_length():
    seconds = step_seconds("rnn_recall", 3, n_runs=2)
    assert seconds.shape == (2,)
    assert (seconds > 0).all()
