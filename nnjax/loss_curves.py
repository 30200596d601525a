"""Every loss on one axis: the probability that a network gives to "yes"."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.losses import LOSSES, Loss


class LossCurves(NamedTuple):
    """All losses of the table at some predictions."""

    values: jax.Array  # (n_losses, n)
    slopes: jax.Array  # (n_losses, n) dL/dp


def logit(p):
    """Ln(p / (1 - p)), the score z that the sigmoid turns into p."""
    return jnp.log(p) - jnp.log1p(-p)


def loss_of_probability(row: Loss, p, y):
    """L(p, y) of one yes-or-no prediction, p and y both ().

    Losses for several classes see two of them, (1 - p, p); those on scores see the logit of p.
    """
    if "binary" not in row.tasks:
        return row.of_prediction(jnp.stack([1 - p, p]), jnp.stack([1 - y, y]))
    wants_score = row.of_raw_output is row.of_prediction
    seen = logit(p) if wants_score else p
    return row.of_prediction(seen[None], y[None])


@jax.jit
def loss_curves(predictions, target):
    """L and dL/dp of every row at once: predictions (n,) between 0 and 1, target () 0 or 1."""
    pairs = []
    for row in LOSSES.values():
        with_slope = jax.value_and_grad(lambda p, row=row: loss_of_probability(row, p, target))
        pairs.append(jax.vmap(with_slope)(predictions))
    return LossCurves(*(jnp.stack(part) for part in zip(*pairs, strict=True)))
