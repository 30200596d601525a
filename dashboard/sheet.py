"""A sheet of cells to draw on, with a mouse, a finger or the keyboard."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

BROWSER = Path(__file__).parent / "browser"
_render = st.components.v2.component(
    "nn_sheet",
    js=(BROWSER / "sheet.js").read_text("utf-8"),
    css=(BROWSER / "sheet.css").read_text("utf-8"),
)
HELP = (
    "Draw with the mouse or a finger. With the keyboard: arrow keys move, space deepens the ink, "
    "0 to 4 set it, delete takes it away."
)


def show_sheet(
    ink: str,
    *,
    key: str,
    label: str,
    side: int,
    levels: int,
    erase: bool,
    on_draw: Callable[[Any], None],
) -> None:
    """Draw `side` x `side` cells with these levels of ink, one digit each, row by row.

    `on_draw` is called with what the browser says is on the sheet now: never to be trusted.
    With `erase` the pen takes ink away; the keyboard always sets a cell.
    """
    _render(
        key=key,
        data={
            "ink": ink, "side": side, "levels": levels, "erase": erase, "label": label,
            "help": HELP,
        },
        on_ink_change=lambda: on_draw(st.session_state.get(key, {}).get("ink")),
    )  # fmt: skip
