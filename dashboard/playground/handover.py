"""The way to the playground from another laboratory, with a run to be opened there."""

import contextlib
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from dashboard.playground import session
from dashboard.playground import settings as s

LAB = "training_lab"
PICKED = "_picked_run"


def pick_run(values: dict[str, Any]) -> None:
    """Note a run, as values of the playground's controls, to be opened there (a callback)."""
    session.set_playing(False)
    st.session_state[session.FORK] = None  # the run itself is asked for, from its start
    st.session_state[PICKED] = values | {LAB: "playground"}


def open_picked() -> None:
    """Go to the playground with the run that was picked, if one was. Call before any widget.

    Streamlit puts into the address what is set here (not what a callback sets), but only for
    widgets that it knows: those that the laboratory does not draw are written here.
    """
    picked = st.session_state.pop(PICKED, {})
    rows = {control.key: control for control in s.CONTROLS}
    for key, value in picked.items():
        st.session_state[key] = value
        if key in rows and value != rows[key].default:
            with contextlib.suppress(StreamlitAPIException):  # a widget's own: Streamlit's work
                st.query_params[key] = rows[key].write(value)
