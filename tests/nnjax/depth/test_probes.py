import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.activations import ACTIVATIONS
from nnjax.depth import probes
from nnjax.depth.probes import MAX_DEPTH, dead_unit_share, signal_through_depth
from nnjax.initializers import INITIALIZERS

# One size for all tests, so that they share their programs.
SMALL = {"width": 16, "n_seeds": 8, "n_examples": 4}


def test_signal_is_that_of_the_network_written_out():
    depth = 5
    got = signal_through_depth("tanh", "xavier", seed=1, depth=depth, **SMALL)
    weights, inputs, d_last = probes._draw_networks("xavier", jnp.int32(1), (MAX_DEPTH, 8, 4, 16))

    def last_and_all(nudges, seed):
        h, outputs = inputs[seed], []
        for layer in range(depth):
            h = jnp.tanh(h @ weights[layer, seed].T + nudges[layer])
            outputs.append(h)
        return jnp.sum(h * d_last[seed]), jnp.stack(outputs)

    for seed in range(3):
        gradient, outputs = jax.grad(last_and_all, has_aux=True)(jnp.zeros((depth, 4, 16)), seed)
        size = np.sqrt(np.mean(np.asarray(outputs) ** 2, axis=(1, 2)))
        spread = np.sqrt(np.mean(np.var(outputs, axis=1), axis=-1))
        backward = np.sqrt(np.mean(np.asarray(gradient) ** 2, axis=(1, 2)))
        np.testing.assert_allclose(got.size[seed, :depth], size, rtol=1e-4)
        np.testing.assert_allclose(got.spread[seed, :depth], spread, rtol=1e-4)
        np.testing.assert_allclose(got.gradient[seed, :depth], backward, rtol=1e-4)
    for part in got:
        assert part.shape == (8, MAX_DEPTH)
        assert np.all(np.isnan(part[:, depth:]))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_has_a_signal(activation):
    signal = signal_through_depth(activation, "lecun", seed=0, depth=MAX_DEPTH, **SMALL)
    assert all(np.all(np.isfinite(part)) for part in signal)


@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_every_initializer_has_a_signal(initializer):
    signal = signal_through_depth("relu", initializer, seed=0, depth=4, **SMALL)
    assert all(np.all(np.isfinite(part[:, :4])) for part in signal)
    if initializer == "zeros":
        assert not np.any(signal.size[:, :4])


def test_sigmoid_vanishes_where_relu_with_he_does_not():
    first = {}
    for activation, initializer in (("sigmoid", "xavier"), ("tanh", "xavier"), ("relu", "he")):
        signal = signal_through_depth(activation, initializer, seed=0, depth=20, **SMALL)
        first[activation] = np.median(signal.gradient[:, 0])
    assert first["sigmoid"] < 1e-9
    assert 1e-2 < first["tanh"] < 1
    assert 5e-2 < first["relu"] < 3


def test_weights_too_large_explode():
    signal = signal_through_depth("relu", "normal", seed=0, depth=MAX_DEPTH, **SMALL)
    assert np.median(signal.gradient[:, 0]) > 1e12
    assert np.all(np.isfinite(signal.size))


def test_identity_with_orthogonal_weights_keeps_every_size():
    signal = signal_through_depth("identity", "orthogonal", seed=2, depth=MAX_DEPTH, **SMALL)
    np.testing.assert_allclose(signal.size, signal.size[:, :1] * np.ones((1, 32)), rtol=1e-4)


def test_depth_and_seed_compile_nothing():
    signal_through_depth("relu", "he", seed=0, depth=3, **SMALL)
    programs = probes._measure_signal._cache_size(), probes._draw_networks._cache_size()
    other = signal_through_depth("relu", "he", seed=5, depth=7, **SMALL)
    assert np.all(np.isfinite(other.size[:, :7]))
    assert (probes._measure_signal._cache_size(), probes._draw_networks._cache_size()) == programs


@pytest.mark.parametrize("depth", [0, 33])
def test_impossible_depths_are_refused(depth):
    with pytest.raises(ValueError, match=f"1 to 32, got {depth}"):
        signal_through_depth("relu", "he", seed=0, depth=depth, **SMALL)


@pytest.mark.parametrize("size", [1e-30, 1.0, 1e30])
def test_sizes_neither_overflow_nor_underflow(size):
    got = probes._sizes(jnp.full((2, 3, 4), size, jnp.float32))
    np.testing.assert_allclose(got, [size, size], rtol=1e-5)


@pytest.fixture(scope="module")
def circle():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(300, 2)).astype(np.float32)
    y = (np.sum(x**2, axis=1) < 1.4).astype(np.float32)
    return jnp.asarray(x), jnp.asarray(y)[:, None], jnp.int32(200)


def test_a_large_rate_kills_units_and_a_good_one_does_not(circle):
    rates = jnp.array([0.1, 5.0])
    result = dead_unit_share(*circle, rates, jnp.int32(0))
    assert result.share.shape == result.loss.shape == (2, 16, 21)
    assert list(result.steps[:3]) == [0, 20, 40]
    np.testing.assert_array_equal(result.share[0, :, 0], result.share[1, :, 0])  # same start
    good, bad = np.asarray(result.share[..., -1])
    assert good.mean() < 0.1
    assert np.sum(bad > good) >= 14
    assert np.all(result.loss[0, :, -1] < result.loss[0, :, 0])
    assert np.all((result.share >= 0) & (result.share <= 1))


def test_a_unit_is_dead_if_no_training_example_reaches_it(circle):
    inputs, targets, _ = circle
    # One training example: a unit fires for it or is dead, whatever the other rows would do.
    one = dead_unit_share(inputs, targets, jnp.int32(1), jnp.array([0.0]), jnp.int32(0))
    all_of_them = dead_unit_share(inputs, targets, jnp.int32(300), jnp.array([0.0]), jnp.int32(0))
    assert 0.3 < np.mean(one.share) < 0.7
    assert np.all(all_of_them.share <= one.share)


def test_rates_seeds_and_train_share_compile_nothing(circle):
    inputs, targets, n_train = circle
    dead_unit_share(inputs, targets, n_train, jnp.array([0.1, 1.0]), jnp.int32(0))
    programs = dead_unit_share._cache_size()
    dead_unit_share(inputs, targets, jnp.int32(50), jnp.array([0.3, 30.0]), jnp.int32(9))
    assert dead_unit_share._cache_size() == programs


@pytest.mark.parametrize(("task", "n_out"), [("regression", 1), ("multiclass", 3)])
def test_other_tasks_run(task, n_out):
    x = jnp.linspace(-1.0, 1.0, 60).reshape(20, 3)
    targets = jax.nn.one_hot(jnp.arange(20) % 3, 3)[:, :n_out]
    result = dead_unit_share(
        x, targets, jnp.int32(15), jnp.array([0.05]), jnp.int32(0), task=task, n_seeds=2
    )
    assert np.all(np.isfinite(result.loss))
    assert np.all(result.loss[..., -1] < result.loss[..., 0])
