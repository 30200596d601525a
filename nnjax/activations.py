"""Activation functions: what a neuron does to its weighted sum."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp

LEAKY_SLOPE = 0.01
SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772  # Klambauer et al. 2017, eq. 14


@dataclass(frozen=True, kw_only=True)
class Activation:
    """One activation: an elementwise function and what a learner wants to know about it."""

    key: str
    label: str
    function: Callable[[jax.Array], jax.Array]
    formula: str
    how_it_works: str = ""
    used_in: str = ""
    strengths: tuple[str, ...] = ()
    weaknesses: tuple[str, ...] = ()
    year: int = 0
    source: str = ""


def step(x):
    """f(x) = 1 where x > 0, else 0. Its derivative is 0 wherever it has one."""
    return (x > 0).astype(x.dtype)


def identity(x):
    """f(x) = x."""
    return x


def sigmoid(x):
    """f(x) = 1 / (1 + exp(-x)), between 0 and 1."""
    return jax.nn.sigmoid(x)


def tanh(x):
    """f(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x)), between -1 and 1."""
    return jnp.tanh(x)


def relu(x):
    """f(x) = max(0, x), with derivative 0 at x = 0; a nan stays a nan."""
    return jnp.where(x <= 0, 0.0, x)


def leaky_relu(x):
    """f(x) = x where x > 0, else 0.01 x."""
    return jnp.where(x <= 0, LEAKY_SLOPE * x, x)


def elu(x, alpha=1.0):
    """f(x) = x where x > 0, else alpha (exp(x) - 1)."""
    # The branch not taken is differentiated too: keep its exponential from overflowing.
    below = jnp.where(x <= 0, x, 0.0)
    return jnp.where(x <= 0, alpha * jnp.expm1(below), x)


def selu(x):
    """f(x) = 1.0507 ELU(x) with alpha = 1.6733: mean 0 and variance 1 are a fixed point."""
    return SELU_SCALE * elu(x, SELU_ALPHA)


def softplus(x):
    """f(x) = log(1 + exp(x)), a smooth max(0, x)."""
    return jnp.logaddexp(x, 0.0)


def silu(x):
    """f(x) = x sigmoid(x), also called swish."""
    return x * sigmoid(x)


def gelu(x):
    """f(x) = x Phi(x) = x/2 (1 + erf(x / sqrt 2)), Phi the standard normal's distribution."""
    # erfc keeps its digits far to the left, where 1 + erf would cancel.
    return 0.5 * x * jax.scipy.special.erfc(-x * 0.7071067811865476)


def mish(x):
    """f(x) = x tanh(softplus(x))."""
    return x * jnp.tanh(softplus(x))


def softmax(x):
    """p_i = exp(x_i) / sum_j exp(x_j) along the last axis: positive shares that add up to 1."""
    # Subtracting the largest changes nothing and keeps exp from overflowing.
    exponentials = jnp.exp(x - jax.lax.stop_gradient(x.max(axis=-1, keepdims=True)))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def swiglu(x, gate_weights, value_weights):
    """SwiGLU(x) = SiLU(G x) * (V x) for x (n_in,) and two matrices (n_out, n_in)."""
    return silu(gate_weights @ x) * (value_weights @ x)


@partial(jax.jit, static_argnames="key")
def activation_and_derivative(key, x):
    """f(x) and f'(x) by `jax.grad`, elementwise; `key` names a row, x has any shape."""
    return jnp.vectorize(jax.value_and_grad(ACTIVATIONS[key].function))(x)


class ActivationCurves(NamedTuple):
    """Every activation at the same points, in the order of `ACTIVATIONS`."""

    values: jax.Array  # (n_activations, *x.shape)
    derivatives: jax.Array  # (n_activations, *x.shape)


@jax.jit
def activation_curves(x):
    """f(x) and f'(x) of every row at once: one program, whatever is selected."""
    pairs = [activation_and_derivative(key, x) for key in ACTIVATIONS]
    return ActivationCurves(*(jnp.stack(part) for part in zip(*pairs, strict=True)))


_ROWS = (
    Activation(key="step", label="Step", function=step, formula=r"f(x) = [x > 0]"),
    Activation(key="identity", label="Identity", function=identity, formula=r"f(x) = x"),
    Activation(
        key="sigmoid", label="Sigmoid", function=sigmoid, formula=r"f(x) = \frac{1}{1 + e^{-x}}"
    ),
    Activation(key="tanh", label="Tanh", function=tanh, formula=r"f(x) = \tanh x"),
    Activation(key="relu", label="ReLU", function=relu, formula=r"f(x) = \max(0, x)"),
    Activation(
        key="leaky_relu",
        label="Leaky ReLU",
        function=leaky_relu,
        formula=r"f(x) = \max(0.01\,x,\ x)",
    ),
    Activation(key="elu", label="ELU", function=elu, formula=r"f(x) = e^x - 1"),
    Activation(key="selu", label="SELU", function=selu, formula=r"f(x) = \lambda"),
    Activation(key="softplus", label="Softplus", function=softplus, formula=r"f(x) = \ln(1 + e^x)"),
    Activation(key="silu", label="SiLU (swish)", function=silu, formula=r"f(x) = x\,\sigma(x)"),
    Activation(key="gelu", label="GELU", function=gelu, formula=r"f(x) = x\,\Phi(x)"),
    Activation(key="mish", label="Mish", function=mish, formula=r"f(x) = x\tanh(\ln(1 + e^x))"),
)
ACTIVATIONS = {row.key: row for row in _ROWS}
