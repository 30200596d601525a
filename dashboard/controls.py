"""Controls as rows: what they are called, what they accept, and how they live in the address."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

# A control that is out of sight (another laboratory is open) keeps its value.
BIND = {"bind": "query-params", "persist_state": "page"}


@dataclass(frozen=True, kw_only=True)
class Control:
    """One control. `key` names it in the address, in the session and in the links to it."""

    key: str
    label: str
    default: Any
    help: str | None = None

    def parse(self, text: str) -> Any:
        """Return the value that an address means by `text`; raise ValueError if none."""
        raise NotImplementedError

    @property
    def name(self) -> str:
        """The label without LaTeX, for a sentence: "Weight w1"."""
        return re.sub(r"[$\\{}_]", "", self.label)

    def write(self, value: Any) -> str:
        """Return `value` as Streamlit writes it into an address."""
        return str(value)

    def is_written(self, text: str, value: Any) -> bool:
        """Whether Streamlit itself would read `text` as `value`: a key for a label it would not."""
        return text == self.write(value)

    def expected(self) -> str:
        """Say what this control accepts: "a number from -2 to 2"."""
        raise NotImplementedError

    def say(self, value: Any) -> str:
        """Return `value` as the page shows it."""
        return self.write(value)

    def show(self, **more: Any) -> Any:
        """Draw the widget and return its value; `more` goes to the widget (disabled=...)."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class _Numeric(Control):
    """A number between two ends, whole if its default is."""

    min: float
    max: float
    step: float
    format: str | None = None

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are accepted."""
        return isinstance(self.default, int)

    def parse(self, text: str) -> float | int:
        """Return the number, snapped to the step; raise ValueError for anything else."""
        number = float(text)
        if not math.isfinite(number) or not self.min <= number <= self.max:
            raise ValueError(f"{text} is not {self.expected()}")
        if self.whole and number != int(number):
            raise ValueError(f"{text} is not {self.expected()}")
        return self.snap(number)

    def snap(self, value: float) -> float | int:
        """Return the nearest allowed value: what is computed is what the widget shows."""
        steps = round((value - self.min) / self.step)
        snapped = min(self.max, max(self.min, self.min + steps * self.step))
        return int(snapped) if self.whole else round(snapped, 10)

    def write(self, value: float) -> str:
        """Return the number in as few characters as carry it: "0.5", "3"."""
        return str(int(value)) if value == int(value) else repr(float(value))

    def is_written(self, text: str, value: float) -> bool:
        """Whether the number in `text` needs no snapping."""
        return abs(float(text) - value) <= 1e-9

    def expected(self) -> str:
        """Say what this control accepts."""
        kind = "a whole number" if self.whole else "a number"
        return f"{kind} from {self.write(self.min)} to {self.write(self.max)}"

    def _show(self, widget: Callable, **more: Any) -> float | int:
        value = widget(
            self.label,
            min_value=self.min,
            max_value=self.max,
            value=self.default,
            step=self.step,
            format=self.format,
            key=self.key,
            help=self.help,
            **BIND,
            **more,
        )
        # The browser checks the ends; a forged message would not.
        usable = value is not None and math.isfinite(value)
        return self.snap(value) if usable else self.default


@dataclass(frozen=True, kw_only=True)
class Slider(_Numeric):
    """A number to drag."""

    def show(self, **more: Any) -> float | int:
        """Draw the slider and return its value."""
        return self._show(st.slider, **more)


@dataclass(frozen=True, kw_only=True)
class Number(_Numeric):
    """A number to type."""

    def show(self, **more: Any) -> float | int:
        """Draw the number field and return its value."""
        return self._show(st.number_input, **more)


@dataclass(frozen=True, kw_only=True)
class Choice(Control):
    """One of several. An address may name an option by its key or by its label."""

    options: Sequence[Any]
    labels: Mapping[Any, str] = field(default_factory=dict)
    style: str = "select"  # or "segmented", for two to five short ones; "slider" if in order
    hide_label: bool = False

    @classmethod
    def of(cls, registry: Mapping[str, Any], **more: Any) -> "Choice":
        """Return a choice among the rows of a registry."""
        labels = {key: row.label for key, row in registry.items()}
        return cls(options=tuple(registry), labels=labels, **more)

    def say(self, value: Any) -> str:
        """Return the label of an option."""
        return str(self.labels.get(value, value))

    def parse(self, text: str) -> Any:
        """Return the option whose label or key this is; raise ValueError if none."""
        for option in self.options:
            if text.casefold() in (self.say(option).casefold(), str(option).casefold()):
                return option
        raise ValueError(f"{text} is not {self.expected()}")

    def write(self, value: Any) -> str:
        """Return the label: that is what Streamlit writes."""
        return self.say(value)

    def expected(self) -> str:
        """Say what this control accepts."""
        names = [self.say(option) for option in self.options]
        return f"one of {', '.join(names[:12])}{', ...' if len(names) > 12 else ''}"

    def show(self, **more: Any) -> Any:
        """Draw the widget and return the option."""
        shared = {
            "options": list(self.options),
            "format_func": self.say,
            "key": self.key,
            "help": self.help,
            "label_visibility": "collapsed" if self.hide_label else "visible",
        }
        shared |= BIND | more
        if self.style == "slider":
            value = st.select_slider(self.label, value=self.default, **shared)
        elif self.style == "segmented":
            value = st.segmented_control(self.label, default=self.default, required=True, **shared)
        else:
            value = st.selectbox(self.label, index=self.options.index(self.default), **shared)
        return value if value in self.options else self.default


@dataclass(frozen=True, kw_only=True)
class Toggle(Control):
    """On or off."""

    def parse(self, text: str) -> bool:
        """Return the truth value; raise ValueError for anything else."""
        try:
            return {"true": True, "false": False, "1": True, "0": False}[text.strip().lower()]
        except KeyError:
            raise ValueError(f"{text} is not {self.expected()}") from None

    def write(self, value: bool) -> str:
        """Return "true" or "false"."""
        return str(bool(value)).lower()

    def expected(self) -> str:
        """Say what this control accepts."""
        return "true or false"

    def show(self, **more: Any) -> bool:
        """Draw the switch and return its state."""
        shared = {"key": self.key, "help": self.help, **BIND, **more}
        return bool(st.toggle(self.label, value=self.default, **shared))


@dataclass(frozen=True, kw_only=True)
class Text(Control):
    """A line of text. `check` raises ValueError with a reason for what it does not accept."""

    max_length: int = 200
    min_length: int = 0  # 1: it must not be empty
    check: Callable[[str], Any] | None = None
    accepts: str = "text"

    def parse(self, text: str) -> str:
        """Return the text; raise ValueError if it is empty, too long, or `check` rejects it."""
        if len(text) < self.min_length:
            raise ValueError("The text needs at least one character.")
        if len(text) > self.max_length:
            raise ValueError(f"the text is longer than {self.max_length} characters")
        if self.check is not None:
            self.check(text)
        return text

    def expected(self) -> str:
        """Say what this control accepts."""
        return f"{self.accepts} of at most {self.max_length} characters"

    def show(self, **more: Any) -> str:
        """Draw the field and return its text, checked or not: the page says what is wrong."""
        shared = {"max_chars": self.max_length, "key": self.key, "help": self.help}
        value = st.text_input(self.label, value=self.default, **shared, **BIND, **more)
        return (value or "")[: self.max_length]

    def show_good(self, **more: Any) -> str:
        """Draw the field; return its text, or the last good one and say what is wrong."""
        text, kept = self.show(**more), f"_{self.key}_good"
        try:
            st.session_state[kept] = self.parse(text)
        except ValueError as error:
            st.error(str(error))
        return st.session_state.get(kept, self.default)
