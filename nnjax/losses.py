"""Loss functions: one number for how wrong a prediction is.

Every loss takes one example, (n_out,), and returns a scalar; `jax.vmap` makes the batch.
Outputs are what the last layer computes; the link of the task turns them into predictions.
"""

from collections.abc import Callable
from dataclasses import dataclass

import jax
import jax.numpy as jnp

from nnjax.activations import identity, sigmoid, softmax

LINKS = {"binary": sigmoid, "multiclass": softmax, "regression": identity}
HUBER_DELTA = 1.0


@dataclass(frozen=True, kw_only=True)
class Loss:
    """One loss: its textbook form on predictions and, where safer, its form on raw outputs."""

    key: str
    label: str
    of_prediction: Callable[[jax.Array, jax.Array], jax.Array]
    tasks: tuple[str, ...]
    formula: str
    note: str
    source: str
    of_raw_output: Callable[[jax.Array, jax.Array], jax.Array] | None = None

    def of_output(self, outputs, targets, link):
        """Loss of raw network outputs (n_out,): `of_prediction(link(outputs), targets)`.

        Losses with a stable form on the outputs (logits, scores) use that and ignore `link`.
        """
        if self.of_raw_output is not None:
            return self.of_raw_output(outputs, targets)
        return self.of_prediction(link(outputs), targets)


def mean_squared_error(predictions, targets):
    """L = mean (p - y)^2, without the half that some texts put in front."""
    return jnp.mean((predictions - targets) ** 2)


def mean_absolute_error(predictions, targets):
    """L = mean |p - y|."""
    return jnp.mean(_size(predictions - targets))


def huber(predictions, targets):
    """L = mean of e^2 / 2 where |e| <= 1, else |e| - 1/2, with e = p - y."""
    size = _size(predictions - targets)
    quadratic = jnp.minimum(size, HUBER_DELTA)
    return jnp.mean(0.5 * quadratic**2 + HUBER_DELTA * (size - quadratic))


def binary_cross_entropy(predictions, targets):
    """L = mean -(y ln p + (1 - y) ln(1 - p)), infinite when sure and wrong."""
    return -jnp.mean(_a_log_b(targets, predictions) + _a_log_b(1 - targets, 1 - predictions))


def binary_cross_entropy_of_logits(logits, targets):
    """The same from the logit z, p = sigmoid(z): max(z, 0) - y z + ln(1 + exp(-|z|))."""
    # Chosen by where, not by max and abs, whose slopes at z = 0 would not add up to p - y.
    is_positive = logits > 0
    tail = jnp.log1p(jnp.exp(jnp.where(is_positive, -logits, logits)))
    return jnp.mean(jnp.where(is_positive, logits, 0.0) - targets * logits + tail)


def categorical_cross_entropy(predictions, targets):
    """L = -sum_k y_k ln p_k, for probabilities p (k,) and shares y (k,) that each add up to 1."""
    return -jnp.sum(_a_log_b(targets, predictions))


def categorical_cross_entropy_of_logits(logits, targets):
    """The same from logits z, p = softmax(z): ln sum_k exp(z_k) - sum_k y_k z_k."""
    return -jnp.sum(targets * jax.nn.log_softmax(logits))


def kl_divergence(predictions, targets):
    """L = sum_k y_k ln(y_k / p_k): the cross-entropy less the entropy of the targets."""
    return jnp.sum(_a_log_b(targets, targets) - _a_log_b(targets, predictions))


def kl_divergence_of_logits(logits, targets):
    """The same from logits z, p = softmax(z)."""
    return jnp.sum(_a_log_b(targets, targets) - targets * jax.nn.log_softmax(logits))


def hinge(scores, targets):
    """L = max(0, 1 - margin), on raw scores.

    One score s, y in {0, 1}: margin = (2 y - 1) s. Several, one-hot y: the score of the right
    class less the largest of the others (Crammer and Singer).
    """
    if scores.shape[-1] == 1:
        margins = (2 * targets - 1) * scores
    else:
        rival = jnp.max(jnp.where(targets > 0.5, -jnp.inf, scores), axis=-1)
        margins = jnp.sum(targets * scores, axis=-1) - rival
    return jnp.mean(jnp.maximum(0.0, 1 - margins))


def default_loss(task):
    """The usual loss row of a task: "binary", "multiclass" or "regression"."""
    return LOSSES[_DEFAULTS[task]]


def _size(error):
    """Compute |e|, with slope 0 at 0, where `jnp.abs` has slope 1."""
    return error * jnp.sign(error)


def _a_log_b(a, b):
    """Compute a ln b, with 0 ln 0 = 0 and gradient 0 where a is 0."""
    return a * jnp.log(jnp.where(a == 0, 1.0, b))


_DEFAULTS = {
    "binary": "binary_cross_entropy",
    "multiclass": "categorical_cross_entropy",
    "regression": "mse",
}
_ROWS = (
    Loss(
        key="mse",
        label="Mean squared error",
        of_prediction=mean_squared_error,
        tasks=("regression", "binary", "multiclass"),
        formula=r"\frac{1}{n}\sum_k (p_k - y_k)^2",
        note="Squaring makes a large miss count far more than several small ones.",
        source="stigler_1981",
    ),
    Loss(
        key="mae",
        label="Mean absolute error",
        of_prediction=mean_absolute_error,
        tasks=("regression", "binary", "multiclass"),
        formula=r"\frac{1}{n}\sum_k |p_k - y_k|",
        note="Every unit of error costs the same, so one outlier pulls less.",
        source="portnoy_koenker_1997",
    ),
    Loss(
        key="huber",
        label="Huber",
        of_prediction=huber,
        tasks=("regression", "binary", "multiclass"),
        formula=(
            r"\frac{1}{n}\sum_k \begin{cases} \tfrac12 e_k^2 & |e_k| \le 1 \\"
            r" |e_k| - \tfrac12 & \text{otherwise} \end{cases},\quad e_k = p_k - y_k"
        ),
        note="Squared error close by, absolute error far away: smooth and calm about outliers.",
        source="huber_1964",
    ),
    Loss(
        key="binary_cross_entropy",
        label="Binary cross-entropy",
        of_prediction=binary_cross_entropy,
        of_raw_output=binary_cross_entropy_of_logits,
        tasks=("binary",),
        formula=r"-\left(y \ln p + (1 - y)\ln(1 - p)\right)",
        note="The usual choice for yes or no. Being sure and wrong costs without limit.",
        source="good_1952",
    ),
    Loss(
        key="categorical_cross_entropy",
        label="Categorical cross-entropy",
        of_prediction=categorical_cross_entropy,
        of_raw_output=categorical_cross_entropy_of_logits,
        tasks=("multiclass",),
        formula=r"-\sum_k y_k \ln p_k",
        note="Only the probability given to the right class counts: its negative logarithm.",
        source="bridle_1990",
    ),
    Loss(
        key="hinge",
        label="Hinge",
        of_prediction=hinge,
        of_raw_output=hinge,
        tasks=("binary", "multiclass"),
        formula=r"\max(0,\ 1 - m),\quad m = (2y - 1)\,s",
        note="Zero once the right answer leads by a margin of 1; works on the raw score.",
        source="cortes_vapnik_1995",
    ),
    Loss(
        key="kl",
        label="KL divergence",
        of_prediction=kl_divergence,
        of_raw_output=kl_divergence_of_logits,
        tasks=("multiclass",),
        formula=r"\sum_k y_k \ln \frac{y_k}{p_k}",
        note="Cross-entropy less what even a perfect guess must pay; equal to it for hard labels.",
        source="kullback_leibler_1951",
    ),
)
LOSSES = {row.key: row for row in _ROWS}
