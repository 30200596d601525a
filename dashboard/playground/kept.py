"""Kept runs: their curves stay beside those of the run at hand, to compare, rename, download."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts.history import History
from dashboard.playground.run import Run
from dashboard.playground.view import history_of

KEPT = "_kept"
MAX_KEPT = 6
MAX_NAME = 40
COLUMNS = ("epochs", "train_loss", "test_loss", "train_accuracy", "test_accuracy")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One kept run: what it recorded, and the settings that make it again."""

    name: str
    shown: bool
    task: str
    history: History
    address: str
    fork: bool  # an address cannot bring back a run that went on from another


def kept_runs() -> list[Kept]:
    """Return the session's kept runs, the oldest first."""
    return st.session_state.setdefault(KEPT, [])


def keep(run: Run, name: str, address: str = "") -> None:
    """Keep what the run has recorded so far; the oldest makes room for it."""
    taken = {one.name for one in kept_runs()}
    unique = next(n for n in (name, *(f"{name} ({i})" for i in range(2, 99))) if n not in taken)
    one = Kept(
        name=unique,
        shown=True,
        task=run.config.task,
        history=history_of(run),
        address=address,
        fork=run.fork is not None,
    )
    st.session_state[KEPT] = [*kept_runs(), one][-MAX_KEPT:]


def overlays(task: str) -> dict[str, History]:
    """Return by name the kept runs that are shown and whose curves mean the same as this task's."""
    return {
        one.name: one.history
        for one in kept_runs()
        if one.shown and (one.task == "regression") == (task == "regression")
    }


def show_kept(run: Run, address: str) -> None:
    """Draw the button that keeps the run, and the kept ones as a table to edit."""
    runs = kept_runs()
    with st.expander("Keep and compare", expanded=bool(runs)):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Keep this run", on_click=keep, args=(run, run_name(run), address), key="keep"
            )
            if runs:
                st.download_button(
                    "Download the curves (CSV)",
                    curves(runs).to_csv(index=False),
                    file_name="kept_runs.csv",
                    mime="text/csv",
                    on_click="ignore",
                )
        if not runs:
            st.caption(
                "A kept run's test curves stay in the picture of losses while you try something "
                f"else. The last {MAX_KEPT} are kept, in this window alone."
            )
            return
        key = f"kept_{[(one.name, one.shown) for one in runs]}"  # made anew after every edit
        st.data_editor(
            table(runs),
            key=key,
            on_change=apply_edits,
            args=(key,),
            num_rows="delete",
            hide_index=True,
            disabled=["epochs", "train loss", "test loss", "score", "settings"],
            column_config={
                "settings": st.column_config.LinkColumn(display_text="open"),
                "name": st.column_config.TextColumn(max_chars=MAX_NAME, required=True),
            },
        )


def run_name(run: Run) -> str:
    """Return a name that says what a run was made with: "SGD, rate 0.03, 4-2 tanh"."""
    network = run.config.network
    widths = "-".join(map(str, network.hidden)) or "no layers"
    activations = "/".join(dict.fromkeys(network.activations))
    rate = float(run.hyper.learning_rate)
    return f"{run.config.optimizer} {rate:g}, {widths} {activations}"[:MAX_NAME]


def table(runs: list[Kept]) -> pd.DataFrame:
    """Return a row per kept run: its name, its last numbers, and the address that makes it."""
    return pd.DataFrame(
        {
            "shown": [one.shown for one in runs],
            "name": [one.name for one in runs],
            "epochs": [round(float(one.history.epochs[-1]), 1) for one in runs],
            "train loss": [round(float(one.history.train_loss[-1]), 4) for one in runs],
            "test loss": [round(float(one.history.test_loss[-1]), 4) for one in runs],
            "score": [round(float(one.history.test_accuracy[-1]), 3) for one in runs],
            "settings": [None if one.fork else one.address or None for one in runs],
        }
    )


def curves(runs: list[Kept]) -> pd.DataFrame:
    """Return every recorded number of the kept runs, a row per run and frame."""
    parts = [
        pd.DataFrame({"run": one.name} | {name: getattr(one.history, name) for name in COLUMNS})
        for one in runs
    ]
    return pd.concat(parts, ignore_index=True)


def apply_edits(key: str) -> None:
    """Rename, hide and remove as the table says."""
    edits = st.session_state[key]
    st.session_state[KEPT] = edited(kept_runs(), edits["edited_rows"], edits["deleted_rows"])


def edited(runs: list[Kept], changes: Mapping[int, Mapping[str, Any]], gone: list[int]) -> list:
    """Return the kept runs after the table's changes; an empty name, or another's, is refused."""
    runs = list(runs)
    for row, change in changes.items():
        one = runs[int(row)]
        name = str(change.get("name") or "").strip()[:MAX_NAME]
        others = {other.name for other in runs if other is not one}
        runs[int(row)] = replace(
            one,
            shown=bool(change.get("shown", one.shown)),
            name=name if name and name not in others else one.name,
        )
    return [one for index, one in enumerate(runs) if index not in set(gone)]
