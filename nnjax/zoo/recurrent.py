"""Recurrent cells: one step that is repeated along a sequence, with a state that remembers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from nnjax.layers import Dense, dense_forward
from nnjax.zoo.first_weights import draw_weights


class Gates(NamedTuple):
    """The weights of a cell of n units with k parts (gates and candidate), stacked in rows."""

    inputs: jax.Array  # (k n, n_in)
    state: jax.Array  # (k n, n)
    bias: jax.Array  # (k n,)


class LstmState(NamedTuple):
    """What an LSTM hands on from step to step."""

    hidden: jax.Array  # (n,) what others see
    memory: jax.Array  # (n,) what only its gates can change


class Recurrent(NamedTuple):
    """A cell and the layer that reads its last state."""

    cell: Gates
    readout: Dense  # (n_out, n)


def rnn_step(cell: Gates, hidden: jax.Array, x: jax.Array) -> jax.Array:
    """Next state tanh(W x + U h + b): hidden (n,), x (n_in,) -> (n,).

    References:
        Elman (1990), Finding structure in time.
    """
    return jnp.tanh(cell.inputs @ x + cell.state @ hidden + cell.bias)


def lstm_step(cell: Gates, state: LstmState, x: jax.Array) -> LstmState:
    """Memory c' = f c + i g, hidden h' = o tanh(c').

    Rows of the weights: input gate i, forget gate f, candidate g, output gate o.
    Where the forget gate f is 1, the memory c passes on unchanged, and so does its gradient.

    References:
        Hochreiter and Schmidhuber (1997); the forget gate: Gers, Schmidhuber and Cummins (2000).
    """
    sums = cell.inputs @ x + cell.state @ state.hidden + cell.bias  # (4 n,)
    enter, forget, candidate, leave = jnp.split(sums, 4)
    kept = jax.nn.sigmoid(forget) * state.memory
    memory = kept + jax.nn.sigmoid(enter) * jnp.tanh(candidate)
    return LstmState(jax.nn.sigmoid(leave) * jnp.tanh(memory), memory)


def gru_step(cell: Gates, hidden: jax.Array, x: jax.Array) -> jax.Array:
    """Next state z h + (1 - z) g, with g = tanh(W x + r (U h) + b).

    Rows of the weights: reset gate r, keep gate z, candidate g.
    The reset gate works on U h, as in cuDNN and PyTorch, so that a step is one product.

    References:
        Cho et al. (2014), Learning phrase representations using RNN encoder-decoder.
    """
    reset_x, keep_x, candidate_x = jnp.split(cell.inputs @ x + cell.bias, 3)  # each (n,)
    reset_h, keep_h, candidate_h = jnp.split(cell.state @ hidden, 3)
    reset, keep = jax.nn.sigmoid(reset_x + reset_h), jax.nn.sigmoid(keep_x + keep_h)
    candidate = jnp.tanh(candidate_x + reset * candidate_h)
    return keep * hidden + (1 - keep) * candidate


def lstm_start(n: int, dtype) -> LstmState:
    """Nothing said and nothing remembered."""
    return LstmState(jnp.zeros(n, dtype), jnp.zeros(n, dtype))


def no_bias(key: jax.Array, n: int, longest: int) -> jax.Array:
    """A plain cell has no gate to hold open: (n,) zeros."""
    return jnp.zeros(n)


def lstm_bias(key: jax.Array, n: int, longest: int) -> jax.Array:
    """Forget gates that keep for 1 to `longest` steps, input gates as rarely open: (4 n,).

    sigmoid(ln T) = 1 - 1 / (T + 1): such a gate forgets in about T steps.

    References:
        Tallec and Ollivier (2018), Can recurrent neural networks warp time?
    """
    open_ = _open_for(key, n, longest)
    return jnp.concatenate([-open_, open_, jnp.zeros(2 * n)])


def gru_bias(key: jax.Array, n: int, longest: int) -> jax.Array:
    """Keep gates that keep for 1 to `longest` steps, as in `lstm_bias`: (3 n,)."""
    return jnp.concatenate([jnp.zeros(n), _open_for(key, n, longest), jnp.zeros(n)])


def _open_for(key, n, longest):
    return jnp.log(jax.random.uniform(key, (n,), minval=1.0, maxval=float(max(longest - 1, 2))))


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One kind of recurrent cell."""

    key: str
    label: str
    n_parts: int  # of Gates
    elementwise: int  # operations of one unit in a step besides the products; a sigmoid is three
    step: Callable[[Gates, Any, jax.Array], Any]  # (cell, state, x) -> state
    start: Callable[[int, Any], Any]  # (n, dtype) -> state
    bias: Callable[[jax.Array, int, int], jax.Array]  # (key, n, longest) -> (n_parts n,)
    hidden_of: Callable[[Any], jax.Array]  # state -> hidden (n,)


def init_recurrent(key, *, cell: Cell, n_in: int, n: int, n_out: int, longest: int) -> Recurrent:
    """Weights with variance 1 / n_in (LeCun) in each part, biases by the cell's own rule."""
    weights, bias = jax.random.split(key)
    n_rows = cell.n_parts * n
    inputs, state, readout = draw_weights(weights, (n_rows, n_in), (n_rows, n), (n_out, n))
    gates = Gates(inputs, state, cell.bias(bias, n, longest))
    return Recurrent(gates, Dense(readout, jnp.zeros(n_out)))


def run_cell(gates: Gates, sequence: jax.Array, *, cell: Cell, unroll: int = 1) -> Any:
    """Every state along a sequence (length, n_in): the cell's state with a leading (length,)."""

    def step(state, x):
        after = cell.step(gates, state, x)
        return after, after

    start = cell.start(gates.state.shape[1], sequence.dtype)
    return jax.lax.scan(step, start, sequence, unroll=unroll)[1]


def recurrent_forward(
    parameters: Recurrent, sequence: jax.Array, *, cell: Cell, unroll: int = 1
) -> jax.Array:
    """The outputs (n_out,) read from the last hidden state: sequence (length, n_in)."""
    states = run_cell(parameters.cell, sequence, cell=cell, unroll=unroll)
    return dense_forward(parameters.readout, cell.hidden_of(states)[-1], "identity").output


def recurrent_flops(*, cell: Cell, n_in: int, n: int, n_out: int, length: int) -> int:
    """L (2 k n (n_in + n) + e n) + 2 n n_out: L steps of products and gates, then the readout."""
    step = 2 * cell.n_parts * n * (n_in + n) + cell.elementwise * n
    return length * step + 2 * n * n_out


_ROWS = (
    Cell(
        key="rnn",
        label="RNN",
        n_parts=1,
        elementwise=2,
        step=rnn_step,
        start=jnp.zeros,
        bias=no_bias,
        hidden_of=lambda state: state,
    ),
    Cell(
        key="lstm",
        label="LSTM",
        n_parts=4,
        elementwise=21,
        step=lstm_step,
        start=lstm_start,
        bias=lstm_bias,
        hidden_of=lambda state: state.hidden,
    ),
    Cell(
        key="gru",
        label="GRU",
        n_parts=3,
        elementwise=17,
        step=gru_step,
        start=jnp.zeros,
        bias=gru_bias,
        hidden_of=lambda state: state,
    ),
)
CELLS: dict[str, Cell] = {row.key: row for row in _ROWS}
