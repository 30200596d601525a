"""The playground: controls, play and steps, the film of the run, its weights to edit."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import compute, layout
from dashboard.chart import Click, show_panels
from dashboard.playground import settings as s
from dashboard.playground import view, weights
from dashboard.playground.run import Run
from dashboard.playground.shot import Look
from nnjax.data import DATASETS
from nnjax.networks import count_parameters

TICK = 0.5  # seconds from one chunk to the next while playing
FRAMES_PER_TICK = 5
FIRST_FRAMES = 40  # of a run that is trained at once after a change
BUDGET = 1.0  # seconds that may take; the rest is played
RUN, WANTED, PLAYING, GOAL = "_run", "_wanted", "_playing", "_goal"
SENT, SELECTED = "_sent", "_selected"


def show() -> Run:
    """Draw the whole laboratory and return its run."""
    controls, picture = layout.lab(shares=(1, 3))
    with controls:
        values = show_controls()
    with picture:
        run = current_run(values)
        show_buttons(run)
        ticking = TICK if st.session_state.get(PLAYING) else None
        values["below"] = s.BELOW.show()
        st.fragment(show_run, run_every=ticking)(values)
        weights.show_editor(run)
    return run


def show_briefly() -> Run:
    """Draw only the controls that matter most, in a row, and return the run they describe."""
    values = all_values()
    for column, control in zip(st.columns(4), (s.RATE, s.ACTIVATION, s.DATA, s.BATCH), strict=True):
        with column:
            values[control.key] = control.show()
    return current_run(values)


def all_values() -> dict[str, Any]:
    """Return the value of every control, shown or not."""
    return {c.key: st.session_state.get(c.key, c.default) for c in s.CONTROLS}


def show_controls() -> dict[str, Any]:
    """Draw the controls and return the value of every one."""
    values = all_values()
    values |= {control.key: control.show() for control in s.MAIN}
    with st.expander("Data and features"):
        values |= {control.key: control.show() for control in s.DATA_CONTROLS}
        if DATASETS[values["data"]].in_plane:
            values |= {control.key: control.show() for control in s.INPUTS}
        fresh = (values["seed"] + 1) % 10_000
        st.button("Draw new points and weights", on_click=_set_seed, args=(fresh,), width="stretch")
    with st.expander("Network"):
        values["layers"] = s.LAYERS.show()
        for index in range(1, values["layers"] + 1):
            values[f"units_{index}"] = s.UNITS[index - 1].show()
        values["initializer"] = s.INITIALIZER.show()
    with st.expander("Training"):
        values |= {control.key: control.show() for control in s.TRAINING_CONTROLS}
    with st.expander("View"):
        values |= {control.key: control.show() for control in s.VIEW_CONTROLS}
    return values


def current_run(values: Mapping[str, Any]) -> Run:
    """Return the session's run, after whatever the controls ask of it has been done.

    While it plays, other numbers steer it; while it is paused, they repeat it from its start.
    Another setting always begins another run.
    """
    state = st.session_state
    run_settings, notes = s.run_settings(values)
    for note in notes:
        st.warning(note)
    hyper = s.hyperparameters(values)
    wanted = (run_settings, tuple(map(float, hyper)), values["epochs"])
    run: Run | None = state.get(RUN)
    if run is not None and state.get(WANTED) == wanted:
        return run
    state[WANTED] = wanted
    playing = state.get(PLAYING, False) and state.get(GOAL) is None
    if run is not None and playing and run.settings == run_settings:
        run.steer(hyper)
        return run
    run = state[RUN] = compute.run("training", lambda: Run(run_settings, hyper))
    state[SENT] = state[SELECTED] = None
    if not playing:
        train_at_once(run, values["epochs"])
    return run


def train_at_once(run: Run, epochs: int) -> None:
    """Train as far as the controls say; what takes longer than BUDGET goes on as a film."""
    train = lambda: run.train_to(epochs, n_frames=FIRST_FRAMES, budget=BUDGET)  # noqa: E731
    compute.run("training", train)
    unfinished = run.epoch < epochs and run.diverged_at is None
    st.session_state[PLAYING] = unfinished
    st.session_state[GOAL] = epochs if unfinished else None


def show_buttons(run: Run) -> None:
    """Draw play, step and reset, and where the run is."""
    playing = st.session_state.get(PLAYING, False)
    stuck = run.diverged_at is not None
    with st.container(horizontal=True, vertical_alignment="center", key="transport"):
        word = "Pause" if playing else "Train"
        # Callbacks are told what to do, not to toggle: between two ticks one may come twice.
        shared = {"on_click": _set_playing, "args": (not playing,), "type": "primary"}
        st.button(word, key="play", width=96, disabled=stuck, **shared)
        idle = {"disabled": playing or stuck}
        st.button("Step a batch", on_click=_step, args=(1,), key="step_batch", **idle)
        st.button("Step an epoch", on_click=_step, args=(None,), key="step_epoch", **idle)
        st.button("Reset", on_click=_reset, key="reset")


def show_run(values: Mapping[str, Any]) -> None:
    """Train one chunk if the run is playing, and draw what is new."""
    state = st.session_state
    run: Run = state[RUN]
    playing = state.get(PLAYING, False)
    if playing:
        compute.run("training", lambda: train_tick(run, values["speed"]))
    look = Look(
        show_test=values["show_test"],
        discrete=values["discrete"],
        selected=state.get(SELECTED),
        below=values["below"],
    )
    number, have = state.get(SENT) or (None, 0)
    first = have if playing and number == run.number and have < run.n_frames else 0
    panels, tracks = compute.run(
        "maps", lambda: view.build(run, look, layout.palette(), first=first)
    )
    film = view.film_of(run, tracks, first=first, live=playing, interval=TICK)
    state[SENT] = (run.number, run.n_frames)
    show_panels(
        panels,
        key="run",
        columns=(1, 1),
        film=film,
        on_click=_select_unit,
        on_need_film=_forget_sent,
    )
    layout.look(verdict(run, look))
    if playing and run_is_over(run):
        state[PLAYING] = False
        st.rerun()


def train_tick(run: Run, speed: int) -> None:
    """Train as many epochs as `speed` asks for in one tick."""
    goal = st.session_state.get(GOAL)
    if goal is not None:
        run.train_to(goal, n_frames=FIRST_FRAMES, budget=TICK / 2)
        return
    n_steps = max(1, round(speed * TICK / FRAMES_PER_TICK * run.n_batches))
    run.advance(n_steps=n_steps, n_frames=FRAMES_PER_TICK)


def run_is_over(run: Run) -> bool:
    """Whether a playing run has nothing more to do: it diverged, or reached its goal."""
    goal = st.session_state.get(GOAL)
    return run.diverged_at is not None or (goal is not None and run.epoch >= goal)


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
    if run.rate_changed_at is not None:
        words += f" Its numbers were changed on the way, at epoch {run.rate_changed_at:.4g}."
    if run.edited:
        words += " Its weights were edited by hand."
    if look.selected is not None:
        layer, unit = look.selected
        which = f"input {unit + 1}" if layer == 0 else f"layer {layer}, unit {unit + 1}"
        words += f" The large map is that of {which}: click it again for the prediction."
    return words


def _set_playing(playing: bool) -> None:
    st.session_state[PLAYING] = playing
    st.session_state[GOAL] = None


def _step(n_steps: int | None) -> None:
    """Take one batch, or as many as finish the epoch."""
    run: Run = st.session_state[RUN]
    run.advance(n_steps=n_steps or run.n_batches - run.step % run.n_batches)


def _reset() -> None:
    run: Run = st.session_state[RUN]
    st.session_state[RUN] = run.restart(run.hyper)
    st.session_state[PLAYING] = False
    st.session_state[GOAL] = st.session_state[SENT] = None


def _set_seed(seed: int) -> None:
    st.session_state[s.SEED.key] = seed


def _forget_sent() -> None:
    st.session_state[SENT] = None


def _select_unit(click: Click) -> None:
    """Show a unit's map large, or the prediction again."""
    run: Run = st.session_state[RUN]
    if click.panel != 1 or not isinstance(click.custom, list) or len(click.custom) != 3:
        return
    layer, unit = int(click.custom[0]), int(click.custom[1])
    widths = (run.config.network.n_in, *run.config.network.hidden, run.config.network.n_out)
    if not (0 <= layer < len(widths) and 0 <= unit < widths[layer]):
        return
    chosen = (layer, unit)
    is_output = layer == len(widths) - 1 and widths[-1] == 1
    same = st.session_state.get(SELECTED) == chosen
    st.session_state[SELECTED] = None if same or is_output else chosen
