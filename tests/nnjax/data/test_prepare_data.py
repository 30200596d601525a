"""Shuffle, split, features, standardising; and that no slider compiles anything."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnjax.data import (
    DATASETS,
    FEATURES,
    Dataset,
    DatasetSpec,
    decision_grid,
    grid_axis,
    input_names,
    prepare_dataset,
    prepare_traced,
    split_rows,
    transform_inputs,
)

SPECS = pytest.mark.parametrize("spec", DATASETS.values(), ids=list(DATASETS))


@SPECS
def test_shapes_and_types(spec: DatasetSpec):
    dataset = prepare_dataset(spec)
    n, d = spec.n_points, spec.n_features
    shapes = [(n, d), (n, spec.n_outputs), (), (d,), (d,), (n, d), (n,), (n,), (), ()]
    assert [array.shape for array in dataset] == shapes
    integers = {"n_train", "rows"}
    for name, array in dataset._asdict().items():
        assert array.dtype == (np.int32 if name in integers else np.float32), name
        assert np.isfinite(array).all(), name
        assert not array.weak_type, name


@SPECS
@pytest.mark.parametrize("train_share", [0.1, 0.5, 0.9])
def test_training_rows_have_mean_0_and_variance_1(spec: DatasetSpec, train_share: float):
    dataset = prepare_dataset(spec, seed=3, noise=10, train_share=train_share)
    train = split_rows(dataset, dataset.inputs)[0].astype(np.float64)
    raw_train = split_rows(dataset, dataset.raw)[0].astype(np.float64)
    varies = np.ptp(raw_train, axis=0) > 0
    np.testing.assert_allclose(train.mean(axis=0), 0, atol=2e-5)
    np.testing.assert_allclose(train[:, varies].var(axis=0), 1, rtol=1e-4)
    np.testing.assert_array_equal(train[:, ~varies], 0)
    np.testing.assert_array_equal(np.asarray(dataset.scale)[~varies], 1)


def test_test_rows_do_not_touch_the_statistics():
    """The statistics are those of the first n_train rows alone, as NumPy computes them."""
    dataset = prepare_dataset(DATASETS["wine"], seed=5, train_share=0.3)
    train, test = split_rows(dataset, dataset.raw)
    assert len(train) == int(dataset.n_train) == 53
    np.testing.assert_allclose(dataset.mean, train.mean(axis=0, dtype=np.float64), rtol=1e-5)
    np.testing.assert_allclose(dataset.scale, train.std(axis=0, dtype=np.float64), rtol=1e-4)
    expected = (test - train.mean(axis=0)) / train.std(axis=0)
    np.testing.assert_allclose(split_rows(dataset, dataset.inputs)[1], expected, atol=1e-3)


@SPECS
def test_split_is_disjoint_and_exhaustive(spec: DatasetSpec):
    dataset = prepare_dataset(spec, seed=9, noise=20, train_share=0.7)
    train, test = split_rows(dataset, dataset.rows)
    assert not set(train) & set(test)
    assert sorted([*train, *test]) == list(range(spec.n_points))
    assert len(train) == int(dataset.n_train) == round(0.7 * spec.n_points)


@pytest.mark.parametrize("key", ["iris", "digits", "diabetes"])
def test_rows_keep_their_labels_through_the_shuffle(key: str):
    spec = DATASETS[key]
    x, y = map(np.asarray, spec.make(jax.random.key(0), 0))
    dataset = prepare_dataset(spec, seed=2)
    np.testing.assert_array_equal(dataset.raw, x[np.asarray(dataset.rows)])
    np.testing.assert_array_equal(dataset.labels, y[np.asarray(dataset.rows)])


@SPECS
def test_targets_say_what_the_labels_say(spec: DatasetSpec):
    dataset = prepare_dataset(spec, seed=1, noise=15)
    targets, labels = np.asarray(dataset.targets), np.asarray(dataset.labels)
    if spec.task == "multiclass":
        np.testing.assert_array_equal(targets.sum(axis=1), 1)
        np.testing.assert_array_equal(targets.argmax(axis=1), labels)
    else:
        back = targets[:, 0] * float(dataset.target_scale) + float(dataset.target_mean)
        np.testing.assert_allclose(back, labels, rtol=1e-5, atol=1e-6)
    if not spec.standardize_targets:
        assert (float(dataset.target_mean), float(dataset.target_scale)) == (0, 1)


def test_diabetes_target_is_standardised_on_the_training_rows():
    dataset = prepare_dataset(DATASETS["diabetes"], train_share=0.4)
    train = split_rows(dataset, dataset.targets)[0].astype(np.float64)
    assert train.mean() == pytest.approx(0, abs=1e-5)
    assert train.var() == pytest.approx(1, rel=1e-4)


@SPECS
def test_seed_decides_everything(spec: DatasetSpec):
    first, again, other = (prepare_dataset(spec, seed=seed, noise=5) for seed in (4, 4, 5))
    for name, array in first._asdict().items():
        np.testing.assert_array_equal(array, getattr(again, name), err_msg=name)
    assert not np.array_equal(first.rows, other.rows)
    assert not np.array_equal(first.inputs, other.inputs)


def test_share_and_noise_leave_the_shuffle_alone():
    """Moving those sliders moves the border of the split or the points, not their order."""
    spec = DATASETS["moons"]
    base = prepare_dataset(spec, seed=6)
    np.testing.assert_array_equal(base.rows, prepare_dataset(spec, seed=6, noise=30).rows)
    np.testing.assert_array_equal(base.raw, prepare_dataset(spec, seed=6, train_share=0.8).raw)


@pytest.mark.parametrize("share", [1e-6, 1 - 1e-6])
def test_at_least_one_row_on_each_side(share: float):
    dataset = prepare_dataset(DATASETS["iris"], train_share=share)
    assert int(dataset.n_train) in (1, 149)
    assert np.isfinite(dataset.inputs).all()


def test_columns_that_do_not_vary_become_zero():
    """Three columns of the digits are 0 in every image."""
    dataset = prepare_dataset(DATASETS["digits"])
    constant = np.ptp(np.asarray(dataset.raw), axis=0) == 0
    assert constant.sum() == 3
    np.testing.assert_array_equal(np.asarray(dataset.inputs)[:, constant], 0)


def test_a_constant_column_far_from_zero_becomes_zero():
    x = np.full((30, 2), 1234.567, np.float32)
    x[:, 1] = np.linspace(0, 1, 30)
    spec = DatasetSpec(
        **{
            **{name: getattr(DATASETS["diabetes"], name) for name in DatasetSpec.__annotations__},
            "make": lambda key, noise: (jnp.asarray(x), jnp.asarray(x[:, 1])),
        }
    )
    dataset = prepare_dataset(spec, train_share=0.7)
    np.testing.assert_allclose(np.asarray(dataset.inputs)[:, 0], 0, atol=1e-2)
    assert float(dataset.scale[0]) == 1


@SPECS
def test_moving_a_slider_compiles_nothing(spec: DatasetSpec, compilations):
    prepare_dataset(spec)
    with compilations() as count:
        prepare_dataset(spec, seed=1, noise=10, train_share=0.1)
        prepare_dataset(spec, seed=np.int64(2), noise=np.float64(12.5), train_share=np.float32(0.3))
        prepare_dataset(spec, seed=np.uint32(3), noise=np.int32(7), train_share=0.9)
        prepare_dataset(spec, seed=2**32 - 1, noise=jnp.float32(50), train_share=jnp.float32(0.5))
    assert count() == 0


def test_order_of_features_compiles_nothing(compilations):
    spec = DATASETS["xor"]
    first = prepare_dataset(spec, features=("x2", "x1_times_x2"))
    with compilations() as count:
        second = prepare_dataset(spec, features=["x1_times_x2", "x2", "x2"])
    assert count() == 0
    np.testing.assert_array_equal(first.inputs, second.inputs)


def test_every_feature_reaches_its_column():
    spec = DATASETS["gaussian"]
    dataset = prepare_dataset(spec, seed=8, features=tuple(FEATURES))
    assert dataset.inputs.shape == (500, len(input_names(spec, FEATURES)))
    back = dataset.inputs * dataset.scale[None, :] + dataset.mean[None, :]
    for column, feature in enumerate(FEATURES.values()):
        expected = feature.function(np.asarray(dataset.raw))
        np.testing.assert_allclose(back[:, column], expected, atol=1e-4, err_msg=feature.key)


def test_transform_repeats_the_preparation(compilations):
    features = ["sin_x1", "x1", "x2_squared"]
    dataset = prepare_dataset(DATASETS["circle"], features=features)
    np.testing.assert_allclose(
        transform_inputs(dataset, dataset.raw, features), dataset.inputs, atol=1e-6
    )
    other = prepare_dataset(DATASETS["circle"], seed=1, features=features)
    with compilations() as count:
        transform_inputs(other, other.raw, reversed(features))
    assert count() == 0


def test_transform_works_for_measured_data():
    dataset = prepare_dataset(DATASETS["iris"])
    np.testing.assert_allclose(transform_inputs(dataset, dataset.raw), dataset.inputs, atol=1e-6)


def test_transform_refuses_what_does_not_fit():
    plane = prepare_dataset(DATASETS["circle"], features=("x1", "x2", "sin_x1"))
    with pytest.raises(ValueError, match="3 inputs"):
        transform_inputs(plane, plane.raw)
    with pytest.raises(ValueError, match="2 raw columns"):
        transform_inputs(plane, np.ones((4, 5), np.float32), ("x1", "x2", "sin_x1"))
    with pytest.raises(ValueError, match="shape"):
        transform_inputs(plane, np.ones(2, np.float32), ("x1", "x2", "sin_x1"))


def test_grid_runs_along_x1_first():
    grid = decision_grid((-6.0, 6.0), 4)
    axis = grid_axis((-6.0, 6.0), 4)
    np.testing.assert_array_equal(axis, np.array([-6, -2, 2, 6], np.float32))
    assert grid.shape == (16, 2)
    assert grid.dtype == np.float32
    table = grid.reshape(4, 4, 2)
    for row, column in np.ndindex(4, 4):
        assert tuple(table[row, column]) == (axis[column], axis[row])


@pytest.mark.parametrize("resolution", [1, 0, -3])
def test_grid_refuses_less_than_two_points(resolution: int):
    with pytest.raises(ValueError, match="at least 2"):
        decision_grid((-6.0, 6.0), resolution)


@pytest.mark.parametrize(
    ("numbers", "word"),
    [
        ({"noise": float("nan")}, "noise"),
        ({"noise": -1}, "noise"),
        ({"noise": 51}, "noise"),
        ({"noise": float("inf")}, "noise"),
        ({"train_share": 0}, "train share"),
        ({"train_share": 1}, "train share"),
        ({"train_share": 70}, "train share"),
        ({"train_share": float("nan")}, "train share"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**32}, "seed"),
    ],
)
def test_absurd_numbers_are_refused_by_name(numbers: dict, word: str):
    with pytest.raises(ValueError, match=word):
        prepare_dataset(DATASETS["circle"], **numbers)


def test_many_seeds_at_once_equal_one_by_one():
    """Sweeps prepare under vmap: the numbers may be tracers."""
    spec = DATASETS["spiral"]
    seeds, shares = np.arange(4, dtype=np.uint32), np.float32([0.2, 0.4, 0.6, 0.8])
    many: Dataset = jax.vmap(lambda seed, share: prepare_traced(spec, seed, 20.0, share))(
        seeds, shares
    )
    for index in range(4):
        one = prepare_dataset(spec, seed=index, noise=20.0, train_share=float(shares[index]))
        np.testing.assert_array_equal(many.n_train[index], one.n_train)
        np.testing.assert_array_equal(many.rows[index], one.rows)
        np.testing.assert_allclose(many.inputs[index], one.inputs, atol=1e-5)


@pytest.mark.parametrize("seed", [1.5, "7", None])
def test_a_seed_that_is_not_whole_is_refused(seed: object):
    with pytest.raises(TypeError):
        prepare_dataset(DATASETS["circle"], seed=seed)


@settings(max_examples=60, deadline=None)
@given(
    key=st.sampled_from(["circle", "spiral", "moons", "plane", "iris"]),
    seed=st.integers(0, 2**32 - 1),
    noise=st.floats(0, 50),
    share=st.floats(0.01, 0.99),
)
def test_any_numbers_in_range_give_finite_balanced_data(key, seed, noise, share):
    spec = DATASETS[key]
    dataset = prepare_dataset(spec, seed=seed, noise=noise, train_share=share)
    assert all(np.isfinite(array).all() for array in dataset)
    assert abs(int(dataset.n_train) - share * spec.n_points) <= 1
