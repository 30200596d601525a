"""A learner's own table: columns of numbers and of words become rows that a network trains on.

Everything is scaled here in float64 first: a column such as 1 600 000 000 ... 1 600 086 400 would
lose its differences in float32. `prepare_dataset` then standardises by the training rows, as ever.
"""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.data.columns import (
    Column,
    TableError,
    can_be_classes,
    can_be_values,
    check_target,
    unique_names,
)
from nnjax.data.real import jitter
from nnjax.data.spec import DatasetSpec, Points

MAX_LEVELS, MAX_INPUTS = 12, 100  # words of a column, and inputs of the network
PLANE, REACH = (-6.0, 6.0), 5.5  # two columns of numbers fill this square up to +-REACH
MISSING_LEVEL = "missing"
ROW_NAMES = ("id", "index", "row", "nr", "no", "number", "#", "unnamed: 0", "column 1")


class OwnData:
    """A table made ready: `spec` is its row, as if it stood in the registry.

    It belongs to one learner and is in no registry. Two are equal if all their numbers and names
    are: `digest` (SHA-256) says so, and is what runs and caches tell them apart by.
    """

    def __init__(self, digest: str, spec: DatasetSpec, uses: tuple[str, ...], n_dropped: int):
        """`uses`: what became of each column; `n_dropped`: rows whose target is missing."""
        self.digest, self.spec, self.uses, self.n_dropped = digest, spec, uses, n_dropped

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same numbers and names."""
        return isinstance(other, OwnData) and self.digest == other.digest

    def __hash__(self) -> int:
        """Hash the digest."""
        return hash(self.digest)

    def __deepcopy__(self, memo: dict) -> "OwnData":
        """Return itself: nothing in it can be changed."""
        return self


def encode_table(
    columns: Sequence[Column],
    *,
    target: int,
    as_classes: bool,
    left_out: Collection[int] = (),
) -> OwnData:
    """Make `columns` ready to predict the one at `target`.

    Rows without a target are dropped. A missing number is filled with the column's median. Words
    become one 0-or-1 input a word (a single one for two words); what is missing is a word, too.
    Columns that cannot help are left out: `uses` says which and why.

    Raises:
        TableError: nothing can be learned: no target, no inputs, too few rows.
    """
    check_target(columns[target])
    known = ~columns[target].missing
    labels, class_names = _encode_target(columns[target], known, as_classes)
    matrix, names, uses = [], [], []
    for index, column in enumerate(columns):
        if index == target:
            uses.append(f"predicted, {len(class_names)} classes" if class_names else "predicted")
            continue
        inputs, own_names, use = _encode_input(column, known, index in left_out)
        if inputs and len(names) + len(own_names) > MAX_INPUTS:
            inputs, own_names, use = [], [], f"left out: past the limit of {MAX_INPUTS} inputs"
        matrix += inputs
        names += own_names
        uses.append(use)
    if not matrix:
        raise TableError(
            f"No column is left to predict “{columns[target].name}” from: each other one is "
            "left out, constant, empty, or text that differs in almost every row."
        )
    in_plane = len(names) == 2 and sum(use.startswith("input") for use in uses) == 2
    in_plane = in_plane and all(
        columns[i].is_number for i, use in enumerate(uses) if use.startswith("input")
    )
    scale = _fit_into_plane if in_plane else _standardize
    x = np.stack([scale(values) for values in matrix], axis=1).astype(np.float32)
    y = (labels if class_names else _scale_values(labels, in_plane)).astype(np.float32)
    spec = _make_spec(x, y, names, class_names, columns[target].name)
    if in_plane:
        spec = replace(
            spec, domain=PLANE, standardize_targets=False, make=_make_from_rows(x, y, PLANE)
        )
    return OwnData(_digest(spec, x, y), spec, tuple(uses), int(np.sum(~known)))


def _encode_target(column, known, as_classes):
    """Return labels (n,), and the names of the classes: none for values."""
    values = column.values[known]
    if not (as_classes and can_be_classes(column)) and can_be_values(column):
        return values, ()
    distinct, codes = np.unique(values, return_inverse=True)
    if column.is_number:
        return codes, tuple(f"{value:.10g}" for value in distinct)
    return codes, tuple(column.levels[int(code)] for code in distinct)


def _encode_input(column, known, left_out):
    """Return the inputs that a column makes, their names, and what became of it."""
    values, missing = column.values[known], column.missing[known]
    distinct = np.unique(values[~missing])
    reason = "by you" if left_out else _why_useless(column, values, missing, distinct)
    if reason:
        return [], [], f"left out: {reason}" if not left_out else "left out by you"
    if not column.is_number:
        return _encode_words(column, values, missing, distinct)
    if not missing.any():
        return [values], [column.name], "input"
    median = float(np.median(values[~missing]))
    filled = np.where(missing, median, values)
    return [filled], [column.name], f"input; {missing.sum():,} missing filled with {median:.4g}"


def _why_useless(column, values, missing, distinct):
    if len(distinct) == 0:
        return "every value is missing"
    if len(distinct) == 1 and not (missing.any() and not column.is_number):
        return "the same in every row"
    if not column.is_number and len(distinct) > MAX_LEVELS:
        return f"text with {len(distinct):,} different values, more than {MAX_LEVELS}"
    counts_rows = column.is_number and not missing.any() and (np.diff(values) == 1).all()
    if counts_rows and column.name.casefold() in ROW_NAMES:
        return "it only numbers the rows"
    return ""


def _encode_words(column, values, missing, distinct):
    levels = [column.levels[int(code)] for code in distinct]
    hits = [(values == code).astype(np.float64) for code in distinct]
    if missing.any():
        levels.append(MISSING_LEVEL)
        hits.append(missing.astype(np.float64))
    if len(levels) == 2:
        levels, hits = levels[1:], hits[1:]
    names = [f"{column.name} = {level}" for level in levels]
    use = f"{len(hits)} inputs, one for each word" if len(hits) > 1 else f"input: 1 if {levels[0]}"
    return hits, names, use


def _standardize(values):
    """Compute (v - mean) / standard deviation."""
    return (values - values.mean()) / (values.std() or 1.0)


def _fit_into_plane(values):
    """Compute REACH (2 (v - min) / (max - min) - 1)."""
    low, high = values.min(), values.max()
    return REACH * (2 * ((values - low) / (high - low)) - 1)


def _scale_values(labels, in_plane):
    """Return values from -1 to 1 for the plane, whose colours end there; else standardised."""
    return _fit_into_plane(labels) / REACH if in_plane else _standardize(labels)


def _make_spec(x, y, names, class_names, target_name):
    task = {0: "regression", 2: "binary"}.get(len(class_names), "multiclass")
    return DatasetSpec(
        key="own",
        label="Your own data",
        task=task,
        n_points=len(x),
        n_features=len(names),
        n_classes=len(class_names),
        feature_names=unique_names(names),
        class_names=unique_names(class_names),
        target_name=target_name,
        make=_make_from_rows(x, y, None),
        note="Read from a file in this session.",
        source="Yours.",
        standardize_targets=task == "regression",
    )


def _make_from_rows(x, y, domain) -> Callable[..., Points]:
    spread = x.std(axis=0)
    for array in (x, y):
        array.flags.writeable = False

    def make_own(key: jax.Array, noise: float | jax.Array) -> Points:
        """Compute x + s z noise / 100, z ~ N(0, 1), s the standard deviations; y as given."""
        noisy = jitter(key, x, spread, jnp.asarray(noise, jnp.float32))
        return (noisy if domain is None else jnp.clip(noisy, *domain)), jnp.asarray(y)

    return make_own


def _digest(spec: DatasetSpec, x: np.ndarray, y: np.ndarray) -> str:
    """Return SHA-256 of all that a run could show: shapes, numbers, names, task."""
    words = (x.shape, spec.task, spec.feature_names, spec.class_names, spec.target_name)
    digest = hashlib.sha256(repr((*words, spec.domain)).encode())
    digest.update(np.ascontiguousarray(x).tobytes())
    digest.update(np.ascontiguousarray(y).tobytes())
    return digest.hexdigest()
