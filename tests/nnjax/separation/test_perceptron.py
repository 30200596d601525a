import jax
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled_points import AND, CORNERS, OR, XOR, parted_points

from nnjax.separation.perceptron import (
    Neuron,
    find_cycle,
    mistake_bound,
    perceptron_path,
    point_table,
    random_start,
    squeeze,
)

ZERO = Neuron(np.zeros(2, np.float32), np.float32(0))


def learn(points, targets, start=ZERO, rate=1.0, **more):
    path = perceptron_path(point_table(points, targets), start, np.float32(rate), **more)
    return jax.tree.map(np.asarray, path)


def by_hand(points, targets, start, rate, n_updates):
    """The rule as a person would run it, in plain Python."""
    weights, bias, mistakes, at, calm = start.weights.copy(), start.bias, [], 0, 0
    while calm < len(points) and len(mistakes) < n_updates:
        x, y = points[at].astype(np.float32), np.float32(targets[at])
        error = y - np.float32(weights @ x + bias > 0)
        if error:
            weights, bias = weights + np.float32(rate) * error * x, bias + np.float32(rate) * error
            mistakes.append(at)
        calm = 0 if error else calm + 1
        at = (at + 1) % len(points)
    return weights, bias, mistakes


@pytest.mark.parametrize(
    ("targets", "n_mistakes", "line"), [(AND, 10, (2, 1, -2)), (OR, 4, (1, 1, 0))]
)
def test_and_and_or_are_learned(targets, n_mistakes, line):
    path = learn(CORNERS, targets)
    assert path.converged
    assert path.n_mistakes == n_mistakes
    assert path.n_right[-1] == 4
    np.testing.assert_allclose([*path.weights[-1], path.bias[-1]], line)


def test_the_bound_of_and_is_51_and_of_or_27():
    assert mistake_bound(CORNERS, AND).mistakes == pytest.approx(51)
    assert mistake_bound(CORNERS, OR).mistakes == pytest.approx(27)
    assert mistake_bound(CORNERS, AND).whole == 51
    assert mistake_bound(CORNERS, AND).radius == pytest.approx(3**0.5)


def test_xor_is_never_learned_and_goes_round():
    path = learn(CORNERS, XOR)
    assert not path.converged
    assert path.n_mistakes == 200
    assert path.n_right.max() <= 3
    assert mistake_bound(CORNERS, XOR) is None
    cycle = find_cycle(path, 4)
    for part in (path.weights, path.bias, path.mistake):
        np.testing.assert_array_equal(part[cycle.first], part[cycle.first + cycle.length])
    assert find_cycle(learn(CORNERS, XOR, rate=0.1), 4) == cycle
    assert find_cycle(learn(CORNERS, AND), 4) is None


def test_each_row_is_the_one_before_corrected_by_its_mistake():
    path = learn(CORNERS, AND, rate=0.5)
    for k in range(int(path.n_mistakes)):
        point = path.mistake[k]
        change = 0.5 * (2 * AND[point] - 1)
        np.testing.assert_allclose(path.bias[k + 1], path.bias[k] + change)
        np.testing.assert_allclose(path.weights[k + 1], path.weights[k] + change * CORNERS[point])
    assert (path.mistake[path.n_mistakes :] == -1).all()


@given(st.integers(0, 1000), st.integers(1, 20), st.sampled_from([0.125, 1.0, 3.0]))
@settings(max_examples=30, deadline=None)
def test_the_path_is_the_one_that_plain_python_takes(seed, n, rate):
    random = np.random.default_rng(seed)
    points, targets = random.integers(-4, 5, (n, 2)) / 4, random.integers(0, 2, n)
    start = Neuron(random.integers(-4, 5, 2).astype(np.float32) / 4, np.float32(0.25))
    path = learn(points, targets, start, rate)
    weights, bias, mistakes = by_hand(points, targets, start, rate, 201)
    assert path.mistake[path.mistake >= 0].tolist() == mistakes
    assert path.converged == (len(mistakes) <= 200)
    if path.converged:
        np.testing.assert_allclose([*path.weights[-1], path.bias[-1]], [*weights, bias], atol=1e-4)


@given(
    st.integers(0, 10_000), st.integers(2, 60), st.floats(0.1, 10), st.floats(0, 3), st.booleans()
)
@settings(max_examples=60, deadline=None)
def test_classes_with_a_gap_are_learned_within_the_bound(seed, n, rate, size, from_zero):
    points, targets = parted_points(seed, n, 0.2)
    start = np.random.default_rng(seed).normal(0, size, 3).astype(np.float32) * (not from_zero)
    neuron = Neuron(start[:2], start[2])
    bound = mistake_bound(points, targets, start=neuron, learning_rate=rate)
    path = learn(points, targets, neuron, rate, n_updates=1000)
    assert path.n_mistakes <= bound.mistakes + 1e-6
    assert path.converged or bound.mistakes > 1000
    if from_zero:
        assert bound.mistakes == pytest.approx((bound.radius / bound.margin) ** 2)


def test_from_zero_the_rate_scales_the_weights_and_changes_no_mistake():
    whole, tenth = learn(CORNERS, AND), learn(CORNERS, AND, rate=0.125)
    np.testing.assert_array_equal(whole.mistake, tenth.mistake)
    np.testing.assert_allclose(whole.weights, 8 * tenth.weights)


def test_more_points_another_rate_another_start_compile_nothing():
    learn(CORNERS, AND)
    before = perceptron_path._cache_size()
    learn(CORNERS[:3], OR[:3], Neuron(np.ones(2, np.float32), np.float32(2)), rate=0.3)
    learn(np.ones((64, 2)), np.ones(64))
    assert perceptron_path._cache_size() == before


def test_an_empty_table_has_nothing_to_learn():
    path = learn(np.empty((0, 2)), np.empty(0))
    assert path.converged
    assert path.n_mistakes == 0


def test_too_many_points_are_refused():
    with pytest.raises(ValueError, match="holds 64 points, 65"):
        point_table(np.zeros((65, 2)), np.zeros(65))


@pytest.mark.parametrize("start", [ZERO, random_start(1), random_start(2)])
def test_the_path_stays_between_floor_and_ceiling_which_meet_at_the_bound(start):
    bound = mistake_bound(CORNERS, AND, start=start, learning_rate=0.5)
    path = learn(CORNERS, AND, start, 0.5)
    proof = squeeze(path, bound, learning_rate=0.5)
    upto = slice(0, int(path.n_mistakes) + 1)
    assert (proof.along >= proof.floor[upto] - 1e-6).all()
    assert (proof.length <= proof.ceiling[upto] + 1e-6).all()
    before, after = proof.floor[-2:] - proof.ceiling[-2:]
    np.testing.assert_array_equal(proof.mistakes[-2:] >= bound.mistakes - 1e-6, [True, True])
    assert before >= -1e-6
    assert after > 0


def test_a_random_start_draws_a_line_through_the_square():
    for seed in range(50):
        neuron = random_start(seed)
        sums = CORNERS @ neuron.weights + neuron.bias
        assert sums.min() < 0.2
        assert sums.max() > -0.2
