"""Learning-rate schedules, from optax, as a factor on the learning rate over a run's progress.

A schedule is drawn once over RESOLUTION counts with a peak of 1 and read at any progress, so the
length of the run and the learning rate stay traced numbers: changing them compiles nothing.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import optax

from nnjax.large_models.published_schedules import LLAMA_2

RESOLUTION = 10_000  # counts from the start (progress 0) to the end (progress 1) of a schedule


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """One way for the learning rate to change over a run."""

    key: str
    label: str
    factor_at: Callable[[jax.Array], jax.Array]  # count in [0, RESOLUTION] -> factor in [0, 1]
    note: str
    source: str


def schedule_factor(key: str, progress: jax.Array) -> jax.Array:
    """The factor on the learning rate at `progress`, 0 at the start and 1 at the horizon.

    Past the horizon the last value holds.
    """
    count = jnp.clip(progress, 0.0, 1.0) * RESOLUTION
    with jax.numpy_dtype_promotion("standard"):  # optax mixes whole numbers, truths and floats
        return jnp.asarray(SCHEDULES[key].factor_at(count), jnp.float32)


def chosen_factor(keys: Sequence[str], number: jax.Array, progress: jax.Array) -> jax.Array:
    """`schedule_factor` of `keys[number]`; with a traced number, one program knows all of them."""
    rows = [functools.partial(schedule_factor, key) for key in keys]
    return jax.lax.switch(jnp.asarray(number, jnp.int32), rows, progress)


@jax.jit
def schedule_factors(progress: jax.Array) -> dict[str, jax.Array]:
    """The factor of every schedule at each `progress`: (n,) -> key -> (n,)."""
    return {key: jax.vmap(functools.partial(schedule_factor, key))(progress) for key in SCHEDULES}


_ROWS = (
    Schedule(
        key="constant",
        label="Constant",
        factor_at=optax.constant_schedule(1.0),
        note="The same rate throughout.",
        source="robbins_monro_1951",
    ),
    Schedule(
        key="step",
        label="Step",
        factor_at=optax.piecewise_constant_schedule(
            1.0, {RESOLUTION // 2: 0.1, RESOLUTION * 3 // 4: 0.1}
        ),
        note="A tenth after half of the run, a hundredth after three quarters.",
        source="goyal_2017",
    ),
    Schedule(
        key="cosine",
        label="Cosine with warm-up",
        factor_at=optax.warmup_cosine_decay_schedule(
            0.0, 1.0, warmup_steps=RESOLUTION // 20, decay_steps=RESOLUTION, end_value=0.1
        ),
        note="Up from zero over the first twentieth, then down half a cosine to a tenth.",
        source="loshchilov_hutter_2017",
    ),
    Schedule(
        key="llama_2",
        label="LLaMA 2's cosine",
        factor_at=optax.warmup_cosine_decay_schedule(
            0.0,
            1.0,
            warmup_steps=round(RESOLUTION * LLAMA_2.warmup_share),
            decay_steps=RESOLUTION,
            end_value=LLAMA_2.end_share,
        ),
        note="Up over the first 0.4 % of the run, then down half a cosine to a tenth.",
        source="touvron_2023b",
    ),
    Schedule(
        key="one_cycle",
        label="One cycle",
        factor_at=optax.cosine_onecycle_schedule(RESOLUTION, 1.0),
        note="From 1/25 up to the peak at 30 % of the run, then down to almost nothing.",
        source="smith_topin_2017",
    ),
)
SCHEDULES = {row.key: row for row in _ROWS}
