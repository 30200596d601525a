"""A learner's table becomes rows: by hand calculation, and through the same door as any data."""

import copy

import jax
import numpy as np
import pytest

from nnjax.data import prepare_dataset
from nnjax.data.columns import (
    Column,
    TableError,
    can_be_classes,
    can_be_values,
    default_target,
    looks_like_classes,
    unique_names,
)
from nnjax.data.own_example import N_MISSING, N_ROWS, example_csv, example_rows
from nnjax.data.table import MAX_INPUTS, PLANE, encode_table

N = 20
NAN = np.nan


def numbers(name="x", values=None):
    values = np.arange(N) * 1.5 if values is None else values
    return Column(name=name, values=np.asarray(values, np.float64))


def words(name="word", n_levels=2, missing=0):
    codes = np.arange(N, dtype=np.int32) % n_levels
    codes[:missing] = -1
    return Column(name=name, values=codes, levels=tuple("abcdefghijklmnopqrst"[:n_levels]))


def made(own):
    return tuple(np.asarray(array) for array in own.spec.make(jax.random.key(0), 0.0))


def test_numbers_are_standardised_and_words_become_inputs():
    own = encode_table(
        [numbers(), words("colour", 3), words("yes", 2), words("target", 2)],
        target=3, as_classes=True,
    )  # fmt: skip
    assert own.spec.feature_names == ("x", "colour = a", "colour = b", "colour = c", "yes = b")
    assert own.spec.task == "binary"
    assert own.spec.class_names == ("a", "b")
    x, y = made(own)
    values = np.arange(N) * 1.5
    np.testing.assert_allclose(x[:, 0], (values - values.mean()) / values.std(), rtol=1e-6)
    assert [len(np.unique(x[:, i])) for i in range(1, 5)] == [2] * 4
    assert (x[:, 1] > 0).tolist() == (np.arange(N) % 3 == 0).tolist()
    assert y.tolist() == [0, 1] * (N // 2)
    assert own.uses[1:] == ("3 inputs, one for each word", "input: 1 if b", "predicted, 2 classes")


def test_a_missing_number_is_the_median_and_a_missing_target_drops_the_row():
    values = np.array([NAN, *range(1, N)])
    own = encode_table(
        [numbers(values=values), words(missing=1), words("target", 3, missing=2)],
        target=2, as_classes=True,
    )  # fmt: skip
    assert own.n_dropped == 2
    x, y = made(own)
    assert len(x) == len(y) == own.spec.n_points == N - 2
    assert own.uses[0] == "input", "the missing number stood in a dropped row"
    own = encode_table([numbers(values=values), words("t")], target=1, as_classes=True)
    assert own.uses[0] == "input; 1 missing filled with 10"
    assert made(own)[0][0, 0] == pytest.approx(0.0, abs=0.01)


def test_a_missing_word_is_a_word_of_its_own():
    own = encode_table([words(missing=4), words("t")], target=1, as_classes=True)
    assert own.spec.feature_names == ("word = a", "word = b", "word = missing")


def test_values_are_scaled_and_seconds_keep_their_differences():
    seconds = 1_600_000_000.0 + np.arange(N)
    columns = [numbers(values=seconds), words(n_levels=3), numbers("y", np.arange(N) ** 2)]
    own = encode_table(columns, target=2, as_classes=False)
    assert own.spec.task == "regression"
    assert own.spec.standardize_targets
    assert len(np.unique(made(own)[0][:, 0])) == N
    data = prepare_dataset(own.spec)
    train = slice(int(data.n_train))
    assert np.asarray(data.targets)[train].mean() == pytest.approx(0, abs=1e-6)
    assert np.asarray(data.targets)[train].std() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("as_classes", [True, False])
def test_two_columns_of_numbers_are_a_plane(as_classes):
    target = numbers("y", np.arange(N) % 4)
    columns = [numbers(), numbers("x2", np.arange(N) % 5 * 1e9), target]
    own = encode_table(columns, target=2, as_classes=as_classes)
    assert own.spec.in_plane
    x, y = made(own)
    assert (x.min(axis=0), x.max(axis=0)) == (pytest.approx([-5.5] * 2), pytest.approx([5.5] * 2))
    noisy = np.asarray(own.spec.make(jax.random.key(1), 50.0)[0])
    assert PLANE[0] <= noisy.min() < noisy.max() <= PLANE[1]
    assert (y.min(), y.max()) == ((0, 3) if as_classes else (-1, 1))
    assert own.spec.class_names == (("0", "1", "2", "3") if as_classes else ())


def test_what_cannot_help_is_left_out_and_said():
    columns = [
        numbers("id", np.arange(N) + 1),
        numbers("same", np.ones(N)),
        numbers("empty", np.full(N, NAN)),
        words("name", N),
        numbers("mine"),
        numbers("kept"),
        words("t"),
    ]
    own = encode_table(columns, target=6, as_classes=True, left_out={4})
    assert own.spec.feature_names == ("kept",)
    assert own.uses == (
        "left out: it only numbers the rows",
        "left out: the same in every row",
        "left out: every value is missing",
        "left out: text with 20 different values, more than 12",
        "left out by you",
        "input",
        "predicted, 2 classes",
    )


def test_inputs_end_at_their_limit():
    columns = [words(f"w{i}", 12) for i in range(9)] + [words("t")]
    own = encode_table(columns, target=9, as_classes=True)
    assert own.spec.n_features == 96 <= MAX_INPUTS
    assert own.uses[8] == "left out: past the limit of 100 inputs"


@pytest.mark.parametrize(
    ("columns", "target", "said"),
    [
        ([numbers(), numbers("y", [1.0] * 9 + [NAN] * 11)], 1, "“y” cannot be predicted: it is kn"),
        ([numbers(), numbers("y", [1.0] * N)], 1, "the same in every row"),
        ([numbers(), words("y", 11)], 1, "11 different texts"),
        ([words("x", N), words("y")], 1, "No column is left to predict “y” from"),
    ],
)
def test_nothing_to_learn_is_one_sentence(columns, target, said):
    with pytest.raises(TableError, match=said):
        encode_table(columns, target=target, as_classes=True)


def test_the_target_is_the_last_column_that_can_be_one():
    assert default_target([numbers(), words("y"), words("name", N)]) == 1
    with pytest.raises(TableError, match="“name”"):
        default_target([words("x", N), words("name", N)])


def test_what_a_target_can_be():
    few, many, two = numbers("y", np.arange(N) % 4), numbers(), numbers("y", np.arange(N) % 2)
    halves = numbers("y", np.arange(N) % 3 / 2)
    assert [can_be_classes(c) for c in (few, many, two, words())] == [True, False, True, True]
    assert [can_be_values(c) for c in (few, many, two, words())] == [True, True, False, False]
    cases = (few, many, two, words(), halves)
    assert [looks_like_classes(c) for c in cases] == [True, False, True, True, False]


def test_two_tables_are_equal_only_if_all_their_numbers_and_names_are():
    columns = [numbers(), words("t")]
    own = encode_table(columns, target=1, as_classes=True)
    assert own == encode_table(columns, target=1, as_classes=True)
    assert hash(own) == hash(encode_table(columns, target=1, as_classes=True))
    others = ([numbers("z"), words("t")], [numbers(values=np.arange(N) ** 2.0), words("t")])
    others += ([numbers(), words("other")], [numbers(), words("t", 3)])
    digests = {encode_table(each, target=1, as_classes=True).digest for each in others}
    assert len(digests | {own.digest}) == 5
    assert copy.deepcopy(own) is own


def test_names_are_made_different():
    assert unique_names(["x", "x", "x (2)", "y", "x"]) == ("x", "x (2)", "x (2) (2)", "y", "x (3)")


def test_the_example_is_a_table_with_gaps():
    rows = example_rows()
    assert len(rows) == N_ROWS
    assert sum(row[1] == "" for row in rows) == N_MISSING
    assert 0.2 < np.mean([row[-1] == "yes" for row in rows]) < 0.5
    assert example_csv().count("\n") == N_ROWS + 1
    assert example_rows(1) != rows
