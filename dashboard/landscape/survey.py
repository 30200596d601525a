"""The plane that a laboratory looks at, and the losses on it, measured from the session's run."""

from typing import NamedTuple

import numpy as np

from dashboard.charts.landscape import Landscape
from dashboard.playground.run import MAX_FRAMES, Run
from nnjax.landscapes.landscape import (
    grid_places,
    path_plane,
    plane_losses,
    random_directions,
    to_vectors,
)
from nnjax.networks import count_parameters

FINE, COARSE = 41, 25  # places along each side of the grid
FINE_WORK = 300_000  # products in one pass over the data, up to which the grid is fine
N_DIRECTIONS = 16
ROOM = 0.35  # around the path, in its own extent
LEAST = 0.5  # the smaller side of the path's picture, in the larger one


class Survey(NamedTuple):
    """A landscape, and what was measured beside it."""

    land: Landscape
    frames: np.ndarray  # of the film that are on it: those whose parameters are finite
    shares: np.ndarray  # (2,) of the path's movement that the plane holds; nan on a random plane
    steps: np.ndarray  # (n,) along the random directions; empty on the path's plane
    cuts: np.ndarray  # (N_DIRECTIONS, n) losses along them


def finite_path(run: Run) -> tuple[np.ndarray, np.ndarray]:
    """Return the vectors of the film's frames, (n, n_parameters), and which frames they are.

    A run that has blown up ends where its numbers were last finite.
    """
    vectors = to_vectors(run.film.parameters)
    frames = np.flatnonzero(np.isfinite(vectors).all(axis=1))
    return vectors[frames], frames


def survey_path(run: Run, reach: float) -> Survey:
    """Measure the plane of the run's own path; `reach` times as far as the path goes."""
    vectors, frames = finite_path(run)
    plane = path_plane(vectors)
    x, y = _sides(plane.places, reach, _side(run))
    # Room for the longest film: its length is no new program then.
    along = plane.places[np.minimum(np.arange(MAX_FRAMES), len(frames) - 1)]
    places = np.concatenate([grid_places(x, y), along])
    losses = plane_losses(vectors[-1], plane.directions, places, run.data, config=run.config)
    losses = np.asarray(losses)
    names = tuple(f"direction {i + 1}: {share:.1%} of the path" for i, share in
                  enumerate(plane.shares))  # fmt: skip
    n_grid = len(x) * len(y)
    land = Landscape(
        x=x,
        y=y,
        losses=losses[:n_grid].reshape(len(y), len(x)),
        path=plane.places,
        path_losses=losses[n_grid:][: len(frames)],
        names=names,
    )
    nothing = np.zeros(0)
    return Survey(land, frames, plane.shares, nothing, nothing)


def survey_random(run: Run, reach: float, seed: int) -> Survey:
    """Measure a random plane around the run's end, and the cuts along all random directions."""
    vectors, frames = finite_path(run)
    side = _side(run)
    steps = np.linspace(-reach, reach, side).astype(np.float32)
    directions = random_directions(
        vectors[-1], np.uint32(seed), network=run.config.network, n=N_DIRECTIONS
    )
    grid = np.zeros((side * side, N_DIRECTIONS), np.float32)
    grid[:, :2] = grid_places(steps, steps)
    cuts = np.einsum("s,ij->isj", steps, np.eye(N_DIRECTIONS, dtype=np.float32))
    places = np.concatenate([grid, cuts.reshape(-1, N_DIRECTIONS)])
    losses = np.asarray(plane_losses(vectors[-1], directions, places, run.data, config=run.config))
    here = losses[[side * side // 2]]
    land = Landscape(
        x=steps,
        y=steps,
        losses=losses[: side * side].reshape(side, side),
        path=np.zeros((1, 2), np.float32),
        path_losses=here,
        names=("random direction 1: step in the lengths of the units", "random direction 2"),
    )
    unknown = np.full(2, np.nan)
    return Survey(land, frames[-1:], unknown, steps, losses[side * side :].reshape(-1, side))


def _side(run: Run) -> int:
    work = len(run.data.raw) * count_parameters(run.config.network)
    return FINE if work <= FINE_WORK else COARSE


def _sides(path: np.ndarray, reach: float, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the grid's two axes: around the path, none of them much shorter than the other."""
    low, high = path.min(axis=0), path.max(axis=0)
    middle, half = (low + high) / 2, (high - low) / 2
    half = np.maximum(np.maximum(half, LEAST * half.max()), 1e-6) * (1 + ROOM) * reach
    return tuple(
        np.linspace(at - wide, at + wide, n).astype(np.float32)
        for at, wide in zip(middle, half, strict=True)
    )
