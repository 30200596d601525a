"""Some of the playground's controls in a row: laboratories that study its run show them."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard.address import read_url
from dashboard.controls import Control
from dashboard.playground import session, settings


def show_row(controls: Sequence[Control]) -> dict[str, Any]:
    """Draw these controls side by side; return the values of all of the playground's.

    Streamlit reads a control's value from the address when it draws the control. Those that are
    not drawn here, in a session that has not seen the playground, are read now.
    """
    values = session.all_values()
    in_url, _ = read_url(settings.CONTROLS, st.query_params.to_dict())
    values |= {key: value for key, value in in_url.items() if key not in st.session_state}
    for column, control in zip(st.columns(len(controls)), controls, strict=True):
        with column:
            values[control.key] = control.show()
    return values
