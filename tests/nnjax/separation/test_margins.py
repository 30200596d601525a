import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled_points import AND, CORNERS, OR, XOR, parted_points
from sklearn.svm import SVC

from nnjax.separation.margins import augmented_margin, middle_line, signed_vectors


def test_the_middle_line_of_and_and_or():
    line = middle_line(CORNERS[AND == 1], CORNERS[AND == 0])
    np.testing.assert_allclose([*line.weights, line.bias], np.array([1, 1, -1.5]) / 2**0.5)
    line = middle_line(CORNERS[OR == 1], CORNERS[OR == 0])
    np.testing.assert_allclose([*line.weights, line.bias], np.array([1, 1, -0.5]) / 2**0.5)


def test_no_line_is_needed_for_one_class():
    assert middle_line(CORNERS, np.empty((0, 2))).fires(CORNERS).all()
    assert not middle_line(np.empty((0, 2)), CORNERS).fires(CORNERS).any()


@given(st.integers(0, 10_000), st.integers(2, 40))
@settings(max_examples=40, deadline=None)
def test_the_middle_line_agrees_with_a_hard_margin_support_vector_machine(seed, n):
    points, targets = parted_points(seed, n, 0.1)
    if len(set(targets)) < 2:
        return
    line = middle_line(points[targets == 1], points[targets == 0])
    machine = SVC(kernel="linear", C=1e6, tol=1e-8).fit(points, targets)
    length = np.linalg.norm(machine.coef_)
    np.testing.assert_allclose(line.weights, machine.coef_[0] / length, atol=2e-3)
    np.testing.assert_allclose(line.bias, machine.intercept_[0] / length, atol=2e-3)


@pytest.mark.parametrize(
    ("targets", "size"), [(AND, 1 / 17**0.5), (OR, 1 / 3), (XOR, 0.0), (np.ones(4), 1.0)]
)
def test_augmented_margins_known_by_hand(targets, size):
    assert max(0.0, augmented_margin(CORNERS, targets).size) == pytest.approx(size)


@given(st.integers(0, 10_000), st.integers(1, 40))
@settings(max_examples=40, deadline=None)
def test_no_direction_of_many_has_a_larger_augmented_margin(seed, n):
    points, targets = parted_points(seed, n, 0.05)
    margin = augmented_margin(points, targets)
    vectors = signed_vectors(points, targets)
    assert (vectors @ margin.separator).min() == pytest.approx(margin.size)
    near = np.random.default_rng(seed).normal(margin.separator, 0.05, (2000, 3))
    scores = (near / np.linalg.norm(near, axis=1, keepdims=True)) @ vectors.T
    assert scores.min(1).max() <= margin.size + 1e-12
