"""The zoo measured: what each network reaches over seeds, and how its time grows with length."""

import functools
import time
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.compiler import jit_loop
from nnjax.sweeps import deal_out, fill_devices
from nnjax.zoo import recall
from nnjax.zoo.digits import shift_images
from nnjax.zoo.examples import Examples
from nnjax.zoo.network import Network
from nnjax.zoo.networks import NETWORKS
from nnjax.zoo.training import begin_training, mean_loss, mean_score, train_epochs

N_RUNS = 15


class Trials(NamedTuple):
    """One network, trained from several seeds on the same examples."""

    score: np.ndarray  # (n_seeds,) of the task, on examples not trained on
    moved: np.ndarray  # (n_seeds,) of images moved a pixel to the right; NaN without images
    diverged_at: np.ndarray  # (n_seeds,) int32, -1 where the loss stayed finite


def try_network(
    key: str, *, learning_rate: float, n_epochs: int, first_seed: int = 0, n_seeds: int = 1
) -> Trials:
    """Train the network `key` of NETWORKS from `n_seeds` seeds, dealt out over all devices."""
    network = NETWORKS[key]
    seeds = np.arange(first_seed, first_seed + n_seeds, dtype=np.uint32)
    settings = np.float32(learning_rate), np.int32(n_epochs)
    tried = _try_seeds(network.task.load(), fill_devices(seeds), *settings, network=network)
    return jax.tree.map(lambda leaf: np.asarray(leaf)[:n_seeds], tried)


@functools.partial(jit_loop, static_argnames="network")
def _try_seeds(examples, seeds, learning_rate, n_epochs, *, network: Network) -> Trials:
    test = network.task.test(Examples(*map(jnp.asarray, examples)))
    moved = None
    if network.task.key == "digits":
        moved = test._replace(inputs=shift_images(test.inputs, 0, 1))

    def one(seed):
        start = begin_training(seed, network=network)
        trained = train_epochs(start, examples, seed, learning_rate, n_epochs, network=network)
        score = functools.partial(mean_score, network, trained.parameters)
        after = jnp.float32(jnp.nan) if moved is None else score(moved)
        return Trials(score(test), after, trained.diverged_at)

    return deal_out(one, seeds)


def step_seconds(key: str, length: int | None = None, *, n_runs: int = N_RUNS) -> np.ndarray:
    """Seconds of single training steps, one after the other: (n_runs,).

    Loss and gradient of a batch of the task of `key`, a network of NETWORKS, compiled. With a
    `length` the batch holds tokens to recall, that many in each sequence: a recurrent network and
    a transformer have the same parameters at any length.
    """
    network = NETWORKS[key]
    examples = network.task.load() if length is None else recall.make_recall(length=length)
    batch = Examples(*(part[: network.task.batch_size] for part in examples))
    parameters = network.init(jax.random.key(0))
    step = jit_loop(jax.value_and_grad(functools.partial(mean_loss, network)))
    seconds = np.zeros(n_runs)
    for run in range(-2, n_runs):  # two rounds to compile and warm up
        started = time.perf_counter()
        jax.block_until_ready(step(parameters, batch))
        if run >= 0:
            seconds[run] = time.perf_counter() - started
    return seconds
