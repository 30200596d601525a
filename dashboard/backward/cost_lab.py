"""Why it scaled: every gradient in one walk back, against one forward pass for each weight."""

import streamlit as st

from dashboard import layout
from dashboard.backward import cost_words as words
from dashboard.chart import Panel, show_panels
from dashboard.charts.gradient_cost import HEIGHT, plot_cost_flops, plot_cost_times
from dashboard.compute import remember
from dashboard.controls import Choice
from dashboard.gather import Rest, gather
from dashboard.theme import Palette
from nnjax.networks import count_parameters
from nnjax.passes.gradient_cost import (
    N_EXAMPLES,
    Cost,
    backward_passes,
    by_differences,
    by_forward_mode,
    gradient_cost,
    network_of_width,
)

WIDTHS = (4, 8, 16, 32, 64)
WIDEST = Choice(
    key="backward_widest", label="Widest network to measure", default=64, options=WIDTHS[1:],
    labels={
        width: f"{width} units, {count_parameters(network_of_width(width)):,} weights"
        for width in WIDTHS[1:]
    },
)  # fmt: skip
CONTROLS = (WIDEST, *words.CONTROLS)
GUESS = "guess_ratio"
_AGAIN = "_backward_measured"  # how often the learner has asked for another measurement


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what measures the larger networks, if any is left."""
    controls, picture = layout.lab()
    with controls:
        widest = WIDEST.show()
        again = st.session_state.get(_AGAIN, 0)
        st.button("Measure again", on_click=_measure_again)
        table = st.container()
    widths = [width for width in WIDTHS if width <= widest]
    with picture:
        found, rest = gather(
            "backward_cost",
            widths,
            lambda width: measured(width, again),
            about=(again, widest),
            say=lambda width: f"Timing networks of width {width}",
            done=f"Batches of {N_EXAMPLES} examples, two hidden layers, the best of several runs.",
        )
        costs = list(found.values())
        if costs:
            _show_picture(costs, colors)
            layout.look(words.verdict(costs[-1]))
    if costs:
        table.markdown(words.table(costs))
    st.markdown(words.WHY)
    if costs:
        _ask(costs)
        layout.formula(*words.formulas(costs[-1]), note=words.FORMULA_NOTE)
    _lead_on(page)
    return rest


def measured(width: int, again: int) -> Cost:
    """Return the times of a width, the same until the learner asks for another measurement."""
    cost = remember(f"the cost of gradients {again}", gradient_cost, width)
    return Cost(int(cost[0]), *map(float, cost[1:]))


def _measure_again() -> None:
    st.session_state[_AGAIN] = st.session_state.get(_AGAIN, 0) + 1


def _show_picture(costs: list[Cost], colors: Palette) -> None:
    last = costs[-1]
    show_panels(
        [
            Panel(
                figure=plot_cost_times(costs, colors),
                alt=f"Time by size on log scales. At {last.n_parameters:,} weights: backward "
                f"{last.backward:.1e} s, one pass for each weight {last.differences:.1e} s.",
                height=HEIGHT,
            ),
            Panel(
                figure=plot_cost_flops(costs, colors),
                alt=f"Operations by size on log scales. At {last.n_parameters:,} weights: backward "
                f"{last.backward_flops:.1e}, one pass for each weight {last.difference_flops:.1e}.",
                height=HEIGHT,
            ),
        ],
        key="gradient_cost",
        columns=(1, 1),
    )


def _ask(costs: list[Cost]) -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        answer, why = words.how_the_ratio_grows(costs[0], costs[-1])
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _lead_on(page: layout.Page) -> None:
    here = {"backward_lab": "cost"}
    page.try_this(
        ("Small networks only: the difference hardly hurts", here | {"backward_widest": 8}),
        ("A failure: GPT-3 by one pass for each weight", here | {"backward_gpt_billions": 175.0}),
        ("GPT-2's 1.5 billion, at 10 ms a pass",
         here | {"backward_gpt_billions": 1.5, "backward_gpt_ms": 10.0}),
    )  # fmt: skip
    words.show_in_llms()
    layout.show_the_code(gradient_cost, backward_passes, by_differences, by_forward_mode)
    layout.sources(
        "linnainmaa_1976", "rumelhart_1986", "griewank_walther_2008", "baydin_2018", "brown_2020",
        "kaplan_2020", "radford_2019",
    )  # fmt: skip
