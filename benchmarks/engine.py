"""nnjax as a contender, set up and run as the app does it, film and all."""

import jax.numpy as jnp
import numpy as np

from benchmarks.problem import Problem
from dashboard import startup
from nnjax.data.prepare import Dataset
from nnjax.layers import Dense
from nnjax.networks import NetworkConfig
from nnjax.sweeps import sweep
from nnjax.training.chunks import FRAMES_PER_CHUNK, train_epochs
from nnjax.training.config import TrainingConfig, make_hyperparameters
from nnjax.training.state import TrainingState, edit_parameters, init_training

startup.prepare()

EPOCHS_PER_FRAME = 5  # the playground's default: 200 epochs on 40 frames
N_RATES = 64
SWEEP_FRAMES = 20
SWEEP_EPOCHS = N_RATES * SWEEP_FRAMES * EPOCHS_PER_FRAME  # network-epochs of one call


def make_config(problem: Problem) -> TrainingConfig:
    """The task in the engine's words."""
    network = NetworkConfig(
        n_in=2, hidden=problem.hidden, n_out=1, activations=("tanh",) * len(problem.hidden)
    )
    return TrainingConfig(
        network=network, task="regression", loss="mse", batch_size=problem.batch_size
    )


def make_dataset(problem: Problem) -> Dataset:
    """Training rows first, then as many test rows, which the film's losses need."""
    inputs = np.concatenate([problem.inputs, problem.test_inputs])
    targets = np.concatenate([problem.targets, problem.test_targets])
    return Dataset(
        inputs=jnp.asarray(inputs),
        targets=jnp.asarray(targets),
        n_train=jnp.int32(len(problem.inputs)),
        mean=jnp.zeros(2),
        scale=jnp.ones(2),
        raw=jnp.asarray(inputs),
        labels=jnp.asarray(targets[:, 0]),
        rows=jnp.arange(len(inputs), dtype=jnp.int32),
        target_mean=jnp.float32(0),
        target_scale=jnp.float32(1),
    )


def start_state(config: TrainingConfig, problem: Problem) -> TrainingState:
    """A new run with the weights that every peer starts from."""
    layers = (Dense(jnp.asarray(w), jnp.zeros(len(w))) for w in problem.weights)
    return edit_parameters(init_training(config, seed=0), tuple(layers))


class Engine:
    """One run that trains on. A film frame every `epochs_per_frame`, ten frames a call."""

    def __init__(self, problem: Problem, *, epochs_per_frame: int = EPOCHS_PER_FRAME):
        self.config = make_config(problem)
        self.data = make_dataset(problem)
        self.hyper = make_hyperparameters(learning_rate=problem.learning_rate)
        self.state = start_state(self.config, problem)
        self.epochs_per_frame = epochs_per_frame

    def _advance(self, n_epochs: int, n_frames: int) -> np.ndarray:
        self.state, film = train_epochs(
            self.config, self.state, self.data, self.hyper, n_epochs=n_epochs, n_frames=n_frames
        )
        return film.train_loss

    def train(self, n_epochs: int) -> np.ndarray:
        """Exactly `n_epochs` more; returns the training loss of each frame."""
        losses = []
        frames, rest = divmod(n_epochs, self.epochs_per_frame)
        while frames:
            n_frames = min(frames, FRAMES_PER_CHUNK)
            losses.append(self._advance(self.epochs_per_frame, n_frames))
            frames -= n_frames
        if rest:
            losses.append(self._advance(rest, 1))
        return np.concatenate(losses)


def start_sweep(problem: Problem):
    """`sweeps(n)`: n times 64 learning rates for 100 epochs, one film frame every five."""
    config, data = make_config(problem), make_dataset(problem)
    rates = np.geomspace(1e-4, 1, N_RATES)
    hyper = make_hyperparameters(learning_rate=0.0)._replace(learning_rate=rates)
    steps = EPOCHS_PER_FRAME * -(-len(problem.inputs) // problem.batch_size)

    def sweeps(n_calls: int) -> None:
        for _ in range(n_calls):
            sweep(
                config, data, hyper, seeds=np.zeros(N_RATES, np.uint32),
                steps_per_frame=steps, n_frames=SWEEP_FRAMES,
            )  # fmt: skip

    return sweeps
