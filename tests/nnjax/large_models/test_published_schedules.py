"""LLaMA 2's schedule, against the numbers of its paper and against the schedule of the engine."""

import numpy as np
import pytest

from nnjax.large_models.published_schedules import LLAMA_2
from nnjax.schedules import schedule_factor


def test_it_has_half_a_million_steps_and_warms_up_in_two_thousand():
    assert LLAMA_2.n_steps == 500_000
    assert LLAMA_2.warmup_share == pytest.approx(0.004)


@pytest.mark.parametrize(("model", "peak"), [("7B", 3e-4), ("13B", 3e-4), ("34B", 1.5e-4),
                                             ("70B", 1.5e-4)])  # fmt: skip
def test_its_rates_are_those_of_the_paper(model, peak):
    steps = (0, 1_000, 2_000, 251_000, 500_000, 10**9)
    shares = (0, 0.5, 1, 0.55, 0.1, 0.1)
    found = [LLAMA_2.rate_at(step, model) for step in steps]
    np.testing.assert_allclose(found, peak * np.array(shares), rtol=1e-6)


def test_the_engines_row_is_the_same_curve():
    for step in (500, 2_000, 30_000, 250_000, 499_000):
        factor = float(schedule_factor("llama_2", np.float32(step / LLAMA_2.n_steps)))
        assert factor == pytest.approx(LLAMA_2.rate_at(step, "7B") / 3e-4, rel=2e-3)
