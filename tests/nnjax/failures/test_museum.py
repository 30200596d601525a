"""The exhibits: every one is made as it says, and those that train quickly are ill as it says."""

import pytest

from nnjax.failures.diagnoses import DIAGNOSES
from nnjax.failures.exhibits import N_FRAMES, N_SEEDS, train_setup
from nnjax.failures.museum import EXHIBITS
from nnjax.sources import SOURCES

# These share one network, and so one program; the others were measured once for all.
QUICK = ("rate_too_high", "rate_too_low")


def test_there_are_at_least_ten():
    assert len(EXHIBITS) >= 10


@pytest.mark.parametrize("key", EXHIBITS)
def test_it_can_be_made(key):
    row = EXHIBITS[key]
    assert row.symptom in DIAGNOSES
    assert row.source in SOURCES
    assert row.broken != row.cured
    for setup in (row.broken, row.cured):
        setup.config()
        assert setup.hyperparameters().learning_rate > 0


@pytest.mark.parametrize("key", QUICK)
def test_the_broken_one_is_ill_and_the_cured_one_is_not(key):
    row = EXHIBITS[key]
    broken, cured = (train_setup(setup) for setup in (row.broken, row.cured))
    assert len(broken.seeds) == N_SEEDS
    assert len(broken.seeds[0].train_loss) == N_FRAMES + 1
    assert sum(f.holds for f in broken.findings(row.symptom)) >= N_SEEDS - 1
    assert sum(f.holds for f in cured.findings(row.symptom)) <= 1


def test_inputs_in_their_own_units_are_left_as_they_are():
    data = EXHIBITS["unscaled_inputs"].broken.prepare()
    assert data.inputs.max() > 1000
    assert data.inputs is data.raw
