import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.sequence_loss import guessing_loss, perplexity


@pytest.mark.parametrize(
    ("n_tokens", "loss"), [(2, "0.69"), (27, "3.30"), (50_257, "10.82"), (100_000, "11.51")]
)
def test_guessing_costs_the_logarithm_of_the_vocabulary(n_tokens, loss):
    value = float(guessing_loss(jnp.float32(n_tokens)))
    assert f"{value:.2f}" == loss
    assert value == pytest.approx(np.log(n_tokens), rel=1e-6)


def test_perplexity_undoes_it():
    assert float(perplexity(guessing_loss(jnp.float32(100_000)))) == pytest.approx(1e5, rel=1e-5)
    assert float(perplexity(jnp.float32(0))) == 1
