"""The same number of parameters in one wide layer or in several narrow ones: which fits better.

Every depth is trained on the same points, with the same optimiser and rate, over many seeds.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nnjax.data import DATASETS, prepare_dataset
from nnjax.networks import NetworkConfig, count_parameters
from nnjax.races.bands import count_wins, middle_seed
from nnjax.sweeps import sweep
from nnjax.training.config import TrainingConfig, make_hyperparameters

DEPTHS = (1, 2, 3, 4, 5)
N_FRAMES = 10  # of each run, after the first weights
BATCH_SIZE = 25
NOISE, TRAIN_SHARE = 10.0, 0.5  # of the points: per cent, and the share to train on
CLEAR = 0.8  # of the seeds, to call one depth better than another


@dataclass(frozen=True, kw_only=True)
class DepthSettings:
    """What all depths share; `dataset` is the key of a set in the plane, two classes."""

    dataset: str = "spiral"
    budget: int = 100
    activation: str = "relu"
    learning_rate: float = 0.01
    n_epochs: int = 100  # a multiple of N_FRAMES
    n_seeds: int = 16
    first_seed: int = 0


class DepthRuns(NamedTuple):
    """The runs of one depth, one a seed."""

    hidden: tuple[int, ...]
    n_parameters: int
    train_loss: np.ndarray  # (n_seeds, N_FRAMES + 1), from the untrained network on
    test_loss: np.ndarray  # (n_seeds,) at the end
    test_accuracy: np.ndarray  # (n_seeds,) at the end
    diverged_at: np.ndarray  # (n_seeds,) the step, -1 where none did


def network_of(budget: int, depth: int, activation: str = "relu") -> NetworkConfig:
    """The network 2-...-1 of `depth` hidden layers whose parameters come nearest to `budget`.

    Its widths differ by one at most, the wider layers first.

    Raises:
        ValueError: the budget is too small for a neuron in every layer.
    """
    if budget < 3 + 2 * (depth - 1) + 2:
        raise ValueError(f"{depth} layers need more than {budget} parameters")
    candidates = (
        NetworkConfig(
            n_in=2,
            hidden=(width + 1,) * n_wider + (width,) * (depth - n_wider),
            n_out=1,
            activations=(activation,) * depth,
            initializer="he",
        )
        for width, n_wider in itertools.product(range(1, budget // 4 + 2), range(depth))
    )
    return min(candidates, key=lambda network: abs(count_parameters(network) - budget))


def train_depth(depth: int, settings: DepthSettings) -> DepthRuns:
    """Train the network of this depth once for each seed, all in one call.

    Adam at a constant rate on batches of 25, binary cross-entropy, weights from He. Neither the
    seed, nor the rate, nor the epochs compile anything.
    """
    network = network_of(settings.budget, depth, settings.activation)
    config = TrainingConfig(
        network=network, task="binary", loss="binary_cross_entropy", optimizer="adam",
        batch_size=BATCH_SIZE,
    )  # fmt: skip
    data = prepare_dataset(
        DATASETS[settings.dataset], seed=settings.first_seed, noise=NOISE, train_share=TRAIN_SHARE
    )
    n_batches = -(-int(data.n_train) // BATCH_SIZE)
    seeds = range(settings.first_seed, settings.first_seed + settings.n_seeds)
    frames, diverged_at = sweep(
        config,
        data,
        make_hyperparameters(learning_rate=settings.learning_rate),
        seeds=seeds,
        steps_per_frame=settings.n_epochs * n_batches // N_FRAMES,
        n_frames=N_FRAMES,
    )
    return DepthRuns(
        hidden=network.hidden,
        n_parameters=count_parameters(network),
        train_loss=frames.train_loss,
        test_loss=frames.test_loss[:, -1],
        test_accuracy=frames.test_accuracy[:, -1],
        diverged_at=diverged_at,
    )


class Verdict(NamedTuple):
    """The depth with the best middle seed, and in how many seeds it beats the others."""

    best: int
    wins: dict[int, int]  # rival depth -> seeds in which the best one is better
    losses: dict[int, int]  # rival depth -> seeds in which the rival is better
    n_seeds: int

    @property
    def clear(self) -> bool:
        """Whether it beats every other depth in CLEAR of the seeds."""
        return all(won >= CLEAR * self.n_seeds for won in self.wins.values())

    @property
    def beaten(self) -> tuple[int, ...]:
        """The depths that it beats in CLEAR of the seeds."""
        return tuple(d for d, won in self.wins.items() if won >= CLEAR * self.n_seeds)


def judge(runs: Mapping[int, DepthRuns], measure: str) -> Verdict:
    """Compare depths by "test_accuracy" (higher is better) or "test_loss" (lower), in pairs."""
    costs = {depth: cost_of(run, measure) for depth, run in runs.items()}
    best = min(costs, key=lambda depth: (middle_seed(costs[depth]), depth))
    rivals = [depth for depth in costs if depth != best]
    return Verdict(
        best,
        {depth: count_wins(costs[best], costs[depth]) for depth in rivals},
        {depth: count_wins(costs[depth], costs[best]) for depth in rivals},
        len(costs[best]),
    )


def cost_of(run: DepthRuns, measure: str) -> np.ndarray:
    """What is to be small, (n_seeds,): the loss, or the share of wrong answers."""
    values = np.asarray(getattr(run, measure))
    return 1 - values if measure == "test_accuracy" else values


def quartiles_of(run: DepthRuns, measure: str) -> tuple[float, float, float]:
    """The worse quarter's edge, the middle seed, the better quarter's edge, of the measure itself.

    Each is a value that some seed had; a loss that is not a number counts as the worst.
    """
    costs = cost_of(run, measure)
    ranked = np.sort(np.where(np.isnan(costs), np.inf, costs))
    found = (ranked[round(share * (len(ranked) - 1))] for share in (0.75, 0.5, 0.25))
    return tuple(float(1 - cost if measure == "test_accuracy" else cost) for cost in found)


def width_for(n_parameters: float, n_layers: int) -> float:
    """The width d of a transformer from N = 12 L d^2, without its vocabulary.

    Source: Kaplan et al. (2020), section 2.1.
    """
    return (n_parameters / (12 * n_layers)) ** 0.5
