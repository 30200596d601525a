"""The run that belongs to a learner's session: what controls, buttons and time do to it."""

from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple

import streamlit as st

from dashboard import compute
from dashboard.address import read_url
from dashboard.chart import Click
from dashboard.own_data import state as own_data
from dashboard.playground import kept, settings
from dashboard.playground.run import Run
from dashboard.playground.run_settings import Fork, RunSettings, Stop

TICK = 0.5  # seconds from one chunk to the next while playing
FRAMES_PER_TICK = 5
FIRST_FRAMES = 40  # of a run that is trained at once after a change
BUDGET = 1.0  # seconds that may take; the rest is played
RUN, WANTED, PLAYING, GOAL = "_run", "_wanted", "_playing", "_goal"
SENT, SELECTED, FORK = "_sent", "_selected", "_fork"


class Wanted(NamedTuple):
    """What the controls asked for when the session's run was made: asked again, it stays."""

    settings: RunSettings
    numbers: tuple[float, ...]
    epochs: int
    stop: Stop | None
    fork: tuple[int, float] | None


def is_playing() -> bool:
    """Return whether the run is being trained, tick by tick."""
    return st.session_state.get(PLAYING, False)


def all_values() -> dict[str, Any]:
    """Return the value of every control, shown or not.

    Streamlit reads a control's value from the address when it draws the control. Those that have
    not been drawn yet, in a session that began in another laboratory, are read here.
    """
    in_url, _ = read_url(settings.CONTROLS, st.query_params.to_dict())
    values = {c.key: in_url.get(c.key, c.default) for c in settings.CONTROLS}
    values |= {key: st.session_state[key] for key in values if key in st.session_state}
    if values[settings.DATA.key] == settings.OWN:
        values[settings.OWN] = own_data.current()
    return values


def wanted_settings(values: Mapping[str, Any]) -> RunSettings:
    """Return the run that these values describe; a warning says what did not fit."""
    run_settings, notes = settings.run_settings(values)
    for note in notes:
        st.warning(note)
    return run_settings


def current_run(values: Mapping[str, Any]) -> Run:
    """Return the session's run, after whatever the controls ask of it has been done.

    While it plays, other numbers steer it; while it is paused, they repeat it from its start.
    Another setting always begins another run.
    """
    state = st.session_state
    run_settings = wanted_settings(values)
    hyper, stop = settings.hyperparameters(values), settings.stop(values)
    forked: Fork | None = state.get(FORK)
    if forked is not None and not forked.fits(run_settings):
        forked = state[FORK] = None
    numbers, place = tuple(map(float, hyper)), forked and (forked.number, forked.epoch)
    wanted = Wanted(run_settings, numbers, values["epochs"], stop, place)
    run: Run | None = state.get(RUN)
    before: Wanted | None = state.get(WANTED)
    if run is not None and before == wanted:
        return run
    state[WANTED] = wanted
    playing = is_playing() and state.get(GOAL) is None
    if run is not None and playing and run.settings == run_settings:
        run.steer(hyper)
        if before.stop != stop:
            run.stop = stop
        return run
    start = {"fork": forked, "stop": stop}
    run = state[RUN] = compute.run("training", lambda: Run(run_settings, hyper, **start))
    state[SENT] = None
    if not has_unit(run, state.get(SELECTED)):
        state[SELECTED] = None
    if not playing:
        train_at_once(run, values["epochs"])
    return run


def train_at_once(run: Run, epochs: int) -> None:
    """Train as far as the controls say; what takes longer than BUDGET goes on as a film."""
    goal = epochs + (run.fork.epoch if run.fork else 0)
    compute.run("training", lambda: run.train_to(goal, n_frames=FIRST_FRAMES, budget=BUDGET))
    unfinished = run.epoch < goal and not run.is_over
    st.session_state[PLAYING] = unfinished
    st.session_state[GOAL] = goal if unfinished else None


def train_tick(run: Run, speed: int) -> None:
    """Train as many epochs as `speed` asks for in one tick, or as many as fit into it."""
    goal = st.session_state.get(GOAL)
    if goal is not None:
        run.train_to(goal, n_frames=FIRST_FRAMES, budget=TICK / 2)
        return
    wanted = round(speed * TICK / FRAMES_PER_TICK * run.n_batches)
    fitting = run.steps_within(TICK / 2 / FRAMES_PER_TICK)
    run.advance(n_steps=max(1, min(wanted, fitting)), n_frames=FRAMES_PER_TICK)


def run_is_over(run: Run) -> bool:
    """Whether a playing run has nothing more to do: it has ended, or reached its goal."""
    goal = st.session_state.get(GOAL)
    return run.is_over or (goal is not None and run.epoch >= goal)


# Callbacks. They are told what to do, not to toggle: between two ticks one may come twice.


def set_playing(playing: bool) -> None:
    """Start or stop the ticks."""
    st.session_state[PLAYING] = playing
    st.session_state[GOAL] = None
    if playing:
        st.session_state[RUN].go_on()


def fork(frame: int, address: str) -> None:
    """Leave the run at this frame of its film, and go on from there; the old one is kept."""
    run: Run = st.session_state[RUN]
    if frame < run.n_frames:
        kept.keep(run, f"before the fork at {run.epochs[frame]:.4g}", address)
        st.session_state[FORK] = run.fork_at(frame)
        set_playing(False)


def step(n_steps: int | None) -> None:
    """Make so many updates; None makes as many as finish the epoch."""
    run: Run = st.session_state[RUN]
    run.go_on()
    run.advance(n_steps=n_steps or run.n_batches - run.step % run.n_batches)


def reset() -> None:
    """Go back to the untrained network."""
    state = st.session_state
    run: Run = state[RUN]
    state[RUN] = Run(run.settings, run.hyper, stop=state[WANTED].stop)
    state[WANTED] = state[WANTED]._replace(fork=None)
    state[PLAYING] = False
    state[GOAL] = state[SENT] = state[FORK] = None


def set_seed(seed: int) -> None:
    """Put another seed into its control."""
    st.session_state[settings.SEED.key] = seed


def first_unsent(run: Run, look: Hashable) -> int:
    """Return the first frame to be sent now, and note what the browser then has.

    Of a new run that is the last one: the browser asks for the others once the learner rests.
    Another `look` shows the same frames differently: all of them must be sent again.
    """
    number, known_look, have = st.session_state.get(SENT) or (None, None, 0)
    st.session_state[SENT] = (run.number, look, run.n_frames)
    last = run.n_frames - 1
    if number != run.number:
        return last
    return min(have, last) if known_look == look else 0


def forget_sent() -> None:
    """Send the whole film: the browser lacks its beginning."""
    st.session_state[SENT] = (st.session_state[RUN].number, None, 0)


def select_unit(click: Click) -> None:
    """Show a clicked unit's map large, or the prediction again. The browser is not trusted."""
    run: Run = st.session_state[RUN]
    custom = click.custom if isinstance(click.custom, list) else []
    if click.panel != 1 or len(custom) != 3:
        return
    unit = (int(custom[0]), int(custom[1]))
    network = run.config.network
    is_prediction = network.n_out == 1 and unit[0] == len(network.hidden) + 1
    if is_prediction or unit == st.session_state.get(SELECTED) or not has_unit(run, unit):
        st.session_state[SELECTED] = None
    else:
        st.session_state[SELECTED] = unit


def has_unit(run: Run, unit: tuple[int, int] | None) -> bool:
    """Whether (layer, index) is a unit of this network, the inputs being layer 0."""
    network = run.config.network
    widths = (network.n_in, *network.hidden, network.n_out)
    return unit is not None and 0 <= unit[0] < len(widths) and 0 <= unit[1] < widths[unit[0]]
