import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.soft_targets import loss_along_right, smooth_labels, soft_loss

SCORES = (2.0, 1.0, 0.1, -1.0)


def by_hand(scores, right, temperature, smoothing):
    z = np.array(scores) / temperature
    shares = np.exp(z) / np.exp(z).sum()
    targets = (1 - smoothing) * np.eye(len(z))[right] + smoothing / len(z)
    some = targets > 0
    loss = -(targets[some] * np.log(shares[some])).sum()
    entropy = -(targets[some] * np.log(targets[some])).sum()
    return shares, targets, loss, entropy, loss - entropy, (shares - targets) / temperature


def computed(scores, right, temperature, smoothing):
    return soft_loss(
        jnp.float32(scores), right, jnp.float32(temperature), jnp.float32(smoothing)
    )  # fmt: skip


@pytest.mark.parametrize("right", [0, 3])
@pytest.mark.parametrize(("temperature", "smoothing"), [(1, 0), (1, 0.1), (0.5, 0.1), (5, 0.5)])
def test_every_part_is_that_of_the_formulas(right, temperature, smoothing):
    expected = by_hand(SCORES, right, temperature, smoothing)
    for part, value in zip(computed(SCORES, right, temperature, smoothing), expected, strict=True):
        np.testing.assert_allclose(part, value, rtol=1e-4, atol=1e-6)


def test_a_hard_target_costs_the_logarithm_of_its_share():
    # e^2 / (e^2 + e^1 + e^0.1 + e^-1) = 0.6381
    result = computed(SCORES, 0, 1, 0)
    assert f"{result.shares[0]:.4f} {result.loss:.4f}" == "0.6381 0.4493"
    assert float(result.entropy) == pytest.approx(0, abs=1e-6)


def test_smoothed_labels_add_up_to_one():
    targets = smooth_labels(jnp.float32([0, 0, 1, 0]), jnp.float32(0.1))
    np.testing.assert_allclose(targets, [0.025, 0.025, 0.925, 0.025], rtol=1e-6)


def test_the_best_score_of_a_smoothed_label_is_finite():
    # Four classes, the others at 0: p = 0.925 where e^z / (e^z + 3) = 0.925.
    values = jnp.linspace(-6, 6, 1201)
    smoothed, hard = loss_along_right(
        jnp.zeros(4), 0, jnp.float32(1), jnp.float32(0.1), values
    )  # fmt: skip
    assert float(values[smoothed.argmin()]) == pytest.approx(np.log(3 * 0.925 / 0.075), abs=0.02)
    assert np.all(np.diff(hard) < 0)


def test_moving_a_slider_compiles_nothing(compilations):
    computed(SCORES, 0, 1, 0.1)
    arguments = jnp.float32((0.0, 1.0, 3.0, 5.0)), 2, jnp.float32(2.0), jnp.float32(0.0)
    with compilations() as count:
        soft_loss(*arguments)
    assert count() == 0
