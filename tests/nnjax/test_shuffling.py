import functools

import jax
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnjax.shuffling import shuffled_indices

CAPACITY = 96


@functools.partial(jax.jit, static_argnames="capacity")
def orders(seed, epochs, n, capacity=CAPACITY):
    """One order an epoch: (n_epochs, capacity)."""
    return jax.vmap(lambda epoch: shuffled_indices(seed, epoch, n, capacity))(epochs)


def order(seed, epoch, n, capacity=CAPACITY):
    return np.asarray(orders(np.uint32(seed), np.array([epoch], np.int32), np.int32(n), capacity))[
        0
    ]


def many_orders(n, n_epochs, seed=11):
    epochs = np.arange(n_epochs, dtype=np.int32)
    return np.asarray(orders(np.uint32(seed), epochs, np.int32(n), n))


def chi_square(counts):
    """Deviation of counts from all being equal, in standard deviations of its own null law."""
    expected = counts.sum() / counts.size
    freedom = counts.size - 1
    statistic = ((counts - expected) ** 2).sum() / expected
    return (statistic - freedom) / np.sqrt(2 * freedom)


@pytest.mark.parametrize("n", range(1, CAPACITY + 1))
def test_a_permutation_for_every_n_and_the_rest_stays(n):
    found = order(seed=n * 7919, epoch=n, n=n)
    assert found.dtype == np.int32
    np.testing.assert_array_equal(np.sort(found[:n]), np.arange(n))
    np.testing.assert_array_equal(found[n:], np.arange(n, CAPACITY))


@pytest.mark.parametrize(("n", "capacity"), [(1, 1), (250, 500), (1200, 1200), (1437, 1797)])
def test_the_sizes_of_real_data_sets(n, capacity):
    found = order(seed=1, epoch=2, n=n, capacity=capacity)
    np.testing.assert_array_equal(np.sort(found[:n]), np.arange(n))
    np.testing.assert_array_equal(found[n:], np.arange(n, capacity))


@settings(max_examples=200, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    epoch=st.integers(0, 2**31 - 1),
    n=st.integers(1, CAPACITY),
)
def test_a_permutation_for_any_seed_and_epoch(seed, epoch, n):
    np.testing.assert_array_equal(np.sort(order(seed, epoch, n)[:n]), np.arange(n))


def test_the_same_every_time_and_different_by_epoch_and_by_seed():
    np.testing.assert_array_equal(order(3, 5, 50), order(3, 5, 50))
    drawn = {tuple(order(seed, epoch, 50)) for seed in range(20) for epoch in range(20)}
    assert len(drawn) == 400
    # Neighbouring seeds and epochs must not repeat each other one later.
    assert not np.array_equal(order(3, 5, 50), order(4, 4, 50))


@pytest.mark.parametrize("n", [2, 3, 7, 10, 16, 31])
def test_every_example_is_equally_likely_at_every_position(n):
    drawn = many_orders(n, 20_000)
    counts = np.stack([np.bincount(drawn[:, position], minlength=n) for position in range(n)])
    # Rows and columns add up, so (n - 1)^2 counts are free and not n^2: scale for it.
    freedom = (n - 1) ** 2
    expected = len(drawn) / n
    statistic = ((counts - expected) ** 2).sum() / expected * (n - 1) / n
    assert abs(statistic - freedom) / np.sqrt(2 * freedom) < 4


@pytest.mark.parametrize("n", [3, 8, 13])
def test_every_pair_of_examples_is_equally_likely_to_follow_one_another(n):
    drawn = many_orders(n, 20_000, seed=29)
    for position in (0, n // 2, n - 2):
        pairs = np.bincount(drawn[:, position] * n + drawn[:, position + 1], minlength=n * n)
        off_diagonal = pairs.reshape(n, n)[~np.eye(n, dtype=bool)]
        assert pairs.reshape(n, n).trace() == 0
        assert chi_square(off_diagonal) < 4


def test_all_orders_of_four_are_equally_likely():
    drawn = many_orders(4, 24_000, seed=5)
    codes = (drawn * np.array([64, 16, 4, 1])).sum(axis=1)
    _, counts = np.unique(codes, return_counts=True)
    assert len(counts) == 24
    assert chi_square(counts) < 4


def test_a_whole_data_set_is_mixed_across_batches():
    # 250 rows in 25 batches of ten: which batch a row falls into must not remember its place.
    n, batch = 250, 10
    drawn = many_orders(n, 4_000, seed=2)
    counts = np.zeros((n // batch, n // batch))
    for position in range(n):
        rows, batches = drawn[:, position] // batch, position // batch
        counts[batches] += np.bincount(rows, minlength=n // batch)
    freedom = (n // batch - 1) ** 2
    expected = counts.sum() / counts.size
    # Ten places share each count without replacement, which narrows it by (n - batch) / (n - 1)
    # in either direction.
    narrowing = ((n - batch) / (n - 1)) ** 2 * (n / (n - batch))
    statistic = ((counts - expected) ** 2).sum() / expected / narrowing
    assert abs(statistic - freedom) / np.sqrt(2 * freedom) < 4


def test_no_trend_from_one_epoch_to_the_next():
    drawn = many_orders(64, 2_000, seed=8).astype(float)
    places = np.argsort(drawn, axis=1)
    correlations = [np.corrcoef(places[i], places[i + 1])[0, 1] for i in range(len(places) - 1)]
    # The mean of 1999 correlations of 64 places has a deviation of 1 / sqrt(63 * 1999) = 0.0028.
    assert abs(np.mean(correlations)) < 0.012
