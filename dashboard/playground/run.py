"""One live run: its data, its state, and the film of all that it has been. Knows no Streamlit."""

import itertools
import time
from typing import Any

import jax
import numpy as np

from dashboard.playground.run_settings import Fork, RunSettings, Stop
from nnjax.networks import Parameters
from nnjax.training.chunks import FRAMES_PER_CHUNK, still_frame, train_steps
from nnjax.training.config import Hyperparameters
from nnjax.training.metrics import Snapshot
from nnjax.training.state import NOT_DIVERGED, edit_parameters, fork_training, init_training
from nnjax.training.stopping import STOP_RULES, first_stop

MAX_FRAMES = 300  # a longer film keeps every second frame
_run_numbers = itertools.count(1)


class Run:
    """A network in training. `film` has a leading frame axis; its first frame is untrained.

    With `fork`, the first frame is the one at which the other run was left. With `stop`, the run
    goes no further than that rule lets it.
    """

    def __init__(
        self,
        settings: RunSettings,
        hyper: Hyperparameters,
        *,
        fork: Fork | None = None,
        stop: Stop | None = None,
    ) -> None:
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
        self.max_frames = MAX_FRAMES
        self.stop = stop
        self.stopped_for: str | None = None
        self.fork = fork
        if fork is not None:
            self._take_up(fork)

    def _take_up(self, fork: Fork) -> None:
        """Begin where another run was left, with nothing in the optimiser's memory."""
        self.state = fork_training(
            self.config,
            fork.parameters,
            seed=self.settings.seed,
            step=round(fork.epoch * self.n_batches),
            first_loss=self.film.train_loss[0],
        )
        self.film = still_frame(self.config, self.state, self.data, self.hyper)

    def fork_at(self, frame: int) -> Fork:
        """Return the place on the film at this frame."""
        parameters = jax.tree.map(lambda leaf: leaf[frame], self.film.parameters)
        return Fork(self.number, float(self.epochs[frame]), self.settings, parameters)

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
    def is_over(self) -> bool:
        """Whether the run has diverged, or come to where it was to stop."""
        return self.diverged_at is not None or self.stopped_for is not None

    @property
    def parameters(self) -> Parameters:
        """The parameters now, as NumPy arrays."""
        return jax.tree.map(lambda leaf: leaf[-1], self.film.parameters)

    def advance(self, *, n_steps: int, n_frames: int = 1) -> None:
        """Train `n_frames` frames of `n_steps` updates and add them to the film."""
        started, before = time.perf_counter(), self.state
        frames = self._train(n_steps, n_frames)
        took = (time.perf_counter() - started) / (n_steps * n_frames)
        self.seconds_per_step = min(took, self.seconds_per_step or took)
        wanted = self._frames_to_stop(frames)
        if wanted is not None and wanted < n_frames:  # it went too far: go there again, exactly
            self.state = before
            frames = self._train(n_steps, wanted)
        self._append(frames)

    def _train(self, n_steps: int, n_frames: int) -> Snapshot:
        self.state, frames = train_steps(
            self.config, self.state, self.data, self.hyper, n_steps=n_steps, n_frames=n_frames
        )
        return frames

    def _frames_to_stop(self, frames: Snapshot) -> int | None:
        """Return how many of these frames the stop rule lets the run have; None is all."""
        if self.stop is None:
            return None
        rule, threshold = STOP_RULES[self.stop.rule], self.stop.threshold
        film = join(self.film, frames)
        index = first_stop(rule, film, film.step / self.n_batches, threshold)
        if index is None:
            return None
        self.stopped_for = rule.reason.format(threshold=threshold)
        return max(1, index - self.n_frames + 1)

    def go_on(self) -> None:
        """Train past the place where the run has stopped: its rule no longer counts."""
        self.stop = self.stopped_for = None

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
        while self.step < goal and not self.is_over:
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
        joined = join(self.film, frames)
        if len(joined.step) > self.max_frames:
            kept = np.unique(np.r_[np.arange(0, len(joined.step), 2), len(joined.step) - 1])
            joined = jax.tree.map(lambda leaf: leaf[kept], joined)
            self.number = next(_run_numbers)  # frames have moved: the browser starts anew
        self.film = joined


def join(film: Snapshot, frames: Snapshot) -> Snapshot:
    """Return a film with these frames at its end."""
    return jax.tree.map(lambda a, b: np.concatenate([a, b]), film, frames)


def same_numbers(a: Hyperparameters, b: Hyperparameters) -> bool:
    """Whether two sets of hyperparameters hold the same numbers."""
    return all(float(x) == float(y) for x, y in zip(a, b, strict=True))
