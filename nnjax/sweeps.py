"""Many runs at once: learning rates and seeds trained side by side in one call.

The runs are dealt out over all devices. Within a device they either march in step (`vmap`) or
follow one another (`lax.map`): which is faster depends on the back end, and is chosen here.
"""

import functools

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import AxisType, PartitionSpec

from nnjax.compiler import jit_loop
from nnjax.data.prepare import Dataset
from nnjax.training.config import Hyperparameters, TrainingConfig
from nnjax.training.metrics import Snapshot, take_snapshot
from nnjax.training.state import NOT_DIVERGED, init_state
from nnjax.training.steps import run_steps


def sweep(
    config: TrainingConfig,
    data: Dataset,
    hyper: Hyperparameters,
    *,
    seeds,
    steps_per_frame: int,
    n_frames: int,
    data_of=None,
) -> tuple[Snapshot, np.ndarray]:
    """Trains one run per seed; `hyper` holds (n_runs,) arrays or scalars for all of them.

    Returns the snapshots without their parameters, leaves (n_runs, n_frames + 1, ...) from the
    untrained network on, and the steps at which runs diverged, (n_runs,), -1 where none did. A
    run that has diverged goes no further than the frame in which it did.
    `n_frames` is a shape; rates, seeds and `steps_per_frame` are traced. With `data_of`, (n_runs,)
    whole numbers, `data` is several data sets stacked: run i trains on number `data_of[i]`.
    """
    seeds = np.atleast_1d(np.asarray(seeds, np.uint32))
    n_runs = len(seeds)
    hyper = jax.tree.map(lambda leaf: np.broadcast_to(np.float32(leaf), (n_runs,)), hyper)
    data_of = None if data_of is None else np.asarray(data_of, np.int32)
    frames, diverged_at = _sweep(
        fill_devices((seeds, hyper, data_of)),
        data,
        jnp.int32(steps_per_frame),
        config=config,
        n_frames=n_frames,
    )
    return jax.tree.map(lambda leaf: np.asarray(leaf)[:n_runs], (frames, diverged_at))


@functools.partial(jit_loop, static_argnames=("config", "n_frames"))
def _sweep(runs, data, steps_per_frame, *, config, n_frames):
    def one_run(run):
        seed, hyper, number = run
        return _film_without_parameters(
            config,
            init_state(config, seed),
            pick_data(data, number),
            hyper,
            steps_per_frame,
            n_frames=n_frames,
        )

    return deal_out(one_run, runs)


def pick_data(data: Dataset, number) -> Dataset:
    """Data set `number` of a stack; `data` itself if the number is None."""
    return data if number is None else jax.tree.map(lambda leaf: leaf[number], data)


def fill_devices(runs):
    """Runs (leaves (n_runs, ...)) for every device as many: the last one fills the places left."""
    n_runs = len(jax.tree.leaves(runs)[0])
    places = np.minimum(np.arange(n_runs + -n_runs % jax.device_count()), n_runs - 1)
    return jax.tree.map(lambda leaf: leaf[places], runs)


def deal_out(one_run, runs):
    """The results of `one_run` on each of the runs, dealt out over all devices; use inside jit."""

    def on_one_device(runs):
        return jax.vmap(one_run)(runs) if runs_side_by_side() else jax.lax.map(one_run, runs)

    mesh = jax.make_mesh((jax.device_count(),), ("runs",), axis_types=(AxisType.Auto,))
    dealt = jax.shard_map(
        on_one_device,
        mesh=mesh,
        in_specs=PartitionSpec("runs"),
        out_specs=PartitionSpec("runs"),
        check_vma=False,
    )
    return dealt(runs)


def runs_side_by_side() -> bool:
    """Whether the runs of a device are batched into one program step, or take turns.

    An accelerator is idle with one small network at a time. On the CPU taking turns was at least
    as fast at every shape from (4, 2) to (64, 64), and compiles sooner.
    """
    return jax.default_backend() != "cpu"


def _film_without_parameters(config, state, data, hyper, steps_per_frame, *, n_frames):
    """Snapshots (n_frames + 1,) of one run from its first weights, and where it diverged."""

    def frame(state, number):
        # The first frame makes no step: taken apart, it would be the same code compiled twice.
        stays = (number == 0) | (state.diverged_at != NOT_DIVERGED)
        n_steps = jnp.where(stays, 0, steps_per_frame)
        state = run_steps(config, state, data, hyper, n_steps)
        return state, take_snapshot(config, state, data, hyper)._replace(parameters=())

    state, film = jax.lax.scan(frame, state, jnp.arange(n_frames + 1))
    return film, state.diverged_at
