"""The C references: compiled into a temporary directory at first use, called through ctypes."""

import ctypes
import functools
import shutil
import subprocess
import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.problem import Problem

FOLDER = Path(__file__).parent
FLAGS = ("-O3", "-march=native", "-ffast-math", "-fPIC", "-shared")


class Unavailable(RuntimeError):
    """A peer that cannot run here; the message says why."""


@functools.cache
def _build_folder() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory(prefix="nnjax-benchmarks-")


@functools.cache
def load_reference(source: str) -> ctypes.CDLL:
    """Compiles `source` (a file beside this one) and loads it; `Unavailable` without gcc."""
    if shutil.which("gcc") is None:
        raise Unavailable("gcc is not installed")
    library = Path(_build_folder().name) / (Path(source).stem + ".so")
    command = ["gcc", *FLAGS, str(FOLDER / source), "-o", str(library)]
    for libraries in (("-lmvec", "-lm"), ("-lm",)):  # libmvec: glibc's vector tanhf
        built = subprocess.run([*command, *libraries], capture_output=True, text=True, check=False)
        if built.returncode == 0:
            return ctypes.CDLL(str(library))
    raise Unavailable(f"gcc failed on {source}: {built.stderr.strip()[-300:]}")


def _pointer(array: np.ndarray) -> ctypes.c_void_p:
    return array.ctypes.data_as(ctypes.c_void_p)


class Reference:
    """One network in C. `transposed`: the source keeps weights as (n_in, n_out)."""

    def __init__(self, source: str, problem: Problem, *, transposed: bool):
        self.library = load_reference(source)
        self.problem = problem
        self.transposed = transposed
        self.widths = np.array(problem.widths, np.int32)
        self.state = np.array([88172645463325252], np.uint64)
        layers = [
            part
            for weights in problem.weights
            for part in ((weights.T if transposed else weights).ravel(), np.zeros(len(weights)))
        ]
        self.parameters = np.concatenate(layers).astype(np.float32)

    def train(self, n_epochs: int) -> np.ndarray:
        """Trains on; returns the mean squared error of each epoch, (n_epochs,)."""
        losses = np.zeros(n_epochs, np.float32)
        problem = self.problem
        failed = self.library.train(
            _pointer(problem.inputs), _pointer(problem.targets), len(problem.inputs),
            problem.batch_size, _pointer(self.widths), len(self.widths) - 1,
            _pointer(self.parameters), ctypes.c_float(problem.learning_rate), n_epochs,
            _pointer(self.state), _pointer(losses),
        )  # fmt: skip
        if failed:
            raise MemoryError("the C reference could not allocate its arrays")
        return losses

    def layers(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """The weights (n_out, n_in) and bias (n_out,) of each layer."""
        found, at = [], 0
        for n_in, n_out in pairwise(self.problem.widths):
            weights = self.parameters[at : at + n_in * n_out]
            at += n_in * n_out
            shape = (n_in, n_out) if self.transposed else (n_out, n_in)
            weights = weights.reshape(shape)
            found.append(
                (weights.T if self.transposed else weights, self.parameters[at : at + n_out])
            )
            at += n_out
        return found


def shuffled_order(library: ctypes.CDLL, order: np.ndarray, state: np.ndarray) -> np.ndarray:
    """The next epoch's order, (n,) int32, from the reference's own generator; advances `state`."""
    order = order.copy()
    library.shuffle(_pointer(order), len(order), _pointer(state))
    return order
