"""What every panel of the playground is made from, and how a film is put through a program."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import numpy as np

from dashboard.charts.history import History
from dashboard.charts.projection import MAX_DRAWN
from dashboard.playground.run import Run
from dashboard.theme import Palette
from nnjax.data import DatasetSpec

MAPS_PER_CALL = 10  # frames; fixed, so that every call is the same program


@dataclass(frozen=True, kw_only=True)
class Look:
    """What the learner wants to see, apart from the run itself."""

    show_test: bool = True
    discrete: bool = False
    selected: tuple[int, int] | None = None  # (layer, unit); None is the prediction
    below: str = "curves"


class Shot(NamedTuple):
    """The run, how to look at it, and the frames that are to be drawn."""

    run: Run
    look: Look
    palette: Palette
    parameters: Any  # of the frames from `first` on
    first: int = 0
    others: Mapping[str, History] = {}  # kept runs, drawn beside this one

    @property
    def spec(self) -> DatasetSpec:
        """The row of the data set."""
        return self.run.settings.spec

    @property
    def drawn(self) -> np.ndarray:
        """The rows that pictures show, (n,): all, or MAX_DRAWN evenly out of the shuffled ones."""
        n_rows = len(self.run.data.raw)
        return np.linspace(0, n_rows - 1, min(n_rows, MAX_DRAWN)).round().astype(np.int32)

    def apply(self, program: Callable, *args: Any, **static: Any) -> Any:
        """Apply a program made for MAPS_PER_CALL frames to all of them; NumPy arrays."""
        n_frames = len(self.parameters[0].bias)
        results = []
        for start in range(0, n_frames, MAPS_PER_CALL):
            rows = np.minimum(np.arange(start, start + MAPS_PER_CALL), n_frames - 1)
            chunk = jax.tree.map(lambda leaf, rows=rows: leaf[rows], self.parameters)
            results.append(jax.device_get(program(chunk, *args, **static)))
        return jax.tree.map(lambda *parts: np.concatenate(parts)[:n_frames], *results)
