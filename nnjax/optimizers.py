"""Optimisers, from optax, behind one signature: (learning_rate, momentum) -> transformation.

Both arguments may be traced numbers, so moving their sliders compiles nothing. `momentum` is the
share of the past that is kept: the momentum of SGD, the first beta of Adam and its kin.
"""

from collections.abc import Callable
from dataclasses import dataclass

import optax

ADAMW_DECAY = 0.01


@dataclass(frozen=True, kw_only=True)
class Optimizer:
    """One rule for turning gradients into steps."""

    key: str
    label: str
    make: Callable[..., optax.GradientTransformation]
    uses_momentum: bool
    learning_rate: float  # a rate to begin with: rules differ in what size of step suits them
    formula: str
    note: str
    source: str


_ROWS = (
    Optimizer(
        key="sgd",
        label="SGD",
        make=lambda rate, momentum: optax.sgd(rate),
        uses_momentum=False,
        learning_rate=0.03,
        formula=r"w \leftarrow w - \eta g",
        note="A step straight down the gradient of one batch.",
        source="robbins_monro_1951",
    ),
    Optimizer(
        key="momentum",
        label="Momentum",
        make=lambda rate, momentum: optax.sgd(rate, momentum=momentum),
        uses_momentum=True,
        learning_rate=0.01,
        formula=r"v \leftarrow \mu v + g,\quad w \leftarrow w - \eta v",
        note="A heavy ball: past gradients keep it moving.",
        source="polyak_1964",
    ),
    Optimizer(
        key="nesterov",
        label="Nesterov",
        make=lambda rate, momentum: optax.sgd(rate, momentum=momentum, nesterov=True),
        uses_momentum=True,
        learning_rate=0.01,
        formula=r"v \leftarrow \mu v + g,\quad w \leftarrow w - \eta (g + \mu v)",
        note="Momentum that looks ahead before it steps.",
        source="nesterov_1983",
    ),
    Optimizer(
        key="adagrad",
        label="Adagrad",
        make=lambda rate, momentum: optax.adagrad(rate, initial_accumulator_value=0.0),
        uses_momentum=False,
        learning_rate=0.1,
        formula=r"s \leftarrow s + g^2,\quad w \leftarrow w - \eta g / \sqrt{s}",
        note="Each weight's steps shrink by the gradients it has seen; they never grow back.",
        source="duchi_2011",
    ),
    Optimizer(
        key="rmsprop",
        label="RMSProp",
        make=lambda rate, momentum: optax.rmsprop(rate, decay=0.9),
        uses_momentum=False,
        learning_rate=0.003,
        formula=r"s \leftarrow 0.9 s + 0.1 g^2,\quad w \leftarrow w - \eta g / \sqrt{s}",
        note="Adagrad that forgets: only recent gradients set the scale.",
        source="tieleman_hinton_2012",
    ),
    Optimizer(
        key="adam",
        label="Adam",
        make=lambda rate, momentum: optax.adam(rate, b1=momentum),
        uses_momentum=True,
        learning_rate=0.003,
        formula=r"w \leftarrow w - \eta\, \hat m / (\sqrt{\hat v} + \epsilon)",
        note="Momentum over RMSProp, both corrected for starting at zero.",
        source="kingma_ba_2015",
    ),
    Optimizer(
        key="adamw",
        label="AdamW",
        make=lambda rate, momentum: optax.adamw(rate, b1=momentum, weight_decay=ADAMW_DECAY),
        uses_momentum=True,
        learning_rate=0.003,
        formula=r"w \leftarrow w - \eta\,(\hat m / (\sqrt{\hat v} + \epsilon) + 0.01\, w)",
        note="Adam, with weight decay of 0.01 kept out of the gradient's statistics.",
        source="loshchilov_hutter_2019",
    ),
    Optimizer(
        key="lion",
        label="Lion",
        make=lambda rate, momentum: optax.lion(rate, b1=momentum, weight_decay=0.0),
        uses_momentum=True,
        learning_rate=0.001,
        formula=r"w \leftarrow w - \eta\,\mathrm{sign}(\beta_1 m + (1-\beta_1) g)",
        note="Only the sign counts: every weight moves by the same amount.",
        source="chen_2023",
    ),
)
OPTIMIZERS = {row.key: row for row in _ROWS}
