import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.losses import LINKS, LOSSES, default_loss
from nnjax.sources import SOURCES

KEYS = ["mse", "mae", "huber", "binary_cross_entropy", "categorical_cross_entropy", "hinge", "kl"]
CASES = [(loss, task) for loss in LOSSES.values() for task in loss.tasks]
CASE_IDS = [f"{loss.key}-{task}" for loss, task in CASES]
EXAMPLES = {
    "binary": ([0.3], [1.0]),
    "multiclass": ([0.3, -0.7, 1.1], [0.0, 1.0, 0.0]),
    "regression": ([0.3], [-0.4]),
}


def loss_of(key, predictions, targets):
    return float(LOSSES[key].of_prediction(jnp.array(predictions), jnp.array(targets)))


def test_every_loss_of_the_page_is_there():
    assert list(LOSSES) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_row_is_complete(key):
    row = LOSSES[key]
    assert row.key == key
    for text in (row.label, row.formula, row.note):
        assert len(text) > 2
    assert row.tasks
    assert set(row.tasks) <= set(LINKS)
    assert row.source in SOURCES


@pytest.mark.parametrize(
    ("key", "predictions", "targets", "expected"),
    [
        ("binary_cross_entropy", [0.70], [1.0], 0.3567),
        ("binary_cross_entropy", [0.70], [0.0], 1.2040),
        ("binary_cross_entropy", [0.5], [1.0], np.log(2)),
        ("binary_cross_entropy", [1.0], [1.0], 0.0),
        ("binary_cross_entropy", [0.0], [1.0], np.inf),
        ("categorical_cross_entropy", [0.25] * 4, [0.0, 0.0, 1.0, 0.0], np.log(4)),
        ("categorical_cross_entropy", [0.2, 0.7, 0.1], [0.0, 1.0, 0.0], 0.3567),
        ("kl", [0.5, 0.5], [0.5, 0.5], 0.0),
        ("kl", [0.5, 0.5], [1.0, 0.0], np.log(2)),
        ("kl", [0.25, 0.75], [0.5, 0.5], 0.5 * np.log(4 / 3)),
        ("mse", [3.0, 0.0], [1.0, 0.0], 2.0),
        ("mae", [3.0, 0.0], [1.0, 0.0], 1.0),
        ("huber", [0.5], [0.0], 0.125),
        ("huber", [3.0], [0.0], 2.5),
        ("hinge", [0.3], [1.0], 0.7),
        ("hinge", [0.3], [0.0], 1.3),
        ("hinge", [2.0], [1.0], 0.0),
        ("hinge", [1.0, 3.0, 2.5], [0.0, 1.0, 0.0], 0.5),
        ("hinge", [1.0, 3.0, 2.5], [1.0, 0.0, 0.0], 3.0),
    ],
)
def test_known_values(key, predictions, targets, expected):
    assert loss_of(key, predictions, targets) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize("n_classes", [2, 10, 100_000])
def test_a_uniform_guess_costs_ln_v(n_classes):
    targets = jnp.zeros(n_classes).at[1].set(1.0)
    row = LOSSES["categorical_cross_entropy"]
    loss = row.of_output(jnp.zeros(n_classes), targets, LINKS["multiclass"])
    assert float(loss) == pytest.approx(np.log(n_classes), rel=1e-4)  # 11.51 for 100 000


@pytest.mark.parametrize("task", LINKS)
def test_default_loss_suits_its_task(task):
    assert task in default_loss(task).tasks


@pytest.mark.parametrize(("loss", "task"), CASES, ids=CASE_IDS)
def test_of_output_is_of_prediction_of_the_link(loss, task):
    outputs, targets = map(jnp.array, EXAMPLES[task])
    link = LINKS[task]
    predictions = outputs if loss.key == "hinge" else link(outputs)
    value = loss.of_output(outputs, targets, link)
    assert value.shape == ()
    assert value.dtype == jnp.float32
    np.testing.assert_allclose(value, loss.of_prediction(predictions, targets), rtol=1e-5)


@pytest.mark.parametrize(("loss", "task"), CASES, ids=CASE_IDS)
def test_finite_at_extreme_outputs(loss, task):
    outputs, targets = EXAMPLES[task]
    value_and_grad = jax.value_and_grad(loss.of_output)
    for signs in np.array([1, -1, 1])[None, : len(outputs)] * np.array([[1], [-1]]):
        for size in (100.0, 1e4):
            extreme = jnp.array(signs * size, jnp.float32)
            value, slope = value_and_grad(extreme, jnp.array(targets), LINKS[task])
            assert np.isfinite(value)
            assert np.all(np.isfinite(slope))


@pytest.mark.parametrize(("loss", "task"), CASES, ids=CASE_IDS)
def test_gradient_is_the_central_difference(loss, task):
    with jax.enable_x64(True):
        outputs, targets = (jnp.array(part, jnp.float64) for part in EXAMPLES[task])
        value = lambda o: loss.of_output(o, targets, LINKS[task])  # noqa: E731
        step = 1e-6 * jnp.eye(len(outputs))
        difference = [(value(outputs + e) - value(outputs - e)) / 2e-6 for e in step]
        np.testing.assert_allclose(jax.grad(value)(outputs), difference, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize(("loss", "task"), CASES, ids=CASE_IDS)
def test_works_under_vmap_and_jit(loss, task):
    outputs, targets = (jnp.stack([jnp.array(part)] * 5) for part in EXAMPLES[task])
    batched = jax.jit(jax.vmap(lambda o, t: loss.of_output(o, t, LINKS[task])))
    values = batched(outputs, targets)
    assert values.shape == (5,)
    np.testing.assert_allclose(
        values, [loss.of_output(outputs[0], targets[0], LINKS[task])] * 5, rtol=1e-6
    )


@pytest.mark.parametrize("logit", [-15.0, -3.0, 0.0, 2.0, 15.0])
def test_cross_entropy_gradient_at_the_logit_is_p_minus_y(logit):
    row = LOSSES["binary_cross_entropy"]
    z, y = jnp.array([logit]), jnp.array([1.0])
    slope = jax.grad(row.of_output)(z, y, LINKS["binary"])
    np.testing.assert_allclose(slope, LINKS["binary"](z) - y, rtol=1e-5, atol=1e-7)


def test_the_stable_form_keeps_small_losses():
    # In float32 sigmoid(20) is 1 and its logarithm 0: the textbook form would say "no loss".
    row = LOSSES["binary_cross_entropy"]
    value = row.of_output(jnp.array([20.0]), jnp.array([1.0]), LINKS["binary"])
    np.testing.assert_allclose(value, np.exp(-20.0), rtol=1e-4)


def test_gradient_of_a_certain_and_right_prediction_is_finite():
    slope = jax.grad(LOSSES["binary_cross_entropy"].of_prediction)(jnp.ones(1), jnp.ones(1))
    np.testing.assert_allclose(slope, [-1.0])


def test_kl_is_cross_entropy_less_entropy_for_soft_targets():
    logits, targets = jnp.array([0.2, -1.0, 0.5]), jnp.array([0.7, 0.2, 0.1])
    link = LINKS["multiclass"]
    entropy = -jnp.sum(targets * jnp.log(targets))
    cross = LOSSES["categorical_cross_entropy"].of_output(logits, targets, link)
    kl = LOSSES["kl"].of_output(logits, targets, link)
    np.testing.assert_allclose(kl, cross - entropy, rtol=1e-5)


@pytest.mark.parametrize("key", ["mse", "mae", "huber"])
def test_no_error_means_no_push(key):
    slope = jax.grad(LOSSES[key].of_prediction)(jnp.array([0.5]), jnp.array([0.5]))
    np.testing.assert_array_equal(slope, [0.0])
