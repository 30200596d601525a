"""The recurrent cells against loops in NumPy, PyTorch where it is installed, and differences."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnjax.zoo.recurrent import (
    CELLS,
    Gates,
    gru_bias,
    init_recurrent,
    lstm_bias,
    recurrent_forward,
    run_cell,
)

N_IN, N, LENGTH = 2, 3, 5


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def by_loops(kind, gates, sequence):
    """Unit by unit, step by step: the hidden states (LENGTH, N)."""
    hidden, memory, hiddens = np.zeros(N), np.zeros(N), []

    def part(k, unit, state=None, x=None):
        row = k * N + unit
        total = 0.0
        if x is not None:
            total += gates.bias[row] + sum(w * v for w, v in zip(gates.inputs[row], x, strict=True))
        if state is not None:
            total += sum(w * v for w, v in zip(gates.state[row], state, strict=True))
        return total

    for x in sequence:
        after = np.zeros(N)
        for unit in range(N):
            both = functools.partial(part, unit=unit, state=hidden, x=x)
            if kind == "rnn":
                after[unit] = np.tanh(both(0))
            elif kind == "lstm":
                enter, forget, leave = (sigmoid(both(k)) for k in (0, 1, 3))
                memory[unit] = forget * memory[unit] + enter * np.tanh(both(2))
                after[unit] = leave * np.tanh(memory[unit])
            else:
                reset, keep = sigmoid(both(0)), sigmoid(both(1))
                inner = part(2, unit, x=x) + reset * part(2, unit, state=hidden)
                after[unit] = keep * hidden[unit] + (1 - keep) * np.tanh(inner)
        hidden = after
        hiddens.append(hidden)
    return np.array(hiddens)


def example(kind):
    rng, rows = np.random.default_rng(1), CELLS[kind].n_parts * N
    gates = Gates(rng.normal(size=(rows, N_IN)), rng.normal(size=(rows, N)), rng.normal(size=rows))
    return gates, rng.normal(size=(LENGTH, N_IN))


@pytest.mark.parametrize("kind", CELLS)
def test_states_equal_loops_and_gradients_equal_differences(kind):
    gates, sequence = example(kind)
    cell, weigh = CELLS[kind], np.random.default_rng(2).normal(size=(LENGTH, N))

    @jax.jit
    def everything(gates, sequence, steps):
        def total(change):
            moved = gates._replace(state=gates.state.at[0, 1].add(change))
            return (cell.hidden_of(run_cell(moved, sequence, cell=cell)) * weigh).sum()

        states = cell.hidden_of(run_cell(gates, sequence, cell=cell))
        return states, jax.grad(total)(0.0 * steps[0]), jax.vmap(total)(steps)

    with jax.enable_x64(True):
        found = everything(jax.tree.map(jnp.asarray, gates), sequence, np.array([1e-5, -1e-5]))
        states, slope, (above, below) = jax.device_get(found)
    np.testing.assert_allclose(states, by_loops(kind, gates, sequence), rtol=1e-12)
    assert slope == pytest.approx((above - below) / 2e-5, rel=1e-7)
    assert abs(slope) > 1e-3


@pytest.mark.parametrize("kind", CELLS)
def test_states_equal_those_of_pytorch(kind):
    torch = pytest.importorskip("torch")
    gates, sequence = example(kind)
    layer = getattr(torch.nn, kind.upper())(N_IN, N).double()
    with torch.no_grad():
        layer.weight_ih_l0.copy_(torch.tensor(gates.inputs))
        layer.weight_hh_l0.copy_(torch.tensor(gates.state))
        layer.bias_ih_l0.copy_(torch.tensor(gates.bias))
        layer.bias_hh_l0.zero_()
        theirs = layer(torch.tensor(sequence))[0].numpy()
    np.testing.assert_allclose(by_loops(kind, gates, sequence), theirs, rtol=1e-10)


@pytest.mark.parametrize(("bias", "gate", "n_parts"), [(lstm_bias, 1, 4), (gru_bias, 1, 3)])
def test_gates_begin_open_for_one_to_the_longest_time(bias, gate, n_parts):
    drawn = np.asarray(bias(jax.random.key(0), 50, 40))
    assert drawn.shape == (n_parts * 50,)
    kept = sigmoid(drawn[gate * 50 : (gate + 1) * 50])
    times = 1 / (1 - kept) - 1  # sigmoid(ln T) = 1 - 1 / (T + 1)
    assert 1 <= times.min() < 6
    assert 34 < times.max() <= 39


def test_an_open_gate_keeps_a_memory_and_its_gradient():
    """Forget gate near 1, input gate near 0: forty steps later the memory is what it was."""
    cell, length = CELLS["lstm"], 40
    zeros = np.zeros((4, 1), np.float32)
    gates = Gates(zeros, zeros, np.float32([-30, 30, 0, 0]))

    def last_memory(start):
        state = cell.start(1, jnp.float32)._replace(memory=start)
        return jax.lax.fori_loop(
            0, length, lambda _, s: cell.step(gates, s, jnp.zeros(1)), state
        ).memory[0]

    value, slope = jax.jvp(last_memory, (jnp.float32([0.7]),), (jnp.float32([1.0]),))
    assert float(value) == pytest.approx(0.7)
    assert float(slope) == pytest.approx(1)


def test_the_readout_reads_the_last_state():
    cell = CELLS["gru"]
    parameters = init_recurrent(jax.random.key(0), cell=cell, n_in=N_IN, n=N, n_out=2, longest=9)
    sequence = np.float32(example("gru")[1])
    last = run_cell(parameters.cell, sequence, cell=cell)[-1]
    expected = parameters.readout.weights @ last + parameters.readout.bias
    np.testing.assert_allclose(
        recurrent_forward(parameters, sequence, cell=cell, unroll=LENGTH), expected, atol=1e-6
    )
