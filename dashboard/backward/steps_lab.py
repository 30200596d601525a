"""Step backwards: from a loss to the gradient of every weight, and one update."""

import jax
import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.backward import memory, own_pass, update, views, words
from dashboard.backward.own_pass import OWN, PICK, STEPPING, OwnPass, Place
from dashboard.chart import Click, Film, Panel, show_panels
from dashboard.charts.forward import diagram_height, pass_tracks, plot_pass
from dashboard.compute import run
from dashboard.theme import Palette
from nnjax.backprop import network_backward
from nnjax.layers import dense_backward
from nnjax.networks import NetworkConfig
from nnjax.passes.backward_steps import backward_pass, loss_along_update, step_down

CONTROLS = (*own_pass.CONTROLS, update.RATE, *memory.CONTROLS)
GUESS = "guess_zero_output"


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        # Drawn first, filled last: how many there are, the network below decides.
        example_here, steps_here = st.container(), st.container()
        with st.expander("Build another network"):
            config = OWN.show_network()
            seed = OWN.seed.show()
    with example_here:
        own = own_pass.compute(config, seed, own_pass.show_example(config.n_in))
    with steps_here:
        step, place = STEPPING.show(len(own.steps)), own_pass.show_pick(own)
        rate = update.RATE.show()
    path, after = update.compute(own, rate)
    moved = jax.tree.map(np.asarray, step_down(own.parameters, own.walk.gradients, rate))
    with picture:
        _show_film(own, step, place, (moved, rate, after), colors)
        layout.look(words.what_happens(own, step, rate, after))
        with st.expander("The cache: every number of the walk"):
            st.markdown(words.cache_table(own))
        st.markdown("**One update**: what the gradient promises of it, and what really happens.")
        update.show(path, rate, after, colors)
    st.markdown(words.RECALCULATING)
    _ask(own)
    layout.formula(
        *words.chain_formulas(own, place),
        words.update_formula(own, place, rate, own.of(place, moved)),
        update.formula(path),
        note=words.formula_note(own, place),
    )
    _lead_on(page)


def _show_film(own: OwnPass, step: int, place: Place, moved: tuple, colors: Palette) -> None:
    parameters, rate, after = moved
    drawing = views.drawing(own, place, parameters, after)
    show_panels(
        [
            Panel(
                figure=plot_pass(drawing, colors, step=step),
                alt=words.describe(own, step, rate, after),
                height=diagram_height(drawing.heights),
            )
        ],
        key="backward",
        film=Film(
            tracks=pass_tracks(drawing, colors, 0),
            captions=[words.caption(own, i) for i in range(len(own.steps))],
            run=STEPPING.film_number(step),
            rate=0.8,
            show=step,
        ),
        on_click=lambda at: _pick(at, own),
        on_frame=STEPPING.follow,
    )


def _pick(at: Click, own: OwnPass) -> None:
    """A click on a connection explains its weight, one on a neuron its bias."""
    match at.custom:
        case [int(layer), int(unit), int(source), str()]:
            place = Place(layer, unit, source)
        case [int(column), int(unit), str()] if column > 0:
            place = Place(column - 1, unit, None)
        case _:
            return
    if (key := own.key_of(place)) in own.keys:
        st.session_state[PICK.key] = key


def _ask(own: OwnPass) -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        config = own.config
        if not config.hidden:  # the question needs a hidden layer
            config = NetworkConfig(n_in=config.n_in, hidden=(3,), n_out=1, activations=("tanh",))
        asked = own_pass.compute(config, 0, (own.inputs, own.target, own.loss, own.task))
        last = asked.parameters[-1]
        silent = (*asked.parameters[:-1], last._replace(weights=np.zeros_like(last.weights)))
        walk = run(
            "the question", backward_pass, silent, *asked.example,
            config=config, loss=own.loss, task=own.task,
        )  # fmt: skip
        answer, why = words.zero_output(walk.gradients)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _lead_on(page: layout.Page) -> None:
    page.try_this(
        ("A failure: a rate of 20 throws the loss up",
         {"backward_rate": 20.0, "backward_step": 9}),
        ("A failure: zero weights, and every hidden gradient is 0",
         {"backward_init": "zeros"}),
        ("A failure: ReLU shut, its weights learn nothing",
         {"backward_activation": "relu", "backward_x1": 1.5, "backward_x2": 1.5}),
        ("Sure and wrong with squared error: a small gradient",
         {"backward_loss_binary": "mse", "backward_x1": 2.0, "backward_x2": -2.0}),
        ("Deeper, 2-3-3-3-1: the same two products, layer after layer",
         {"backward_layers": 3, "backward_n2": 3, "backward_n3": 3, "backward_step": 16}),
    )  # fmt: skip
    memory.show()
    layout.show_the_code(
        network_backward, dense_backward, backward_pass, step_down, loss_along_update
    )
    layout.sources("rumelhart_1986", "linnainmaa_1976", "pearlmutter_1994", *memory.SOURCES)
