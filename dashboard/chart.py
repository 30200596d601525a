"""Draws figures in the browser: one Plotly node per chart, kept when its data change."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from dashboard.address import REVEAL
from dashboard.layout import palette
from dashboard.wire import Film, Panel, pack

__all__ = ["Click", "Film", "Panel", "show_chart", "show_panels"]

BROWSER = Path(__file__).parent / "browser"
# A component is one JavaScript module: these files make it, in this order.
PARTS = ("setup", "message", "paint", "panel", "film", "board")
_render = st.components.v2.component(
    "nn_chart",
    js="\n".join((BROWSER / f"{part}.js").read_text("utf-8") for part in PARTS),
    css=(BROWSER / "chart.css").read_text("utf-8"),
    # Plotly adds its style sheet to the document: it would not reach into a shadow root.
    isolate_styles=False,
)


@dataclass(frozen=True, kw_only=True)
class Click:
    """Where the learner clicked, in the units of the axes; what was hit, if a point was."""

    panel: int = 0
    x: float | None = None
    y: float | None = None
    curve: int | None = None
    point: Any = None
    custom: Any = None


def show_chart(
    figure: go.Figure,
    *,
    key: str,
    alt: str,
    height: int = 360,
    film: Film | None = None,
    on_click: Callable[[Click], None] | None = None,
    on_need_film: Callable[[], None] | None = None,
) -> None:
    """Draw one chart. `alt` says in words what it shows now."""
    panel = Panel(figure=figure, alt=alt, height=height)
    show_panels([panel], key=key, film=film, on_click=on_click, on_need_film=on_need_film)


def show_panels(
    panels: Sequence[Panel],
    *,
    key: str,
    columns: Sequence[float] = (1,),
    film: Film | None = None,
    on_click: Callable[[Click], None] | None = None,
    on_need_film: Callable[[], None] | None = None,
    on_frame: Callable[[int], None] | None = None,
    on_fork: Callable[[int], None] | None = None,
) -> None:
    """Draw several charts in columns of these weights (stacked on a phone), sharing one film.

    `on_need_film` is called when the browser has lost a film's first frames (the chart was
    taken off the page and came back): send the whole run, `start` = 0, in the run that follows.
    `on_frame` is called with the frame at which the learner has stopped the film; `on_fork` with
    the frame on show when the learner presses "Go on from here", a button that it adds to the bar.
    """
    _render(
        key=key,
        data=pack(
            panels,
            key=key,
            columns=columns,
            film=film,
            click=on_click is not None,
            tells=on_frame is not None,
            forks=on_fork is not None,
            theme=palette().name,
            reveal=st.session_state.get(REVEAL, 0),
        ),
        on_click_change=lambda: _forward_click(key, on_click),
        on_need_film_change=on_need_film or _nothing,
        on_frame_change=lambda: _forward_frame(key, "frame", film, on_frame),
        on_fork_change=lambda: _forward_frame(key, "fork", film, on_fork),
        on_theme_change=_nothing,
    )


def _nothing() -> None:
    """Let a trigger do no more than rerun the page."""


def _forward_click(key: str, on_click: Callable[[Click], None] | None) -> None:
    """Turn what the browser sent (never to be trusted) into a `Click`."""
    sent = st.session_state.get(key, {}).get("click")
    if on_click is None or not isinstance(sent, dict):
        return
    place = {name: sent.get(name) for name in Click.__dataclass_fields__}
    for name in ("x", "y"):
        value = place[name]
        if value is None:
            continue
        if not isinstance(value, int | float) or not math.isfinite(value):
            return
        place[name] = float(value)
    on_click(Click(**place))


def _forward_frame(
    key: str, name: str, film: Film | None, call: Callable[[int], None] | None
) -> None:
    """Hand on the frame that the browser sent (never to be trusted), if the film has it."""
    frame = st.session_state.get(key, {}).get(name)
    if call is None or film is None or not isinstance(frame, int):
        return
    if 0 <= frame < film.start + film.n_frames:
        call(frame)
