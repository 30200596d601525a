"""A control for several of several: pills, and a list with commas in the address."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.controls import Choice


@dataclass(frozen=True, kw_only=True)
class Several(Choice):
    """Any number of the options, in the options' order. `default` is a list.

    Streamlit would write one parameter for each choice; one parameter for all of them reads
    better, and can be checked like every other: "?show=relu,gelu". So it is not bound: `show`
    keeps the address and the pills together.
    """

    def say(self, value: Any) -> str:
        """Return the label of an option, or the labels of several."""
        if isinstance(value, list):
            return ", ".join(map(self.say, value)) or "none"
        return super().say(value)

    def parse(self, text: str) -> list:
        """Return the options that the text names; raise ValueError if one is unknown."""
        named = [Choice.parse(self, part.strip()) for part in text.split(",") if part.strip()]
        return [option for option in self.options if option in named]

    def write(self, value: list) -> str:
        """Return the options' keys with commas between them."""
        return ",".join(str(option) for option in self.options if option in value)

    def expected(self) -> str:
        """Say what this control accepts."""
        return f"a list of {', '.join(map(str, self.options))}"

    def show(self, **more: Any) -> list:
        """Draw the pills and return what is chosen."""
        self._follow_address()
        st.pills(
            self.label,
            list(self.options),
            selection_mode="multi",
            format_func=self.say,
            key=self.key,
            help=self.help,
            wrap=True,
            **more,
        )
        chosen = st.session_state.get(self.key) or []
        value = [option for option in self.options if option in chosen]
        self._write_address(value)
        return value

    @property
    def _last(self) -> str:
        return f"_{self.key}_in_address"

    def _follow_address(self) -> None:
        """Take over what the address says, if it is new: a link, or the browser's back button."""
        state, text = st.session_state, st.query_params.get(self.key)
        if text is not None and text != state.get(self._last):
            state[self.key] = self._readable(text)
        elif self.key not in state:  # the pills were off the page: they come back as they were
            state[self.key] = self._readable(state.get(self._last))

    def _readable(self, text: str | None) -> list:
        try:
            return self.default if text is None else self.parse(text)
        except ValueError:
            return self.default

    def _write_address(self, value: list) -> None:
        text = self.write(value)
        st.session_state[self._last] = text
        if value == self.default:
            if self.key in st.query_params:
                del st.query_params[self.key]
        elif st.query_params.get(self.key) != text:
            st.query_params[self.key] = text
