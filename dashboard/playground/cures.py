"""One change of the playground's controls against each diagnosis, from how they stand now."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from dashboard.playground import settings as s
from nnjax.activations import ACTIVATIONS
from nnjax.initializers import INITIALIZERS

Values = Mapping[str, Any]
RECTIFIERS = ("relu", "leaky_relu", "elu", "softplus", "silu", "gelu", "mish")
WIDE = 8
TIMID = 0.01  # a rate of plain gradient descent below which a higher one is the first thing to try
BRISK = 0.1  # a rate from which on a lower one is the first thing to try


class Cure(NamedTuple):
    """What to change, in words, and the controls' new values."""

    text: str
    changes: dict[str, Any]


def cure_for(key: str, values: Values) -> Cure:
    """Return a change against the diagnosis `key`."""
    return _CURES[key](values)


def suiting(activation: str) -> str:
    """Return the first weights that keep the signal's size with this activation."""
    return "he" if activation in RECTIFIERS else "lecun" if activation == "selu" else "xavier"


def _rate(values: Values, factor: float) -> Cure:
    """Move the learning rate by about this factor, to a value that the slider has."""
    wanted = values["learning_rate"] * factor
    rate = min(s.RATES, key=lambda known: abs(known - wanted))
    verb = "Lower" if factor < 1 else "Raise"
    return Cure(f"{verb} the learning rate to {rate:g}", {"learning_rate": rate})


def _weights(values: Values) -> Cure | None:
    """Draw other first weights, if those drawn now are not the suiting ones."""
    key = suiting(values["activation"])
    if values["initializer"] == key:
        return None
    return Cure(f"Draw the first weights by {INITIALIZERS[key].label}", {"initializer": key})


def _activation(key: str) -> Cure:
    same = {control.key: control.default for control in s.LAYER_ACTIVATIONS}
    changes = same | {"activation": key, "initializer": suiting(key)}
    return Cure(f"Take {ACTIVATIONS[key].label} as activation", changes)


def _larger(values: Values) -> Cure | None:
    """Give every layer WIDE units, and two layers at least, unless there are as many already."""
    n_layers = max(2, values["layers"])
    now = [values[f"units_{i}"] for i in range(1, values["layers"] + 1)]
    if len(now) >= 2 and min(now) >= WIDE:
        return None
    units = [*now, *[0] * (n_layers - len(now))]
    changes = {f"units_{i}": max(WIDE, n) for i, n in enumerate(units, start=1)}
    return Cure(
        f"Give the network {n_layers} layers of {WIDE} units", {"layers": n_layers} | changes
    )


def _longer(values: Values) -> Cure:
    epochs = min(int(s.EPOCHS.max), max(100, 2 * values["epochs"]))
    return Cure(f"Train for {epochs:,} epochs", {"epochs": epochs})


def _of_dead(values: Values) -> Cure:
    if values["activation"] in ("step", "identity"):
        return _activation("tanh")
    if values["learning_rate"] >= BRISK or values["activation"] != "relu":
        return _rate(values, 0.1)
    return _activation("leaky_relu")


def _of_vanishing(values: Values) -> Cure:
    if values["activation"] in ("sigmoid", "step"):
        return _activation("tanh")
    fewer = max(1, values["layers"] // 2)
    return _weights(values) or Cure(f"Keep {fewer} of the hidden layers", {"layers": fewer})


def _of_overfitting(values: Values) -> Cure:
    if values["train_share"] < 80:
        return Cure("Train on 80% of the examples", {"train_share": 80})
    if values["regularizer"] == "none":
        changes = {"regularizer": "l2", "penalty": 0.003}
        return Cure("Pull the weights towards 0 (L2, 0.003)", changes)
    fewer = max(10, values["epochs"] // 20 * 10)
    return Cure(f"Stop after {fewer} epochs", {"epochs": fewer})


def _of_underfitting(values: Values) -> Cure:
    if values["layers"] and values["activation"] in ("identity", "step"):
        return _activation("tanh")
    if values["learning_rate"] < TIMID and values["optimizer"] == "sgd":
        return _rate(values, 10)
    return _larger(values) or _rate(values, 3)


def _of_plateau(values: Values) -> Cure:
    if values["activation"] in ("sigmoid", "step", "identity"):
        return _activation("tanh")
    return _weights(values) or _larger(values) or _rate(values, 3)


_CURES: dict[str, Callable[[Values], Cure]] = {
    "diverged": lambda values: _rate(values, 0.1),
    "exploding": lambda values: _weights(values) or _rate(values, 0.1),
    "vanishing": _of_vanishing,
    "twins": lambda values: _weights(values) or _rate(values, 0.3),
    "dead": _of_dead,
    "saturated": lambda values: _weights(values) or _rate(values, 0.3),
    "overfitting": _of_overfitting,
    "underfitting": _of_underfitting,
    "plateau": _of_plateau,
    "crawling": lambda values: _rate(values, 3) if values["learning_rate"] < BRISK
    else _longer(values),
    "neglected": lambda values: _larger(values) or _longer(values),
}  # fmt: skip
