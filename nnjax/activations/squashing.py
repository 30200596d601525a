"""The step, the line, and the S-curves between them: what neurons used before 2010."""

import jax
import jax.numpy as jnp

from nnjax.activations.row import Activation


def step(x):
    """f(x) = 1 where x > 0, else 0. Its derivative is 0 wherever it has one."""
    return (x > 0).astype(x.dtype)


def identity(x):
    """f(x) = x."""
    return x


def sigmoid(x):
    """f(x) = 1 / (1 + exp(-x)), between 0 and 1."""
    # jax.nn's form neither overflows at large -x nor loses its derivative there.
    return jax.nn.sigmoid(x)


def tanh(x):
    """f(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x)), between -1 and 1."""
    return jnp.tanh(x)


SQUASHING = (
    Activation(
        key="step",
        label="Step",
        function=step,
        formula=r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}",
        derivative_formula=r"f'(x) = 0 \quad (x \ne 0)",
        how_it_works="Fires with 1 as soon as the weighted sum is above zero, else stays at 0.",
        used_in="The McCulloch-Pitts neuron and Rosenblatt's perceptron. Not in networks that "
        "learn by gradient descent.",
        strengths=("A clear yes or no", "The cheapest rule there is"),
        weaknesses=(
            "Its slope is 0 on both sides, so gradient descent gets no hint",
            "A sum of 0.001 and one of 1000 look the same",
        ),
        year=1943,
        source="mcculloch_pitts_1943",
        further=("rosenblatt_1958",),
    ),
    Activation(
        key="identity",
        label="Identity (linear)",
        function=identity,
        formula=r"f(x) = x",
        derivative_formula=r"f'(x) = 1",
        how_it_works="Passes the weighted sum on unchanged. A stack of such layers is one layer: "
        "the product of the matrices is again a matrix.",
        used_in="The output layer for regression; the linear neuron ADALINE.",
        strengths=("The gradient passes through unchanged", "Any value can come out"),
        weaknesses=("No depth gained: however many layers, the network stays linear",),
        year=1960,
        source="widrow_hoff_1960",
    ),
    Activation(
        key="sigmoid",
        label="Sigmoid",
        function=sigmoid,
        formula=r"f(x) = \frac{1}{1 + e^{-x}}",
        derivative_formula=r"f'(x) = f(x)\left(1 - f(x)\right)",
        how_it_works="Bends the line into an S from 0 to 1, so that the output can be read as a "
        "probability. Steepest at 0, where the slope is 1/4.",
        used_in="The output for yes or no questions; the gates of LSTM and GRU. Rarely in hidden "
        "layers today.",
        strengths=("Smooth everywhere", "Reads as a probability", "Output bounded"),
        weaknesses=(
            "Slope at most 1/4: gradients shrink with every layer",
            "Flat at both ends: a saturated neuron hardly learns",
            "Outputs are all positive, which slows the next layer down",
        ),
        year=1986,
        source="rumelhart_1986",
        further=("bengio_1994", "hochreiter_1997"),
    ),
    Activation(
        key="tanh",
        label="Tanh",
        function=tanh,
        formula=r"f(x) = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}",
        derivative_formula=r"f'(x) = 1 - f(x)^2",
        how_it_works="A sigmoid stretched to reach from -1 to 1 and centred on 0. Its slope at 0 "
        "is 1, four times the sigmoid's.",
        used_in="Hidden layers of small networks; the state of RNNs, LSTM and GRU.",
        strengths=("Centred on 0", "Near 0 it passes signal and gradient on almost unchanged"),
        weaknesses=("Flat at both ends: gradients still vanish in deep stacks",),
        year=1998,
        source="lecun_1998",
        further=("glorot_bengio_2010",),
    ),
)
