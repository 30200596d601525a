"""The same network, the same data, another activation: who learns, over many seeds.

A seed gives every activation the same first weights and the same order of examples, so that the
runs of a seed differ in nothing but the activation, and can be compared in pairs.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import AxisType, PartitionSpec

from nnjax.activations import ACTIVATIONS
from nnjax.compiler import jit_loop
from nnjax.contractions import apply_weights
from nnjax.data import DATASETS, Dataset, prepare_dataset
from nnjax.losses import LINKS, LOSSES
from nnjax.networks import NetworkConfig, init_network
from nnjax.races.bands import Band, band_over_seeds, middle_seed
from nnjax.shuffling import shuffled_indices

LEARNED = 0.1  # a training loss below this counts as having learned; guessing gives 0.693
DIVERGED = 10.0  # a loss this many times the first one counts as diverged
N_EPOCHS = 60
BATCH_SIZE = 10
NOISE, TRAIN_SHARE = 10.0, 0.5  # of the points: per cent, and the share to train on


@dataclass(frozen=True, kw_only=True)
class RaceSettings:
    """What all runners of a race share; `dataset` is the key of a set in the plane, two classes."""

    dataset: str = "circle"
    hidden: tuple[int, ...] = (8, 8)
    initializer: str = "xavier"
    learning_rate: float = 0.3
    n_seeds: int = 16
    first_seed: int = 0


class Runs(NamedTuple):
    """The runs of one activation, one a seed."""

    train_loss: np.ndarray  # (n_seeds, N_EPOCHS + 1), from the untrained network on
    test_accuracy: np.ndarray  # (n_seeds,) at the end
    diverged_at: np.ndarray  # (n_seeds,) the first epoch that ended so, -1 where none did


def run_activation(activation: str, settings: RaceSettings) -> Runs:
    """Train the race's network with `activation` in every hidden layer, once for each seed.

    Plain gradient descent on batches of 10, binary cross-entropy: what `nnjax.sweeps` computes,
    but with the activation as a number that is traced. Twelve activations are one program then,
    where a sweep of each would compile for as long as it trains twenty times over.
    """
    spec = DATASETS[settings.dataset]
    data = prepare_dataset(
        spec, seed=settings.first_seed, noise=NOISE, train_share=TRAIN_SHARE
    )  # fmt: skip
    network = NetworkConfig(
        n_in=spec.n_features,
        hidden=settings.hidden,
        n_out=1,
        activations=("identity",) * len(settings.hidden),  # the race puts its own in their place
        initializer=settings.initializer,
    )
    # Every device gets as many seeds as the others; the last one fills the places left over.
    places = np.arange(settings.n_seeds + -settings.n_seeds % jax.device_count())
    seeds = settings.first_seed + np.minimum(places, settings.n_seeds - 1)
    train_loss, test_accuracy = jax.device_get(
        _train(
            jnp.int32(list(ACTIVATIONS).index(activation)),
            jnp.asarray(seeds, jnp.uint32),
            jnp.float32(settings.learning_rate),
            data,
            network=network,
            n_train=round(spec.n_points * TRAIN_SHARE),
        )
    )
    train_loss, test_accuracy = train_loss[: settings.n_seeds], test_accuracy[: settings.n_seeds]
    return Runs(train_loss, test_accuracy, _diverged_at(train_loss))


@functools.partial(jit_loop, static_argnames=("network", "n_train"))
def _train(which, seeds, learning_rate, data: Dataset, *, network: NetworkConfig, n_train: int):
    def one_seed(seed):
        return train_one(which, seed, learning_rate, data=data, network=network, n_train=n_train)

    def on_one_device(seeds):
        # An accelerator is idle with one small network at a time; a CPU core is not.
        if jax.default_backend() == "cpu":
            return jax.lax.map(one_seed, seeds)
        return jax.vmap(one_seed)(seeds)

    mesh = jax.make_mesh((jax.device_count(),), ("seeds",), axis_types=(AxisType.Auto,))
    dealt = jax.shard_map(
        on_one_device, mesh=mesh, in_specs=PartitionSpec("seeds"),
        out_specs=PartitionSpec("seeds"), check_vma=False,
    )  # fmt: skip
    return dealt(seeds)


def train_one(which, seed, learning_rate, *, data, network, n_train):
    """Training losses (N_EPOCHS + 1,) and the test accuracy at the end, for one seed."""
    inputs, targets = data.inputs[:n_train], data.targets[:n_train]
    in_test = data.targets[n_train:] > 0.5

    def epoch(parameters, number):
        order = shuffled_indices(seed, number, n_train, n_train)
        batches = inputs[order], targets[order]

        def update(i, parameters):
            batch = (jax.lax.dynamic_slice_in_dim(part, i * BATCH_SIZE, BATCH_SIZE)
                     for part in batches)  # fmt: skip
            gradients = jax.grad(_loss)(parameters, which, *batch)
            return jax.tree.map(lambda p, g: p - learning_rate * g, parameters, gradients)

        outputs = _forward(parameters, which, data.inputs)
        is_right = (outputs[n_train:] > 0) == in_test
        # After the last epoch there is only this look: by itself, it would be compiled once more.
        n_batches = jnp.where(number < N_EPOCHS, n_train // BATCH_SIZE, 0)
        parameters = jax.lax.fori_loop(0, n_batches, update, parameters)
        return parameters, (_mean_loss(outputs[:n_train], targets), is_right.mean())

    parameters = init_network(network, key=jax.random.key(seed))
    _, (losses, accuracy) = jax.lax.scan(epoch, parameters, jnp.arange(N_EPOCHS + 1))
    return losses, accuracy[-1]


def _loss(parameters, which, inputs, targets):
    return _mean_loss(_forward(parameters, which, inputs), targets)


def _mean_loss(outputs, targets):
    loss, link = LOSSES["binary_cross_entropy"], LINKS["binary"]
    return jax.vmap(lambda output, target: loss.of_output(output, target, link))(
        outputs, targets
    ).mean()  # fmt: skip


def _forward(parameters, which, inputs):
    """Logits (batch, 1), with activation number `which` of the table in every hidden layer."""
    functions = [row.function for row in ACTIVATIONS.values()]
    *hidden, last = parameters
    for layer in hidden:
        inputs = jax.lax.switch(which, functions, _weighted_sums(layer, inputs))
    return _weighted_sums(last, inputs)


def _weighted_sums(layer, inputs):
    sums = apply_weights(layer.weights, inputs)
    return sums + jnp.broadcast_to(layer.bias, sums.shape)


def _diverged_at(train_loss):
    """The first epoch after which the loss is ten times the first, or is not a number."""
    bad = ~(train_loss <= DIVERGED * train_loss[:, :1])
    return np.where(bad.any(axis=1), bad.argmax(axis=1), -1)


class Standing(NamedTuple):
    """How one activation came out."""

    key: str
    label: str
    final_loss: Band  # of the training loss after the last epoch
    n_learned: int  # seeds below LEARNED
    n_diverged: int
    n_seeds: int
    test_accuracy: float  # of the middle seed


def rank(runs: Mapping[str, Runs]) -> list[Standing]:
    """The standings, the lowest middle loss first."""
    rows = [_standing(key, run) for key, run in runs.items()]
    return sorted(rows, key=lambda row: float(row.final_loss.middle))


def _standing(key: str, runs: Runs) -> Standing:
    final = runs.train_loss[:, -1]
    return Standing(
        key=key,
        label=ACTIVATIONS[key].label,
        final_loss=band_over_seeds(final),
        n_learned=int(np.sum(final < LEARNED)),
        n_diverged=int(np.sum(runs.diverged_at >= 0)),
        n_seeds=len(final),
        test_accuracy=middle_seed(runs.test_accuracy),
    )
