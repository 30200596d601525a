"""Whole vectors: softmax shares out 1, in SwiGLU one sum opens the gate of another."""

import streamlit as st

from dashboard import layout
from dashboard.activations import feedforward
from dashboard.activations.functions import cited, show_card
from dashboard.chart import Click, Panel, show_chart, show_panels
from dashboard.charts.vectors import GATES, VALUES, plot_gate, plot_scores, plot_shares
from dashboard.compute import run
from dashboard.controls import Choice, Slider
from dashboard.theme import Palette
from nnjax.activations import VECTOR_ACTIVATIONS, silu, softmax, swiglu
from nnjax.vector_examples import gate_outputs, shares_of

KIND = Choice.of(
    VECTOR_ACTIVATIONS, key="vector", label="Activation", default="softmax", style="segmented"
)
SCORES = tuple(
    Slider(key=f"z{i}", label=f"Score $z_{i}$", default=value, min=-4.0, max=4.0, step=0.1)
    for i, value in enumerate((2.0, 1.0, 0.1), start=1)
)
SHIFT = Slider(
    key="shift", label="Add to every score", default=0.0, min=-3.0, max=3.0, step=0.1
)  # fmt: skip
GATE = Slider(key="gate", label="The gate's sum $g$", default=1.0, min=-5.0, max=5.0, step=0.05)
VALUE = Slider(key="value", label="The value's sum $v$", default=2.0, min=-3.0, max=3.0, step=0.05)
CONTROLS = (KIND, *SCORES, SHIFT, GATE, VALUE)


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        kind = KIND.show()
    {"softmax": _show_softmax, "swiglu": _show_swiglu}[kind](controls, picture, colors)
    row = VECTOR_ACTIVATIONS[kind]
    show_card(row)
    vectors = {"activation_lab": "vectors"}
    page.try_this(
        ("Raise all scores by 3: the shares stay", vectors | {"shift": 3.0}),
        ("A failure: one score takes everything",
         vectors | {"z1": 4.0, "z2": -3.0, "z3": -4.0}),
        ("SwiGLU with the gate shut", vectors | {"vector": "swiglu", "gate": -5.0}),
    )  # fmt: skip
    feedforward.show()
    layout.show_the_code(*{"softmax": (softmax, shares_of), "swiglu": (swiglu, silu)}[kind])
    layout.sources(*dict.fromkeys([*cited([row]), *feedforward.SOURCES]))


def _show_softmax(controls, picture, colors: Palette) -> None:
    with controls:
        scores = [control.show() for control in SCORES]
        shift = SHIFT.show()
    result = run("softmax", shares_of, scores, shift)
    said = [f"{share:.3f}" for share in result.shares]
    with picture:
        show_panels(
            [
                Panel(
                    figure=plot_scores(result.scores, colors),
                    alt=f"Scores {', '.join(f'{score:.2f}' for score in result.scores)}.",
                ),
                Panel(
                    figure=plot_shares(result.shares, colors),
                    alt=f"Shares {', '.join(said)}, adding up to 1.",
                ),
            ],
            key="softmax",
            columns=(2, 3),
        )
        largest = int(result.shares.argmax())
        slope = float(result.shares[largest] * (1 - result.shares[largest]))
        layout.look(
            f"Class {largest + 1} gets **{result.shares[largest]:.1%}**. Raising its score a "
            f"little raises its share by **{slope:.3f}** times as much, and takes that from the "
            "others."
        )
    _ask_shift(scores)
    exponentials = " + ".join(rf"e^{{{score:.1f}}}" for score in result.scores)
    layout.formula(
        rf"p_1 = \frac{{e^{{{result.scores[0]:.1f}}}}}{{{exponentials}}} = {said[0]}, \qquad "
        rf"p_2 = {said[1]}, \qquad p_3 = {said[2]}",
        rf"\frac{{\partial p_1}}{{\partial z_1}} = p_1 (1 - p_1) = "
        rf"{float(result.shares[0] * (1 - result.shares[0])):.3f}",
    )


def _ask_shift(scores: list[float]) -> None:
    shifted = run("softmax", shares_of, scores, 2.0)
    same = abs(shifted.shares - shifted.unshifted).max() < 1e-5
    layout.predict_then_reveal(
        "guess_shift",
        "You add 2 to all three scores. What happens to the shares?",
        ("The largest grows", "They move closer together", "They stay the same"),
        answer="They stay the same" if same else "The largest grows",
        why="Every exponential becomes $e^2$ = 7.389 times as large, and so does their sum: "
        f"before {_list(shifted.unshifted)}, after {_list(shifted.shares)}. Only differences "
        "between scores matter.",
    )


def _list(shares) -> str:
    return ", ".join(f"{share:.3f}" for share in shares)


def _show_swiglu(controls, picture, colors: Palette) -> None:
    with controls:
        gate, value = GATE.show(), VALUE.show()
        st.markdown(
            "A SwiGLU unit takes two weighted sums of the same inputs. One, bent by SiLU, is the "
            "*gate*; the other is the *value*. The output is their product."
        )
    outputs = run("swiglu", gate_outputs, GATES, VALUES)
    here = float(run("one gate", gate_outputs, [gate], [value])[0, 0])
    opened = float(run("one gate", gate_outputs, [gate], [1.0])[0, 0])
    with picture:
        show_chart(
            plot_gate(outputs, gate, value, here, colors),
            key="gate_map",
            alt=f"The output of a SwiGLU unit over its two sums. With the gate's sum {gate:.2f} "
            f"and the value's sum {value:.2f} it is {here:.3f}.",
            height=440,
            on_click=_move_gate,
        )
        layout.look(
            f"The gate lets **{opened:.3f}** times the value through: **{here:.3f}**. Left of 0 it "
            "is nearly shut; right of 0 the unit multiplies its two sums."
        )
    layout.formula(
        r"\operatorname{SwiGLU}(\mathbf{x}) = \operatorname{SiLU}(G\mathbf{x}) \odot"
        r" (V\mathbf{x})",
        rf"\operatorname{{SiLU}}({gate:.2f}) \cdot ({value:.2f}) = {opened:.3f} \cdot "
        rf"({value:.2f}) = {here:.3f}",
    )


def _move_gate(click: Click) -> None:
    if click.x is not None and click.y is not None:
        st.session_state[GATE.key] = GATE.snap(click.x)
        st.session_state[VALUE.key] = VALUE.snap(click.y)
