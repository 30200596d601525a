"""The text that the character model learns: the book, or one that the learner pastes."""

import streamlit as st

from dashboard.controls import Choice
from nnjax.language.text import Text, bundled_text, read_text

TEXT = Choice(
    key="text_source", label="Text", default="book", options=("book", "own"),
    labels={"book": "Alice's Adventures", "own": "Your own"}, style="segmented",
)  # fmt: skip
OWN = "text_own"  # the field, in the session alone: far too long for an address
MAX_PASTED = 1_000_000  # beyond, a browser is busy for minutes with the field alone
_READ = "_text_read"


def choose_text() -> Text:
    """Show what to learn from; a pasted text that cannot be read leaves the last good one."""
    if TEXT.show() == "book":
        return bundled_text()
    raw = st.text_area(
        "Paste a text", key=OWN, height=130, max_chars=MAX_PASTED,
        placeholder="In any script. It stays in your session.",
    )  # fmt: skip
    st.caption("From 400 to 200,000 characters; the field takes no paste of more than a million.")
    if raw:
        try:
            st.session_state[_READ] = read_text(raw)
        except ValueError as error:
            st.error(str(error))
    else:
        last = "the text of before" if _READ in st.session_state else "the book"
        st.caption(f"Until there is a text here, {last} is read.")
    return st.session_state.get(_READ, bundled_text())


def text_in_use() -> Text:
    """Return the text that was last chosen, without drawing the choice."""
    own = st.session_state.get(TEXT.key, TEXT.default) == "own"
    return st.session_state.get(_READ, bundled_text()) if own else bundled_text()
