"""The perceptron: a neuron with a step that learns from its mistakes, one at a time."""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.activations import step
from nnjax.separation.margins import augmented_margin, signed_vectors

N_UPDATES = 200
CAPACITY = 64


class PointTable(NamedTuple):
    """Labelled points with room to spare: adding one changes no shape, so it compiles nothing."""

    inputs: jax.Array  # (capacity, n_in) float32
    targets: jax.Array  # (capacity,) float32, 0 or 1
    count: jax.Array  # () int32: the first `count` rows are points, the rest is room


class Neuron(NamedTuple):
    """A neuron's weights (n_in,) and bias ()."""

    weights: jax.Array
    bias: jax.Array


class PerceptronPath(NamedTuple):
    """Every state on the way: row k is the neuron after k corrected mistakes."""

    weights: jax.Array  # (n_updates + 1, n_in)
    bias: jax.Array  # (n_updates + 1,)
    mistake: jax.Array  # (n_updates + 1,) int32: the point that row k gets wrong next, or -1
    n_looked_at: jax.Array  # (n_updates + 1,) int32: points looked at up to row k
    n_right: jax.Array  # (n_updates + 1,) int32: points that row k gets right
    n_mistakes: jax.Array  # () int32: corrections made; later rows repeat the last state
    converged: jax.Array  # () bool: every point is right at the end


def point_table(points, targets, *, capacity=CAPACITY):
    """Lay points (n, n_in) and targets (n,) of 0 and 1 into a table of fixed size.

    Raises ValueError if there are more points than room.
    """
    points, targets = np.asarray(points, np.float32), np.asarray(targets, np.float32)
    if len(points) > capacity:
        raise ValueError(f"The table holds {capacity} points, {len(points)} were given.")
    room = capacity - len(points)
    inputs = np.pad(points, ((0, room), (0, 0)))
    return PointTable(inputs, np.pad(targets, (0, room)), np.int32(len(points)))


def zero_neuron():
    """Return the neuron with both weights and the bias 0, which never fires."""
    return Neuron(np.zeros(2, np.float32), np.float32(0))


def random_start(seed):
    """Draw a neuron whose line crosses the unit square: w ~ N(0, 1), through a random place.

    In eighths, so that sums of corrections stay exact.
    """
    random = np.random.default_rng(seed)
    weights, place = random.normal(size=2), random.uniform(size=2)
    eighths = np.rint(8 * np.append(weights, -weights @ place)).astype(np.float32) / 8
    return Neuron(eighths[:2], eighths[2])


@partial(jax.jit, static_argnames="n_updates")
def perceptron_path(table, start, learning_rate, *, n_updates=N_UPDATES):
    """Teach `start` by the perceptron rule: w <- w + rate (y - step(w . x + b)) x, b alike.

    The points are looked at in turn, again and again; only those that come out wrong change
    anything. It ends when none is wrong, or after `n_updates` mistakes.
    Source: Rosenblatt (1958), "The perceptron"; the rule as in Minsky and Papert (1969).
    """
    places = jnp.arange(table.inputs.shape[0], dtype=jnp.int32)

    def correct_next(carry, _):
        neuron, n_looked_at = carry
        error = _errors(table, neuron)
        # How many points away each one is, counting on from the last one looked at.
        ahead = (places - n_looked_at) % jnp.maximum(table.count, 1)
        point = jnp.argmin(jnp.where(error == 0, table.inputs.shape[0], ahead))
        found = error[point] != 0
        moved = Neuron(
            neuron.weights + learning_rate * error[point] * table.inputs[point],
            neuron.bias + learning_rate * error[point],
        )
        looked_at = n_looked_at + jnp.where(found, ahead[point] + 1, 0)
        mistake = jnp.where(found, point, -1).astype(jnp.int32)
        n_right = table.count - jnp.sum(error != 0, dtype=jnp.int32)
        return (moved, looked_at), (neuron, mistake, n_looked_at, n_right)

    _, (neurons, mistake, n_looked_at, n_right) = jax.lax.scan(
        correct_next, (start, jnp.int32(0)), length=n_updates + 1
    )
    n_mistakes = jnp.sum(mistake[:-1] >= 0, dtype=jnp.int32)
    return PerceptronPath(*neurons, mistake, n_looked_at, n_right, n_mistakes, mistake[-1] < 0)


def _errors(table, neuron):
    """Compute y - step(w . x + b) of every point, (capacity,): 1, 0 or -1; 0 for the room left."""
    sums = table.inputs @ neuron.weights + neuron.bias
    is_point = jnp.arange(table.inputs.shape[0]) < table.count
    return jnp.where(is_point, table.targets - step(sums), 0.0)


class MistakeBound(NamedTuple):
    """How many mistakes the rule can make at most on classes that a line parts."""

    mistakes: float
    radius: float  # R: the longest augmented point (x, 1)
    margin: float  # gamma: the widest augmented margin
    separator: np.ndarray  # u (3,): the direction that has it, two weights and the bias

    @property
    def whole(self):
        """The most mistakes as a whole number; rounding never makes 51 into 50."""
        return int(self.mistakes + 1e-6)


def mistake_bound(points, targets, *, start=None, learning_rate=1.0):
    """T <= (R / gamma)^2, the most mistakes from zero weights; None if no line parts the classes.

    From other weights a (weights, then bias), after T mistakes |w|^2 <= |a|^2 + T rate^2 R^2 and
    w . u >= a . u + T rate gamma, for the best separator u. The largest T that allows both is the
    larger root of a quadratic, and (R / gamma)^2 where a = 0.
    Source: Novikoff (1962), "On convergence proofs on perceptrons".
    """
    margin, separator = augmented_margin(points, targets)
    if margin <= 0:
        return None
    radius = float(np.linalg.norm(signed_vectors(points, targets), axis=1).max())
    start = np.zeros(3) if start is None else np.append(start.weights, start.bias)
    # rate^2 gamma^2 T^2 - (rate^2 R^2 - 2 rate gamma a.u) T - (|a|^2 - (a.u)^2) <= 0
    along = float(start @ separator)
    across = float(start @ start) - along**2
    linear = learning_rate * radius**2 - 2 * margin * along
    root = np.sqrt(linear**2 + 4 * margin**2 * across)
    mistakes = float((linear + root) / (2 * learning_rate * margin**2))
    return MistakeBound(mistakes, radius, margin, separator)


class Squeeze(NamedTuple):
    """Why it must stop: the way along u grows with every mistake, the length far slower."""

    mistakes: np.ndarray  # (k,) 0, 1, 2 ... for the floor and the ceiling
    floor: np.ndarray  # (k,) the way along u is at least this: a . u + k rate gamma
    ceiling: np.ndarray  # (k,) the length is at most this: sqrt(|a|^2 + k rate^2 R^2)
    along: np.ndarray  # (n_mistakes + 1,) w . u as it went
    length: np.ndarray  # (n_mistakes + 1,) |w| as it went


def squeeze(path, bound, *, learning_rate=1.0):
    """The two sides of Novikoff's proof, for a path of `perceptron_path` and its bound.

    |w| >= w . u for a unit vector u, so the floor may not pass the ceiling: they meet at the bound.
    """
    states = np.column_stack([path.weights, path.bias])[: int(path.n_mistakes) + 1]
    along, length = states @ bound.separator, np.linalg.norm(states, axis=1)
    mistakes = np.arange(int(np.ceil(bound.mistakes)) + 2)
    floor = along[0] + mistakes * learning_rate * bound.margin
    ceiling = np.sqrt(length[0] ** 2 + mistakes * (learning_rate * bound.radius) ** 2)
    return Squeeze(mistakes, floor, ceiling, along, length)


class Cycle(NamedTuple):
    """The path comes back to where it was: it will go round for ever."""

    first: int  # mistakes up to the state that returns
    length: int  # mistakes from one visit to the next


def find_cycle(path, count, *, tolerance=1e-4):
    """Find the first state that returns, with the same point up next; None if none does.

    `count` is the number of points. Weights count as the same within `tolerance` of their
    largest size, because sums of a rate such as 0.1 are rounded.
    Source: Minsky and Papert (1969): on classes that no line parts, the weights stay bounded.
    """
    n_states = int(path.n_mistakes) + 1
    states = np.column_stack([path.weights, path.bias])[:n_states]
    up_next = np.asarray(path.n_looked_at)[:n_states] % max(count, 1)
    same = np.abs(states[:, None] - states).max(2) <= tolerance * max(np.abs(states).max(), 1e-6)
    earlier, later = np.nonzero(np.triu(same & (up_next[:, None] == up_next), 1))
    if len(earlier) == 0 or path.converged:
        return None
    return Cycle(int(earlier[0]), int(later[0] - earlier[0]))
