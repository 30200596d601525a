"""Measured data: five small classics, kept as files beside this module (files/SOURCES.md).

`make(key, noise)` gives the rows in the files' order and in their own units. Noise jitters the
standardised features: x + s z noise / 100, s the standard deviation of each column, z ~ N(0, 1).
"""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnjax.data.spec import DatasetSpec, Points

FILES = Path(__file__).parent / "files"


class RealData(NamedTuple):
    """A file's contents, read-only and shared by every caller."""

    x: np.ndarray  # (n, d) float32, original units
    y: np.ndarray  # (n,) float32, class index or value
    spread: np.ndarray  # (d,) float32, standard deviation of each column


@functools.cache
def load_real(key: str) -> RealData:
    """Read `key`'s file once; NumPy arrays, so that nothing is compiled or put on a device."""
    with np.load(FILES / f"{key}.npz", allow_pickle=False) as file:
        x, y = file["x"].astype(np.float32), file["y"].astype(np.float32)
    data = RealData(x, y, x.std(axis=0, dtype=np.float64).astype(np.float32))
    for array in data:
        array.flags.writeable = False
    return data


@jax.jit
def jitter(key: jax.Array, x: jax.Array, spread: jax.Array, noise: jax.Array) -> jax.Array:
    """Compute x + s z noise / 100, z ~ N(0, 1): (n, d), s (d,)."""
    return x + spread[None, :] * jax.random.normal(key, x.shape) * (noise / 100)


def _make_from_file(name: str) -> Callable[..., Points]:
    def make_real(key: jax.Array, noise: float | jax.Array) -> Points:
        """Compute x + s z noise / 100, z ~ N(0, 1), s the standard deviations; y as measured."""
        data = load_real(name)
        noisy = jitter(key, data.x, data.spread, jnp.asarray(noise, jnp.float32))
        return noisy, jnp.asarray(data.y)

    return make_real


_MEASURES = ("radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity")
_MEASURES += ("concave points", "symmetry", "fractal dimension")
_CANCER_FEATURES = tuple(
    pattern.format(measure)
    for pattern in ("mean {}", "{} error", "worst {}")
    for measure in _MEASURES
)

REAL_DATASETS = (
    DatasetSpec(
        key="iris",
        label="Iris",
        task="multiclass",
        n_points=150,
        n_features=4,
        n_classes=3,
        feature_names=(
            "sepal length (cm)",
            "sepal width (cm)",
            "petal length (cm)",
            "petal width (cm)",
        ),
        class_names=("setosa", "versicolor", "virginica"),
        target_name="species",
        make=_make_from_file("iris"),
        note="Three species of iris, 50 flowers each; setosa stands apart, the others touch.",
        source="R. A. Fisher, Annals of Eugenics 7 (1936); UCI, doi:10.24432/C56C76, CC BY 4.0.",
    ),
    DatasetSpec(
        key="wine",
        label="Wine",
        task="multiclass",
        n_points=178,
        n_features=13,
        n_classes=3,
        feature_names=(
            "alcohol",
            "malic acid",
            "ash",
            "alcalinity of ash",
            "magnesium",
            "total phenols",
            "flavanoids",
            "nonflavanoid phenols",
            "proanthocyanins",
            "color intensity",
            "hue",
            "OD280/OD315",
            "proline",
        ),
        class_names=("cultivar 1", "cultivar 2", "cultivar 3"),
        target_name="cultivar",
        make=_make_from_file("wine"),
        note="Chemical analyses of wines from three cultivars grown in one region of Italy.",
        source="S. Aeberhard and M. Forina; UCI, doi:10.24432/C5PC7J, CC BY 4.0.",
    ),
    DatasetSpec(
        key="breast_cancer",
        label="Breast cancer",
        task="binary",
        n_points=569,
        n_features=30,
        n_classes=2,
        feature_names=_CANCER_FEATURES,
        class_names=("malignant", "benign"),
        target_name="diagnosis",
        make=_make_from_file("breast_cancer"),
        note="Cell nuclei in 569 biopsies, 357 of them benign. A lesson, not a diagnosis.",
        source=(
            "W. Wolberg, O. Mangasarian, N. Street and W. Street (Wisconsin, diagnostic); "
            "UCI, doi:10.24432/C5DW2B, CC BY 4.0."
        ),
    ),
    DatasetSpec(
        key="digits",
        label="Digits",
        task="multiclass",
        n_points=1797,
        n_features=64,
        n_classes=10,
        feature_names=tuple(
            f"row {row}, column {column}" for row in range(8) for column in range(8)
        ),
        class_names=tuple("0123456789"),
        target_name="digit",
        make=_make_from_file("digits"),
        note="Handwritten digits as 8 × 8 pixels from 0 to 16, by 13 writers.",
        source="E. Alpaydin and C. Kaynak (1998); UCI, doi:10.24432/C50P49, CC BY 4.0.",
        image_shape=(8, 8),
    ),
    DatasetSpec(
        key="diabetes",
        label="Diabetes",
        task="regression",
        n_points=442,
        n_features=10,
        n_classes=0,
        feature_names=(
            "age (years)",
            "sex",
            "body mass index",
            "average blood pressure",
            "total cholesterol",
            "low-density lipoproteins",
            "high-density lipoproteins",
            "total cholesterol / HDL",
            "log triglycerides",
            "blood sugar",
        ),
        class_names=(),
        target_name="disease progression after one year",
        make=_make_from_file("diabetes"),
        note="442 patients; a noisy target, of which ten measurements explain about half.",
        source=(
            "B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, Least angle regression, "
            "Annals of Statistics 32 (2004), 407-499."
        ),
        standardize_targets=True,
    ),
)
