"""What a set-up of the museum is in the playground's own controls."""

from typing import Any

from dashboard.playground import settings as s
from nnjax.failures.exhibits import Setup


def playground_values(setup: Setup) -> dict[str, Any]:
    """Return the value of every one of the playground's controls that makes this run.

    Whatever the set-up does not speak of goes to its default: nothing is left of earlier runs.
    """
    values = {control.key: control.default for control in s.CONTROLS}
    values |= {
        "data": setup.dataset,
        "noise": round(setup.noise),
        "train_share": round(100 * setup.train_share),
        "layers": len(setup.hidden),
        "activation": setup.activation,
        "initializer": setup.initializer,
        "loss": setup.loss or "auto",
        "optimizer": setup.optimizer,
        "learning_rate": setup.learning_rate,
        "batch_size": setup.batch_size,
        "regularizer": setup.regularizer,
        "penalty": setup.penalty,
        "epochs": setup.epochs,
    }
    return values | {f"units_{i}": units for i, units in enumerate(setup.hidden, start=1)}
