"""Every row of DATASETS keeps the same promises."""

import subprocess
import sys

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.data import DATASETS, DatasetSpec

SPECS = pytest.mark.parametrize("spec", DATASETS.values(), ids=list(DATASETS))


def make(spec: DatasetSpec, seed: int = 0, noise: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    x, y = spec.make(jax.random.key(seed), noise)
    return np.asarray(x), np.asarray(y)


def test_all_promised_sets_are_there():
    toy = {"circle", "xor", "gaussian", "spiral", "moons", "blobs", "plane", "multi_gaussian"}
    real = {"iris", "wine", "breast_cancer", "digits", "diabetes"}
    assert set(DATASETS) == toy | real
    assert {key for key, spec in DATASETS.items() if spec.in_plane} == toy


@SPECS
def test_row_is_complete(spec: DatasetSpec):
    assert DATASETS[spec.key] is spec
    assert spec.task in {"binary", "multiclass", "regression"}
    assert len(spec.feature_names) == len(set(spec.feature_names)) == spec.n_features
    assert len(spec.class_names) == len(set(spec.class_names)) == spec.n_classes
    assert spec.n_classes == {"binary": 2, "regression": 0}.get(spec.task, spec.n_classes)
    assert spec.n_outputs == (spec.n_classes if spec.task == "multiclass" else 1)
    for text in (spec.label, spec.note, spec.source, spec.target_name):
        assert text.strip() == text != ""
    if spec.image_shape:
        assert np.prod(spec.image_shape) == spec.n_features


@SPECS
@pytest.mark.parametrize("noise", [0.0, 50.0])
def test_rows_have_the_promised_shape_and_range(spec: DatasetSpec, noise: float):
    x, y = make(spec, noise=noise)
    assert x.shape == (spec.n_points, spec.n_features)
    assert y.shape == (spec.n_points,)
    assert x.dtype == y.dtype == np.float32
    assert np.isfinite(x).all()
    assert np.isfinite(y).all()
    if spec.in_plane:
        low, high = spec.domain
        assert low <= x.min() < x.max() <= high
    if spec.n_classes:
        assert set(np.unique(y)) == set(range(spec.n_classes))


@SPECS
def test_same_seed_same_rows(spec: DatasetSpec):
    for first, second in zip(make(spec, 7, 20.0), make(spec, 7, 20.0), strict=True):
        np.testing.assert_array_equal(first, second)


@SPECS
def test_another_seed_gives_other_rows(spec: DatasetSpec):
    assert not np.array_equal(make(spec, 1, 20.0)[0], make(spec, 2, 20.0)[0])


@SPECS
def test_noise_changes_the_data(spec: DatasetSpec):
    quiet, noisy = make(spec, 3, 0.0), make(spec, 3, 40.0)
    assert any(not np.array_equal(a, b) for a, b in zip(quiet, noisy, strict=True))


@SPECS
def test_moving_seed_or_noise_compiles_nothing(spec: DatasetSpec, compilations):
    keys = [jax.random.key(seed) for seed in range(5)]
    make(spec)
    numbers = [0, 5, 12.5, np.float32(30), np.float64(31), np.int64(7), jnp.float32(8.0)]
    with compilations() as count:
        for position, noise in enumerate(numbers):
            spec.make(keys[position % 5], noise)
    assert count() == 0


def test_the_counter_counts(compilations):
    with compilations() as count:
        jax.jit(lambda x: x * 3.25 + 17)(np.ones(13, np.float32))
    assert count() >= 1


def test_import_is_cheap():
    """No file is read, nothing compiled and no scikit-learn loaded by the import alone."""
    program = (
        "import sys, jax, jax.monitoring\n"
        "seen = []\n"
        "jax.monitoring.register_event_duration_secs_listener(lambda e, *a, **k: seen.append(e))\n"
        "import nnjax.data, nnjax.data.real\n"
        "assert 'sklearn' not in sys.modules\n"
        "assert not any('compile' in event for event in seen), seen\n"
        "assert nnjax.data.real.load_real.cache_info().currsize == 0\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)
