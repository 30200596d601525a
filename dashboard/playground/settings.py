"""Page 08's controls, and what a set of their values means to the engine."""

from collections.abc import Mapping
from typing import Any

from dashboard.controls import Choice, Number, Slider, Toggle
from dashboard.own_data.state import example_data
from dashboard.playground.run_settings import RunSettings, Stop
from nnjax.activations import ACTIVATIONS
from nnjax.data import DATASETS, FEATURES, DatasetSpec, input_names
from nnjax.data.table import OwnData
from nnjax.initializers import INITIALIZERS
from nnjax.losses import LOSSES, default_loss
from nnjax.networks import NetworkConfig
from nnjax.optimizers import OPTIMIZERS
from nnjax.regularizers import REGULARIZERS
from nnjax.schedules import SCHEDULES
from nnjax.training.config import Hyperparameters, TrainingConfig, make_hyperparameters
from nnjax.training.stopping import STOP_RULES

RATES = (1e-5, 1e-4, 1e-3, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
MAX_LAYERS = 6
WIDTHS = (4, 2, 4, 4, 4, 4)


def _number_labels(values: tuple[float, ...]) -> dict[float, str]:
    return {value: f"{value:.5f}".rstrip("0").rstrip(".") for value in values}


RATE = Choice(
    key="learning_rate",
    label="Learning rate",
    default=0.03,
    options=RATES,
    labels=_number_labels(RATES),
    style="slider",
    help="While the network trains, a new rate takes effect at once. While it is paused, the "
    "run is repeated from its start with the new rate.",
)
ACTIVATION = Choice.of(ACTIVATIONS, key="activation", label="Activation", default="tanh")
OWN = "own"
DATA = Choice(
    key="data",
    label="Data",
    default="circle",
    options=(*DATASETS, OWN),
    labels={key: row.label for key, row in DATASETS.items()} | {OWN: "Your own CSV"},
)
OPTIMIZER = Choice.of(OPTIMIZERS, key="optimizer", label="Optimiser", default="sgd")
EPOCHS = Slider(
    key="epochs",
    label="Train for (epochs)",
    default=200,
    min=0,
    max=1000,
    step=10,
    help="How far a run goes by itself after a change. Play takes it further.",
)
MAIN = (RATE, ACTIVATION, DATA, OPTIMIZER, EPOCHS)

NOISE = Slider(key="noise", label="Noise (%)", default=0, min=0, max=50, step=5)
SHARE = Slider(key="train_share", label="Training share (%)", default=50, min=10, max=90, step=10)
BATCH = Choice(
    key="batch_size", label="Batch size", default=10, options=(1, 2, 5, 10, 16, 30, 32, 64, 128)
)
SEED = Number(
    key="seed", label="Seed", default=0, min=0, max=9999, step=1,
    help="Draws the points, the split, the first weights and the order of the examples.",
)  # fmt: skip
INPUTS = tuple(
    Toggle(key=f"use_{key}", label=f"${row.formula}$", default=key in ("x1", "x2"))
    for key, row in FEATURES.items()
)
DATA_CONTROLS = (NOISE, SHARE, BATCH, SEED)

LAYERS = Slider(key="layers", label="Hidden layers", default=2, min=0, max=MAX_LAYERS, step=1)
UNITS = tuple(
    Number(key=f"units_{i}", label=f"Units in layer {i}", default=units, min=1, max=32, step=1)
    for i, units in enumerate(WIDTHS, start=1)
)
INITIALIZER = Choice.of(INITIALIZERS, key="initializer", label="First weights", default="xavier")
SAME = "same"
LAYER_ACTIVATIONS = tuple(
    Choice(
        key=f"activation_{i}",
        label=f"Activation {i}",
        default=SAME,
        options=(SAME, *ACTIVATIONS),
        labels={SAME: "As above"} | {key: row.label for key, row in ACTIVATIONS.items()},
    )
    for i in range(1, MAX_LAYERS + 1)
)
NETWORK_CONTROLS = (LAYERS, *UNITS, *LAYER_ACTIVATIONS, INITIALIZER)

LOSS = Choice(
    key="loss",
    label="Loss",
    default="auto",
    options=("auto", *LOSSES),
    labels={"auto": "Usual for the data"} | {key: row.label for key, row in LOSSES.items()},
)
MOMENTUM = Slider(key="momentum", label="Momentum", default=0.9, min=0.0, max=0.99, step=0.01)
SCHEDULE = Choice.of(SCHEDULES, key="schedule", label="Schedule", default="constant")
HORIZON = Slider(
    key="horizon", label="Schedule ends at (epochs)", default=100, min=10, max=500, step=10
)
REGULARIZER = Choice.of(REGULARIZERS, key="regularizer", label="Regularisation", default="none")
PENALTIES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
PENALTY = Choice(
    key="penalty", label="Regularisation rate", default=0.01, options=PENALTIES,
    labels=_number_labels(PENALTIES), style="slider",
)  # fmt: skip
DROPOUT = Slider(
    key="dropout", label="Dropout (%)", default=0, min=0, max=80, step=10,
    help="Share of the hidden units that each update leaves out at random. The picture and the "
    "losses are those of the whole network.",
)  # fmt: skip
SPEED = Choice(
    key="speed", label="Speed (epochs per second)", default=40, options=(2, 10, 40, 100, 400),
    style="slider",
)  # fmt: skip
TRAINING_CONTROLS = (LOSS, MOMENTUM, SCHEDULE, HORIZON, REGULARIZER, PENALTY, DROPOUT, SPEED)

NEVER = "never"
STOP_RULE = Choice(
    key="stop_when",
    label="Stop when",
    default=NEVER,
    options=(NEVER, *STOP_RULES),
    labels={NEVER: "The epochs are over"} | {key: row.label for key, row in STOP_RULES.items()},
    help="A run that has blown up is always stopped. Train takes a stopped run further.",
)
# What each rule is compared with, by the rule's `threshold`.
STOP_AT = {
    "loss": Number(
        key="stop_loss", label="Loss", default=0.1, min=0.001, max=10.0, step=0.001, format="%.3f"
    ),
    "share": Slider(key="stop_score", label="Score (%)", default=95, min=50, max=100, step=1),
    "epochs": Slider(key="patience", label="Patience (epochs)", default=40, min=5, max=500, step=5),
    "updates": Number(key="stop_step", label="Updates", default=1000, min=1, max=100_000, step=1),
}
STOP_CONTROLS = (STOP_RULE, *STOP_AT.values())

SHOW_TEST = Toggle(key="show_test", label="Show test points", default=True)
DISCRETE = Toggle(key="discrete", label="Decisions only", default=False)
VIEW_CONTROLS = (SHOW_TEST, DISCRETE)
BELOW = Choice(
    key="below",
    label="Below the picture",
    default="curves",
    options=("curves", "test"),
    labels={"curves": "Loss and gradients", "test": "The test set"},
    style="segmented",
    hide_label=True,
)

CONTROLS = (
    *MAIN,
    *DATA_CONTROLS,
    *INPUTS,
    *NETWORK_CONTROLS,
    *TRAINING_CONTROLS,
    *STOP_CONTROLS,
    *VIEW_CONTROLS,
    BELOW,
)


def own_data(values: Mapping[str, Any]) -> OwnData | None:
    """Return the learner's own data where they are chosen: the example until there are any."""
    return (values.get(OWN) or example_data()) if values["data"] == OWN else None


def spec_of(values: Mapping[str, Any]) -> DatasetSpec:
    """Return the row of the data set that is chosen."""
    own = own_data(values)
    return own.spec if own else DATASETS[values["data"]]


def run_settings(values: Mapping[str, Any]) -> tuple[RunSettings, list[str]]:
    """Return the run that these control values describe, and a sentence for each misfit."""
    spec, notes = spec_of(values), []
    features = None
    if spec.in_plane:
        features = tuple(key for key in FEATURES if values[f"use_{key}"])
        if not features:
            features = ("x1", "x2")
            notes.append("A network needs an input: x₁ and x₂ are used until you choose one.")
    loss = LOSSES.get(values["loss"], default_loss(spec.task))
    if spec.task not in loss.tasks:
        usual = default_loss(spec.task)
        notes.append(f"{loss.label} does not fit {spec.label}; {usual.label} is used instead.")
        loss = usual
    layers = range(1, values["layers"] + 1)
    hidden = tuple(int(values[f"units_{i}"]) for i in layers)
    own = [values[f"activation_{i}"] for i in layers]
    network = NetworkConfig(
        n_in=len(input_names(spec, features)),
        hidden=hidden,
        n_out=spec.n_outputs,
        activations=tuple(values["activation"] if key == SAME else key for key in own),
        initializer=values["initializer"],
    )
    choices = ("optimizer", "regularizer", "batch_size")
    config = TrainingConfig(
        network=network,
        task=spec.task,
        loss=loss.key,
        schedules=(values["schedule"],),
        dropout=values["dropout"] > 0,
        **{name: values[name] for name in choices},
    )
    settings = RunSettings(
        dataset=spec.key,
        noise=float(values["noise"]),
        train_share=values["train_share"] / 100,
        seed=int(values["seed"]),
        features=features,
        config=config,
        own=own_data(values),
    )
    return settings, notes


def hyperparameters(values: Mapping[str, Any]) -> Hyperparameters:
    """Return the traced numbers of these control values."""
    return make_hyperparameters(
        learning_rate=values["learning_rate"],
        momentum=values["momentum"],
        regularization_rate=values["penalty"],
        horizon=values["horizon"],
        dropout_rate=values["dropout"] / 100,
    )


def stop(values: Mapping[str, Any]) -> Stop | None:
    """Return when these control values end a run, or None if they let it be."""
    if values["stop_when"] == NEVER:
        return None
    compared = STOP_RULES[values["stop_when"]].threshold
    value = values[STOP_AT[compared].key]
    return Stop(values["stop_when"], value / 100 if compared == "share" else float(value))
