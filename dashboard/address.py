"""The address of a page: what it sets, what is wrong with it, and links to other settings."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.controls import Control

QUOTE_LENGTH = 24
MAX_NOTES = 6
TRY = "try"  # in a link's address: "take the other controls back to their defaults"
REVEAL = "_reveal"  # counts followed links: the first chart scrolls into view when it grows
_NOTES = "_url_notes"


def quote(text: str) -> str:
    """Return what somebody put into an address, shortened, with nothing that could act."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return f"“{shown[:QUOTE_LENGTH]}…”" if len(shown) > QUOTE_LENGTH else f"“{shown}”"


def read_url(
    controls: Sequence[Control], params: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """Return the values that an address gives, and one sentence for each that it cannot give."""
    rows = {control.key: control for control in controls}
    values: dict[str, Any] = {}
    notes: list[str] = []
    for name, text in params.items():
        control = rows.get(name)
        if control is None:
            notes.append(f"This page has no setting called {quote(name)}; it was ignored.")
            continue
        try:
            values[name] = control.parse(text)
        except (ValueError, OverflowError):
            notes.append(
                f"{quote(text)} is not a value for {control.name}, which takes "
                f"{control.expected()}; {control.say(control.default)} is used instead."
            )
    return values, notes


def link_params(controls: Sequence[Control], values: Mapping[str, Any]) -> dict[str, str]:
    """Return the address of these settings, every other control at its default."""
    rows = {control.key: control for control in controls}
    unknown = set(values) - set(rows)
    if unknown:
        raise ValueError(f"a link sets {sorted(unknown)}, which this page does not have")
    return {
        key: rows[key].write(value) for key, value in values.items() if value != rows[key].default
    }


def check_url(controls: Sequence[Control], page_file: str) -> None:
    """Clean the address of what it should not hold, and say so. Call before any widget."""
    params = st.query_params.to_dict()
    tried = params.pop(TRY, None)
    values, notes = read_url(controls, params)
    if notes:
        st.session_state[_NOTES] = {"lines": notes, "at": None}
    if tried is not None:
        _follow_link(controls, values)
    elif notes or _needs_rewriting(controls, params, values):
        _rewrite_url(controls, page_file, values)
    _show_notes(controls, values)


def _needs_rewriting(
    controls: Sequence[Control], params: Mapping[str, str], values: Mapping[str, Any]
) -> bool:
    """Whether Streamlit would read this address differently (a key for a label, off the step)."""
    for control in controls:
        if control.key not in values or control.key in st.session_state:
            continue
        if not control.is_written(params[control.key], values[control.key]):
            return True
    return False


def _rewrite_url(controls: Sequence[Control], page_file: str, values: Mapping[str, Any]) -> None:
    """Start again with an address that holds only what it should."""
    keys = {control.key for control in controls}
    if keys & set(st.session_state):  # the widgets live: only what is nobody's can be removed
        for name in set(st.query_params) - keys:
            del st.query_params[name]
        return
    st.switch_page(page_file, query_params=link_params(controls, values))


def _follow_link(controls: Sequence[Control], values: Mapping[str, Any]) -> None:
    """Set every control as a link on the page asks, and put that into the address bar.

    A link to the same page moves the widgets but not the address; deleting a parameter that
    no widget owns sends the whole new address to the browser.
    """
    for control in controls:
        st.session_state[control.key] = values.get(control.key, control.default)
    st.session_state[REVEAL] = st.session_state.get(REVEAL, 0) + 1
    del st.query_params[TRY]


def _show_notes(controls: Sequence[Control], values: Mapping[str, Any]) -> None:
    """Show what was wrong with the address until a control is moved.

    A widget that is not drawn yet will have the value of the address.
    """
    box = st.container(key="url_notes")  # always there: what follows keeps its place and its node
    notes = st.session_state.get(_NOTES)
    if not notes:
        return
    meant = {control.key: values.get(control.key, control.default) for control in controls}
    now = {key: st.session_state.get(key, value) for key, value in meant.items()}
    notes["at"] = notes["at"] or now
    if notes["at"] != now:
        del st.session_state[_NOTES]
        return
    box.warning("\n\n".join(map(escape_markdown, notes["lines"][:MAX_NOTES])))


def escape_markdown(text: str) -> str:
    """Return `text` so that Markdown shows it as it is: no links, no HTML, no formulas."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()<>#+-.!|$~:&^=/@" else c for c in text)
