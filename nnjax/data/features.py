"""Features of a point in the plane: what the first layer may be given besides x1 and x2.

They are computed from the raw coordinates, before anything is standardised, so x1 times x2 means
what it says. A data set with other columns than x1 and x2 is used as it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import jax
import jax.numpy as jnp

from nnjax.data.spec import DatasetSpec


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One feature: `function` takes points (..., 2) and returns (...); `formula` is LaTeX."""

    key: str
    label: str
    formula: str
    function: Callable[[jax.Array], jax.Array]
    note: str


def ordered_features(keys: Iterable[str]) -> tuple[str, ...]:
    """Return `keys` in the order of the registry, each once: one order, so one compiled program.

    Raises:
        ValueError: a key is unknown, or there is none at all.
    """
    wanted = set(keys)
    unknown = sorted(wanted - FEATURES.keys())
    if unknown:
        raise ValueError(f"Unknown features {unknown}: choose from {list(FEATURES)}.")
    if not wanted:
        raise ValueError(f"No feature is chosen: choose at least one of {list(FEATURES)}.")
    return tuple(key for key in FEATURES if key in wanted)


def chosen_features(spec: DatasetSpec, keys: Iterable[str] | None) -> tuple[str, ...] | None:
    """Return the features that `spec` will be given: in order, or None for its own columns.

    Raises:
        ValueError: features of the plane were asked of data that are not points (x1, x2).
    """
    if spec.in_plane:
        return DEFAULT_FEATURES if keys is None else ordered_features(keys)
    if keys is not None:
        raise ValueError(
            f"{spec.label} uses its own {spec.n_features} columns: pass features=None."
        )
    return None


def input_names(spec: DatasetSpec, keys: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return a label for each column of the inputs, in order; its length is the network's n_in."""
    chosen = chosen_features(spec, keys)
    if chosen is None:
        return spec.feature_names
    return tuple(FEATURES[key].label for key in chosen)


def expand_features(raw: jax.Array, features: tuple[str, ...] | None) -> jax.Array:
    """Compute the columns phi_k(x1, x2): (..., 2) -> (..., k); None returns `raw` itself."""
    if features is None:
        return raw
    return jnp.stack([FEATURES[key].function(raw) for key in features], axis=-1)


_ROWS = (
    Feature(
        key="x1",
        label="x₁",
        formula="x_1",
        function=lambda points: points[..., 0],
        note="The horizontal coordinate.",
    ),
    Feature(
        key="x2",
        label="x₂",
        formula="x_2",
        function=lambda points: points[..., 1],
        note="The vertical coordinate.",
    ),
    Feature(
        key="x1_squared",
        label="x₁²",
        formula="x_1^2",
        function=lambda points: points[..., 0] ** 2,
        note="Distance from the vertical axis, squared: with x₂² it solves the circle.",
    ),
    Feature(
        key="x2_squared",
        label="x₂²",
        formula="x_2^2",
        function=lambda points: points[..., 1] ** 2,
        note="Distance from the horizontal axis, squared.",
    ),
    Feature(
        key="x1_times_x2",
        label="x₁x₂",
        formula="x_1 x_2",
        function=lambda points: points[..., 0] * points[..., 1],
        note="Positive where the signs agree: it solves exclusive or on its own.",
    ),
    Feature(
        key="sin_x1",
        label="sin x₁",
        formula=r"\sin x_1",
        function=lambda points: jnp.sin(points[..., 0]),
        note="A wave across the plane.",
    ),
    Feature(
        key="sin_x2",
        label="sin x₂",
        formula=r"\sin x_2",
        function=lambda points: jnp.sin(points[..., 1]),
        note="A wave up the plane.",
    ),
)

FEATURES: dict[str, Feature] = {row.key: row for row in _ROWS}
DEFAULT_FEATURES = ("x1", "x2")
