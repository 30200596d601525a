"""What a run records of itself: losses, accuracies and gradient norms, over the whole data set."""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.data.prepare import Dataset
from nnjax.networks import Parameters, network_forward
from nnjax.training.config import Hyperparameters, TrainingConfig
from nnjax.training.state import TrainingState
from nnjax.training.steps import example_losses, learning_rate_at


class Snapshot(NamedTuple):
    """One frame of the film of a run. Losses are the data's alone, without any penalty."""

    step: jax.Array  # () int32
    parameters: Parameters
    train_loss: jax.Array  # ()
    test_loss: jax.Array
    train_accuracy: jax.Array  # share of examples right; for a value, R^2
    test_accuracy: jax.Array
    gradient_norms: jax.Array  # (n_layers,), of the mean training loss
    learning_rate: jax.Array  # () in force at this step


def training_rows(data: Dataset) -> jax.Array:
    """1 for every row that is trained on, 0 for the test rows: (n,) float32."""
    return (jnp.arange(data.inputs.shape[0]) < data.n_train).astype(jnp.float32)


@functools.partial(jax.jit, static_argnames="config")
def training_gradients(parameters: Parameters, data: Dataset, *, config: TrainingConfig):
    """(L, (outputs, losses)), dL/dparameters, where L is the mean loss of the training rows.

    Outputs (n, n_out) and losses (n,) are those of all rows. Whatever the share of training rows,
    the program is the same.
    """

    def train_loss(parameters):
        outputs = network_forward(config.network, parameters, data.inputs)
        losses = example_losses(config, outputs, data.targets)
        return masked_mean(losses, training_rows(data)), (outputs, losses)

    return jax.value_and_grad(train_loss, has_aux=True)(parameters)


def take_snapshot(
    config: TrainingConfig, state: TrainingState, data: Dataset, hyper: Hyperparameters
) -> Snapshot:
    """Every recorded number of a state: one forward and one backward pass over all the data."""
    (loss, (outputs, losses)), gradients = training_gradients(state.parameters, data, config=config)
    in_train = training_rows(data)
    accuracy = ACCURACIES[config.task]
    squares = [sum(jnp.sum(part**2) for part in layer) for layer in gradients]
    return Snapshot(
        step=state.step,
        parameters=state.parameters,
        train_loss=loss,
        test_loss=masked_mean(losses, 1 - in_train),
        train_accuracy=accuracy(outputs, data.targets, in_train),
        test_accuracy=accuracy(outputs, data.targets, 1 - in_train),
        gradient_norms=jnp.sqrt(jnp.stack(squares)),
        learning_rate=learning_rate_at(config, hyper, state.step, data.n_train),
    )


def masked_mean(values, mask):
    """The mean of the values where the mask is 1, both (n,); 0 where it is nowhere."""
    # `where`, not a product: a diverged row outside the mask must not leak its nan.
    return jnp.sum(jnp.where(mask > 0, values, 0.0)) / jnp.maximum(jnp.sum(mask), 1.0)


def binary_accuracy(outputs, targets, mask):
    """Share of examples on the right side: logit above 0 where the target is 1."""
    right = (outputs[:, 0] > 0) == (targets[:, 0] > 0.5)
    return masked_mean(right.astype(jnp.float32), mask)


def multiclass_accuracy(outputs, targets, mask):
    """Share of examples whose largest output is the right class."""
    right = jnp.argmax(outputs, axis=-1) == jnp.argmax(targets, axis=-1)
    return masked_mean(right.astype(jnp.float32), mask)


def explained_variance(outputs, targets, mask):
    """R^2 = 1 - (mean squared error) / (variance of the targets); 1 is perfect, 0 the mean."""
    error = masked_mean((outputs[:, 0] - targets[:, 0]) ** 2, mask)
    mean = masked_mean(targets[:, 0], mask)
    variance = masked_mean((targets[:, 0] - mean) ** 2, mask)
    return 1 - error / jnp.maximum(variance, 1e-12)


ACCURACIES = {
    "binary": binary_accuracy,
    "multiclass": multiclass_accuracy,
    "regression": explained_variance,
}
