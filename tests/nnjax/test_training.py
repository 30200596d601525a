"""Whole runs: against a loop in plain NumPy, resumed anywhere, diverging, and solving."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from networks_for_tests import allowing_optax, assert_same_tree, prepare_cached, run_of

from nnjax.data import DATASETS, prepare_dataset
from nnjax.shuffling import shuffled_indices
from nnjax.training.chunks import FRAMES_PER_CHUNK, still_frame, train_epochs, train_steps
from nnjax.training.config import TrainingConfig, make_hyperparameters
from nnjax.training.state import NOT_DIVERGED, edit_parameters, init_training
from nnjax.training.steps import (
    DIVERGENCE_FACTOR,
    rows_per_batch,
    shuffled_batches,
    steps_per_epoch,
)

order_of = functools.partial(jax.jit, static_argnums=3)(shuffled_indices)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# Loss of an example and its slope at the output, by (task, loss).
NUMPY_LOSSES = {
    "binary_cross_entropy": lambda z, y: (np.logaddexp(0, z) - y * z, sigmoid(z) - y),
    "mse": lambda z, y: ((z - y) ** 2, 2 * (z - y)),
}


def numpy_replay(config, data, seed, rate, n_steps):
    """(parameters, batch losses) of plain SGD on a tanh network: the loop with nothing in it."""
    parameters = [
        [np.asarray(layer.weights, float), np.asarray(layer.bias, float)]
        for layer in init_training(config, seed=seed).parameters
    ]
    inputs, targets = np.asarray(data.inputs, float), np.asarray(data.targets, float)
    n, size, losses = int(data.n_train), config.batch_size, []
    n_batches = -(-n // size)
    for step in range(n_steps):
        epoch, index = divmod(step, n_batches)
        order = np.asarray(order_of(np.uint32(seed), np.int32(epoch), np.int32(n), len(inputs)))
        rows = order[:n][index * size : (index + 1) * size]
        losses.append(numpy_step(parameters, inputs[rows], targets[rows], rate, config.loss))
    return parameters, np.array(losses)


def numpy_step(parameters, x, y, rate, loss):
    values = [x]
    for weights, bias in parameters[:-1]:
        values.append(np.tanh(values[-1] @ weights.T + bias))
    outputs = values[-1] @ parameters[-1][0].T + parameters[-1][1]
    value, delta = NUMPY_LOSSES[loss](outputs, y)
    delta = delta / len(x)
    for layer in range(len(parameters) - 1, -1, -1):
        weights, bias = parameters[layer]
        below = delta @ weights * (1 - values[layer] ** 2)
        parameters[layer] = [
            weights - rate * delta.T @ values[layer],
            bias - rate * delta.sum(axis=0),
        ]
        delta = below
    return value.mean()


def batch_losses(config, data, seed, rate, n_steps):
    """The loss of each batch in NumPy, at the parameters that the run itself had before it.

    So wild a path cannot be replayed whole: float64 would soon take another turn than float32.
    """
    hyper, state = make_hyperparameters(learning_rate=rate), init_training(config, seed=seed)
    inputs, targets = np.asarray(data.inputs, float), np.asarray(data.targets, float)
    n, size, losses = int(data.n_train), config.batch_size, []
    for step in range(n_steps):
        epoch, index = divmod(step, -(-n // size))
        order = np.asarray(order_of(np.uint32(seed), np.int32(epoch), np.int32(n), len(inputs)))
        rows = order[:n][index * size : (index + 1) * size]
        parameters = [[np.asarray(part, float) for part in layer] for layer in state.parameters]
        with np.errstate(all="ignore"):
            losses.append(numpy_step(parameters, inputs[rows], targets[rows], 0.0, config.loss))
        state, _ = train_steps(config, state, data, hyper, n_steps=1)
    return np.array(losses)


def train(run, *, seed=0, n_steps=1, n_frames=1, **hyper):
    config, data = run
    with allowing_optax(config.optimizer):
        state = init_training(config, seed=seed)
        hyper = make_hyperparameters(**hyper)
        return train_steps(config, state, data, hyper, n_steps=n_steps, n_frames=n_frames)


@pytest.fixture(scope="module")
def circle():
    return run_of("circle", hidden=(4, 2))


@pytest.mark.parametrize(
    ("dataset", "hidden", "batch_size"),
    [("circle", (4, 2), 10), ("circle", (6,), 20), ("circle", (20,), 30), ("plane", (3,), 7)],
)
def test_a_run_is_the_plain_loop(dataset, hidden, batch_size):
    # Batches of 20, 30 and 7 leave a short last batch of 250 rows (10 and 10) and of 600 rows (5);
    # those of 10 and 20 are laid out on 16 and 32 rows.
    config, data = run = run_of(dataset, hidden=hidden, batch_size=batch_size)
    state, film = train(run, seed=3, n_steps=61, n_frames=3, learning_rate=0.05)
    parameters, _ = numpy_replay(config, data, seed=3, rate=0.05, n_steps=183)
    for layer, (weights, bias) in zip(state.parameters, parameters, strict=True):
        np.testing.assert_allclose(layer.weights, weights, rtol=2e-3, atol=2e-4)
        np.testing.assert_allclose(layer.bias, bias, rtol=2e-3, atol=2e-4)
    np.testing.assert_array_equal(film.step, [61, 122, 183])


@pytest.mark.parametrize("batch_size", [3, 10, 20, 30])
def test_an_epoch_deals_out_every_training_row_once(circle, batch_size):
    _, data = circle
    config, _ = run_of("circle", hidden=(4, 2), batch_size=batch_size)
    inputs, _, shares = jax.jit(lambda: shuffled_batches(config, data, 5, 2))()
    n_train, n_batches = int(data.n_train), int(steps_per_epoch(config, data.n_train))
    assert inputs.shape[1] == shares.shape[1] == rows_per_batch(config)
    counted = np.asarray(shares) > 0
    assert counted[:n_batches].sum() == counted.sum() == n_train
    np.testing.assert_allclose(shares[:n_batches].sum(axis=1), 1, rtol=1e-6)
    dealt = np.sort(np.asarray(inputs)[counted], axis=0)
    np.testing.assert_array_equal(dealt, np.sort(np.asarray(data.inputs)[:n_train], axis=0))


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_ten_then_twenty_epochs_are_thirty_bit_for_bit(optimizer):
    run = config, data = run_of("circle", optimizer=optimizer, schedules=("cosine",))
    hyper = make_hyperparameters(learning_rate=0.03, horizon=20)
    per_epoch = 25
    with allowing_optax(optimizer):
        whole, film = train(run, n_steps=30 * per_epoch, learning_rate=0.03, horizon=20)
        ten, _ = train(run, n_steps=10 * per_epoch, learning_rate=0.03, horizon=20)
        for pieces in ([20 * per_epoch], [7, 93, 1, 24, 375], [499, 1]):
            assert sum(pieces) == 20 * per_epoch
            state = ten
            for n_steps in pieces:
                state, last = train_steps(config, state, data, hyper, n_steps=n_steps)
            assert_same_tree(state, whole)
            assert_same_tree(last, film)


def test_single_steps_are_the_same_run(circle):
    config, data = circle
    hyper = make_hyperparameters(learning_rate=0.03)
    whole, _ = train(circle, n_steps=53, learning_rate=0.03)
    state = init_training(config, seed=0)
    for _ in range(53):
        state, _ = train_steps(config, state, data, hyper, n_steps=1)
    assert_same_tree(state, whole)


def test_frames_do_not_change_the_run(circle):
    one, _ = train(circle, n_steps=120, n_frames=1, learning_rate=0.03)
    ten, film = train(circle, n_steps=12, n_frames=10, learning_rate=0.03)
    assert_same_tree(one, ten)
    assert len(film.step) == 10


def test_a_resumed_run_from_the_host_is_the_same_run(circle):
    config, data = circle
    hyper = make_hyperparameters(learning_rate=0.03)
    whole, _ = train(circle, n_steps=80, learning_rate=0.03)
    half, _ = train(circle, n_steps=40, learning_rate=0.03)
    stored = jax.tree.map(np.asarray, half)
    resumed, _ = train_steps(config, stored, data, hyper, n_steps=40)
    assert_same_tree(resumed, whole)
    assert_same_tree(train_steps(config, half, data, hyper, n_steps=40)[0], whole)  # kept usable


def test_epochs_are_counted_in_whole_ones(circle):
    config, data = circle
    hyper = make_hyperparameters(learning_rate=0.03)
    state = init_training(config, seed=0)
    state, film = train_epochs(config, state, data, hyper, n_epochs=3, n_frames=2)
    np.testing.assert_array_equal(film.step, [75, 150])


@pytest.mark.parametrize("n_frames", [0, FRAMES_PER_CHUNK + 1])
def test_a_chunk_of_impossible_length_is_refused(circle, n_frames):
    with pytest.raises(ValueError, match=f"given {n_frames}"):
        train(circle, n_frames=n_frames, learning_rate=0.03)


def test_seeds_draw_other_weights_and_other_orders(circle):
    first, _ = train(circle, seed=0, n_steps=5, learning_rate=0.03)
    again, _ = train(circle, seed=0, n_steps=5, learning_rate=0.03)
    other, _ = train(circle, seed=1, n_steps=5, learning_rate=0.03)
    assert_same_tree(first, again)
    assert not np.array_equal(first.parameters[0].weights, other.parameters[0].weights)


@pytest.mark.parametrize("train_share", [0.004, 0.1, 0.9, 0.998])
def test_every_train_share_trains_on_its_own_rows_only(train_share):
    config, _ = run_of("circle")
    data = prepare_dataset(DATASETS["circle"], train_share=train_share)
    # The test rows hold nan: one of them in a batch would show at once.
    is_test = (np.arange(500) >= int(data.n_train))[:, None]
    poisoned = data._replace(inputs=jnp.asarray(np.where(is_test, np.nan, data.inputs)))
    clean, _ = train((config, data), n_steps=60, learning_rate=0.03)
    found, film = train((config, poisoned), n_steps=60, learning_rate=0.03)
    assert_same_tree(found, clean)
    assert np.isfinite(film.train_loss).all()


def test_the_film_holds_what_the_state_says(circle):
    config, data = circle
    hyper = make_hyperparameters(learning_rate=0.03)
    state, film = train(circle, n_steps=40, n_frames=2, learning_rate=0.03)
    still = jax.tree.map(lambda leaf: leaf[0], still_frame(config, state, data, hyper))
    for one, other in zip(jax.tree.leaves(still), jax.tree.leaves(film), strict=True):
        np.testing.assert_array_equal(one, other[-1])
    n_train = int(data.n_train)
    x, y = np.asarray(data.inputs, float), np.asarray(data.targets, float)
    for weights, bias in state.parameters[:-1]:
        x = np.tanh(x @ np.asarray(weights).T + np.asarray(bias))
    z = x @ np.asarray(state.parameters[-1].weights).T + np.asarray(state.parameters[-1].bias)
    losses, right = NUMPY_LOSSES["binary_cross_entropy"](z, y)[0], (z > 0) == (y > 0.5)
    np.testing.assert_allclose(still.train_loss, losses[:n_train].mean(), rtol=1e-4)
    np.testing.assert_allclose(still.test_loss, losses[n_train:].mean(), rtol=1e-4)
    np.testing.assert_allclose(still.train_accuracy, right[:n_train].mean(), rtol=1e-6)
    np.testing.assert_allclose(still.test_accuracy, right[n_train:].mean(), rtol=1e-6)
    assert still.gradient_norms.shape == (3,)
    assert float(still.learning_rate) == pytest.approx(0.03)


@pytest.mark.parametrize(("dataset", "rate"), [("circle", 10.0), ("plane", 10.0), ("plane", 1.0)])
def test_divergence_is_found_with_its_step(dataset, rate):
    config, data = run = run_of(dataset)
    state, _ = train(run, n_steps=100, n_frames=10, learning_rate=rate)
    found = int(state.diverged_at)
    assert found != NOT_DIVERGED
    losses = batch_losses(config, data, seed=0, rate=rate, n_steps=found + 1)
    assert float(state.first_loss) == pytest.approx(losses[0], rel=1e-4)
    assert (losses[:found] <= DIVERGENCE_FACTOR * losses[0]).all()
    assert not losses[found] <= DIVERGENCE_FACTOR * losses[0]
    # Found once, kept: later steps, more frames and single steps say the same.
    pieces, _ = train(run, n_steps=250, n_frames=4, learning_rate=rate)
    assert int(pieces.diverged_at) == found


def test_a_regression_that_overflows_is_marked_and_goes_no_further(circle):
    state, film = train(run_of("plane"), n_steps=60, n_frames=2, learning_rate=100.0)
    assert 1 <= int(state.diverged_at) <= 5
    assert not np.isfinite(film.train_loss).any()
    state, _ = train(circle, n_steps=60, learning_rate=0.03)
    assert int(state.diverged_at) == NOT_DIVERGED


def test_an_edited_run_gets_another_chance(circle):
    config, data = circle
    state, _ = train(circle, n_steps=100, learning_rate=10.0)
    healthy = init_training(config, seed=5).parameters
    edited = edit_parameters(state, healthy)
    assert int(edited.diverged_at) == NOT_DIVERGED
    assert_same_tree(edited.parameters, healthy)
    hyper = make_hyperparameters(learning_rate=0.03)
    after, film = train_steps(config, edited, data, hyper, n_steps=250)
    assert int(after.diverged_at) == NOT_DIVERGED
    assert film.train_loss[-1] < 0.6
    assert film.step[-1] == 350


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_defaults_of_the_page_solve_the_circle(circle, seed):
    # Circle, 4 and 2 tanh units, batches of 10, SGD at 0.03: below 0.05 in under 250 epochs.
    state, film = train(circle, seed=seed, n_steps=25 * 25, n_frames=10, learning_rate=0.03)
    assert film.test_loss.min() < 0.05
    assert film.test_accuracy[-1] > 0.98
    assert int(state.diverged_at) == NOT_DIVERGED


def test_good_settings_solve_the_spiral():
    config, data = run_of("spiral", hidden=(32, 32), optimizer="adam", schedules=("cosine",))
    state = init_training(config, seed=1)
    hyper = make_hyperparameters(learning_rate=0.01, horizon=500)
    with allowing_optax("adam"):
        _, film = train_epochs(config, state, data, hyper, n_epochs=50, n_frames=10)
    assert film.test_accuracy[-1] > 0.95


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"loss": "best"}, "unknown loss 'best'"),
        ({"optimizer": "sdg"}, "unknown optimizer 'sdg'"),
        ({"schedules": ("constant", "slow")}, "unknown schedule 'slow'"),
        ({"schedules": ()}, "at least one schedule"),
        ({"regularizer": "l3"}, "unknown regularizer 'l3'"),
        ({"task": "sorting"}, "unknown task 'sorting'"),
        ({"loss": "kl"}, "does not fit a binary task"),
        ({"batch_size": 0}, "at least 1 example, given 0"),
    ],
)
def test_an_impossible_run_is_refused_with_the_reason(circle, changes, message):
    config, _ = circle
    settings = {"network": config.network, "task": "binary", "loss": "mse"} | changes
    with pytest.raises(ValueError, match=message):
        TrainingConfig(**settings)


def test_prepared_data_is_shared_between_tests():
    assert prepare_cached("circle") is prepare_cached("circle")
