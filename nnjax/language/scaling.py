"""Five sizes of one character transformer, the same text for each, and the line through them."""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.compiler import jit_loop
from nnjax.language.model import LanguageConfig, count_parameters, read
from nnjax.language.text import bundled_text
from nnjax.language.training import (
    BATCH_SIZE,
    NOT_DIVERGED,
    held_out_windows,
    start_training,
    train,
)

CONTEXT = 32
HEADS = {4: 1, 8: 2, 16: 2, 32: 4, 64: 4}  # by width
WIDTHS = tuple(HEADS)
CHUNK = 50  # steps that are compiled together
FLOOR_SHARES = np.linspace(0, 0.98, 40)  # of the smallest loss: values of E that are tried
N_RESAMPLES = 400
BAND = (0.05, 0.95)


class SizeRun(NamedTuple):
    """One size, trained from one seed, and how it does on text it has not read."""

    loss: jax.Array  # () mean of -ln p over all held-out characters
    right: jax.Array  # (n_windows, CONTEXT) bool, whether the likeliest guess is the character
    diverged_at: jax.Array  # () int32, NOT_DIVERGED if the loss never ran away


class PowerLaw(NamedTuple):
    """L(N) = E + a N^-b."""

    floor: float  # E
    factor: float  # a
    power: float  # b
    residuals: np.ndarray  # of ln(L - E), of each run

    def at(self, n):
        """The loss of N parameters."""
        return self.floor + self.factor * np.asarray(n, float) ** -self.power


class Forecast(NamedTuple):
    """What a law says of other sizes, and between which bounds nine of ten resamples put them."""

    middle: np.ndarray  # (n_others,)
    low: np.ndarray
    high: np.ndarray
    floors: tuple[float, float]  # the same bounds of E


def config_of(width: int) -> LanguageConfig:
    """The smallest transformer of this width: one block."""
    return LanguageConfig(width=width, n_layers=1, n_heads=HEADS[width], context=CONTEXT)


def parameters_of(width: int) -> int:
    """All numbers that training sets, embeddings and readout too."""
    return count_parameters(config_of(width))


def tokens_read(n_steps: int) -> int:
    """Characters guessed in training: steps x windows x characters of a window."""
    return n_steps * BATCH_SIZE * CONTEXT


def train_size(width: int, seed: int, n_steps: int, learning_rate: float) -> SizeRun:
    """Train the model of this width on the bundled book, for a multiple of CHUNK steps."""
    settings = np.uint32(seed), np.int32(n_steps // CHUNK), np.float32(learning_rate)
    return _train_size(bundled_text().corpus, *settings, config=config_of(width))


@functools.partial(jit_loop, static_argnames="config")
def _train_size(corpus, seed, n_chunks, learning_rate, *, config: LanguageConfig) -> SizeRun:
    """All in one program: compiling, not training, is what takes long for these sizes."""

    def chunk(_, state):
        return train(state, corpus, learning_rate, config=config, n_steps=CHUNK)[0]

    state = start_training(seed, config=config)
    state = jax.lax.fori_loop(0, n_chunks, chunk, state)
    windows = held_out_windows(corpus, CONTEXT).astype(jnp.int32)

    def one(window):
        logits = read(state.parameters, window[:-1], corpus.n_kinds, config=config).logits
        chances = jax.nn.log_softmax(logits, axis=-1)
        losses = -jnp.take_along_axis(chances, window[1:, None], axis=-1)[:, 0]
        return losses, logits.argmax(axis=-1) == window[1:]

    losses, right = jax.vmap(one)(windows)
    return SizeRun(losses.mean(), right, state.diverged_at)


def has_diverged(run: SizeRun) -> bool:
    """Whether the loss ran away in training."""
    return int(run.diverged_at) != NOT_DIVERGED


def fit_power_law(n, losses, *, floors=None) -> PowerLaw:
    """Least squares of ln(L - E) = ln a - b ln N, for the E of `floors` that leaves least.

    n, losses (n_runs,). Without `floors`, E goes from 0 to just under the smallest loss; the
    squares are of the losses themselves, relative to what the law says.
    """
    losses = np.asarray(losses, float)
    if floors is None:
        floors = FLOOR_SHARES * losses.min()
    fitted = _fit_many(np.log(n), losses[None, :], np.asarray(floors, float)[None, :])
    floor, factor, power = (float(part[0]) for part in fitted)
    law = PowerLaw(floor, factor, power, np.zeros(0))
    return law._replace(residuals=np.log(losses / law.at(n)))


def _fit_many(logs, losses, floors):
    """E, a and b of many laws at once, (m,) each: logs (n,), losses (m, n), floors (m, f)."""
    x = logs - logs.mean()
    rest = np.log(losses[:, None, :] - floors[:, :, None])  # (m, f, n)
    means, slopes = rest.mean(axis=2), rest @ x / (x @ x)  # (m, f)
    said = floors[..., None] + np.exp(means[..., None] + slopes[..., None] * x)
    best = (np.log(losses[:, None, :] / said) ** 2).sum(axis=2).argmin(axis=1)[:, None]
    floor, mean, slope = (
        np.take_along_axis(part, best, axis=1)[:, 0] for part in (floors, means, slopes)
    )
    return floor, np.exp(mean - slope * logs.mean()), -slope


def forecast(n, losses, others, *, seed: int = 0) -> tuple[PowerLaw, Forecast]:
    """The law through the runs, and what it says of `others` with a band of 90 %.

    Residual bootstrap: the runs are moved by residuals drawn anew, widened for the three numbers
    that were fitted; each such set has its own law, E too; and one more residual is added, for
    the run that is forecast.

    References:
        Efron and Tibshirani (1993), An introduction to the bootstrap, chapter 9.
    """
    n, others = np.asarray(n, float), np.asarray(others, float)
    law = fit_power_law(n, losses)
    draw = np.random.default_rng(seed)
    wider = law.residuals * (len(n) / max(1, len(n) - 3)) ** 0.5
    moved = law.at(n) * np.exp(draw.choice(wider, (N_RESAMPLES, len(n))))
    floors = FLOOR_SHARES * moved.min(axis=1, keepdims=True)
    floor, factor, power = (part[:, None] for part in _fit_many(np.log(n), moved, floors))
    said = (floor + factor * others**-power) * np.exp(draw.choice(wider, (N_RESAMPLES, 1)))
    low, high = np.quantile(said, BAND, axis=0)
    ends = tuple(float(end) for end in np.quantile(floor, BAND))
    return law, Forecast(law.at(others), low, high, ends)
