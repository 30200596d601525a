import numpy as np

from nnjax.depth.probes import dead_unit_share
from nnjax.races.dying import HIDDEN, N_SEEDS, N_UPDATES, dead_units_at


def test_a_large_rate_kills_and_another_rate_compiles_nothing():
    small = dead_units_at(0.1, "moons", 0)
    programs = dead_unit_share._cache_size()
    large = dead_units_at(5.0, "circle", 3)
    assert dead_unit_share._cache_size() == programs
    assert small.share.shape == small.loss.shape == (N_SEEDS, len(small.steps))
    assert small.steps[-1] == N_UPDATES
    assert np.median(small.share[:, -1]) < 0.1
    assert np.median(large.share[:, -1]) > 0.3
    # Shares are of whole units.
    np.testing.assert_allclose(np.asarray(small.share) * sum(HIDDEN) % 1, 0, atol=1e-4)
