"""Features of the plane: values, order, and clear refusals."""

import numpy as np
import pytest

from nnjax.data import DATASETS, FEATURES, chosen_features, input_names, ordered_features
from nnjax.data.features import expand_features

POINTS = np.array([[0.5, -2.0], [3.0, 1.5], [0.0, 0.0], [-6.0, 6.0]], np.float32)
X1, X2 = POINTS.astype(np.float64).T
EXPECTED = {
    "x1": X1,
    "x2": X2,
    "x1_squared": X1**2,
    "x2_squared": X2**2,
    "x1_times_x2": X1 * X2,
    "sin_x1": np.sin(X1),
    "sin_x2": np.sin(X2),
}


def test_the_seven_features_are_there_in_order():
    assert list(FEATURES) == list(EXPECTED)
    assert all(FEATURES[key].key == key for key in FEATURES)
    assert all(row.label and row.formula and row.note for row in FEATURES.values())


@pytest.mark.parametrize("key", EXPECTED)
def test_feature_equals_its_formula(key: str):
    values = FEATURES[key].function(POINTS)
    assert values.dtype == np.float32
    np.testing.assert_allclose(values, EXPECTED[key], rtol=1e-6, atol=1e-6)
    assert FEATURES[key].function(POINTS[0]).shape == ()


def test_columns_come_in_the_order_asked_for():
    columns = expand_features(POINTS, ("sin_x2", "x1"))
    np.testing.assert_allclose(columns, np.stack([np.sin(X2), X1], axis=1), atol=1e-6)
    assert expand_features(POINTS, None) is POINTS


def test_any_order_and_repetition_gives_one_canonical_order():
    assert ordered_features(["sin_x1", "x2", "x1", "x2"]) == ("x1", "x2", "sin_x1")


@pytest.mark.parametrize(("keys", "message"), [(["x3"], "x3"), ([], "at least one")])
def test_bad_choices_are_refused(keys: list[str], message: str):
    with pytest.raises(ValueError, match=message):
        ordered_features(keys)


def test_defaults_and_names():
    assert chosen_features(DATASETS["spiral"], None) == ("x1", "x2")
    assert input_names(DATASETS["spiral"], ["x1_squared", "x1"]) == ("x₁", "x₁²")
    assert chosen_features(DATASETS["iris"], None) is None
    assert input_names(DATASETS["iris"]) == DATASETS["iris"].feature_names
    with pytest.raises(ValueError, match="own 4 columns"):
        chosen_features(DATASETS["iris"], ["x1"])
