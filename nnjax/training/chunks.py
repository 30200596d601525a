"""Training in chunks: one call to the device runs many steps and brings back a strip of film."""

import functools

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.compiler import jit_loop
from nnjax.data.prepare import Dataset
from nnjax.training.config import Hyperparameters, TrainingConfig
from nnjax.training.metrics import Snapshot, take_snapshot
from nnjax.training.state import NOT_DIVERGED, TrainingState
from nnjax.training.steps import run_steps, steps_per_epoch

FRAMES_PER_CHUNK = 40  # room on the strip: fixed, so that every chunk is the same program


@functools.partial(jit_loop, static_argnames="config")
def train_frames(
    state: TrainingState,
    data: Dataset,
    hyper: Hyperparameters,
    steps_per_frame,
    n_frames,
    *,
    config: TrainingConfig,
) -> tuple[TrainingState, Snapshot]:
    """The state after `n_frames * steps_per_frame` steps, and a snapshot after each frame.

    `steps_per_frame` and `n_frames` (at most FRAMES_PER_CHUNK) are traced int32. The snapshots
    have a leading axis of FRAMES_PER_CHUNK; those from `n_frames` on are empty. A run that has
    diverged goes no further than the frame in which it did: the frames after it repeat that one.
    """

    def frame(index, state_and_film):
        state, film = state_and_film
        goes_on = state.diverged_at == NOT_DIVERGED
        n_steps = jnp.where(goes_on, steps_per_frame, 0)
        state = run_steps(config, state, data, hyper, n_steps)
        taken = take_snapshot(config, state, data, hyper)
        return state, jax.tree.map(lambda strip, one: strip.at[index].set(one), film, taken)

    one = jax.eval_shape(lambda: take_snapshot(config, state, data, hyper))
    empty = jax.tree.map(lambda leaf: jnp.zeros((FRAMES_PER_CHUNK, *leaf.shape), leaf.dtype), one)
    return jax.lax.fori_loop(0, n_frames, frame, (state, empty))


def train_epochs(config: TrainingConfig, state, data, hyper, *, n_epochs=1, n_frames=1):
    """`n_frames` frames of `n_epochs` epochs each, the first one finishing a begun epoch."""
    per_epoch = int(steps_per_epoch(config, int(data.n_train)))
    return train_steps(config, state, data, hyper, n_steps=n_epochs * per_epoch, n_frames=n_frames)


def train_steps(config: TrainingConfig, state, data, hyper, *, n_steps=1, n_frames=1):
    """`n_frames` frames of `n_steps` steps each: (state, snapshots with a leading frame axis)."""
    if not 1 <= n_frames <= FRAMES_PER_CHUNK:
        raise ValueError(f"a chunk has 1 to {FRAMES_PER_CHUNK} frames, given {n_frames}")
    # NumPy's scalars: making one of JAX's costs more than a frame of a small network.
    counts = np.int32(n_steps), np.int32(n_frames)
    state, film = train_frames(state, data, hyper, *counts, config=config)
    return state, jax.tree.map(lambda frames: frames[:n_frames], jax.device_get(film))


def still_frame(config: TrainingConfig, state, data, hyper) -> Snapshot:
    """The film of a state as it is, one frame long: what every run begins with."""
    return train_steps(config, state, data, hyper, n_steps=0)[1]
