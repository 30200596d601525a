"""The steps that are shown are the steps that are made."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from nnjax.data import DATASETS, prepare_dataset
from nnjax.losses import default_loss
from nnjax.networks import NetworkConfig
from nnjax.training.anatomy import count_updates, trace_steps
from nnjax.training.chunks import train_steps
from nnjax.training.config import TrainingConfig, make_hyperparameters
from nnjax.training.metrics import ACCURACIES
from nnjax.training.state import init_training
from nnjax.training.steps import batch_at, batch_gradients, shuffled_batches, steps_per_epoch

N_STEPS = 6
CASES = (
    ("circle", "sgd", "constant", "none", 10),
    ("iris", "adam", "cosine", "decay", 7),
)


def make_run(dataset, optimizer, schedule, regularizer, batch_size):
    spec = DATASETS[dataset]
    data = prepare_dataset(spec, seed=1)
    network = NetworkConfig(
        n_in=data.inputs.shape[1],
        hidden=(4,),
        n_out=data.targets.shape[1],
        activations=("tanh",),
    )
    config = TrainingConfig(
        network=network,
        task=spec.task,
        loss=default_loss(spec.task).key,
        optimizer=optimizer,
        schedules=(schedule,),
        regularizer=regularizer,
        batch_size=batch_size,
    )
    hyper = make_hyperparameters(learning_rate=0.05, regularization_rate=0.01, horizon=5.0)
    return config, init_training(config, seed=3), data, hyper


@functools.partial(jax.jit, static_argnums=0)
def measure_one_by_one(config, before, after, data):
    """What a step did, from the states on both sides of it."""
    n_batches = steps_per_epoch(config, data.n_train)
    batches = shuffled_batches(config, data, before.seed, before.step // n_batches)
    batch = batch_at(batches, before.step % n_batches)
    (loss, outputs), gradients = batch_gradients(config, before.parameters, batch)
    (loss_after, _), _ = batch_gradients(config, after.parameters, batch)
    in_batch = (batch[2] > 0).astype(jnp.float32)
    return {
        "step": before.step,
        "epoch": before.step // n_batches,
        "batch": before.step % n_batches,
        "n_examples": in_batch.sum(),
        "accuracy": ACCURACIES[config.task](outputs, batch[1], in_batch),
        "loss": loss,
        "gradient_norm": optax.tree.norm(gradients),
        "update_norm": optax.tree.norm(
            jax.tree.map(jnp.subtract, after.parameters, before.parameters)
        ),
        "loss_after": loss_after,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def test_trace_equals_training_step_by_step(case):
    # Optax's Adam is not strict about dtypes.
    with jax.numpy_dtype_promotion("standard"):
        config, state, data, hyper = make_run(*case)
        # Across the end of an epoch: its last batch is short in most of the cases.
        per_epoch = -(-int(data.n_train) // config.batch_size)
        state, _ = train_steps(config, state, data, hyper, n_steps=per_epoch - 3)
        trace = trace_steps(config, state, data, hyper, N_STEPS)
        for i in range(N_STEPS):
            after, _ = train_steps(config, state, data, hyper)
            for name, value in measure_one_by_one(config, state, after, data).items():
                found = getattr(trace, name)[i]
                np.testing.assert_allclose(found, value, rtol=2e-4, atol=1e-6, err_msg=name)
            state = after


def test_trace_reports_the_rate_of_the_schedule():
    config, state, data, hyper = make_run("moons", "sgd", "cosine", "none", 10)
    trace = trace_steps(config, state, data, hyper, N_STEPS)
    assert trace.learning_rate[0] == 0  # warm-up begins at nothing
    assert np.all(np.diff(trace.learning_rate) > 0)
    assert trace.update_norm[0] == 0


def test_plain_descent_moves_by_rate_times_gradient():
    config, state, data, hyper = make_run("circle", "sgd", "constant", "none", 10)
    trace = trace_steps(config, state, data, hyper, N_STEPS)
    np.testing.assert_allclose(trace.update_norm, 0.05 * trace.gradient_norm, rtol=1e-3)


def test_batches_count_up_to_the_end_of_the_epoch():
    config, state, data, hyper = make_run("iris", "sgd", "constant", "none", 32)
    assert int(data.n_train) == 75
    trace = trace_steps(config, state, data, hyper, N_STEPS)
    assert trace.epoch.tolist() == [0, 0, 0, 1, 1, 1]
    assert trace.batch.tolist() == [0, 1, 2, 0, 1, 2]
    assert trace.n_examples.tolist() == [32, 32, 11, 32, 32, 11]


def test_moving_a_number_compiles_nothing():
    config, state, data, hyper = make_run("circle", "sgd", "constant", "none", 10)
    trace_steps(config, state, data, hyper, N_STEPS)
    compiled = trace_steps._cache_size()
    other = make_hyperparameters(learning_rate=0.2)
    trace_steps(config, state, data, other, N_STEPS)
    assert trace_steps._cache_size() == compiled


def test_a_run_that_has_blown_up_is_traced_all_the_same():
    config, state, data, _ = make_run("circle", "sgd", "constant", "none", 10)
    hyper = make_hyperparameters(learning_rate=float("inf"))
    trace = trace_steps(config, state, data, hyper, N_STEPS)
    assert not np.isfinite(trace.loss[-1])
    assert trace.step.tolist() == list(range(N_STEPS))


def test_counts_of_the_loop():
    counts = count_updates(n_examples=250, batch_size=10, n_epochs=100)
    assert counts == (25, 2500, 25_000)
    assert count_updates(n_examples=75, batch_size=32, n_epochs=2) == (3, 6, 150)
    gpt3 = count_updates(n_examples=300_000_000_000, batch_size=3_200_000)
    assert gpt3.updates == 93_750


def test_counts_agree_with_the_engine():
    config, _, data, _ = make_run("iris", "sgd", "constant", "none", 32)
    counts = count_updates(n_examples=int(data.n_train), batch_size=32)
    assert counts.steps_per_epoch == int(steps_per_epoch(config, int(data.n_train)))


def test_counts_refuse_an_empty_batch():
    with pytest.raises(ValueError, match="at least 1"):
        count_updates(n_examples=10, batch_size=0)
