"""Long work in pieces: what is ready is drawn, the rest follows, and can be stopped."""

import time
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import streamlit as st

from dashboard import compute

BUDGET = 0.25  # seconds of work before what is ready is drawn


def gather(
    name: str,
    pieces: Sequence[Hashable],
    work: Callable[[Hashable], Any],
    *,
    about: Hashable,
    say: Callable[[Hashable], str],
    done: str,
) -> tuple[dict, bool]:
    """Return the results so far, piece -> result, and whether more are still to come.

    `about` is everything else that the results depend on: with another one, all starts over.
    `say(piece)` names a piece while it is worked on; `done` is written when none is left.
    """
    kept = st.session_state.get(f"_{name}")
    if kept is None or kept["about"] != about:
        kept = st.session_state[f"_{name}"] = {
            "about": about, "results": {}, "seconds": 0.0, "stopped": False,
            "timing": compute.Timing(),
        }  # fmt: skip
    results = kept["results"]
    _recall_timing(kept)
    with st.container(horizontal=True, vertical_alignment="center", key=f"{name}_progress"):
        bar = st.empty()
        button = st.empty()
    missing = [piece for piece in pieces if piece not in results]
    if missing:
        _show_button(button, name, kept)
    began = time.perf_counter()
    while missing and not kept["stopped"] and time.perf_counter() - began < BUDGET:
        _show_bar(bar, kept, pieces, say(missing[0]))
        piece = missing.pop(0)
        results[piece] = _timed(kept, work, piece)
    if missing:
        _show_bar(bar, kept, pieces, "Stopped" if kept["stopped"] else say(missing[0]))
    else:
        button.empty()
        bar.caption(f"{done} It took {compute.duration(kept['seconds'])}.")
    ready = {piece: results[piece] for piece in pieces if piece in results}
    return ready, bool(missing) and not kept["stopped"]


def _timed(kept: dict, work: Callable, piece: Hashable) -> Any:
    """Return `work(piece)`, and keep what it took: the page is drawn again before all is done."""
    now, took = compute.timing(), kept["timing"]
    run, compiled, n_calls = now.run, now.compile, len(now.platforms)
    started = time.perf_counter()
    result = work(piece)
    kept["seconds"] += time.perf_counter() - started
    took.run += now.run - run
    took.compile += now.compile - compiled
    took.platforms += now.platforms[n_calls:]
    return result


def _recall_timing(kept: dict) -> None:
    """Count what was computed in earlier runs of the page, for its device chip."""
    now, took = compute.timing(), kept["timing"]
    now.run += took.run
    now.compile += took.compile
    now.platforms += took.platforms


def _show_bar(bar, kept: dict, pieces: Sequence, words: str) -> None:
    """Say what is being done, how much of it is ready, and how long the rest may take."""
    ready = sum(piece in kept["results"] for piece in pieces)
    text = f"{words}: {ready} of {len(pieces)} ready"
    if ready and not kept["stopped"]:
        left = kept["seconds"] / len(kept["results"]) * (len(pieces) - ready)
        text += f", about {max(1, round(left))} s left"
    bar.progress(ready / len(pieces), text=text)


def _show_button(button, name: str, kept: dict) -> None:
    stopped = kept["stopped"]
    button.button(
        "Go on" if stopped else "Stop",
        key=f"{name}_{'go_on' if stopped else 'stop'}",
        on_click=kept.update,
        kwargs={"stopped": not stopped},
    )


def go_on() -> None:
    """Run the page again for the next pieces. Call after everything else is drawn."""
    st.rerun()
