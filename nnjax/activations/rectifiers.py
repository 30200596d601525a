"""ReLU and its relatives: a line for positive sums, something smaller for negative ones."""

import jax.numpy as jnp

from nnjax.activations.row import Activation

LEAKY_SLOPE = 0.01
# Klambauer et al. 2017, equation 14: with these, mean 0 and variance 1 are a fixed point.
SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772


def relu(x):
    """f(x) = max(0, x), with derivative 0 at x = 0."""
    # Asking for x <= 0, not x > 0, lets a nan through: a run that diverged must show it.
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
    """f(x) = 1.0507 ELU(x) with alpha = 1.6733."""
    return SELU_SCALE * elu(x, SELU_ALPHA)


def softplus(x):
    """f(x) = log(1 + exp(x)), a smooth max(0, x)."""
    return jnp.logaddexp(x, 0.0)


RECTIFIERS = (
    Activation(
        key="relu",
        label="ReLU",
        function=relu,
        formula=r"f(x) = \max(0,\ x)",
        derivative_formula=r"f'(x) = \begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases}",
        how_it_works="Zero for negative sums, the sum itself for positive ones. The corner at 0 "
        "has no slope of its own; here it counts as 0.",
        used_in="Most convolutional and plain feedforward networks; the first transformer (2017).",
        strengths=(
            "Slope 1 for positive sums: gradients do not shrink there",
            "Very cheap",
            "Many outputs are exactly 0",
        ),
        weaknesses=(
            "A unit whose sum is negative on all data gets no gradient: it is dead",
            "Outputs are never negative",
        ),
        year=2010,
        source="nair_hinton_2010",
        further=("glorot_2011", "fukushima_1969", "lu_2019"),
    ),
    Activation(
        key="leaky_relu",
        label="Leaky ReLU",
        function=leaky_relu,
        formula=r"f(x) = \begin{cases} x & x > 0 \\ 0.01 \cdot x & x \le 0 \end{cases}",
        derivative_formula=r"f'(x) = \begin{cases} 1 & x > 0 \\ 0.01 & x \le 0 \end{cases}",
        how_it_works="ReLU with a small leak: negative sums pass at a hundredth of their size, so "
        "there is always some gradient.",
        used_in="The first YOLO detectors (slope 0.1) and the discriminators of DCGAN (slope 0.2).",
        strengths=("Units can recover: the slope is never 0", "As cheap as ReLU"),
        weaknesses=("The slope is one more number to choose", "Its gain over ReLU is often small"),
        year=2013,
        source="maas_2013",
        further=("redmon_2016", "radford_2015"),
    ),
    Activation(
        key="elu",
        label="ELU",
        function=elu,
        formula=r"f(x) = \begin{cases} x & x > 0 \\ e^{x} - 1 & x \le 0 \end{cases}",
        derivative_formula=r"f'(x) = \begin{cases} 1 & x > 0 \\ e^{x} & x \le 0 \end{cases}",
        how_it_works="A line for positive sums that bends smoothly to -1 for negative ones, which "
        "brings the mean output closer to 0.",
        used_in="Some convolutional networks; a common choice when outputs should be centred.",
        strengths=("Smooth at 0", "Mean output near 0", "No unit is cut off at once"),
        weaknesses=("An exponential to compute", "Flat far to the left"),
        year=2015,
        source="clevert_2015",
    ),
    Activation(
        key="selu",
        label="SELU",
        function=selu,
        formula=r"f(x) = 1.0507 \begin{cases} x & x > 0 \\ 1.6733 \left(e^{x} - 1\right)"
        r" & x \le 0 \end{cases}",
        derivative_formula=r"f'(x) = 1.0507 \begin{cases} 1 & x > 0 \\ 1.6733\, e^{x}"
        r" & x \le 0 \end{cases}",
        how_it_works="ELU with two constants chosen so that signals drift towards mean 0 and "
        "variance 1 from layer to layer, if the weights start as LeCun's.",
        used_in="Deep plain feedforward networks on tables.",
        strengths=("Keeps the signal's size without normalisation layers",),
        weaknesses=(
            "The promise needs LeCun initialisation, plain dense layers and standardised inputs",
            "Ordinary dropout breaks it",
        ),
        year=2017,
        source="klambauer_2017",
        further=("lecun_1998",),
    ),
    Activation(
        key="softplus",
        label="Softplus",
        function=softplus,
        formula=r"f(x) = \ln\left(1 + e^{x}\right)",
        derivative_formula=r"f'(x) = \frac{1}{1 + e^{-x}}",
        how_it_works="ReLU with its corner rounded off. Its slope is the sigmoid.",
        used_in="Outputs that must be positive, such as a variance or a rate.",
        strengths=("Smooth everywhere", "Always positive"),
        weaknesses=("Never exactly 0", "Slower than ReLU and seldom better in hidden layers"),
        year=2001,
        source="dugas_2001",
        further=("glorot_2011",),
    ),
)
