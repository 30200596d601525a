"""Long work in pieces: what is ready is drawn, the rest follows, and can be stopped."""

import statistics
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from dashboard import compute

BUDGET = 0.25  # seconds of work before what is ready is drawn


@dataclass
class Work:
    """Some pieces of work, and the results so far. Lives in the session."""

    about: Hashable  # everything that the results depend on, besides the piece
    results: dict = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)  # that each took
    stopped: bool = False
    timing: compute.Timing = field(default_factory=compute.Timing)

    def do(self, pieces: Sequence[Hashable], work: Callable[[Hashable], Any]) -> None:
        """Work on what is missing, one piece at least, until BUDGET is spent."""
        began = time.perf_counter()
        for piece in pieces:
            if piece not in self.results:
                self._do_one(piece, work)
                if time.perf_counter() - began > BUDGET:
                    break

    def _do_one(self, piece: Hashable, work: Callable) -> None:
        now, took = compute.timing(), self.timing
        run, before, n_calls = now.run, dict(now.compiles), len(now.platforms)
        started = time.perf_counter()
        self.results[piece] = work(piece)
        self.seconds.append(time.perf_counter() - started)
        # The page is drawn again before all is done: its chip must not forget what this took.
        took.run += now.run - run
        took.compiles |= {name: s for name, s in now.compiles.items() if before.get(name) != s}
        took.platforms += now.platforms[n_calls:]

    def recall_timing(self) -> None:
        """Count what earlier runs of the page have computed."""
        now, took = compute.timing(), self.timing
        now.run += took.run
        now.compiles |= took.compiles
        now.platforms += took.platforms


Rest = Callable[[], None]


def gather(
    name: str,
    pieces: Sequence[Hashable],
    work: Callable[[Hashable], Any],
    *,
    about: Hashable,
    say: Callable[[Hashable], str],
    done: str,
) -> tuple[dict, Rest | None]:
    """Return the results so far, piece -> result, and a function that works on the rest, or None.

    Call that function when everything else is drawn. `about` is everything else that the results
    depend on: with another one, all starts over. `say(piece)` tells what is done to a piece;
    `done` is written when none is left.
    """
    kept: Work | None = st.session_state.get(f"_{name}")
    if kept is None or kept.about != about:
        kept = st.session_state[f"_{name}"] = Work(about)
    kept.recall_timing()
    with st.container(horizontal=True, vertical_alignment="center", key=f"{name}_progress"):
        bar, button = st.empty(), st.empty()
    if not any(piece in kept.results for piece in pieces):
        _show_bar(bar, kept, pieces, say(pieces[0]))
        kept.do(pieces, work)  # the first picture does not wait for a second run of the page
    missing = [piece for piece in pieces if piece not in kept.results]
    ready = {piece: kept.results[piece] for piece in pieces if piece in kept.results}
    if not missing:
        bar.caption(f"{done} Computed in {compute.duration(kept.timing.run)}.")
        return ready, None
    _show_bar(bar, kept, pieces, "Stopped" if kept.stopped else say(missing[0]))
    button.button(
        "Go on" if kept.stopped else "Stop",
        key=f"{name}_toggle",  # one button: two would stand side by side for a moment, and move
        on_click=setattr,
        args=(kept, "stopped", not kept.stopped),
    )
    return ready, None if kept.stopped else lambda: _go_on(kept, missing, work)


def _show_bar(bar, kept: Work, pieces: Sequence, words: str) -> None:
    """Say what is being done, how much of it is ready, and how long the rest may take."""
    ready = sum(piece in kept.results for piece in pieces)
    text = f"{words}: {ready} of {len(pieces)} ready"
    if ready and not kept.stopped:
        # The middle piece, for the first ones compile too.
        left = statistics.median(kept.seconds) * (len(pieces) - ready)
        text += f", about {max(1, round(left))} s left"
    bar.progress(ready / len(pieces), text=text)


def _go_on(kept: Work, missing: Sequence, work: Callable) -> None:
    kept.do(missing, work)
    st.rerun()
