"""The two-component projection against scikit-learn and against its own definition."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from nnjax.data import DATASETS, prepare_dataset, project_two_components


@pytest.mark.parametrize("key", ["iris", "wine", "breast_cancer", "digits", "diabetes"])
def test_equals_scikit_learn(key: str):
    inputs = np.asarray(prepare_dataset(DATASETS[key], train_share=0.8).inputs)
    ours, theirs = project_two_components(inputs), PCA(2, svd_solver="full")
    scores = theirs.fit_transform(inputs.astype(np.float64))
    signs = np.sign(np.sum(theirs.components_ * np.asarray(ours.components), axis=1))
    np.testing.assert_allclose(ours.components, theirs.components_ * signs[:, None], atol=2e-3)
    np.testing.assert_allclose(ours.scores, scores * signs, atol=0.02)
    np.testing.assert_allclose(ours.explained, theirs.explained_variance_ratio_, rtol=1e-3)


def test_components_are_orthonormal_and_give_the_scores():
    inputs = np.random.default_rng(0).normal(size=(40, 6)).astype(np.float32) + 3
    scores, components, explained = map(np.asarray, project_two_components(inputs))
    np.testing.assert_allclose(components @ components.T, np.eye(2), atol=1e-5)
    np.testing.assert_allclose(scores, (inputs - inputs.mean(axis=0)) @ components.T, atol=1e-4)
    assert 1 > explained[0] >= explained[1] > 0


def test_sign_is_fixed_by_the_largest_entry():
    inputs = np.random.default_rng(1).normal(size=(40, 4)).astype(np.float32)
    first, mirrored = project_two_components(inputs), project_two_components(-inputs)
    np.testing.assert_allclose(first.components, mirrored.components, atol=1e-4)
    components = np.asarray(first.components)
    assert (components[[0, 1], np.abs(components).argmax(axis=1)] > 0).all()


def test_data_on_a_line_needs_one_component():
    line = np.outer(np.arange(10), [1.0, 2.0, 2.0]).astype(np.float32)
    projection = project_two_components(line)
    np.testing.assert_allclose(projection.components[0], [1 / 3, 2 / 3, 2 / 3], atol=1e-5)
    np.testing.assert_allclose(projection.explained, [1, 0], atol=1e-5)


def test_identical_rows_explain_nothing_and_stay_finite():
    projection = project_two_components(np.full((5, 3), 0.5, np.float32))
    assert all(np.isfinite(array).all() for array in projection)
    np.testing.assert_array_equal(projection.explained, 0)
    np.testing.assert_array_equal(projection.scores, 0)


@pytest.mark.parametrize("shape", [(5,), (5, 1), (1, 5), (2, 3, 4)])
def test_refuses_what_has_no_two_components(shape: tuple[int, ...]):
    with pytest.raises(ValueError, match="at least 2 rows and 2 columns"):
        project_two_components(np.zeros(shape, np.float32))
