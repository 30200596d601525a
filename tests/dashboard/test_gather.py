"""Work in pieces, on a script of its own: what is ready is drawn, the rest goes on or stops."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import gather


def script():
    import streamlit as st

    from dashboard import compute
    from dashboard.gather import gather as gather_pieces

    def work(piece):
        st.session_state.setdefault("did", []).append(piece)
        return piece * 10

    compute.begin_page()
    about = st.session_state.get("about", 0)
    ready, rest = gather_pieces(
        "numbers", [1, 2, 3], work, about=about, say=lambda piece: f"Working on {piece}",
        done="Three numbers.",
    )  # fmt: skip
    st.markdown(f"ready {ready}")
    if rest is not None and not st.session_state.get("hold"):
        rest()


@pytest.fixture
def app():
    return AppTest.from_function(script, default_timeout=30)


def test_all_is_done_in_the_end_and_nothing_twice(app, monkeypatch):
    monkeypatch.setattr(gather, "BUDGET", 0.0)  # one piece a run
    app.run()
    assert app.markdown[0].value == "ready {1: 10, 2: 20, 3: 30}"
    assert app.session_state["did"] == [1, 2, 3]
    assert app.caption[0].value.startswith("Three numbers. Computed in")
    assert not app.button
    app.run()
    assert app.session_state["did"] == [1, 2, 3]


def test_other_settings_start_over(app):
    app.run()
    app.session_state["about"] = 1
    app.run()
    assert app.session_state["did"] == [1, 2, 3] * 2


def test_stop_keeps_what_is_ready_and_go_on_finishes(app, monkeypatch):
    monkeypatch.setattr(gather, "BUDGET", 0.0)
    app.session_state["hold"] = True  # as if the learner were faster than the next piece
    app.run()
    assert app.markdown[0].value == "ready {1: 10}"
    app.button(key="numbers_toggle").click()
    app.session_state["hold"] = False
    app.run()
    assert app.markdown[0].value == "ready {1: 10}"
    assert app.button(key="numbers_toggle").label == "Go on"
    app.button(key="numbers_toggle").click().run()
    assert app.markdown[0].value == "ready {1: 10, 2: 20, 3: 30}"


def test_the_estimate_counts_what_is_left(app, monkeypatch):
    monkeypatch.setattr(gather, "BUDGET", 0.0)
    app.session_state["hold"] = True
    app.run()
    text = app.get("progress")[0].proto.text
    assert text.startswith("Working on 2: 1 of 3 ready, about")
