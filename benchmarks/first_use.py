"""How long a shape takes at its first use, and in a second process that finds the cache filled.

`python -m benchmarks.first_use 16,16` is one such process; it prints the seconds as JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.problem import SHAPES, make_problem

ROOT = Path(__file__).resolve().parent.parent


def first_use(shape: str) -> dict[str, float]:
    """Seconds to draw the weights and run the first epoch of a shape, in this process."""
    import jax
    import jax.numpy as jnp

    from benchmarks.engine import make_config, make_dataset
    from nnjax.training.chunks import still_frame, train_epochs
    from nnjax.training.config import make_hyperparameters
    from nnjax.training.state import init_training

    problem = make_problem(SHAPES[shape])
    config, data = make_config(problem), make_dataset(problem)
    hyper = make_hyperparameters(learning_rate=problem.learning_rate)
    jax.block_until_ready((data, hyper, jnp.zeros(1) + 1))  # the back end is up
    times = [time.perf_counter()]
    state = init_training(config, seed=0)
    still_frame(config, state, data, hyper)
    times.append(time.perf_counter())
    train_epochs(config, state, data, hyper)
    times.append(time.perf_counter())
    return {"weights_and_first_frame_s": times[1] - times[0], "training_s": times[2] - times[1]}


def _in_new_process(shape: str, cache: str) -> dict[str, float]:
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.first_use", shape],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": cache},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout.splitlines()[-1])


def measure_first_use(shape: str) -> dict[str, dict[str, float]]:
    """The same in two new processes, one after the other, sharing a cache that starts empty."""
    with tempfile.TemporaryDirectory(prefix="nnjax-benchmarks-") as cache:
        return {name: _in_new_process(shape, cache) for name in ("first", "second")}


if __name__ == "__main__":
    print(json.dumps(first_use(sys.argv[1])))
