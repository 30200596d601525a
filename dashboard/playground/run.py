"""One live run: its data, its state, and the film of all that it has been. Knows no Streamlit."""

import itertools
import time
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np

from nnjax.data import DATASETS, prepare_dataset
from nnjax.data.prepare import Dataset
from nnjax.networks import Parameters
from nnjax.training.chunks import FRAMES_PER_CHUNK, still_frame, train_steps
from nnjax.training.config import Hyperparameters, TrainingConfig
from nnjax.training.metrics import Snapshot
from nnjax.training.state import NOT_DIVERGED, edit_parameters, init_training

MAX_FRAMES = 120  # a longer film keeps every second frame
_run_numbers = itertools.count(1)


@dataclass(frozen=True, kw_only=True)
class RunSettings:
    """What a run is made from: another value of any of these is another run."""

    dataset: str
    noise: float
    train_share: float
    seed: int
    features: tuple[str, ...] | None
    config: TrainingConfig

    def prepare(self) -> Dataset:
        """Return the data, made, shuffled and split as these settings say."""
        return prepare_dataset(
            DATASETS[self.dataset],
            seed=self.seed,
            noise=self.noise,
            train_share=self.train_share,
            features=self.features,
        )


class Run:
    """A network in training. `film` has a leading frame axis; its first frame is untrained."""

    def __init__(self, settings: RunSettings, hyper: Hyperparameters) -> None:
        """Draw the network and take the first frame."""
        self.settings = settings
        self.config = settings.config
        self.hyper = hyper
        self.data = settings.prepare()
        self.state = init_training(self.config, seed=settings.seed)
        self.number = next(_run_numbers)
        self.edited = False
        self.rate_changed_at: float | None = None
        self.seconds_per_step: float | None = None  # the best so far: the first call compiles
        self.n_batches = -(-int(self.data.n_train) // self.config.batch_size)
        self.film: Snapshot = still_frame(self.config, self.state, self.data, hyper)

    @property
    def step(self) -> int:
        """The updates made so far."""
        return int(self.film.step[-1])

    @property
    def epoch(self) -> float:
        """The passes through the training data so far."""
        return self.step / self.n_batches

    @property
    def epochs(self) -> np.ndarray:
        """The epoch of each frame."""
        return self.film.step / self.n_batches

    @property
    def n_frames(self) -> int:
        """The frames on the film."""
        return len(self.film.step)

    @property
    def diverged_at(self) -> int | None:
        """The step at which the run blew up, or None."""
        step = int(self.state.diverged_at)
        return None if step == NOT_DIVERGED else step

    @property
    def parameters(self) -> Parameters:
        """The parameters now, as NumPy arrays."""
        return jax.tree.map(lambda leaf: leaf[-1], self.film.parameters)

    def advance(self, *, n_steps: int, n_frames: int = 1) -> None:
        """Train `n_frames` frames of `n_steps` updates and add them to the film."""
        started = time.perf_counter()
        self.state, frames = train_steps(
            self.config, self.state, self.data, self.hyper, n_steps=n_steps, n_frames=n_frames
        )
        took = (time.perf_counter() - started) / (n_steps * n_frames)
        self.seconds_per_step = min(took, self.seconds_per_step or took)
        self._append(frames)

    def steps_within(self, seconds: float) -> int:
        """Return how many updates fit into this time, as far as is known; at least one."""
        if self.seconds_per_step is None:
            return 1
        return max(1, int(seconds / self.seconds_per_step))

    def train_to(self, epoch: float, *, n_frames: int, budget: float) -> None:
        """Train up to `epoch` in about `n_frames` frames, for at most `budget` seconds."""
        goal = round(epoch * self.n_batches)
        per_frame = max(1, -(-(goal - self.step) // n_frames))
        deadline = None
        while self.step < goal and self.diverged_at is None:
            whole, rest = divmod(goal - self.step, per_frame)
            fitting = self.steps_within(budget / 2) // per_frame
            in_chunk = max(1, min(whole, fitting, FRAMES_PER_CHUNK))
            self.advance(n_steps=per_frame if whole else rest, n_frames=in_chunk)
            # Counted from the first chunk's end: that one may have compiled the program.
            deadline = deadline or time.perf_counter() + budget
            if time.perf_counter() > deadline:
                break

    def steer(self, hyper: Hyperparameters) -> None:
        """Go on with other numbers; the run is then no longer what its settings alone make."""
        if not same_numbers(hyper, self.hyper):
            self.hyper = hyper
            self.rate_changed_at = self.epoch

    def edit(self, parameters: Any) -> None:
        """Replace the parameters by hand; the film goes on from them."""
        self.state = edit_parameters(self.state, parameters)
        self._append(still_frame(self.config, self.state, self.data, self.hyper))
        self.edited = True

    def _append(self, frames: Snapshot) -> None:
        if self.diverged_at is not None:  # the frames after the last step only repeat it
            n_new = 1 + int(np.argmax(frames.step == frames.step[-1]))
            frames = jax.tree.map(lambda leaf: leaf[:n_new], frames)
        joined = jax.tree.map(lambda a, b: np.concatenate([a, b]), self.film, frames)
        if len(joined.step) > MAX_FRAMES:
            kept = np.unique(np.r_[np.arange(0, len(joined.step), 2), len(joined.step) - 1])
            joined = jax.tree.map(lambda leaf: leaf[kept], joined)
            self.number = next(_run_numbers)  # frames have moved: the browser starts anew
        self.film = joined


def same_numbers(a: Hyperparameters, b: Hyperparameters) -> bool:
    """Whether two sets of hyperparameters hold the same numbers."""
    return all(float(x) == float(y) for x, y in zip(a, b, strict=True))
