"""What the zoo's networks learn: rows of a table, a long memory, images, and images drawn again."""

import functools

import jax.numpy as jnp
import numpy as np

from nnjax.data import DATASETS, prepare_dataset
from nnjax.losses import LOSSES
from nnjax.zoo import recall
from nnjax.zoo.digits import N_CLASSES, N_TRAIN, load_digits
from nnjax.zoo.examples import Examples, Task

of_class = LOSSES["categorical_cross_entropy"].of_raw_output
of_yes_or_no = LOSSES["binary_cross_entropy"].of_raw_output
N_TABULAR, N_TABULAR_TRAIN, N_FEATURES = 569, 398, 30


def names_the_class(logits, target):
    """1 if the largest logit (k,) is that of the one-hot target, else 0."""
    return (logits.argmax() == target.argmax()).astype(jnp.float32)


def says_yes_or_no(logit, target):
    """1 if the sign of the logit (1,) agrees with the target, 0 or 1, else 0."""
    return jnp.mean((logit > 0) == (target > 0.5), dtype=jnp.float32)


def digits_with_classes() -> Examples:
    """Images (n, 8, 8) and one-hot classes (n, 10)."""
    digits = load_digits()
    return Examples(digits.images, np.eye(N_CLASSES, dtype=np.float32)[digits.labels])


def digits_with_themselves() -> Examples:
    """Images (n, 8, 8), twice: what goes in is what should come out."""
    images = load_digits().images
    return Examples(images, images)


@functools.lru_cache(maxsize=2)
def measured_cells() -> Examples:
    """Thirty standardised measurements of each of 569 tumours, and whether it is benign."""
    data = prepare_dataset(DATASETS["breast_cancer"], train_share=N_TABULAR_TRAIN / N_TABULAR)
    return Examples(np.asarray(data.inputs), np.asarray(data.targets))


_ROWS = (
    Task(
        key="tabular",
        label="Breast cancer",
        note="Thirty measurements of the cells of a tumour, in no particular order: is it benign?",
        load=measured_cells,
        n_train=N_TABULAR_TRAIN,
        loss=of_yes_or_no,
        score=says_yes_or_no,
        score_label="Unseen tumours named right",
        by_chance=0.63,
        learning_rate=0.003,
    ),
    Task(
        key="digits",
        label="Digits",
        note="Handwritten digits of 8 x 8 pixels: which of ten is it?",
        load=digits_with_classes,
        n_train=N_TRAIN,
        loss=of_class,
        score=names_the_class,
        score_label="Unseen digits read right",
        by_chance=0.1,
        n_epochs=20,
    ),
    Task(
        key="recall",
        label="Recall",
        note="Forty random tokens of eight kinds: once all have passed, which was the first?",
        load=recall.make_recall,
        n_train=recall.N_TRAIN,
        loss=of_class,
        score=names_the_class,
        score_label="Unseen sequences recalled right",
        by_chance=1 / recall.N_TOKENS,
        n_epochs=20,
    ),
    Task(
        key="redraw",
        label="Digits, drawn again",
        note="An image goes in, two numbers are all that passes, the same image should come out.",
        load=digits_with_themselves,
        n_train=N_TRAIN,
        loss=LOSSES["mse"].of_prediction,
        score=LOSSES["mse"].of_prediction,
        score_label="Squared error of a pixel",
        by_chance=0.0733,
        n_epochs=30,
    ),
)
TASKS: dict[str, Task] = {row.key: row for row in _ROWS}
