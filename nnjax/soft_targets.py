"""From scores to a loss: softmax with a temperature, against targets that may be smoothed."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnjax.activations import softmax
from nnjax.losses import LINKS, LOSSES


class SoftLoss(NamedTuple):
    """Everything between k scores and their loss."""

    shares: jax.Array  # (k,) softmax(z / T)
    targets: jax.Array  # (k,) what they are compared with
    loss: jax.Array  # () cross-entropy
    entropy: jax.Array  # () of the targets: what even a perfect guess pays
    divergence: jax.Array  # () KL, the rest
    gradient: jax.Array  # (k,) dL/dz


def smooth_labels(one_hot, amount):
    """T_k = (1 - a) y_k + a / k, for one-hot y (k,) and a (): Szegedy et al. (2015)."""
    return (1 - amount) * one_hot + amount / one_hot.shape[-1]


def tempered_loss(logits, targets, temperature):
    """Cross-entropy of softmax(z / T) against t: (k,), (k,), () -> ()."""
    row = LOSSES["categorical_cross_entropy"]
    return row.of_output(logits / temperature, targets, LINKS["multiclass"])


@jax.jit
def soft_loss(logits, right, temperature, smoothing) -> SoftLoss:
    """Shares, targets, loss and its gradient: scores (k,), the right class and settings ()."""
    targets = smooth_labels(jax.nn.one_hot(right, logits.shape[-1]), smoothing)
    loss, gradient = jax.value_and_grad(tempered_loss)(logits, targets, temperature)
    divergence = LOSSES["kl"].of_output(logits / temperature, targets, LINKS["multiclass"])
    return SoftLoss(
        shares=softmax(logits / temperature),
        targets=targets,
        loss=loss,
        entropy=loss - divergence,
        divergence=divergence,
        gradient=gradient,
    )


@jax.jit
def loss_along_right(logits, right, temperature, smoothing, scores):
    """Loss as the right class's score moves: scores (n,) -> (2, n), smoothed and hard targets."""
    one_hot = jax.nn.one_hot(right, logits.shape[-1])

    def at(score, amount):
        moved = logits.at[right].set(score)
        return tempered_loss(moved, smooth_labels(one_hot, amount), temperature)

    along = jax.vmap(at, in_axes=(0, None))
    return jnp.stack([along(scores, smoothing), along(scores, jnp.zeros_like(smoothing))])
