"""How each layer of a trained network bends the plane, and what one straight cut makes of it.

Points and grid are followed through every layer, first through the weights (z = W h + b, which
keeps straight lines straight), then through the activation (h = f(z), which bends them).
"""

import functools
from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.data import DATASETS, prepare_dataset
from nnjax.data.prepare import Dataset
from nnjax.data.projection import project_two_components
from nnjax.networks import NetworkConfig, forward_trace
from nnjax.sweeps import sweep
from nnjax.training.chunks import train_steps
from nnjax.training.config import TrainingConfig, make_hyperparameters
from nnjax.training.metrics import Snapshot, masked_mean
from nnjax.training.state import init_training
from nnjax.training.steps import steps_per_epoch

MAX_LAYERS, MAX_WIDTH = 4, 8  # of the hidden layers
MAX_STAGES = 1 + 2 * MAX_LAYERS
NOISE, TRAIN_SHARE = 10.0, 0.5  # of the points: per cent, and the share to train on
RIDGE = 1e-3  # keeps the cut finite where the classes are parted completely
N_NEWTON = 12
N_FRAMES = 10  # of the film of a training, after the first weights


@dataclass(frozen=True, kw_only=True)
class BendingSettings:
    """A small network for two classes of points in the plane, and how it is trained."""

    dataset: str = "circle"
    hidden: tuple[int, ...] = (4, 4)
    activation: str = "tanh"
    learning_rate: float = 0.01
    n_epochs: int = 100  # a multiple of 10: each of the ten frames of its film has as many
    seed: int = 0

    @property
    def config(self) -> TrainingConfig:
        """What shapes the program: neither the seed, nor the rate, nor the epochs."""
        network = NetworkConfig(
            n_in=2,
            hidden=self.hidden,
            n_out=1,
            activations=(self.activation,) * len(self.hidden),
        )
        return TrainingConfig(
            network=network, task="binary", loss="binary_cross_entropy", optimizer="adam"
        )

    def prepare(self) -> Dataset:
        """The points, made, shuffled and split."""
        return prepare_dataset(
            DATASETS[self.dataset], seed=self.seed, noise=NOISE, train_share=TRAIN_SHARE
        )


def train_film(settings: BendingSettings) -> tuple[Snapshot, int]:
    """Train with Adam on batches of 10: snapshots before, and after each tenth of the epochs.

    Leaves of the snapshots are (N_FRAMES + 1, ...). The second value is the step at which
    the run diverged, -1 if it did not.
    """
    config, data = settings.config, settings.prepare()
    hyper = make_hyperparameters(learning_rate=settings.learning_rate)
    state = init_training(config, seed=settings.seed)
    # No step in one frame: the same program as below also tells how the untrained network does.
    _, first = train_steps(config, state, data, hyper, n_steps=0, n_frames=1)
    n_steps = settings.n_epochs * int(steps_per_epoch(config, int(data.n_train)))
    state, film = train_steps(
        config, state, data, hyper, n_steps=n_steps // N_FRAMES, n_frames=N_FRAMES
    )
    film = jax.tree.map(lambda one, rest: np.concatenate([one, rest]), first, film)
    return film, int(state.diverged_at)


class Bending(NamedTuple):
    """The plane at every stage: the inputs, then z and h of each hidden layer in turn.

    Places lie within about -1 ... 1: each stage is moved and scaled as a whole to fill the same
    square. All leaves have a leading axis of stages.
    """

    points: jax.Array  # (n_stages, n, 2)
    grid: jax.Array  # (n_stages, m, 2)
    explained: jax.Array  # (n_stages,) share of the points' spread that the picture keeps
    cuts: jax.Array  # (n_stages, 3) a, b, c: the cut a x + b y + c = 0 where it meets the picture
    train_accuracy: jax.Array  # (n_stages,) of the cut, in all dimensions of the stage
    test_accuracy: jax.Array  # (n_stages,)


def bend_plane(parameters, data: Dataset, grid, *, config: NetworkConfig) -> Bending:
    """Carry data and grid (m, 2), in the network's own inputs, through its hidden layers.

    A stage of one or two units is shown as it is. A wider one is shown on its two principal
    components, turned (and mirrored) to lie as near as can be to the stage before: a choice of
    view, which changes no distance.
    """
    stages, widths = _follow(parameters, jnp.concatenate([data.inputs, grid]), config=config)
    n_stages = 1 + 2 * len(config.hidden)
    views = _look(stages, widths, data.targets[:, 0], data.n_train)
    return Bending(*(leaf[:n_stages] for leaf in jax.device_get(views)))


def count_pieces(parameters, inputs, *, config: NetworkConfig) -> int:
    """How many patterns of firing (z > 0) the hidden neurons show over `inputs` (n, 2).

    With ReLU or leaky ReLU the network is a plane, with one slope, wherever the pattern is the
    same: so this counts the flat pieces that it is made of, but for those between the places.
    Source: Montúfar et al. (2014).
    """
    stages, _ = _follow(parameters, inputs, config=config)
    fires = np.asarray(stages)[1 : 2 * len(config.hidden) : 2] > 0  # (n_layers, n, MAX_WIDTH)
    patterns = np.packbits(np.moveaxis(fires, 1, 0).reshape(len(inputs), -1), axis=1)
    return len(np.unique(patterns, axis=0))


def first_layer_sums(parameters, data: Dataset) -> tuple[np.ndarray, np.ndarray]:
    """First weights (k, 2) and biases (k,) in raw coordinates: z = w . x + b for x as drawn.

    The network reads (x - mean) / scale, so w_raw = w / scale and b_raw = b - w . mean / scale.
    """
    first, mean, scale = jax.device_get((parameters[0], data.mean, data.scale))
    weights = first.weights / scale[None, :]
    return weights, first.bias - weights @ mean


@functools.partial(jax.jit, static_argnames="config")
def _follow(parameters, inputs, *, config):
    """Every stage (MAX_STAGES, n, MAX_WIDTH), and the widths (MAX_STAGES,).

    Filled up with zeros and with copies of the last stage, so that what looks at them is the same
    program for every network.
    """
    caches = forward_trace(config, parameters, inputs)[:-1]
    stages = [inputs, *(part for cache in caches for part in (cache.preactivation, cache.output))]
    widths = [stage.shape[1] for stage in stages]
    stages = [jnp.pad(stage, ((0, 0), (0, MAX_WIDTH - stage.shape[1]))) for stage in stages]
    missing = MAX_STAGES - len(stages)
    return (
        jnp.stack(stages + stages[-1:] * missing),
        jnp.asarray(widths + widths[-1:] * missing, jnp.int32),
    )


@jax.jit
def _look(stages, widths, targets, n_train):
    n = targets.shape[0]

    def one_stage(before, stage_and_width):
        stage, width = stage_and_width
        weights, bias, *accuracies = linear_cut(stage[:n], targets, n_train)
        mean, components, explained = _plane_of_view(stage[:n], width)
        flat = (stage - mean[None, :]) @ components.T
        turn = jnp.where(width > 2, _turn_onto(flat[:n], before), jnp.eye(2))
        flat = flat @ turn
        low, high = flat[:n].min(axis=0), flat[:n].max(axis=0)
        middle, reach = (low + high) / 2, jnp.max(high - low) / 2
        reach = jnp.where(reach > 1e-6, reach, 1.0)
        # Where w . h + b = 0 meets the picture: h = mean + components^T turn (reach p + middle).
        slope = turn.T @ (components @ weights)
        cut = jnp.append(reach * slope, weights @ mean + bias + middle @ slope)
        placed = (flat - middle[None, :]) / reach
        return placed[:n], (placed[:n], placed[n:], explained, cut, *accuracies)

    start = stages[0, :n, :2]
    return jax.lax.scan(one_stage, start, (stages, widths))[1]


def _plane_of_view(points, width):
    """Mean (d,), two directions (2, d), and the share of the spread that they keep."""
    projection = project_two_components(points)
    is_wide = width > 2
    mean = jnp.where(is_wide, points.mean(axis=0), 0.0)
    components = jnp.where(is_wide, projection.components, jnp.eye(*projection.components.shape))
    return mean, components, jnp.where(is_wide, projection.explained.sum(), 1.0)


def _turn_onto(places, target):
    """The orthogonal R (2, 2) with the least |places R - target|, both (n, 2), after centring.

    R = U V^T for U S V^T = places^T target. Source: Schönemann (1966).
    """
    places, target = (part - part.mean(axis=0, keepdims=True) for part in (places, target))
    left, _, right = jnp.linalg.svd(places.T @ target)
    return left @ right


def linear_cut(features, targets, n_train):
    """Fit p = 1 / (1 + exp(-(w . h + b))) to the first `n_train` rows; count who is on which side.

    features (n, d), targets (n,) of 0 and 1 -> w (d,), b (), and the shares of the training rows
    and of the others that are on the right side of w . h + b = 0. Newton's method on the mean
    cross-entropy plus RIDGE / 2 |w|^2, for features brought to mean 0 and deviation 1.
    Source: Alain and Bengio (2016) call it a linear probe.
    """
    in_train = (jnp.arange(features.shape[0]) < n_train).astype(jnp.float32)
    share = in_train / jnp.sum(in_train)
    mean = share @ features
    deviation = jnp.sqrt(share @ (features - mean[None, :]) ** 2)
    scale = jnp.where(deviation > 1e-6, deviation, 1.0)
    scaled = (features - mean[None, :]) / scale[None, :]
    rows = jnp.concatenate([scaled, jnp.ones((features.shape[0], 1))], axis=1)
    # The bias is held back a little too: without any, its curvature can vanish.
    ridge = jnp.full(rows.shape[1], RIDGE)

    def newton(_, weights):
        chances = jax.nn.sigmoid(rows @ weights)
        gradient = rows.T @ (share * (chances - targets)) + ridge * weights
        curvature = (rows * (share * chances * (1 - chances))[:, None]).T @ rows
        step = jnp.linalg.solve(curvature + jnp.diag(ridge), gradient)
        return weights - step

    weights = jax.lax.fori_loop(0, N_NEWTON, newton, jnp.zeros(rows.shape[1]))
    is_right = ((rows @ weights > 0) == (targets > 0.5)).astype(jnp.float32)
    slopes = weights[:-1] / scale
    return (
        slopes,
        weights[-1] - slopes @ mean,
        masked_mean(is_right, in_train),
        masked_mean(is_right, 1 - in_train),
    )


def parted_share(n_seeds: int = 16, hidden: tuple[int, ...] = (2, 2, 2)) -> np.ndarray:
    """Test accuracies (n_seeds,) of networks of tanh neurons trained on the disc in a ring.

    All seeds in one call; 200 epochs at the default rate.
    """
    settings = BendingSettings(hidden=hidden)
    hyper = make_hyperparameters(learning_rate=settings.learning_rate)
    film, _ = sweep(
        settings.config, settings.prepare(), hyper, seeds=range(n_seeds), steps_per_frame=5000,
        n_frames=1,
    )  # fmt: skip
    return film.test_accuracy[:, -1]
