"""Some of the playground's controls in a row: laboratories that study its run show them."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard.controls import Control
from dashboard.playground import session


def show_row(controls: Sequence[Control]) -> dict[str, Any]:
    """Draw these controls side by side; return the values of all of the playground's."""
    values = session.all_values()
    for column, control in zip(st.columns(len(controls)), controls, strict=True):
        with column:
            values[control.key] = control.show()
    return values
