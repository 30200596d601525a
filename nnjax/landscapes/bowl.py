"""Gradient descent in the simplest bowl, L(x) = a x^2 / 2, where every outcome has a formula."""

import functools
from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp

N_STEPS = 40
REACH = 5.0  # a ball further from the minimum than this is out of the picture
NEVER = -1
EDGE_TOLERANCE = 1e-5  # relative: sliders and float32 meet the edge to within this
OVERSHOOT_SHARE = 1e-3  # less than this on the far side of the minimum is rounding
CRAWL_SHARE = 0.1  # more than this share of the distance left at the end: it crawls


class BowlPath(NamedTuple):
    """Where the ball was before the first step and after each, and what became of it."""

    positions: jax.Array  # (n_steps + 1,)
    losses: jax.Array  # (n_steps + 1,)
    gradients: jax.Array  # (n_steps + 1,)
    factor: jax.Array  # () by which a step multiplies the distance, in the long run
    edge: jax.Array  # () the rate at which that factor reaches 1
    overshoot: jax.Array  # () furthest point beyond the minimum, in starting distances
    regime: jax.Array  # () int32, index into REGIMES
    left_at: jax.Array  # () int32, first step beyond `reach`, or NEVER


class RateSweep(NamedTuple):
    """The same bowl at many rates."""

    learning_rates: jax.Array  # (n_rates,)
    share_left: jax.Array  # (n_rates,) distance after N_STEPS steps / distance at the start
    converges: jax.Array  # (n_rates,) bool
    first_failure: jax.Array  # () the lowest of the rates that does not converge, or nan


def bowl_loss(position, curvature):
    """L(x) = a x^2 / 2, elementwise."""
    return 0.5 * curvature * position**2


def stability_edge(curvature, momentum):
    """2 (1 + mu) / a: below this rate the ball settles, above it every swing is larger.

    Source: Polyak (1964).
    """
    return 2.0 * (1.0 + momentum) / curvature


def contraction_factor(learning_rate, curvature, momentum):
    """Largest |root| of z^2 - (1 + mu - eta a) z + mu; without momentum |1 - eta a|.

    Two steps of the ball are one turn of this recurrence, so in the long run each step multiplies
    the distance by this. Source: Polyak (1964).
    """
    middle = 1.0 + momentum - learning_rate * curvature
    discriminant = middle**2 - 4.0 * momentum
    real = 0.5 * (jnp.abs(middle) + jnp.sqrt(jnp.maximum(discriminant, 0.0)))
    return jnp.where(discriminant >= 0, real, jnp.sqrt(momentum))


def bowl_positions(learning_rate, curvature, momentum, start, *, n_steps):
    """V <- mu v + a x, x <- x - eta v, from x = start and v = 0: (n_steps + 1,) positions."""

    def step(ball, _):
        position, velocity = ball
        velocity = momentum * velocity + curvature * position
        position = position - learning_rate * velocity
        return (position, velocity), position

    at_rest = jnp.zeros_like(start)
    _, after = jax.lax.scan(step, (start, at_rest), length=n_steps)
    return jnp.concatenate([start[None], after])


@functools.partial(jax.jit, static_argnames="n_steps")
def roll_ball(
    learning_rate, curvature, momentum, start, *, n_steps: int = N_STEPS, reach: float = REACH
) -> BowlPath:
    """The path of gradient descent on L(x) = a x^2 / 2, and its regime.

    The four numbers are traced float32 scalars; positions that grow past float32 become infinite.
    """
    numbers = (learning_rate, curvature, momentum, start)
    learning_rate, curvature, momentum, start = (jnp.asarray(n, jnp.float32) for n in numbers)
    positions = bowl_positions(learning_rate, curvature, momentum, start, n_steps=n_steps)
    edge = stability_edge(curvature, momentum)
    distances = jnp.abs(positions)
    overshoot = jnp.max(-positions * jnp.sign(start)) / jnp.abs(start)
    # nan compares false, so "not within reach" also catches a ball that has overflowed.
    outside = ~(distances <= reach)
    return BowlPath(
        positions=positions,
        losses=bowl_loss(positions, curvature),
        gradients=curvature * positions,
        factor=contraction_factor(learning_rate, curvature, momentum),
        edge=edge,
        overshoot=overshoot,
        regime=_regime(learning_rate, edge, overshoot, distances),
        left_at=jnp.where(outside.any(), jnp.argmax(outside), NEVER).astype(jnp.int32),
    )


def _regime(learning_rate, edge, overshoot, distances):
    """The first row of REGIMES whose test holds; the tests stand in the order of the table."""
    tests = (
        distances[0] == 0,
        jnp.abs(learning_rate / edge - 1.0) < EDGE_TOLERANCE,
        learning_rate > edge,
        overshoot > OVERSHOOT_SHARE,
        distances[-1] > CRAWL_SHARE * distances[0],
        jnp.bool_(True),
    )
    return jnp.argmax(jnp.stack(tests)).astype(jnp.int32)


@jax.jit
def sweep_rates(learning_rates, curvature, momentum, start) -> RateSweep:
    """Every rate of `learning_rates` (n_rates,) in the same bowl, run long enough to be sure."""
    numbers = (learning_rates, curvature, momentum, start)
    learning_rates, curvature, momentum, start = (jnp.asarray(n, jnp.float32) for n in numbers)
    positions = jax.vmap(
        lambda rate: bowl_positions(rate, curvature, momentum, start, n_steps=SWEEP_STEPS)
    )(learning_rates)
    distances = jnp.abs(positions) / jnp.abs(start)
    # A swinging ball passes through zero: the largest of ten steps says how far it still gets.
    window = 10
    early = distances[:, N_STEPS : N_STEPS + window].max(axis=1)
    late = distances[:, -window:].max(axis=1)
    converges = (late < 0.99 * early) | (late < EDGE_TOLERANCE)
    failing = jnp.where(converges, jnp.inf, learning_rates).min()
    return RateSweep(
        learning_rates=learning_rates,
        share_left=distances[:, N_STEPS - window + 1 : N_STEPS + 1].max(axis=1),
        converges=converges,
        first_failure=jnp.where(jnp.isfinite(failing), failing, jnp.nan),
    )


SWEEP_STEPS = 1000


@dataclass(frozen=True, kw_only=True)
class Regime:
    """One thing that can become of the ball."""

    key: str
    label: str
    condition: str  # on eta a, as LaTeX
    note: str


REGIMES = (
    Regime(
        key="rests",
        label="Rests",
        condition="x_0 = 0",
        note="It starts in the minimum: the slope is zero, so no rate moves it.",
    ),
    Regime(
        key="edge",
        label="Exactly at the edge",
        condition=r"\eta a = 2 (1 + \mu)",
        note="It swings for ever: no step brings it closer, none takes it further away.",
    ),
    Regime(
        key="explodes",
        label="Explodes",
        condition=r"\eta a > 2 (1 + \mu)",
        note="Each step lands higher up on the other side, where the slope is steeper still.",
    ),
    Regime(
        key="oscillates",
        label="Oscillates",
        condition=r"\eta a > (1 - \sqrt{\mu})^2",
        note="It overshoots the minimum and comes back, each time from less far.",
    ),
    Regime(
        key="crawls",
        label="Crawls",
        condition=r"\eta a \ll 1",
        note="It goes the right way, in steps too small to arrive.",
    ),
    Regime(
        key="converges",
        label="Converges",
        condition=r"\eta a \le (1 - \sqrt{\mu})^2",
        note="It walks down one side and settles, without passing the minimum.",
    ),
)
