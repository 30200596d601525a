"""One example, worked out: from its inputs to its loss, every number that the network makes."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import compute
from dashboard.controls import Number
from dashboard.playground.run import Run
from nnjax.activations import ACTIVATIONS
from nnjax.data import input_names
from nnjax.losses import LOSSES
from nnjax.training.one_example import OneExample, follow_example

EXAMPLE = Number(
    key="example", label="Example", default=1, min=1, max=20_000, step=1,
    help="Counted in the order of the split: the training examples first, then those of the test.",
)  # fmt: skip
CONTROLS = (EXAMPLE,)
NUMBERS = st.column_config.NumberColumn(format="%.4f")


def show_example(run: Run) -> None:
    """Draw one example's way through the network, if the learner opens it."""
    expander = st.expander("One example, number by number", on_change="rerun", key="one_example")
    if not expander.open:
        return
    with expander:
        row = min(int(EXAMPLE.show()), len(run.data.raw)) - 1
        parts = compute.run(
            "one example", follow_example, run.parameters, run.data, row, config=run.config
        )
        st.markdown(describe(run, row, parts))
        for table in (input_table(run, row), unit_table(run, parts)):
            shown = dict.fromkeys(table.select_dtypes("number").columns, NUMBERS)
            st.dataframe(table, hide_index=True, column_config=shown)
        st.caption(
            "A standardised input is (value − mean) / deviation, both over the training examples. "
            "A unit's preactivation is its bias plus each of its inputs times the weight from it, "
            "as listed under “Every weight and bias”; its output is the activation of that."
        )


def input_table(run: Run, row: int) -> pd.DataFrame:
    """Return a row per input: its value, and how it was standardised."""
    mean, scale = np.asarray(run.data.mean), np.asarray(run.data.scale)
    standardised = np.asarray(run.data.inputs)[row]
    return pd.DataFrame(
        {
            "input": list(input_names(run.settings.spec, run.settings.features)),
            "value": standardised * scale + mean,
            "mean": mean,
            "deviation": scale,
            "standardised": standardised,
        }
    )


def unit_table(run: Run, parts: OneExample) -> pd.DataFrame:
    """Return a row per unit, layer by layer: its preactivation and its output."""
    last = len(parts.caches) - 1
    rows: list[dict[str, Any]] = []
    keys = run.config.network.layer_activations
    for index, (cache, key) in enumerate(zip(parts.caches, keys, strict=True)):
        name = "output" if index == last else f"layer {index + 1}"
        for unit, (before, after) in enumerate(zip(cache.preactivation, cache.output, strict=True)):
            rows.append(
                {
                    "unit": f"{name}, unit {unit + 1}",
                    "preactivation": float(before),
                    "activation": ACTIVATIONS[key].label,
                    "output": float(after),
                }
            )
    return pd.DataFrame(rows)


def describe(run: Run, row: int, parts: OneExample) -> str:
    """Say what the network answers, what is true, and what that costs."""
    kind = "training" if row < int(run.data.n_train) else "test"
    truth, answer = (", ".join(f"{x:.4f}" for x in p) for p in (parts.target, parts.prediction))
    link = {
        "binary": "The sigmoid of the output is the probability of the second class",
        "multiclass": "The softmax of the outputs are the probabilities of the classes",
        "regression": "The output is the answer",
    }[run.config.task]
    return (
        f"Example {row + 1} is a {kind} example. {link}: **{answer}**, where the truth is "
        f"{truth}. Its {LOSSES[run.config.loss].label.lower()} is **{float(parts.loss):.4f}**; the "
        "losses in the picture are means of this over all training and all test examples."
    )
