"""A line fitted to points by squared, absolute or Huber error, with one point far out."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax

from nnjax.losses import LOSSES

FITS = ("mse", "mae", "huber")
N_SEEDS, N_STEPS, FIRST_RATE = 32, 600, 0.3
REACH = 10.0  # the points lie from 0 to REACH on both axes
TRUE_SLOPE, TRUE_START, NOISE, N_POINTS = 0.6, 2.0, 0.35, 11


class Lines(NamedTuple):
    """Lines y = slope x + start, one a row of FITS."""

    slope: jax.Array  # (n_fits,)
    start: jax.Array  # (n_fits,)


class Fits(NamedTuple):
    """The three lines through some points, and what each makes of every point."""

    lines: Lines
    losses: jax.Array  # (n_fits,) of each line, by its own measure
    errors: jax.Array  # (n_fits, n_points) prediction less value
    pulls: jax.Array  # (n_fits, n_points) dL/dprediction of each point, before the mean


@jax.jit
def steady_points(seed):
    """Points around y = 0.6 x + 2 with normal noise: x and y, (N_POINTS,) each."""
    x = jnp.linspace(0.5, 9.5, N_POINTS)
    return x, TRUE_SLOPE * x + TRUE_START + NOISE * jax.random.normal(jax.random.key(seed), x.shape)


def predict(lines, x):
    """Slope x + start of every line: x (n,) -> (n_fits, n)."""
    return lines.slope[:, None] * x[None, :] + lines.start[:, None]


def losses_of(predictions, y):
    """Loss of every line by its own measure: (n_fits, n) and (n,) -> (n_fits,)."""
    return jnp.stack(
        [LOSSES[key].of_prediction(row, y) for key, row in zip(FITS, predictions, strict=True)]
    )


def fit_lines(x, y):
    """Lines that make their losses least, by gradient descent (Adam): x, y (n,) -> Lines.

    x is centred and scaled first, so that slope and height can be learned at one rate; the rate
    falls to 0 along a cosine, because absolute error would go on zigzagging otherwise.
    """
    middle, scale = x.mean(), x.std()
    steady = (x - middle) / scale

    def total(lines):
        # Each line feels its own loss only, so the sum's gradient holds all three of them.
        return losses_of(predict(lines, steady), y).sum()

    optimizer = optax.adam(optax.cosine_decay_schedule(FIRST_RATE, N_STEPS))
    first = Lines(jnp.zeros(len(FITS)), jnp.full(len(FITS), y.mean()))

    def step(carry, _):
        lines, state = carry
        updates, state = optimizer.update(jax.grad(total)(lines), state)
        return (optax.apply_updates(lines, updates), state), None

    (lines, _), _ = jax.lax.scan(step, (first, optimizer.init(first)), length=N_STEPS)
    slope = lines.slope / scale
    return Lines(slope, lines.start - slope * middle)


def pulls_of(errors):
    """DL/dprediction of single points by `jax.grad`: (n_fits, n) -> (n_fits, n)."""

    def pull(key, error):
        return jax.grad(lambda e: LOSSES[key].of_prediction(e[None], jnp.zeros(1)))(error)

    return jnp.stack(
        [
            jax.vmap(lambda e, key=key: pull(key, e))(row)
            for key, row in zip(FITS, errors, strict=True)
        ]
    )


def judge(lines, x, y) -> Fits:
    """What three lines make of points x, y (n,)."""
    predictions = predict(lines, x)
    errors = predictions - y[None, :]
    return Fits(lines, losses_of(predictions, y), errors, pulls_of(errors))


def join(outlier, points):
    """Put the outlier () in front of the points (n,)."""
    return jnp.concatenate([outlier[None], points])


@jax.jit
def fit_with_and_without(x, y, outlier_x, outlier_y) -> tuple[Fits, Fits]:
    """Fits to all points with the outlier () first, and to the others alone: x, y (n,)."""
    every = join(outlier_x, x), join(outlier_y, y)
    return judge(fit_lines(*every), *every), judge(fit_lines(x, y), x, y)


@jax.jit
def distance_moved(before, after):
    """Mean |difference| of lines from x = 0 to REACH: Lines and Lines -> (n_fits,)."""
    x = jnp.linspace(0.0, REACH, 201)
    return jnp.abs(predict(after, x) - predict(before, x)).mean(axis=1)


@jax.jit
def pulls_over_errors(errors):
    """DL/dprediction over the error of one point: (n,) -> (n_fits, n)."""
    return pulls_of(jnp.broadcast_to(errors, (len(FITS), *errors.shape)))


@jax.jit
def moved_over_seeds(first_seed, outlier_x, gaps):
    """How far each line moves, (N_SEEDS, n_gaps, n_fits): other points, and the outlier's height.

    A gap, of `gaps` (n_gaps,), is how far the outlier at `outlier_x` () lies above the line that
    the points were made from. All fits of all seeds are one computation.
    """
    heights = TRUE_SLOPE * outlier_x + TRUE_START + gaps

    def one_seed(seed):
        x, y = steady_points(seed)
        before = fit_lines(x, y)

        def moved(height):
            return distance_moved(before, fit_lines(join(outlier_x, x), join(height, y)))

        return jax.vmap(moved)(heights)

    # One set of points after the other: XLA compiles a batch of all of them for very long.
    return jax.lax.map(one_seed, first_seed + jnp.arange(N_SEEDS, dtype=jnp.uint32))
