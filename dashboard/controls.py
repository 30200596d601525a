"""Controls as rows: what they are called, what they accept, and how they live in the address."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

# A control that is out of sight (another laboratory is open) keeps its value.
BIND = {"bind": "query-params", "persist_state": "page"}
QUOTE_LENGTH = 24
MAX_NOTES = 6


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
    check: Callable[[str], Any] | None = None
    accepts: str = "text"

    def parse(self, text: str) -> str:
        """Return the text; raise ValueError if it is too long or `check` rejects it."""
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


TRY = "try"  # in a link's address: "take the other controls back to their defaults"
REVEAL = "_reveal"  # counts followed links: the first chart scrolls into view when it grows
_NOTES = "_url_notes"


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
    _show_notes(controls)


def _needs_rewriting(
    controls: Sequence[Control], params: Mapping[str, str], values: Mapping[str, Any]
) -> bool:
    """Whether Streamlit would read this address differently (a key for a label, off the step)."""
    for control in controls:
        if control.key not in values or control.key in st.session_state:
            continue
        text, value = params[control.key], values[control.key]
        if isinstance(control, _Numeric):
            if abs(float(text) - value) > 1e-9:
                return True
        elif text != control.write(value):
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


def _show_notes(controls: Sequence[Control]) -> None:
    """Show what was wrong with the address until a control is moved."""
    box = st.container(key="url_notes")  # always there: what follows keeps its place and its node
    notes = st.session_state.get(_NOTES)
    if not notes:
        return
    now = {control.key: st.session_state.get(control.key, control.default) for control in controls}
    notes["at"] = notes["at"] or now
    if notes["at"] != now:
        del st.session_state[_NOTES]
        return
    box.warning("\n\n".join(map(escape_markdown, notes["lines"][:MAX_NOTES])))


def escape_markdown(text: str) -> str:
    """Return `text` so that Markdown shows it as it is: no links, no HTML, no formulas."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()<>#+-.!|$~:&^=/@" else c for c in text)
