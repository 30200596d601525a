"""Three witnesses: every gradient by hand, by `jax.grad`, and by a central difference."""

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.backward import memory, own_pass
from dashboard.backward import witness_words as words
from dashboard.backward.own_pass import OWN, OwnPass
from dashboard.chart import Panel, show_panels
from dashboard.charts.witnesses import HEIGHT, plot_disagreement, plot_step_errors
from dashboard.compute import run
from dashboard.controls import Choice
from dashboard.theme import Palette
from nnjax.networks import NetworkConfig
from nnjax.passes.forward_steps import draw_parameters
from nnjax.passes.witnesses import central_differences, gradients_by_hand, three_witnesses

SIZES = (1e-7, 1e-6, 1e-5, 1e-4, 3e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.3, 1.0)
SIZE = Choice(
    key="backward_h", label="Step $h$ of the difference", default=5e-3, options=SIZES,
    labels={size: f"{size:g}" for size in SIZES}, style="slider",
)  # fmt: skip
DOUBLE = Choice(
    key="backward_float", label="Numbers", default=False, options=(False, True),
    labels={False: "float32", True: "float64"}, style="segmented",
)  # fmt: skip
MISTAKE = Choice(
    key="backward_mistake", label="Spoil the rule by hand", default="none",
    options=tuple(words.MISTAKES), labels=words.MISTAKES,
    help="To see that the other two notice it.",
)  # fmt: skip
# The network and its example are those of "Step backwards": their addresses are the same.
CONTROLS = (SIZE, DOUBLE, MISTAKE)
GUESS = "guess_float64_step"


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        inner = st.container()
        with st.expander("Build another network"):
            config = OWN.show_network()
            seed = OWN.seed.show()
    with inner:
        size, double, mistake = SIZE.show(), DOUBLE.show(), MISTAKE.show()
        own = own_pass.compute(config, seed, own_pass.show_example(config.n_in))
    hearing = ask(own, size, double, mistake)
    with picture:
        _show_picture(hearing, colors)
        _show_verdict(hearing)
        layout.look(words.about_the_step(hearing))
        with st.expander("Every number"):
            st.markdown(words.table(hearing))
    st.markdown(words.WHY_THREE)
    _ask()
    layout.formula(*words.formulas(hearing), note=words.FORMULA_NOTE)
    _lead_on(page)


def ask(own: OwnPass, size: float, double: bool, mistake: str) -> words.Hearing:
    """Ask all three witnesses about the learner's network."""
    said, errors = run(
        f"the witnesses in {DOUBLE.say(double)}", three_witnesses, own.parameters, *own.example,
        np.float64(size), config=own.config, loss=own.loss, task=own.task, mistake=mistake,
        double=double,
    )  # fmt: skip
    return words.Hearing(own, said, errors, size, double, mistake)


def _show_picture(hearing: words.Hearing, colors: Palette) -> None:
    by_hand, by_difference = hearing.off
    show_panels(
        [
            Panel(
                figure=plot_disagreement(
                    by_hand, by_difference, hearing.names, colors, double=hearing.double
                ),
                alt=f"Distance from jax.grad for {len(by_hand)} parameters: by hand at most "
                f"{by_hand.max():.1e}, by differences at most {by_difference.max():.1e} of the "
                "largest gradient.",
                height=HEIGHT,
            ),
            Panel(
                figure=plot_step_errors(
                    hearing.errors, hearing.size, hearing.rule, colors, double=hearing.double
                ),
                alt="A U on log scales: the error of central differences falls with the step, is "
                f"lowest at h = {hearing.best:.1e}, and rises again.",
                height=HEIGHT,
            ),
        ],
        key="witnesses",
        columns=(1, 1),
    )


def _show_verdict(hearing: words.Hearing) -> None:
    agree, text = words.verdict(hearing)
    (st.success if agree else st.error)(text, icon="")


def _ask() -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        config = NetworkConfig(n_in=2, hidden=(3,), n_out=1, activations=("tanh",))
        parameters = run("the weights", draw_parameters, 5, config=config)
        _, errors = run(
            "the question", three_witnesses, parameters, np.float32([0.8, -0.5]),
            np.float32([1.0]), np.float64(5e-3), config=config, loss="binary_cross_entropy",
            task="binary", double=True,
        )  # fmt: skip
        answer, why = words.best_in_float64(errors)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _lead_on(page: layout.Page) -> None:
    here = {"backward_lab": "witnesses"}
    page.try_this(
        ("A failure: the slope forgotten, and the light turns red",
         here | {"backward_mistake": "slope"}),
        ("A failure: a step of one ten-millionth drowns in rounding",
         here | {"backward_h": 1e-7}),
        ("A failure: across ReLU's corner no difference can be right",
         here | {"backward_activation": "relu", "backward_h": 1.0}),
        ("Sixteen digits: the U reaches down to 10⁻¹⁰",
         here | {"backward_float": True, "backward_h": 1e-5}),
        ("Step: jax.grad and the rule agree on 0, and nothing can learn",
         here | {"backward_activation": "step", "backward_h": 0.3}),
    )  # fmt: skip
    memory.say_who_checks()
    layout.show_the_code(gradients_by_hand, central_differences, three_witnesses)
    layout.sources("rumelhart_1986", "press_2007", "frostig_2018", "baydin_2018")
