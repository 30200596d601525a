"""Regularisation: what pulls the weights towards zero. Biases are left alone."""

from collections.abc import Callable
from dataclasses import dataclass

import jax
import jax.numpy as jnp


@dataclass(frozen=True, kw_only=True)
class Regularizer:
    """One pull on the weights: added to the gradient, or taken off after the step (decoupled)."""

    key: str
    label: str
    gradient: Callable[[jax.Array], jax.Array] | None  # weights -> d penalty / d weights, rate 1
    decoupled: bool
    formula: str
    note: str
    source: str


def regularize_gradients(key: str, rate: jax.Array, parameters, gradients):
    """G + rate * d penalty / d weights, for a penalty that is part of what is minimised."""
    row = REGULARIZERS[key]
    if row.gradient is None or row.decoupled:
        return gradients
    return tuple(
        g._replace(weights=g.weights + rate * row.gradient(layer.weights))
        for layer, g in zip(parameters, gradients, strict=True)
    )


def decay_weights(key: str, rate: jax.Array, learning_rate: jax.Array, before, after):
    """W - learning_rate * rate * w, for decay that bypasses the optimiser.

    Takes the pull of the parameters `before` the optimiser's step off those `after` it, so that
    step and decay start from the same weights.
    """
    row = REGULARIZERS[key]
    if row.gradient is None or not row.decoupled:
        return after
    return tuple(
        new._replace(weights=new.weights - learning_rate * rate * row.gradient(old.weights))
        for old, new in zip(before, after, strict=True)
    )


_ROWS = (
    Regularizer(
        key="none",
        label="None",
        gradient=None,
        decoupled=False,
        formula="0",
        note="The data alone decide.",
        source="smilkov_2017",
    ),
    Regularizer(
        key="l1",
        label="L1",
        gradient=jnp.sign,
        decoupled=False,
        formula=r"\lambda \sum |w|",
        note="The same pull on every weight: small ones end near zero.",
        source="tibshirani_1996",
    ),
    Regularizer(
        key="l2",
        label="L2",
        gradient=lambda weights: weights,
        decoupled=False,
        formula=r"\tfrac{\lambda}{2} \sum w^2",
        note="A pull in proportion to the weight: large ones shrink most.",
        source="krogh_hertz_1991",
    ),
    Regularizer(
        key="decay",
        label="Weight decay",
        gradient=lambda weights: weights,
        decoupled=True,
        formula=r"w \leftarrow w - \eta \lambda w",
        note="L2's pull applied to the weight itself, so the optimiser does not rescale it.",
        source="loshchilov_hutter_2019",
    ),
)
REGULARIZERS = {row.key: row for row in _ROWS}
