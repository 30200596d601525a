"""The small CNN against loops in NumPy, hand counts and its own promises."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.zoo.cnn import cnn_stages, init_cnn, seen_by
from nnjax.zoo.convolution import Convolution, convolve, max_pool
from nnjax.zoo.dense import count_dense
from nnjax.zoo.digits import N_TEST, N_TRAIN, load_digits, shift_images
from nnjax.zoo.examples import Examples
from nnjax.zoo.looking import look_into_cnn, read_all
from nnjax.zoo.network import count_numbers
from nnjax.zoo.networks import CNN, NETWORKS
from nnjax.zoo.shifted import try_shifted
from nnjax.zoo.tasks import digits_with_classes
from nnjax.zoo.training import mean_loss, mean_score, train_network

DENSE = NETWORKS["feedforward_digits"]
PARAMETERS = init_cnn(jax.random.key(3))
EPOCHS = 20


@pytest.fixture(scope="module")
def looking():
    return jax.device_get(look_into_cnn(0, learning_rate=0.01, n_epochs=EPOCHS))


@pytest.fixture
def lenient():
    """The rules of promotion that `looking` has: Adam is not strict, and others would recompile."""
    with jax.numpy_dtype_promotion("standard"), jax.numpy_rank_promotion("allow"):
        yield


def convolved_by_loops(kernels, bias, image):
    n_out, height, width = len(kernels), *image.shape[:2]
    out = np.zeros((height, width, n_out))
    for r, c, k in np.ndindex(height, width, n_out):
        total = bias[k]
        for i, j in np.ndindex(3, 3):
            row, column = r + i - 1, c + j - 1
            if 0 <= row < height and 0 <= column < width:
                total += (kernels[k, i, j] * image[row, column]).sum()
        out[r, c, k] = total
    return out


def test_convolution_equals_loops_and_xla():
    rng = np.random.default_rng(0)
    kernels, bias = rng.normal(size=(5, 3, 3, 2)), rng.normal(size=5)
    image = rng.normal(size=(6, 4, 2))
    layer = Convolution(jnp.float32(kernels), jnp.float32(bias))
    found = convolve(layer, jnp.float32(image))
    np.testing.assert_allclose(found, convolved_by_loops(kernels, bias, image), atol=1e-5)
    xla = jax.lax.conv_general_dilated(
        jnp.float32(image)[None], layer.kernels, (1, 1), "SAME",
        dimension_numbers=("NHWC", "OHWI", "NHWC"),
    )[0]  # fmt: skip
    np.testing.assert_allclose(found, xla + layer.bias[None, None, :], atol=1e-5)


def test_the_pool_takes_the_largest_of_four():
    maps = jnp.arange(16.0).reshape(4, 4, 1)
    np.testing.assert_array_equal(max_pool(maps)[:, :, 0], [[5, 7], [13, 15]])


def test_parameters_equal_the_hand_count():
    first, second, dense = 8 * (3 * 3 * 1 + 1), 16 * (3 * 3 * 8 + 1), 10 * (2 * 2 * 16 + 1)
    assert [count_numbers(layer) for layer in PARAMETERS] == [first, second, dense]
    assert [first, second, dense] == [80, 1168, 650]
    assert count_numbers(PARAMETERS) == 1898
    assert count_numbers(DENSE.init(jax.random.key(0))) == 25 * 65 + 10 * 26 == 1885
    assert count_dense() == [25 * 65, 10 * 26]


def test_stages_have_their_shapes_and_lead_to_the_logits():
    stages = jax.jit(cnn_stages)(PARAMETERS, jnp.float32(load_digits().images[0]))
    shapes = [stage.shape for stage in stages]
    assert shapes == [(8, 8, 8), (8, 8, 8), (4, 4, 8), (4, 4, 16), (2, 2, 16), (10,)]
    flat = np.asarray(stages.second_pooled).reshape(-1)
    weights, bias = PARAMETERS.dense
    np.testing.assert_allclose(stages.logits, weights @ flat + bias, atol=1e-5)
    np.testing.assert_allclose(stages.first, np.maximum(stages.first_sums, 0))


def test_a_shifted_image_shifts_the_first_maps():
    image = np.zeros((8, 8), np.float32)
    image[2:5, 2:5] = np.random.default_rng(1).uniform(size=(3, 3))
    moved = np.asarray(shift_images(image, 2, 1))
    np.testing.assert_array_equal(moved[4:7, 3:6], image[2:5, 2:5])
    assert moved.sum() == pytest.approx(image.sum())
    before = np.asarray(cnn_stages(PARAMETERS, image).first_sums)
    after = np.asarray(cnn_stages(PARAMETERS, moved).first_sums)
    np.testing.assert_allclose(after[2:, 1:], before[:-2, :-1], atol=1e-6)


@pytest.mark.parametrize("place", [(0, 0), (1, 2), (3, 3)])
def test_a_unit_sees_the_pixels_that_its_gradient_reaches(place):
    # With positive weights and every pixel equally bright, only the pool's choices hide pixels.
    positive = jax.tree.map(jnp.abs, PARAMETERS)
    slope = jax.grad(lambda image: cnn_stages(positive, image).second[place].sum())
    images = jax.random.uniform(jax.random.key(0), (10, 8, 8))
    reached = np.asarray(jax.jit(jax.vmap(slope))(images) != 0).any(axis=0)
    top, left, bottom, right = seen_by(*place)
    expected = np.zeros((8, 8), bool)
    expected[top:bottom, left:right] = True
    np.testing.assert_array_equal(reached, expected)


@pytest.mark.parametrize("network", [CNN, DENSE], ids=lambda row: row.key)
def test_gradient_equals_finite_differences(network):
    examples = Examples(*(jnp.asarray(part[:8]) for part in digits_with_classes()))
    parameters = network.init(jax.random.key(0))
    of_network = jax.jit(functools.partial(mean_loss, network))
    gradient = jax.jit(jax.grad(of_network))(parameters, examples)
    leaves, shape = jax.tree.flatten(parameters)
    place, step = (1,) * leaves[0].ndim if network is DENSE else (1, 0, 2, 0), 1e-2

    def loss(change):
        moved = shape.unflatten([leaves[0].at[place].add(change), *leaves[1:]])
        return float(of_network(moved, examples))

    measured = (loss(step) - loss(-step)) / (2 * step)
    assert float(jax.tree.leaves(gradient)[0][place]) == pytest.approx(measured, abs=2e-3)
    assert abs(measured) > 1e-3


def test_training_lowers_the_loss_and_reads_unseen_digits(looking):
    trained = looking.network
    loss, accuracy = trained.train_loss[:EPOCHS], trained.test_score[:EPOCHS]
    assert loss[-1] < 0.1 * loss[0]
    assert accuracy[-1] >= 0.97
    assert np.isnan(trained.train_loss[EPOCHS:]).all()
    assert trained.diverged_at == -1
    test = load_digits().test
    right = looking.probabilities.argmax(axis=1) == test.labels
    assert len(right) == N_TEST == 1797 - N_TRAIN
    np.testing.assert_allclose(right.mean(), accuracy[-1], atol=1e-6)


def test_the_strongest_responses_are_those_of_the_stages(looking):
    test = load_digits().test
    stages = jax.device_get(cnn_stages(looking.network.parameters, test.images[7]))
    np.testing.assert_allclose(looking.strongest[7], stages.second.max(axis=(0, 1)), atol=1e-4)
    for unit, (row, column) in enumerate(looking.places[7]):
        assert stages.second[row, column, unit] == pytest.approx(
            looking.strongest[7, unit], abs=1e-4
        )
    few = jax.device_get(read_all(looking.network.parameters, test.images[7:8]))
    np.testing.assert_allclose(few[1], stages.first.max(axis=(0, 1)), atol=1e-4)


def test_seed_rate_and_epochs_compile_nothing(looking, lenient, compilations):
    with compilations() as count:
        other = look_into_cnn(6, learning_rate=0.03, n_epochs=2)
    assert count() == 0
    assert other.network.train_loss[0] != looking.network.train_loss[0]
    assert np.isnan(other.network.train_loss[2])


def test_a_loss_that_is_not_finite_is_a_result(looking, lenient):
    digits = digits_with_classes()
    images = digits.inputs.copy()
    images[: N_TRAIN // 2] = np.inf
    lost = train_network(
        Examples(images, digits.targets), np.uint32(0), np.float32(0.01), np.int32(2), network=CNN
    )
    assert 0 <= int(lost.diverged_at) < CNN.task.n_batches


def test_shared_weights_read_more_of_the_shifted_digits(looking, lenient):
    few = {"learning_rate": 0.01, "n_epochs": 10, "n_seeds": 3}
    cnn, dense = (try_shifted(key, **few) for key in ("cnn", "feedforward"))
    assert (cnn.shifted > dense.shifted).all()
    assert (cnn.as_drawn > 0.93).all()
    assert (dense.as_drawn > 0.93).all()
    assert (cnn.shifted < cnn.as_drawn).all()


def test_the_score_counts_right_answers():
    few = Examples(np.zeros((4, 8, 8), np.float32), np.eye(10, dtype=np.float32)[[0, 0, 1, 2]])
    always_zero = jax.tree.map(jnp.zeros_like, PARAMETERS)
    assert float(mean_score(CNN, always_zero, few)) == 0.5
