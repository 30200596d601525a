"""Every architecture that trains, made to measure for every task that suits it.

All but the autoencoder have about BUDGET parameters, those of the small CNN.
"""

import functools
from collections.abc import Callable

from nnjax.networks import NetworkConfig, init_network, network_forward
from nnjax.zoo.autoencoder import SHAPE, autoencoder_forward, init_autoencoder
from nnjax.zoo.cnn import CNN_FLOPS, cnn_forward, init_cnn
from nnjax.zoo.dense import PEER
from nnjax.zoo.digits import N_CLASSES, SIDE
from nnjax.zoo.network import Network
from nnjax.zoo.recall import LENGTH, N_TOKENS
from nnjax.zoo.recurrent import CELLS, init_recurrent, recurrent_flops, recurrent_forward
from nnjax.zoo.tasks import N_FEATURES, TASKS
from nnjax.zoo.transformer import init_transformer, transformer_flops, transformer_forward

BUDGET = 1900  # parameters, within five per cent
# How a sequence network reads an example of each task: length, numbers a step, outputs.
SEQUENCES = {
    "tabular": (N_FEATURES, 1, 1),  # one measurement at a time
    "digits": (SIDE, SIDE, N_CLASSES),  # one row of pixels at a time
    "recall": (LENGTH, N_TOKENS, N_TOKENS),
}
UNITS = {
    ("rnn", "tabular"): 42, ("rnn", "digits"): 35, ("rnn", "recall"): 36,
    ("lstm", "tabular"): 21, ("lstm", "digits"): 17, ("lstm", "recall"): 17,
    ("gru", "tabular"): 24, ("gru", "digits"): 20, ("gru", "recall"): 20,
}  # fmt: skip
WIDTH = 16  # of the transformer
N_INNER = {"tabular": 22, "digits": 14, "recall": 15}
DENSE = {
    "tabular": NetworkConfig(
        n_in=N_FEATURES, hidden=(59,), n_out=1, activations=("relu",), initializer="he"
    ),
    "digits": PEER,
    "recall": NetworkConfig(
        n_in=LENGTH * N_TOKENS, hidden=(6,), n_out=N_TOKENS, activations=("relu",), initializer="he"
    ),
}


def dense_flops(config: NetworkConfig) -> int:
    """2 n_in n_out for each layer."""
    return sum(2 * n_out * n_in for n_out, n_in in config.layer_shapes)


def flattened(config: NetworkConfig) -> Callable:
    """A dense network that reads an input of any shape as one list of numbers."""
    return lambda parameters, example: network_forward(config, parameters, example.reshape(-1))


def as_sequence(forward: Callable, task: str) -> Callable:
    """Let a sequence network read an example of `task` step by step, of whatever length."""
    n_in = SEQUENCES[task][1]
    return lambda parameters, example: forward(parameters, example.reshape(-1, n_in))


def make_dense(task: str) -> Network:
    """One hidden layer of ReLU."""
    config = DENSE[task]
    return Network(
        architecture="feedforward",
        label="Feedforward",
        task=TASKS[task],
        init=lambda key: init_network(config, key=key),
        forward=flattened(config),
        flops=dense_flops(config),
    )


def make_recurrent(kind: str, task: str) -> Network:
    """A cell that goes along the sequence, and a layer that reads its last state."""
    cell, n = CELLS[kind], UNITS[kind, task]
    length, n_in, n_out = SEQUENCES[task]
    shape = {"cell": cell, "n_in": n_in, "n": n, "n_out": n_out}
    forward = functools.partial(recurrent_forward, cell=cell)
    return Network(
        architecture=kind,
        label=cell.label,
        task=TASKS[task],
        init=functools.partial(init_recurrent, longest=length, **shape),
        forward=as_sequence(forward, task),
        flops=recurrent_flops(length=length, **shape),
        unrolled=as_sequence(functools.partial(forward, unroll=length), task),
    )


def make_transformer(task: str) -> Network:
    """One block with two heads, and the mean of all positions."""
    length, n_in, n_out = SEQUENCES[task]
    shape = {"n_in": n_in, "width": WIDTH, "n_inner": N_INNER[task], "n_out": n_out}
    return Network(
        architecture="transformer",
        label="Transformer",
        task=TASKS[task],
        init=functools.partial(init_transformer, **shape),
        forward=as_sequence(transformer_forward, task),
        flops=transformer_flops(length=length, **shape),
    )


CNN = Network(
    architecture="cnn",
    label="CNN",
    task=TASKS["digits"],
    init=init_cnn,
    forward=cnn_forward,
    flops=CNN_FLOPS,
)
AUTOENCODER = Network(
    architecture="autoencoder",
    label="Autoencoder",
    task=TASKS["redraw"],
    init=init_autoencoder,
    forward=autoencoder_forward,
    flops=dense_flops(SHAPE),
)
_ROWS = (
    *(make_dense(task) for task in SEQUENCES),
    CNN,
    *(make_recurrent(kind, task) for kind in CELLS for task in SEQUENCES),
    *(make_transformer(task) for task in SEQUENCES),
    AUTOENCODER,
)
NETWORKS: dict[str, Network] = {row.key: row for row in _ROWS}


def networks_for(task: str) -> dict[str, Network]:
    """The networks that learn `task`, by architecture."""
    return {row.architecture: row for row in _ROWS if row.task.key == task}
