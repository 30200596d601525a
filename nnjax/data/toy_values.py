"""Toy values over the plane: something to predict at each point, with a dial for the noise.

Every generator is `make(key, noise) -> (x (1200, 2), y (1200,))`, float32, x ~ U(-6, 6)^2 and y in
[-1, 1]. Noise reads the value at a place beside the point: y = f(x + e),
e ~ U(-1, 1)^2 * 6 noise / 100. Key and noise are traced.
"""

from collections.abc import Callable

import jax
import jax.numpy as jnp

from nnjax.data.drawing import DOMAIN, SOURCE, accepts_numbers, beside
from nnjax.data.spec import DatasetSpec, Points

N_POINTS = 1200
# (x1, x2, height): three bumps above, the same three below turned upside down.
BUMPS = ((-4.0, 2.5, 1.0), (0.0, 2.5, -1.0), (4.0, 2.5, 1.0))
BUMPS += tuple((x1, -x2, -height) for x1, x2, height in BUMPS)


def _points_and_places(key: jax.Array, noise: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Draw x and the place x + e where the value is read, both (n, 2)."""
    u = jax.random.uniform(key, (N_POINTS, 4))
    low, high = DOMAIN
    points = low + (high - low) * u[:, :2]
    return points, beside(points, u[:, 2:], high * noise / 100)


@accepts_numbers
def make_plane(key: jax.Array, noise: jax.Array) -> Points:
    """Draw y = (x1 + x2) / 12, read at x + e kept inside the domain so that y stays in [-1, 1]."""
    points, places = _points_and_places(key, noise)
    places = jnp.clip(places, *DOMAIN)
    return points, (places[:, 0] + places[:, 1]) / 12


@accepts_numbers
def make_multi_gaussian(key: jax.Array, noise: jax.Array) -> Points:
    """Draw y = sum_k h_k exp(-|x + e - c_k|^2 / 2): six bumps, h_k = +-1 like a chessboard.

    The centres are (-4, 0, 4) x (2.5, -2.5), far enough apart for y to stay in [-1, 1].
    """
    points, places = _points_and_places(key, noise)
    bumps = jnp.asarray(BUMPS, jnp.float32)
    centers, heights = bumps[:, :2], bumps[:, 2]
    squared = jnp.sum((places[:, None, :] - centers[None, :, :]) ** 2, axis=2)  # (n, bumps)
    return points, jnp.sum(heights[None, :] * jnp.exp(-squared / 2), axis=1)


def _row(key: str, label: str, make: Callable[..., Points], note: str):
    return DatasetSpec(
        key=key,
        label=label,
        task="regression",
        n_points=N_POINTS,
        n_features=2,
        n_classes=0,
        feature_names=("x1", "x2"),
        class_names=(),
        target_name="value",
        make=make,
        note=note,
        source=SOURCE,
        domain=DOMAIN,
    )


TOY_VALUES = (
    _row("plane", "Plane", make_plane, "A tilted plane: a network without hidden layers fits it."),
    _row(
        "multi_gaussian",
        "Multi-Gaussian",
        make_multi_gaussian,
        "Six bumps, up and down in turn, on a flat floor: a curved target.",
    ),
)
