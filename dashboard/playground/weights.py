"""Every weight and bias of the run, to read and to change."""

import math

import jax.numpy as jnp
import numpy as np
import pandas as pd
import streamlit as st

from dashboard.playground import session
from dashboard.playground.run import Run
from nnjax.data import input_names


def show_editor(run: Run) -> None:
    """Draw one layer's weights and biases as a table that can be edited while paused."""
    names = [f"Layer {i + 1}" for i in range(len(run.config.network.hidden))] + ["Output"]
    with st.expander("Every weight and bias", expanded=False):
        layer = names.index(
            st.segmented_control(
                "Layer", names, default=names[0], key=f"layer_of_{len(names)}", required=True
            )
        )
        table = layer_table(run, layer)
        key = f"weights_{run.number}_{run.n_frames}_{layer}"
        st.data_editor(
            table,
            key=key,
            on_change=_apply,
            args=(key, layer),
            disabled=["unit"],
            hide_index=True,
            num_rows="fixed",
            column_config={
                name: st.column_config.NumberColumn(format="%.4f") for name in table.columns[1:]
            },
        )
        st.caption(
            "A unit's preactivation is its bias plus each input times its weight; inputs are "
            "standardised. Change a number and the network goes on from there."
        )


def layer_table(run: Run, layer: int) -> pd.DataFrame:
    """Return a row per unit: its bias, and a weight for each input of the layer."""
    parameters = run.parameters[layer]
    if layer == 0:
        sources = input_names(run.settings.spec, run.settings.features)
    else:
        sources = [f"unit {i + 1}" for i in range(parameters.weights.shape[1])]
    table = pd.DataFrame(parameters.weights, columns=[f"from {name}" for name in sources])
    table.insert(0, "bias", parameters.bias)
    table.insert(0, "unit", [f"unit {i + 1}" for i in range(len(table))])
    return table


def _apply(key: str, layer: int) -> None:
    """Put the edited cells into the run; what is not a finite number is left as it was."""
    run: Run = st.session_state[session.RUN]
    table = layer_table(run, layer)
    for row, changes in st.session_state[key]["edited_rows"].items():
        for column, value in changes.items():
            if value is not None and math.isfinite(value) and column in table.columns[1:]:
                table.loc[int(row), column] = np.float32(value)
    edited = run.parameters[layer]._replace(
        weights=table.iloc[:, 2:].to_numpy(np.float32), bias=table["bias"].to_numpy(np.float32)
    )
    parameters = [*run.parameters[:layer], edited, *run.parameters[layer + 1 :]]
    run.edit(tuple(type(p)(jnp.asarray(p.weights), jnp.asarray(p.bias)) for p in parameters))
