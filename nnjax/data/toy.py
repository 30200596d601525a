"""Toy classes in the plane: points drawn by formula, with a dial for the noise.

Every generator is `make(key, noise) -> (x (500, 2), y (500,))`, float32, with all points inside
[-6, 6]^2. The key and the noise (0 to 50 per cent) are traced, so a new seed or another noise runs
the program that is already compiled. The same key with more noise disturbs the *same* points more.

Where a border separates the classes (circle, xor) the label is read at a place x + e beside the
point, e ~ U(-1, 1)^2 * 5 noise / 100: noise mislabels points near the border. Elsewhere the points
themselves scatter. The sets follow the ideas of TensorFlow Playground; the formulas and constants
are ours.
"""

from collections.abc import Callable

import jax
import jax.numpy as jnp

from nnjax.data.drawing import DOMAIN, SOURCE, accepts_numbers, beside, polar, scatter
from nnjax.data.spec import DatasetSpec, Points

N_POINTS = 500
CIRCLE_BORDER = 3.0
BLOB_CENTERS = ((2.5, 2.5), (-2.5, 2.5), (-2.5, -2.5), (2.5, -2.5))


@accepts_numbers
def make_circle(key: jax.Array, noise: jax.Array) -> Points:
    """Draw a disc of radius 2.5 inside a ring from 3.5 to 5; y = 1 where |x + e| < 3.

    Radius r = sqrt(a^2 + u (b^2 - a^2)) spreads the points evenly over each area, 250 in each.
    """
    u = jax.random.uniform(key, (N_POINTS, 4))
    in_ring = jnp.arange(N_POINTS) % 2 == 1
    inner = jnp.where(in_ring, 3.5, 0.0)
    outer = jnp.where(in_ring, 5.0, 2.5)
    radius = jnp.sqrt(inner**2 + u[:, 0] * (outer**2 - inner**2))
    points = polar(radius, 2 * jnp.pi * u[:, 1])
    seen = beside(points, u[:, 2:], 5 * noise / 100)
    return points, (jnp.linalg.norm(seen, axis=1) < CIRCLE_BORDER).astype(jnp.float32)


@accepts_numbers
def make_xor(key: jax.Array, noise: jax.Array) -> Points:
    """Draw |x1|, |x2| ~ U(0.3, 5.3), 125 a quadrant; y = 1 where x + e has two different signs."""
    u = jax.random.uniform(key, (N_POINTS, 4))
    quadrant = jnp.arange(N_POINTS) % 4
    signs = jnp.stack([1 - 2 * (quadrant % 2), 1 - 2 * (quadrant // 2)], axis=1)
    points = signs.astype(jnp.float32) * (0.3 + 5 * u[:, :2])
    seen = beside(points, u[:, 2:], 5 * noise / 100)
    return points, (seen[:, 0] * seen[:, 1] < 0).astype(jnp.float32)


@accepts_numbers
def make_gaussian(key: jax.Array, noise: jax.Array) -> Points:
    """Draw x ~ N(+-(2, 2), s^2), y = 1 for the cloud at (2, 2); s = 0.7 + 1.3 noise / 50."""
    u = jax.random.uniform(key, (N_POINTS, 2))
    label = (jnp.arange(N_POINTS) % 2).astype(jnp.float32)
    centers = jnp.stack([4 * label - 2, 4 * label - 2], axis=1)
    return scatter(centers, u, 0.7 + 1.3 * noise / 50), label


@accepts_numbers
def make_spiral(key: jax.Array, noise: jax.Array) -> Points:
    """Draw x = 5 s (cos a, sin a) + e, a = 3.5 pi s + pi y: two arms, s from 0 to 1 along each.

    s = (i + u) / 250, u ~ U(0, 1), i = 0..249: evenly filled, yet another draw for each seed;
    e ~ U(-1, 1)^2 * noise / 100.
    """
    u = jax.random.uniform(key, (N_POINTS, 3))
    index = jnp.arange(N_POINTS)
    label = (index % 2).astype(jnp.float32)
    s = ((index // 2).astype(jnp.float32) + u[:, 0]) / (N_POINTS // 2)
    points = polar(5 * s, 3.5 * jnp.pi * s + jnp.pi * label)
    return beside(points, u[:, 1:], noise / 100), label


@accepts_numbers
def make_moons(key: jax.Array, noise: jax.Array) -> Points:
    """Draw two half circles, 3 (cos t - 0.5, sin t - 0.25) and the same turned by 180 degrees.

    t ~ U(0, pi); normal scatter of standard deviation noise / 50 on top; y = 1 for the turned one.
    """
    u = jax.random.uniform(key, (N_POINTS, 3))
    label = (jnp.arange(N_POINTS) % 2).astype(jnp.float32)
    t = jnp.pi * u[:, 0]
    upper = jnp.stack([3 * (jnp.cos(t) - 0.5), 3 * (jnp.sin(t) - 0.25)], axis=1)
    return scatter((1 - 2 * label)[:, None] * upper, u[:, 1:], noise / 50), label


@accepts_numbers
def make_blobs(key: jax.Array, noise: jax.Array) -> Points:
    """Draw x ~ N(c_y, s^2) for four centres c = (+-2.5, +-2.5); s = 0.7 + 1.3 noise / 50.

    y is the class, 0 to 3, anticlockwise from the upper right; 125 points each.
    """
    u = jax.random.uniform(key, (N_POINTS, 2))
    label = jnp.arange(N_POINTS) % len(BLOB_CENTERS)
    centers = jnp.asarray(BLOB_CENTERS, jnp.float32)[label]
    return scatter(centers, u, 0.7 + 1.3 * noise / 50), label.astype(jnp.float32)


def _row(key: str, label: str, make: Callable[..., Points], classes: tuple[str, ...], note: str):
    return DatasetSpec(
        key=key,
        label=label,
        task="binary" if len(classes) == 2 else "multiclass",
        n_points=N_POINTS,
        n_features=2,
        n_classes=len(classes),
        feature_names=("x1", "x2"),
        class_names=classes,
        target_name="class",
        make=make,
        note=note,
        source=SOURCE,
        domain=DOMAIN,
    )


TOY_CLASSES = (
    _row(
        "circle",
        "Circle",
        make_circle,
        ("outside", "inside"),
        "A disc in a ring: no straight line separates them; x₁² with x₂² does at once.",
    ),
    _row(
        "xor",
        "Exclusive or",
        make_xor,
        ("same sign", "different sign"),
        "Opposite quadrants belong together: the smallest problem that needs a hidden layer.",
    ),
    _row(
        "gaussian",
        "Two Gaussians",
        make_gaussian,
        ("lower left", "upper right"),
        "Two clouds: a single neuron is enough until the noise makes them overlap.",
    ),
    _row(
        "spiral",
        "Spiral",
        make_spiral,
        ("first arm", "second arm"),
        "Two arms wound round each other: needs width, depth or patience.",
    ),
    _row(
        "moons",
        "Moons",
        make_moons,
        ("upper moon", "lower moon"),
        "Two interleaved half circles: the border has to bend, but only gently.",
    ),
    _row(
        "blobs",
        "Four blobs",
        make_blobs,
        ("upper right", "upper left", "lower left", "lower right"),
        "Four clouds, four classes: one output for each, turned into probabilities by softmax.",
    ),
)
