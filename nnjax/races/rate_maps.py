"""The learning-rate map of a network: many rates and seeds, and what each rate is good for.

Four bands, told apart by the runs themselves. With M(r) the middle seed's loss at rate r after the
last epoch, a diverged run counting as infinite, and L the middle loss before training:

- good: no seed diverged, and L - M(r) is at least GOOD of the largest drop, L - min M; above the
  best rate the band's upper end has dropped as far, too, unless it has not even at the best rate.
  Only rates around the best one, as far as this holds without a gap
- too low: every rate below those
- diverges: from the first rate above the good ones at which half of the seeds diverge
- edge: the rates between good and diverges
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import jax
import numpy as np

from nnjax.data.prepare import Dataset
from nnjax.races.bands import Band, band_over_seeds
from nnjax.sweeps import sweep
from nnjax.training.config import Hyperparameters, TrainingConfig
from nnjax.training.state import NOT_DIVERGED

N_RATES, LOWEST, HIGHEST = 64, 1e-4, 30.0
GOOD = 0.9  # of the best rate's drop in loss
MOST = 0.5  # of the seeds
LEARNED = 0.1  # of the first loss: if even the best rate drops less, no rate is good
N_FRAMES = 5  # a diverged run ends with the frame in which it did
TOO_LOW, IS_GOOD, EDGE, DIVERGES = "too low", "good", "edge", "diverges"


class RunEnds(NamedTuple):
    """How runs began and ended, one element a run."""

    first_train_loss: np.ndarray
    first_test_loss: np.ndarray
    train_loss: np.ndarray  # infinite where the run diverged
    test_loss: np.ndarray
    diverged_at: np.ndarray  # the step, -1 where it did not


class RateBands(NamedTuple):
    """The four bands of a map, as places among its rates: each is `rates[start:stop]`."""

    good_from: int
    edge_from: int
    diverges_from: int
    best: int  # the rate with the lowest middle loss; -1 if no rate learns

    def at(self, index: int) -> str:
        """The band of rate number `index`."""
        if index < self.good_from:
            return TOO_LOW
        if index < self.edge_from:
            return IS_GOOD
        return EDGE if index < self.diverges_from else DIVERGES


def rate_grid(offered: Sequence[float]) -> tuple[float, ...]:
    """N_RATES rates from LOWEST to HIGHEST, evenly spaced in ln r but for those `offered`.

    The rate nearest to each offered one is moved onto it, so that it is on the map exactly.
    """
    logs = np.linspace(math.log(LOWEST), math.log(HIGHEST), N_RATES)
    rates = [float(f"{math.exp(log):.3g}") for log in logs]
    for rate in offered:
        if LOWEST <= rate <= HIGHEST:
            rates[int(np.argmin(np.abs(logs - math.log(rate))))] = rate
    return tuple(rates)


def nearest_rate(rate: float, offered: Sequence[float]) -> float:
    """The offered rate that is nearest in ln r."""
    return min(offered, key=lambda other: abs(math.log(other / rate)))


def stack_data(datasets: Sequence[Dataset]) -> Dataset:
    """Data sets of equal shapes as one, with a leading axis on every leaf."""
    return jax.tree.map(lambda *leaves: np.stack(jax.device_get(leaves)), *datasets)


def train_ends(
    config: TrainingConfig,
    datasets: Dataset,
    hyper: Hyperparameters,
    *,
    seeds: Sequence[int],
    data_of: Sequence[int],
    n_epochs: int,
) -> RunEnds:
    """Train run i from `seeds[i]` on data set `data_of[i]` of a stack, all in one call.

    `hyper` holds (n_runs,) arrays or scalars; `n_epochs` is a multiple of N_FRAMES.
    """
    n_batches = -(-int(datasets.n_train[0]) // config.batch_size)
    frames, diverged_at = sweep(
        config,
        datasets,
        hyper,
        seeds=seeds,
        data_of=data_of,
        steps_per_frame=n_epochs // N_FRAMES * n_batches,
        n_frames=N_FRAMES,
    )

    def end(losses):
        return np.where(diverged_at == NOT_DIVERGED, losses[:, -1], np.inf).astype(np.float32)

    return RunEnds(
        first_train_loss=frames.train_loss[:, 0],
        first_test_loss=frames.test_loss[:, 0],
        train_loss=end(frames.train_loss),
        test_loss=end(frames.test_loss),
        diverged_at=diverged_at,
    )


def loss_band(losses) -> Band:
    """The band over seeds at each rate: (n_rates, n_seeds) -> three of (n_rates,)."""
    return band_over_seeds(np.asarray(losses).T)


def judge_rates(losses, first_loss: float) -> RateBands:
    """The four bands, from the losses (n_rates, n_seeds), infinite where diverged."""
    _, middle, high = loss_band(losses)
    n_rates = len(middle)
    failed = np.mean(~np.isfinite(losses), axis=1)
    best = int(np.argmin(middle))
    drop = first_loss - middle[best]
    if not drop >= LEARNED * first_loss:
        start = _first(failed >= MOST, 0, n_rates)
        return RateBands(start, start, start, -1)
    limit = first_loss - GOOD * drop
    is_good = (failed == 0) & (middle <= limit)
    is_good[best:] &= high[best:] <= max(limit, high[best])
    is_good[best] = True  # even if a seed diverged: there is no better rate
    good_from = best
    while good_from > 0 and is_good[good_from - 1]:
        good_from -= 1
    edge_from = _first(~is_good, best, n_rates)
    return RateBands(good_from, edge_from, _first(failed >= MOST, edge_from, n_rates), best)


def _first(condition: np.ndarray, start: int, otherwise: int) -> int:
    """The first place from `start` on where the condition holds."""
    found = np.flatnonzero(condition[start:])
    return start + int(found[0]) if len(found) else otherwise


def judge_cells(losses, first_loss: float) -> np.ndarray:
    """The band of every cell of a heat map, measured against the best cell of all.

    `losses` (n_rows, n_rates, n_seeds), infinite where diverged; a row with a NaN is not trained
    yet. Returns strings (n_rows, n_rates), "" where not trained. A cell that is neither good nor
    diverges is "too low" below the best rate of its row, unless a seed diverged, and else "edge".
    """
    losses = np.asarray(losses)
    trained = ~np.isnan(losses).any(axis=(1, 2))
    middle = band_over_seeds(np.moveaxis(losses, -1, 0)).middle
    failed = np.mean(np.isinf(losses), axis=2)
    drop = first_loss - np.min(middle[trained], initial=np.inf)
    learned = drop >= LEARNED * first_loss
    is_good = learned & (failed == 0) & (first_loss - middle >= GOOD * drop)
    below_best = np.arange(losses.shape[1]) < np.argmin(middle, axis=1)[:, None]
    other = np.where(below_best & (failed == 0), TOO_LOW, EDGE)
    bands = np.where(failed >= MOST, DIVERGES, np.where(is_good, IS_GOOD, other))
    return np.where(trained[:, None], bands, "")


def best_rate_of_seeds(rates: Sequence[float], losses) -> np.ndarray:
    """Each seed's own best rate: losses (n_rates, n_seeds) -> (n_seeds,)."""
    return np.asarray(rates)[np.argmin(np.asarray(losses), axis=0)]
