"""Data sets: drawn by formula or measured, and made ready for a network.

Importing this reads no file and compiles nothing: a file is opened when its rows are first made.
To add a set, write its row in toy.py, toy_values.py or real.py.
"""

from nnjax.data.features import (
    DEFAULT_FEATURES,
    FEATURES,
    Feature,
    chosen_features,
    input_names,
    ordered_features,
)
from nnjax.data.grid import decision_grid, grid_axis
from nnjax.data.prepare import (
    MAX_NOISE,
    Dataset,
    prepare_dataset,
    prepare_traced,
    split_rows,
    transform_inputs,
)
from nnjax.data.projection import Projection, project_two_components
from nnjax.data.real import REAL_DATASETS
from nnjax.data.spec import DatasetSpec
from nnjax.data.toy import TOY_CLASSES
from nnjax.data.toy_values import TOY_VALUES

DATASETS: dict[str, DatasetSpec] = {
    row.key: row for row in (*TOY_CLASSES, *TOY_VALUES, *REAL_DATASETS)
}

__all__ = [
    "DATASETS",
    "DEFAULT_FEATURES",
    "FEATURES",
    "MAX_NOISE",
    "Dataset",
    "DatasetSpec",
    "Feature",
    "Projection",
    "chosen_features",
    "decision_grid",
    "grid_axis",
    "input_names",
    "ordered_features",
    "prepare_dataset",
    "prepare_traced",
    "project_two_components",
    "split_rows",
    "transform_inputs",
]
