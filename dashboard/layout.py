"""The parts that every page is made of, so that all of them look and behave alike."""

import functools
import importlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard import compute, navigation, startup
from dashboard.address import TRY, check_url, link_params
from dashboard.controls import Control
from dashboard.theme import LIGHT, PALETTES, Palette

# Pages import this before the engine: also when Streamlit runs a page without the entry.
startup.prepare()

# The little that no theme setting reaches. A long formula wraps instead of scrolling sideways, and
# has room around it, where a fraction or a slanted letter would be cut off.
# Streamlit writes white on primary buttons: too faint on a blue made to be read on a dark page.
_FORMULAS = ".katex-display {padding: 8px 4px} .katex-display > .katex {white-space: normal}"
_STYLES = {
    "light": f"<style>{_FORMULAS}</style>",
    "dark": f"<style>{_FORMULAS} [data-testid='stBaseButton-primary'] * {{color: #05090D}}</style>",
}

CONTROLS_SHARE, PICTURE_SHARE = 1, 2


def palette() -> Palette:
    """Return the colours of the theme that the learner has chosen."""
    return PALETTES.get(st.context.theme.type or "light", LIGHT)


def start(key: str, controls: Sequence[Control] = ()) -> "Page":
    """Begin the page `key` of the navigation: check its address, draw its header."""
    navigation.require_entry()
    return Page(key, controls)


class Page:
    """One page. Make it first, call `finish` last."""

    def __init__(self, key: str, controls: Sequence[Control]) -> None:
        """Check the address against `controls` and draw the header."""
        self.row = navigation.PAGES[key]
        device = compute.device_control()
        self.controls = (*controls, *([device] if device else []))
        compute.begin_page()
        st.html(_STYLES[palette().name])
        with st.container(horizontal=True, vertical_alignment="center", key="header"):
            st.title(f":gray[{self.row.number:02d}] {self.row.title}", anchor=False)
            # Filled by `finish`, when the numbers are known; a container, unlike st.empty,
            # keeps showing the last ones until then.
            self._tools = st.container(
                horizontal=True, width="content", vertical_alignment="center", key="tools"
            )
        st.markdown(self.row.promise)
        check_url(self.controls, self.row.path)
        if device:
            device.show(width=180)

    def try_this(self, *prompts: tuple[str, Mapping[str, Any]]) -> None:
        """List links, each a label and the settings it makes; all others go to their defaults."""
        heading("Try this")
        for label, values in prompts:
            params = link_params(self.controls, values) | {TRY: "1"}
            st.page_link(self.row.path, label=label, query_params=params, icon="", help="")

    def address(self) -> str:
        """Return the full address of the page as it stands."""
        values = {c.key: st.session_state.get(c.key, c.default) for c in self.controls}
        base = (st.context.url or f"/{self.row.key}").split("?")[0].replace("/~/+", "")
        if not base.rstrip("/").endswith(self.row.key):  # the first page also answers at "/"
            base = f"{base.rstrip('/')}/{self.row.key}"
        query = urlencode(link_params(self.controls, values))
        return f"{base}?{query}" if query else base

    def finish(self) -> None:
        """Fill in the header's device chip and link, and lead on to the neighbouring pages."""
        with self._tools:
            st.badge(
                compute.timing().describe(),
                color="gray",
                help="Where the numbers on this page were computed, and how long that took.",
            )
            with st.popover("Link"), st.container(key="address"):
                st.markdown("This address opens the page as you see it now.")
                st.code(self.address(), language=None, wrap_lines=True)
        st.divider()
        before, after = navigation.neighbors(self.row.key)
        with st.container(horizontal=True, key="neighbors"):
            if before:
                st.page_link(before.path, label=f"← {before.label}", help="")
            st.space("stretch")
            if after:
                st.page_link(after.path, label=f"{after.label} →", help="")


def lab(*, shares: tuple[float, float] = (CONTROLS_SHARE, PICTURE_SHARE)) -> list[Any]:
    """Return two columns, controls and picture; on a phone the controls come first."""
    return st.columns(shares, gap="medium")


def halves() -> list[Any]:
    """Return two equal columns for small things side by side."""
    return st.columns(2, gap="small", wrap=False)


def heading(text: str) -> None:
    """Write the heading of one of the parts below the picture."""
    st.header(text, anchor=False)


def look(text: str) -> None:
    """Say in one line what to look at; it follows the state."""
    st.markdown(text)


def predict_then_reveal(
    key: str,
    question: str,
    options: Sequence[str],
    answer: str,
    why: str | Callable[[], None],
) -> None:
    """Ask before showing. `answer` comes from the engine; `why` may draw instead of tell."""
    heading("Predict, then reveal")
    guess = st.radio(question, list(options), index=None, key=key, horizontal=True)
    if guess is None:
        st.markdown(":gray[Choose an answer to see what the engine computes.]")
        return
    verdict = f"**Yes: {answer}.** " if guess == answer else f"**Not this time: {answer}.** "
    if callable(why):
        st.info(verdict, icon="")
        why()
    else:
        st.info(verdict + why, icon="")


def formula(*lines: str, note: str = "") -> None:
    """Show formulas (LaTeX) with the learner's own numbers in them."""
    heading("The formula")
    for line in lines:
        st.latex(line)
    if note:
        st.markdown(note)


def in_llms(text: str) -> None:
    """Say where the same idea is in a large language model; draw its calculator after this."""
    heading("In large language models")
    st.markdown(text)


def show_the_code(*functions: Callable) -> None:
    """Show the source of the engine's functions that made the figure."""
    expander = st.expander("Show the code", on_change="rerun", key="code")
    # The browser needs a second for the highlighter: only whoever opens this waits for it.
    if expander.open:
        with expander:
            for function in functions:
                st.code(source_of(function), language="python")


@functools.lru_cache(maxsize=256)
def source_of(function: Callable) -> str:
    """Return the source of a function as written, under the name of its module."""
    plain = inspect.unwrap(function)
    return f"# {plain.__module__}\n{inspect.getsource(plain)}"


def sources(*keys: str) -> None:
    """List the papers and pages behind the formulas, defaults and figures."""
    rows = importlib.import_module("nnjax.sources").SOURCES
    with st.expander("Sources"):
        for key in keys:
            st.markdown(f"- {cite(rows[key])}")


def cite(row: Any) -> str:
    """Return one source in Markdown: who (year), what, where."""
    title = f"[{row.title}]({row.url})" if getattr(row, "url", "") else row.title
    where = getattr(row, "venue", "") or getattr(row, "where", "")
    return f"{row.authors} ({row.year}). {title}{f', {where}' if where else ''}."
