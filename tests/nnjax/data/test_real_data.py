"""The files equal scikit-learn's sets, value for value, and say where they come from."""

import jax
import numpy as np
import pytest
from sklearn import datasets

from nnjax.data import DATASETS
from nnjax.data.real import FILES, load_real

LOADERS = {
    "iris": datasets.load_iris,
    "wine": datasets.load_wine,
    "breast_cancer": datasets.load_breast_cancer,
    "digits": datasets.load_digits,
    "diabetes": lambda: datasets.load_diabetes(scaled=False),
}
KEYS = pytest.mark.parametrize("key", LOADERS)


@KEYS
def test_file_equals_scikit_learn(key: str):
    bunch, data = LOADERS[key](), load_real(key)
    np.testing.assert_array_equal(data.x, bunch.data.astype(np.float32))
    np.testing.assert_array_equal(data.y, bunch.target.astype(np.float32))


@KEYS
def test_make_without_noise_is_the_file(key: str):
    x, y = DATASETS[key].make(jax.random.key(0), 0)
    np.testing.assert_array_equal(x, load_real(key).x)
    np.testing.assert_array_equal(y, load_real(key).y)


@KEYS
def test_noise_jitters_each_column_by_its_own_spread(key: str):
    data = load_real(key)
    x, y = DATASETS[key].make(jax.random.key(1), 50)
    np.testing.assert_array_equal(y, data.y)
    varies = data.spread > 0
    jitter = ((np.asarray(x) - data.x)[:, varies] / data.spread[varies]).ravel()
    assert jitter.std() == pytest.approx(0.5, rel=0.1)
    assert jitter.mean() == pytest.approx(0, abs=0.05)
    np.testing.assert_array_equal(np.asarray(x)[:, ~varies], data.x[:, ~varies])


@pytest.mark.parametrize("key", ["iris", "breast_cancer"])
def test_class_and_feature_names_stand_in_the_right_order(key: str):
    bunch, spec = LOADERS[key](), DATASETS[key]
    assert spec.class_names == tuple(bunch.target_names)
    assert spec.feature_names == tuple(bunch.feature_names)


def test_wine_features_stand_in_the_right_order():
    theirs = [name.replace("_", " ") for name in datasets.load_wine().feature_names]
    ours = list(DATASETS["wine"].feature_names)
    assert ours[:11] + ours[12:] == theirs[:11] + theirs[12:]
    assert theirs[11].startswith("od280/od315")
    assert ours[11] == "OD280/OD315"


def test_known_class_counts():
    counts = {key: np.bincount(load_real(key).y.astype(int)).tolist() for key in ("iris", "wine")}
    assert counts == {"iris": [50, 50, 50], "wine": [59, 71, 48]}
    assert np.bincount(load_real("breast_cancer").y.astype(int)).tolist() == [212, 357]


def test_shared_arrays_are_read_only():
    data = load_real("iris")
    assert load_real("iris") is data
    with pytest.raises(ValueError, match="read-only"):
        data.x[0, 0] = 1


def test_files_are_small_and_have_their_source_and_licence():
    text = (FILES / "SOURCES.md").read_text(encoding="utf-8")
    assert {path.stem for path in FILES.glob("*.npz")} == set(LOADERS)
    for path in FILES.glob("*.npz"):
        assert path.stat().st_size < 100_000
        row = next(line for line in text.splitlines() if line.startswith(f"| `{path.name}`"))
        assert "CC BY 4.0" in row or "none stated" in row
        assert "doi.org" in row or "Least angle regression" in row
