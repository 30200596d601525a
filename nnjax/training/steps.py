"""The four-step loop: forward, loss, backward, update, over shuffled batches, epoch by epoch."""

import jax
import jax.numpy as jnp
import optax

from nnjax.contractions import padded_batch
from nnjax.data.prepare import Dataset
from nnjax.dropout import dropout_at
from nnjax.losses import LINKS, LOSSES
from nnjax.networks import Parameters, network_forward
from nnjax.optimizers import OPTIMIZERS
from nnjax.regularizers import decay_weights, regularize_gradients
from nnjax.schedules import chosen_factor
from nnjax.shuffling import shuffled_indices
from nnjax.training.config import Hyperparameters, TrainingConfig
from nnjax.training.state import NOT_DIVERGED, TrainingState

DIVERGENCE_FACTOR = 10.0  # a batch loss this many times the first one counts as diverged


def example_losses(config: TrainingConfig, outputs, targets) -> jax.Array:
    """The loss of every example: outputs (batch, n_out), targets (batch, n_out) -> (batch,)."""
    loss, link = LOSSES[config.loss], LINKS[config.task]
    return jax.vmap(lambda output, target: loss.of_output(output, target, link))(outputs, targets)


def steps_per_epoch(config: TrainingConfig, n_train) -> jax.Array:
    """How many batches an epoch has: n_train / batch_size, rounded up."""
    return (n_train + config.batch_size - 1) // config.batch_size


def learning_rate_at(config: TrainingConfig, hyper: Hyperparameters, step, n_train):
    """The learning rate at a step: the slider's value times the schedule's factor there."""
    horizon_steps = hyper.horizon * steps_per_epoch(config, n_train).astype(jnp.float32)
    progress = step.astype(jnp.float32) / jnp.maximum(horizon_steps, 1.0)
    return hyper.learning_rate * chosen_factor(config.schedules, hyper.schedule, progress)


def step_dropout(config: TrainingConfig, state: TrainingState, hyper: Hyperparameters):
    """The `Dropout` of the update that is next, or None in a run without."""
    return dropout_at(state.seed, state.step, hyper.dropout_rate) if config.dropout else None


def batch_gradients(config: TrainingConfig, parameters: Parameters, batch, dropout=None):
    """((loss, outputs), d_loss / d_parameters) of one batch (inputs, targets, shares)."""
    inputs, targets, shares = batch

    def batch_loss(parameters):
        outputs = network_forward(config.network, parameters, inputs, dropout)  # 1. forward
        losses = example_losses(config, outputs, targets)
        return jnp.sum(shares * losses), outputs  # 2. loss

    return jax.value_and_grad(batch_loss, has_aux=True)(parameters)  # 3. backward


def train_step(
    config: TrainingConfig, state: TrainingState, batch, learning_rate, hyper: Hyperparameters
) -> TrainingState:
    """One update from one batch (inputs, targets, shares); the shares weigh the examples."""
    dropout = step_dropout(config, state, hyper)
    (loss, _), gradients = batch_gradients(config, state.parameters, batch, dropout)  # 1. to 3.
    gradients = regularize_gradients(
        config.regularizer, hyper.regularization_rate, state.parameters, gradients
    )
    optimizer = OPTIMIZERS[config.optimizer].make(learning_rate, hyper.momentum)
    updates, optimizer_state = optimizer.update(gradients, state.optimizer_state, state.parameters)
    parameters = optax.apply_updates(state.parameters, updates)  # 4. update
    parameters = decay_weights(
        config.regularizer, hyper.regularization_rate, learning_rate, state.parameters, parameters
    )
    first_loss = jnp.where(state.step == 0, loss, state.first_loss)
    # A saturated loss can stay finite for ever, so its size is tested too; nan fails any test.
    newly_bad = (state.diverged_at == NOT_DIVERGED) & ~(loss <= DIVERGENCE_FACTOR * first_loss)
    return TrainingState(
        parameters=parameters,
        optimizer_state=optimizer_state,
        step=state.step + 1,
        seed=state.seed,
        first_loss=first_loss,
        diverged_at=jnp.where(newly_bad, state.step, state.diverged_at),
    )


def run_steps(
    config: TrainingConfig, state: TrainingState, data: Dataset, hyper: Hyperparameters, n_steps
) -> TrainingState:
    """`n_steps` updates (traced), from wherever in an epoch the state stands.

    The order of an epoch depends on the seed and the epoch's number alone, so 10 epochs and then
    20 are the same 30 epochs.
    """
    n_batches = steps_per_epoch(config, data.n_train)
    end = state.step + n_steps

    def finish_epoch(state):
        epoch, first = state.step // n_batches, state.step % n_batches
        batches = shuffled_batches(config, data, state.seed, epoch)
        last = jnp.minimum(n_batches, first + end - state.step)

        def one_step(index, state):
            rate = learning_rate_at(config, hyper, state.step, data.n_train)
            return train_step(config, state, batch_at(batches, index), rate, hyper)

        return jax.lax.fori_loop(first, last, one_step, state)

    return jax.lax.while_loop(lambda state: state.step < end, finish_epoch, state)


def shuffled_batches(config, data, seed, epoch):
    """Inputs, targets and shares in this epoch's order, (n_batches, rows, ...) each.

    A batch lies on `rows_per_batch` rows: those beyond its examples have a share of 0.
    """
    size, n_rows, capacity = config.batch_size, rows_per_batch(config), data.inputs.shape[0]
    order = shuffled_indices(seed, epoch, data.n_train, capacity)
    first = jnp.arange(-(-capacity // size))[:, None] * size
    position = first + jnp.arange(n_rows)[None]
    in_batch = position < jnp.minimum(first + size, data.n_train)
    # The last batch may be short: each of its examples then weighs more.
    n_examples = jnp.clip(data.n_train - first, 1, size).astype(jnp.float32)
    # Padding repeats the batch's first row: another could overflow, and 0 times infinity is nan.
    rows = order[jnp.where(in_batch, position, first)]
    return data.inputs[rows], data.targets[rows], jnp.where(in_batch, 1 / n_examples, 0.0)


def rows_per_batch(config: TrainingConfig) -> int:
    """The batch size, or more where padding makes a step faster."""
    return padded_batch(config.batch_size, max(max(shape) for shape in config.network.layer_shapes))


def batch_at(batches, index):
    """Batch `index` (traced) of what `shuffled_batches` returned."""
    return tuple(jax.lax.dynamic_index_in_dim(rows, index, keepdims=False) for rows in batches)
