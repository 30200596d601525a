"""How many ReLU units die at one learning rate, on one of the data sets."""

import jax.numpy as jnp

from nnjax.data import DATASETS, prepare_dataset
from nnjax.depth.probes import DeadUnits, dead_unit_share

HIDDEN = (16, 16)
N_SEEDS = 16
N_UPDATES = 400
CHECK_EVERY = 20


def dead_units_at(learning_rate: float, dataset: str, seed: int) -> DeadUnits:
    """Share of the 32 hidden units that fire for no training example, for 16 seeds.

    `steps` (21,), `share` and `loss` (16, 21), from the untrained network to 400 updates. One
    rate a call: another one compiles nothing, and a caller with many can show what is ready.
    """
    data = prepare_dataset(DATASETS[dataset], seed=seed, noise=10.0)
    result = dead_unit_share(
        data.inputs,
        data.targets,
        data.n_train,
        jnp.full((1,), learning_rate, jnp.float32),
        jnp.int32(seed),
        hidden=HIDDEN,
        n_seeds=N_SEEDS,
        n_checks=N_UPDATES // CHECK_EVERY + 1,
        steps_between=CHECK_EVERY,
    )
    return DeadUnits(result.steps, result.share[0], result.loss[0])
