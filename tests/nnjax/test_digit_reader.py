import jax
import numpy as np
import pytest

from nnjax.digit_reader import read_digits, reader_config, train_reader
from nnjax.networks import count_parameters

CONFIG = reader_config(32)


@pytest.fixture(scope="module")
def reader():
    return jax.device_get(train_reader(32, seed=0))


def test_it_reads_digits_that_it_has_not_seen(reader):
    assert count_parameters(CONFIG) == 2410
    assert int(reader.n_train) == round(0.7 * 1797)
    assert reader.test_accuracy > 0.93
    assert reader.train_accuracy >= reader.test_accuracy
    unseen = slice(int(reader.n_train), None)
    found = read_digits(reader.parameters, reader.inputs[unseen], config=CONFIG)
    right = np.argmax(np.asarray(found.probabilities), axis=1) == reader.labels[unseen]
    np.testing.assert_allclose(right.mean(), reader.test_accuracy, atol=1e-6)


def test_a_batch_is_each_image_by_itself_and_equals_numpy(reader):
    batch = read_digits(reader.parameters, reader.inputs[:32], config=CONFIG)
    (w1, b1), (w2, b2) = reader.parameters
    hidden = np.maximum(reader.inputs[:32] @ w1.T + b1[None, :], 0)
    logits = hidden @ w2.T + b2[None, :]
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    np.testing.assert_allclose(batch.hidden, hidden, atol=1e-4)
    np.testing.assert_allclose(
        batch.probabilities, exponentials / exponentials.sum(axis=1, keepdims=True), atol=1e-5
    )
    one = read_digits(reader.parameters, reader.inputs[7], config=CONFIG)
    np.testing.assert_allclose(one.probabilities, batch.probabilities[7], atol=1e-5)
