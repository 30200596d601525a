"""The playground: controls, play and steps, the film of the run, its weights to edit."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import compute, layout
from dashboard.chart import show_panels
from dashboard.own_data import panel as own_data
from dashboard.playground import kept, one_example, session, view, weights
from dashboard.playground import lab_words as words
from dashboard.playground import settings as s
from dashboard.playground.diagnosis import show_diagnoses
from dashboard.playground.run import Run
from dashboard.playground.shot import Look
from dashboard.theme import Palette
from nnjax.networks import count_parameters
from nnjax.training.stopping import STOP_RULES

CONTROLS = (*s.CONTROLS, *one_example.CONTROLS)


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab(shares=(1, 3))
    with controls:
        values = show_controls()
    with picture:
        run = session.current_run(values)
        show_buttons(run)
        ticking = session.TICK if session.is_playing() else None
        values["below"] = s.BELOW.show()
        address = page.address()
        st.fragment(show_run, run_every=ticking)(values, address)
        if run.settings.own:
            own_data.show_table(run.settings.own)
        show_diagnoses(run, colors)
        weights.show_editor(run)
        one_example.show_example(run)
        kept.show_kept(run, address)
    words.show_question(run)
    words.show_formula(run)
    words.lead_on(page)


def show_controls() -> dict[str, Any]:
    """Draw the controls and return the value of every one."""
    values = session.all_values()
    values |= {control.key: control.show() for control in s.MAIN}
    if values["data"] == s.OWN:
        values[s.OWN] = own_data.show_choice()
    with st.expander("Data and features"):
        values |= {control.key: control.show() for control in s.DATA_CONTROLS}
        if s.spec_of(values).in_plane:
            values |= {control.key: control.show() for control in s.INPUTS}
        fresh = (values["seed"] + 1) % 10_000
        st.button(
            "Draw new points and weights", on_click=session.set_seed, args=(fresh,), width="stretch"
        )
    with st.expander("Network"):
        values["layers"] = s.LAYERS.show()
        for index in range(1, values["layers"] + 1):
            units, activation = st.columns(2, vertical_alignment="bottom")
            with units:
                values[f"units_{index}"] = s.UNITS[index - 1].show()
            with activation:
                values[f"activation_{index}"] = s.LAYER_ACTIVATIONS[index - 1].show()
        values["initializer"] = s.INITIALIZER.show()
    with st.expander("Training"):
        values |= {control.key: control.show() for control in s.TRAINING_CONTROLS}
        values[s.STOP_RULE.key] = s.STOP_RULE.show()
        if values[s.STOP_RULE.key] != s.NEVER:
            compared = s.STOP_AT[STOP_RULES[values[s.STOP_RULE.key]].threshold]
            values[compared.key] = compared.show()
    with st.expander("View"):
        values |= {control.key: control.show() for control in s.VIEW_CONTROLS}
    return values


def show_buttons(run: Run) -> None:
    """Draw play, step and reset, and where the run is."""
    playing = session.is_playing()
    stuck = run.diverged_at is not None
    with st.container(horizontal=True, vertical_alignment="center", key="transport"):
        word = "Pause" if playing else "Train"
        shared = {"on_click": session.set_playing, "args": (not playing,), "type": "primary"}
        st.button(word, key="play", width=96, disabled=stuck, **shared)
        idle = {"disabled": playing or stuck}
        st.button("Step a batch", on_click=session.step, args=(1,), key="step_batch", **idle)
        st.button("Step an epoch", on_click=session.step, args=(None,), key="step_epoch", **idle)
        st.button("Reset", on_click=session.reset, key="reset")


def show_run(values: Mapping[str, Any], address: str) -> None:
    """Train one chunk if the run is playing, and draw what is new."""
    state = st.session_state
    run: Run = state[session.RUN]
    playing = session.is_playing()
    if state.get(session.FORK) is not run.fork:
        st.rerun()  # the film's button was pressed: the whole page begins the run that goes on
    if playing:
        compute.run("training", lambda: session.train_tick(run, values["speed"]))
    look = Look(
        show_test=values["show_test"],
        discrete=values["discrete"],
        selected=state.get(session.SELECTED),
        below=values["below"],
    )
    colors = layout.palette()
    first = session.first_unsent(run, (look, colors.name))
    beside = {"first": first, "others": kept.overlays(run.config.task)}
    drawn = compute.run("maps", lambda: view.build(run, look, colors, **beside))
    run.max_frames = view.frames_that_fit(drawn.tracks)
    film = view.film_of(run, drawn.tracks, first=first, live=playing, interval=session.TICK)
    show_panels(
        drawn.panels,
        key="run",
        columns=(1, 1),
        film=film,
        on_click=session.select_unit,
        on_need_film=session.forget_sent,
        on_fork=lambda frame: session.fork(frame, address),
    )
    layout.look(verdict(run, look))
    if playing and session.run_is_over(run):
        state[session.PLAYING] = False
        st.rerun()


def verdict(run: Run, look: Look) -> str:
    """Return one line on how the run stands."""
    film = run.film
    if run.diverged_at is not None:
        return (
            f"**Diverged at step {run.diverged_at}**: a batch's loss passed ten times its first "
            f"value, at a learning rate of {float(film.learning_rate[-1]):.3g}. The last frames "
            "show the wreck; drag the film back to see it happen."
        )
    score = f"R² is {film.test_accuracy[-1]:.3f}"
    if run.config.task != "regression":
        score = f"{film.test_accuracy[-1]:.1%} of the test examples are right"
    words = (
        f"After **{run.epoch:.4g} epochs** ({run.step:,} updates of "
        f"{count_parameters(run.config.network)} parameters) the test loss is "
        f"**{film.test_loss[-1]:.4f}** and {score}."
    )
    if run.stopped_for is not None:
        words += f" It was stopped there: {run.stopped_for}."
    if run.fork is not None:
        words += (
            f" It goes on from epoch {run.fork.epoch:.4g} of an earlier run, with the optimiser's "
            "memory empty; other training settings start from there too, until you press Reset."
        )
    if run.rate_changed_at is not None:
        words += f" Its numbers were changed on the way, at epoch {run.rate_changed_at:.4g}."
    if run.edited:
        words += " Its weights were edited by hand."
    if look.selected is not None:
        layer, unit = look.selected
        which = f"input {unit + 1}" if layer == 0 else f"layer {layer}, unit {unit + 1}"
        words += f" The large map is that of {which}: click it again for the prediction."
    return words
