"""Initialisers: the weights a layer starts from. Biases start at 0 unless a network says otherwise.

Each takes a key and a shape (n_out, n_in) and returns float32 weights of that shape. `fans`, a
smaller (n_out, n_in) that may be traced, asks for such a layer at the top left of `shape`, which is
then square: what lies outside has no meaning. One program so serves layers of every size.
"""

from collections.abc import Callable
from dataclasses import dataclass

import jax
import jax.numpy as jnp


@dataclass(frozen=True, kw_only=True)
class Initializer:
    """One way to draw the first weights."""

    key: str
    label: str
    function: Callable[..., jax.Array]  # (key, shape, fans=None)
    variance: Callable[[int, int], float]  # of one weight, (n_out, n_in) -> Var(w)
    formula: str
    note: str
    source: str


def zeros(key, shape, fans=None):
    """W = 0."""
    del key, fans
    return jnp.zeros(shape, jnp.float32)


def uniform(key, shape, fans=None):
    """W ~ U(-0.5, 0.5)."""
    del fans
    return jax.random.uniform(key, shape, jnp.float32, -0.5, 0.5)


def normal(key, shape, fans=None):
    """W ~ N(0, 1)."""
    del fans
    return jax.random.normal(key, shape, jnp.float32)


def xavier(key, shape, fans=None):
    """W ~ U(-a, a) with a = sqrt(6 / (n_in + n_out)): variance 2 / (n_in + n_out)."""
    limit = (6 / sum(fans or shape)) ** 0.5
    return jax.random.uniform(key, shape, jnp.float32, -limit, limit)


def he(key, shape, fans=None):
    """W ~ N(0, 2 / n_in)."""
    return (2 / (fans or shape)[1]) ** 0.5 * jax.random.normal(key, shape, jnp.float32)


def lecun(key, shape, fans=None):
    """W ~ N(0, 1 / n_in)."""
    return (1 / (fans or shape)[1]) ** 0.5 * jax.random.normal(key, shape, jnp.float32)


def orthogonal(key, shape, fans=None):
    """W with orthonormal rows (or columns, whichever are fewer), uniformly at random."""
    tall = jax.random.normal(key, (max(shape), min(shape)), jnp.float32)
    n_out, n_in = fans or shape
    if fans:
        tall = jnp.where(inside(shape, jnp.maximum(n_out, n_in), jnp.minimum(n_out, n_in)), tall, 0)
    q, r = jnp.linalg.qr(tall)
    # QR leaves the signs to the library; fixing them makes every rotation equally likely.
    q = q * jnp.where(jnp.diagonal(r) < 0, -1.0, 1.0)[None, :]
    if fans:
        return jnp.where(n_out >= n_in, q, q.T)
    return q if n_out >= n_in else q.T


def inside(shape, n_out, n_in):
    """Whether a cell of a matrix of this shape lies in the block (n_out, n_in) at its top left."""
    rows, columns = (jnp.arange(size) for size in shape)
    return (rows < n_out)[:, None] & (columns < n_in)[None, :]


_ROWS = (
    Initializer(
        key="zeros",
        label="Zeros",
        function=zeros,
        variance=lambda _, __: 0.0,
        formula=r"W_{ij} = 0",
        note="Every neuron of a layer computes the same and gets the same gradient, for ever.",
        source="rumelhart_1986",
    ),
    Initializer(
        key="uniform",
        label="Uniform (-0.5, 0.5)",
        function=uniform,
        variance=lambda _, __: 1 / 12,
        formula=r"W_{ij} \sim U(-0.5,\ 0.5)",
        note="One range for every layer, whatever its width; as in TensorFlow Playground.",
        source="smilkov_2017",
    ),
    Initializer(
        key="normal",
        label="Normal (0, 1)",
        function=normal,
        variance=lambda _, __: 1.0,
        formula=r"W_{ij} \sim \mathcal{N}(0,\ 1)",
        note="Too large for wide layers: sums grow with the square root of the width.",
        source="glorot_bengio_2010",
    ),
    Initializer(
        key="xavier",
        label="Xavier (Glorot)",
        function=xavier,
        variance=lambda n_out, n_in: 2 / (n_in + n_out),
        formula=r"W_{ij} \sim U(-a,\ a),\quad a = \sqrt{\frac{6}{n_{in} + n_{out}}}",
        note="Keeps signal and gradient about as large from layer to layer; made for tanh.",
        source="glorot_bengio_2010",
    ),
    Initializer(
        key="he",
        label="He (Kaiming)",
        function=he,
        variance=lambda _, n_in: 2 / n_in,
        formula=r"W_{ij} \sim \mathcal{N}\left(0,\ \frac{2}{n_{in}}\right)",
        note="Twice LeCun's variance, because ReLU silences half of its inputs.",
        source="he_2015",
    ),
    Initializer(
        key="lecun",
        label="LeCun",
        function=lecun,
        variance=lambda _, n_in: 1 / n_in,
        formula=r"W_{ij} \sim \mathcal{N}\left(0,\ \frac{1}{n_{in}}\right)",
        note="Keeps the variance of the weighted sums; the companion of SELU.",
        source="lecun_1998",
    ),
    Initializer(
        key="orthogonal",
        label="Orthogonal",
        function=orthogonal,
        variance=lambda n_out, n_in: 1 / max(n_out, n_in),
        formula=r"W W^{\mathsf T} = I \ \text{ or } \ W^{\mathsf T} W = I",
        note="A random rotation: a linear stack then keeps every length, however deep.",
        source="saxe_2013",
    ),
)
INITIALIZERS = {row.key: row for row in _ROWS}
