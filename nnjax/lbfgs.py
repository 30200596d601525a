"""L-BFGS, from optax: whole-batch steps whose length a line search finds.

It does not fit the training loop of batches: every step needs the loss as a function, and takes as
many evaluations of loss and gradient as the search asks for. So it has this short loop of its own.
Source: Liu and Nocedal (1989); the line search is that of Nocedal and Wright, algorithm 3.5.
"""

import functools
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax

from nnjax.compiler import jit_loop
from nnjax.data.prepare import Dataset
from nnjax.networks import network_forward
from nnjax.sweeps import deal_out, fill_devices, pick_data
from nnjax.training.config import TrainingConfig, make_hyperparameters
from nnjax.training.metrics import Snapshot, masked_mean, take_snapshot, training_rows
from nnjax.training.state import init_state
from nnjax.training.steps import example_losses

MEMORY = 10  # pairs of steps and gradients that stand in for the curvature


class Descents(NamedTuple):
    """Runs of L-BFGS, one element a run."""

    losses: np.ndarray  # (n_runs, n_evaluations + 1) reached after so many evaluations
    last: Snapshot  # without its parameters
    n_steps: np.ndarray  # (n_runs,)
    n_evaluations: np.ndarray  # (n_runs,) of loss and gradient on all training examples


def descend(
    config: TrainingConfig, datasets: Dataset, *, seeds, data_of, n_evaluations: int
) -> Descents:
    """Train run i from `seeds[i]` on data set `data_of[i]`, for so many evaluations or a few more.

    The seed draws the same first weights as in `nnjax.sweeps`. `n_evaluations` is a shape.
    """
    runs = np.asarray(seeds, np.uint32), np.asarray(data_of, np.int32)
    found = _descend(fill_devices(runs), datasets, config=config, n_evaluations=n_evaluations)
    return jax.tree.map(lambda leaf: np.asarray(leaf)[: len(runs[0])], found)


@functools.partial(jit_loop, static_argnames=("config", "n_evaluations"))
def _descend(runs, datasets, *, config, n_evaluations):
    return deal_out(
        lambda run: _one_run(config, run[0], pick_data(datasets, run[1]), n_evaluations), runs
    )


def _one_run(config, seed, data, n_evaluations):
    def loss_of(parameters):
        outputs = network_forward(config.network, parameters, data.inputs)
        return masked_mean(example_losses(config, outputs, data.targets), training_rows(data))

    start = init_state(config, seed)
    rule = optax.lbfgs(memory_size=MEMORY)
    losses = jnp.full(n_evaluations + 1, jnp.nan).at[0].set(loss_of(start.parameters))

    def step(carry):
        parameters, memory, losses, n_steps, spent = carry
        parameters, memory, loss, cost = lbfgs_step(rule, loss_of, parameters, memory)
        spent = spent + cost
        losses = losses.at[spent].set(loss, mode="drop")
        return parameters, memory, losses, n_steps + 1, spent

    zero = jnp.int32(0)
    carry = (start.parameters, rule.init(start.parameters), losses, zero, zero)
    carry = jax.lax.while_loop(lambda carry: carry[-1] < n_evaluations, step, carry)
    parameters, _, losses, n_steps, spent = carry
    last = take_snapshot(
        config, start._replace(parameters=parameters, step=n_steps), data,
        make_hyperparameters(learning_rate=0.0),
    )  # fmt: skip
    return Descents(_carry_on(losses), last._replace(parameters=()), n_steps, spent)


def lbfgs_step(rule, loss_of, parameters, memory):
    """(parameters, memory) after a step, the loss there, and the evaluations that it took."""
    loss, gradients = optax.value_and_grad_from_state(loss_of)(parameters, state=memory)
    updates, memory = rule.update(
        gradients, memory, parameters, value=loss, grad=gradients, value_fn=loss_of
    )
    parameters = optax.apply_updates(parameters, updates)
    # A search that finds no better point still costs: a run must come to its end.
    cost = jnp.maximum(memory[-1].info.num_linesearch_steps, 1)
    return parameters, memory, optax.tree.get(memory, "value"), cost


def _carry_on(losses):
    """Fill every gap with the value before it."""

    def keep(before, now):
        value = jnp.where(jnp.isnan(now), before, now)
        return value, value

    return jax.lax.scan(keep, losses[0], losses)[1]
