"""What the app knows about a data set before it makes one: the row of the registry."""

from collections.abc import Callable
from dataclasses import dataclass

import jax

Points = tuple[jax.Array, jax.Array]


@dataclass(frozen=True, kw_only=True)
class DatasetSpec:
    """One data set: how to make it and how to speak about it.

    `task` is "binary", "multiclass" or "regression". `n_classes` is 0 for a regression.
    `make(key, noise)` returns raw rows x (n_points, n_features) and y (n_points,), both float32: y
    is a class index or the value to predict. `noise` runs from 0 to 50 (per cent).
    `domain` is the range of both coordinates of a set in the plane; None for measured data.
    `standardize_targets` asks for targets with mean 0 and variance 1 on the training rows.
    """

    key: str
    label: str
    task: str
    n_points: int
    n_features: int
    n_classes: int
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    target_name: str
    make: Callable[..., Points]
    note: str
    source: str
    domain: tuple[float, float] | None = None
    image_shape: tuple[int, int] | None = None
    standardize_targets: bool = False

    @property
    def n_outputs(self) -> int:
        """How many output units the task needs: one a class, or a single one."""
        return self.n_classes if self.task == "multiclass" else 1

    @property
    def in_plane(self) -> bool:
        """Whether a point is (x1, x2), so that surfaces and the features of the plane apply."""
        return self.domain is not None
