"""What the laboratory "Landscape" says about what it measured."""

import numpy as np

from dashboard import compute, layout
from dashboard.charts.loss_axis import number
from dashboard.landscape.survey import N_DIRECTIONS, Survey
from dashboard.playground.run import Run
from nnjax.landscapes.landscape import (
    path_plane,
    plane_losses,
    random_directions,
    random_plane_shares,
    random_walk_shares,
)
from nnjax.networks import count_parameters
from nnjax.races.bands import band_over_seeds

N_PLANES = 64
NO_PATH = (
    "This run has not moved yet, so it has no path: you see a random plane instead. Train it in "
    "the playground, for 10 epochs or more."
)
LAB = {"training_lab": "landscape"}
TRY_THIS = (
    ("XOR with ReLU: flat floors with edges, instead of a round valley",
     LAB | {"data": "xor", "activation": "relu"}),
    ("A random plane: a bowl, and no trace of the way the run came",
     LAB | {"land_plane": "random"}),
    ("A failure: sigmoid on the spiral finds a plain, too flat for the gradient to leave",
     LAB | {"data": "spiral", "activation": "sigmoid"}),
    ("Adam takes another way to its own place", LAB | {"optimizer": "adam"}),
)  # fmt: skip
CODE = (path_plane, random_directions, plane_losses)
SOURCES = ("li_2018", "antognini_2018", "dinh_2017", "kaplan_2020")


def verdict(run: Run, found: Survey) -> str:
    """Say in numbers what the plane shows."""
    words = _on_random(found) if len(found.cuts) else _on_path(run, found)
    if run.diverged_at is not None:
        words += f" This run **diverged at step {run.diverged_at:,}**."
    if found.frames[-1] < run.n_frames - 1:
        words += " The picture ends where its numbers were last finite."
    return words


def _on_path(run: Run, found: Survey) -> str:
    losses = run.film.train_loss[found.frames]
    gap = _middle_gap(losses, found.land.path_losses)
    n_parameters = count_parameters(run.config.network)
    return (
        f"The yellow dot walks from a loss of {number(losses[0])} to **{number(losses[-1])}** "
        f"at the cross. Its run moved in {n_parameters:,} dimensions; these two hold "
        f"**{found.shares.sum():.1%}** of the movement. On the right you see what is lost: in the "
        f"middle frame the plane under the dot is off by {_percent_of(gap)} of the run's own loss."
    )


def _middle_gap(losses: np.ndarray, on_plane: np.ndarray) -> float:
    """Return by how much the plane's loss misses the run's, in the middle frame."""
    gaps = np.abs(on_plane - losses) / np.maximum(losses, 1e-12)
    return float(np.median(np.where(np.isfinite(gaps), gaps, 1.0)))


def _percent_of(share: float) -> str:
    return f"{share:.0%}" if share >= 0.005 else "less than 1%"


def _on_random(found: Survey) -> str:
    here = float(found.land.path_losses[-1])
    ends = found.cuts[:, [0, -1]].max(axis=1)
    band = band_over_seeds(ends)
    reach = float(found.steps[-1])
    return (
        f"At the cross the loss is **{number(here)}**. A step of {reach:g} times the length of "
        f"each unit's own weights raises it to **{number(band.middle)}** along the middle one of "
        f"{N_DIRECTIONS} random directions ({number(band.low)} to {number(band.high)} in eight of "
        "ten): the wider the bowl, the less a change of the weights matters."
    )


def describe(run: Run, found: Survey) -> str:
    """Return what the picture shows, in words."""
    land = found.land
    known = land.losses[np.isfinite(land.losses)]
    span = f"from {number(known.min())} to {number(known.max())}" if known.size else "not finite"
    words = f"The training loss over a plane through the parameters, {span}, lowest where palest."
    if len(found.cuts):
        return f"{words} The run's end, at the cross, has {number(land.path_losses[-1])}."
    return (
        f"{words} The path of the run crosses it to the cross, where the loss is "
        f"{number(run.film.train_loss[found.frames[-1]])}."
    )


def describe_beside(run: Run, found: Survey) -> str:
    """Return what the curves beside it show, in words."""
    if not len(found.cuts):
        epoch = run.epochs[found.frames[-1]]
        return (
            f"Training loss against epochs up to {epoch:.4g}, of the run and of the plane under "
            f"it: at the start {number(run.film.train_loss[0])} and "
            f"{number(found.land.path_losses[0])}."
        )
    middle = band_over_seeds(found.cuts).middle
    return (
        f"The loss along {N_DIRECTIONS} random directions, from {number(middle[0])} over "
        f"{number(middle[len(middle) // 2])} in the centre to {number(middle[-1])} in the middle."
    )


def ask(run: Run, vectors: np.ndarray) -> None:
    """Ask how much of the path a random plane would hold."""
    n_parameters = count_parameters(run.config.network)
    if len(vectors) < 2:
        return
    shares = compute.run("random planes", random_plane_shares, vectors, seed=0, n=N_PLANES)
    walks = compute.run("random walks", random_walk_shares, len(vectors), n_parameters, seed=0)
    own = path_plane(vectors).shares.sum()
    answer = f"About {float(shares.mean()):.1%}"
    options = sorted({answer, "About 30.0%", "About 60.0%", f"About {own:.1%}"}, key=_percent)
    layout.predict_then_reveal(
        "guess_landscape",
        f"Your network has {n_parameters:,} parameters. Through its end, lay a plane in a random "
        "direction instead. How much of the path's movement lies in it, on average?",
        options,
        answer=answer,
        why=f"That is the mean of {N_PLANES} random planes; 2 of {n_parameters:,} dimensions are "
        f"{2 / n_parameters:.1%}. This is why a path drawn on a random plane hardly seems to move, "
        f"and why its own plane ({own:.1%}) is worth finding. But do not read too much into that "
        f"number: a walk of {len(vectors)} purely random steps is held to {walks.mean():.0%} by "
        "its own best plane.",
    )


def _percent(option: str) -> float:
    return float(option.removeprefix("About ").removesuffix("%"))


def show_formula(run: Run, found: Survey) -> None:
    """Write the plane with the learner's numbers."""
    n = count_parameters(run.config.network)
    plane = rf"L(a, b) = L(\theta^* + a u + b v), \quad \theta^*, u, v \in \mathbb{{R}}^{{{n}}}"
    if len(found.cuts):
        layout.formula(
            plane,
            r"u_i \leftarrow \frac{u_i}{\lVert u_i \rVert} \lVert \theta^*_i \rVert"
            r"\quad \text{for every unit } i",
            note="$u$ and $v$ are drawn at random, then each unit's part is made as long as the "
            "unit's own weights and bias. Otherwise layers of large weights would look flat only "
            "because a step is small beside them. Even so, how sharp a minimum looks depends on "
            "how the weights are written down (Dinh et al. 2017).",
        )
        return
    first, second = found.shares
    layout.formula(
        plane,
        r"M = (\theta_0 - \theta^*, \dots, \theta_{T} - \theta^*), \qquad "
        r"\frac{s_1^2 + s_2^2}{\sum_k s_k^2} = "
        rf"{first:.3f} + {second:.3f} = {first + second:.3f}",
        note=f"$\\theta_t$ are the {n:,} parameters at each of the {len(found.frames)} frames, "
        "$u$ and $v$ the first two right singular vectors of $M$, and $s_k$ its singular values.",
    )


def lead_on(page: layout.Page) -> None:
    """Draw the links, the same idea in large models, the code and the sources."""
    page.try_this(*TRY_THIS)
    layout.in_llms(
        "A language model's landscape has billions of dimensions, and nobody has drawn it: a "
        "map of 41 by 41 places, as above, is 1,681 passes over the training set, and one pass "
        "is all that a large model is given. What its makers look at is the loss against tokens "
        "read, the path without the land, and how that falls with size (Kaplan et al. 2020)."
    )
    layout.show_the_code(*CODE)
    layout.sources(*SOURCES)
