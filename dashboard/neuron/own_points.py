"""Where the learner's own points live in the session, and the ways to change them."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard.chart import Click
from dashboard.controls import Choice, Text
from dashboard.neuron import points as p

POINTS = Text(
    key="points",
    label="The points as text",
    default=p.FIRST_OWN,
    max_length=1000,
    check=p.read_points,
    accepts=f"points such as 0,0:0 0.5,1:1 (x1,x2:class, from {p.LOW} to {p.HIGH})",
    help="x1,x2:class, with a space between points.",
)
ADDS = Choice(
    key="adds",
    label="A click in the plane adds",
    default=1,
    options=(1, 0),
    labels={1: "● fires", 0: "✕ silent"},
    style="segmented",
)
_GOOD, _TABLE = "_good_points", "_points_table"


def show_editors(on_edit: Callable[[], None]) -> tuple[p.LabelledPoint, ...]:
    """Draw the ways to change the points and return them; the last good ones if unreadable now.

    `on_edit` is called before the page runs again after an edit here.
    """
    # Drawn whichever points are on show: only a widget on the page keeps its part of the address.
    with st.expander("Your own points"):
        ADDS.show()
        st.markdown(":gray[Click a point to change its class, once more to take it away.]")
        above = st.container()
        points = _read(POINTS.show(on_change=on_edit))
        with above:
            _show_table(points, on_edit)
    return points


def _read(text: str) -> tuple[p.LabelledPoint, ...]:
    try:
        points = p.read_points(text)
    except ValueError as error:
        st.error(str(error))
        return st.session_state.get(_GOOD, p.read_points(POINTS.default))
    st.session_state[_GOOD] = points
    return points


def click(at: Click, points: tuple[p.LabelledPoint, ...]) -> None:
    """Take in a click on the plane that shows `points`."""
    if at.x is not None and at.y is not None:
        target = st.session_state.get(ADDS.key, ADDS.default)
        st.session_state[POINTS.key] = p.write_points(p.clicked(points, at.x, at.y, target))


def _show_table(points: tuple[p.LabelledPoint, ...], on_edit: Callable[[], None]) -> None:
    # The table keeps what is typed on top of the rows it started from. It starts from new rows
    # only when the points were changed elsewhere, so typing never loses its place.
    table = st.session_state.setdefault(_TABLE, {"version": 0, "rows": None, "points": None})
    if table["points"] != points:
        table |= {"version": table["version"] + 1, "rows": points, "points": points}
    key = f"{_TABLE}_{table['version']}"
    limits = {"min_value": p.LOW, "max_value": p.HIGH, "step": p.STEP, "required": True}
    frame = pd.DataFrame(list(table["rows"]), columns=list(p.LabelledPoint._fields))
    st.data_editor(
        frame.astype({"target": bool}),
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "x1": st.column_config.NumberColumn("x₁", **limits),
            "x2": st.column_config.NumberColumn("x₂", **limits),
            "target": st.column_config.CheckboxColumn("fires", default=True),
        },
        on_change=_take_edits,
        args=(key, on_edit),
        alt="The points: x1, x2, and whether the neuron should fire.",
    )


def _take_edits(key: str, on_edit: Callable[[], None]) -> None:
    table = st.session_state[_TABLE]
    table["points"] = p.edited(table["rows"], st.session_state[key])
    st.session_state[POINTS.key] = p.write_points(table["points"])
    on_edit()
