"""The contenders of `training`. Adding one: a class with `train(n_epochs)`, and a row below."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.compiled import Reference, Unavailable
from benchmarks.problem import Problem

Trainer = Callable[[int], np.ndarray]  # trains on for n epochs, returns the loss of each


def nnjax(problem: Problem) -> Trainer:
    """The engine with a film frame every five epochs, as the app records them."""
    from benchmarks.engine import Engine

    return Engine(problem).train


def nnjax_every_epoch(problem: Problem) -> Trainer:
    """The engine with a film frame every epoch: a full pass over all 500 points each time."""
    from benchmarks.engine import Engine

    return Engine(problem, epochs_per_frame=1).train


def c_rows(problem: Problem) -> Trainer:
    """Plain C, row-major arrays (reference.c)."""
    return Reference("reference.c", problem, transposed=True).train


def c_columns(problem: Problem) -> Trainer:
    """Plain C, the batch along the vector axis (reference_columns.c)."""
    return Reference("reference_columns.c", problem, transposed=False).train


def scikit_learn(problem: Problem) -> Trainer:
    """`MLPRegressor`, one `partial_fit` an epoch. Its loss has a half, so the rate is doubled."""
    try:
        from sklearn.neural_network import MLPRegressor
    except ImportError as error:
        raise Unavailable("scikit-learn is not installed") from error
    model = MLPRegressor(
        hidden_layer_sizes=problem.hidden, activation="tanh", solver="sgd", alpha=0.0,
        batch_size=problem.batch_size, learning_rate_init=2 * problem.learning_rate,
        momentum=0.0, nesterovs_momentum=False, random_state=0,
    )  # fmt: skip
    targets = problem.targets.ravel()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.partial_fit(problem.inputs, targets)  # builds the arrays
    for index, weights in enumerate(problem.weights):
        model.coefs_[index][:] = weights.T
        model.intercepts_[index][:] = 0

    def train(n_epochs: int) -> np.ndarray:
        for _ in range(n_epochs):
            model.partial_fit(problem.inputs, targets)
        return 2 * np.array(model.loss_curve_[-n_epochs:])

    return train


def pytorch(problem: Problem) -> Trainer:
    """PyTorch, eager, on the CPU; one thread, which is its fastest at these sizes."""
    try:
        import torch
    except ImportError as error:
        raise Unavailable("torch is not installed") from error
    torch.set_num_threads(1)
    layers: list[torch.nn.Module] = []
    for weights in problem.weights:
        layer = torch.nn.Linear(weights.shape[1], weights.shape[0])
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(weights))
            layer.bias.zero_()
        layers += [layer, torch.nn.Tanh()]
    model = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(model.parameters(), lr=problem.learning_rate)
    loss_of = torch.nn.MSELoss()
    inputs, targets = torch.from_numpy(problem.inputs), torch.from_numpy(problem.targets)

    def epoch() -> float:
        order = torch.randperm(len(inputs))
        total = torch.zeros(())
        for rows in order.split(problem.batch_size):
            optimizer.zero_grad()
            loss = loss_of(model(inputs[rows]), targets[rows])
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(rows)
        return float(total) / len(inputs)

    return lambda n_epochs: np.array([epoch() for _ in range(n_epochs)])


@dataclass(frozen=True, kw_only=True)
class Peer:
    """One contender: `start(problem)` builds its network and returns its trainer."""

    key: str
    label: str
    start: Callable[[Problem], Trainer]


PEERS: dict[str, Peer] = {
    row.key: row
    for row in (
        Peer(key="nnjax", label="nnjax", start=nnjax),
        Peer(key="nnjax_every_epoch", label="film of every epoch", start=nnjax_every_epoch),
        Peer(key="c", label="C, -O3 -ffast-math", start=c_rows),
        Peer(key="c_columns", label="C, batch innermost", start=c_columns),
        Peer(key="scikit_learn", label="scikit-learn", start=scikit_learn),
        Peer(key="pytorch", label="PyTorch eager", start=pytorch),
    )
}
