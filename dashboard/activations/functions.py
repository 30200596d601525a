"""The functions: what each does to a sum, and to a gradient that comes back."""

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.activations import feedforward
from dashboard.activations.several import Several
from dashboard.chart import Click, show_chart
from dashboard.charts.activations import CURVES_HEIGHT, GRID, plot_curves
from dashboard.charts.slopes import Family, pick_family
from dashboard.compute import run
from dashboard.controls import Choice, Slider
from dashboard.tables import slope_table
from dashboard.theme import Palette
from nnjax.activations import ACTIVATIONS, Activation, activation_and_derivative, activation_curves
from nnjax.sources import SOURCES

SHOWN = Several.of(
    ACTIVATIONS,
    key="show",
    label="On the chart",
    default=["sigmoid", "relu", "gelu"],
    help="The one you hold is drawn too, and strongest.",
)
FOCUS = Choice.of(ACTIVATIONS, key="focus", label="Hold a point on", default="relu")
POINT = Slider(
    key="x", label="The sum $x$", default=0.5, min=-5.0, max=5.0, step=0.05, format="%.2f",
    help="Drag it, use the arrow keys, or click in the upper chart.",
)  # fmt: skip
CONTROLS = (FOCUS, POINT, SHOWN, *feedforward.CONTROLS)
GUESS = "guess_steeper"
FLAT = 0.02  # a slope this small is called flat


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        focus = FOCUS.show()
        at = POINT.show()
        chosen = SHOWN.show()
        table = st.container()
    curves = compute_curves(
        [key for key in ACTIVATIONS if key in chosen or key == focus], focus, at
    )
    strong = curves.keys.index(focus)
    value, slope = float(curves.value_at[strong]), float(curves.slope_at[strong])
    with table:
        st.markdown(slope_table(curves, f"| at x = {curves.at:.2f} | f(x) | f ′(x) |", digits=3))
    with picture:
        show_chart(
            plot_curves(curves, colors),
            key="curves",
            alt=describe(curves),
            height=CURVES_HEIGHT,
            on_click=_move_point,
        )
        layout.look(what_to_see(ACTIVATIONS[focus], at, value, slope))
    _ask()
    row = ACTIVATIONS[focus]
    show_formula(row, at, value, slope)
    show_card(row)
    page.try_this(
        ("Sigmoid and tanh where they are steepest",
         {"show": ["sigmoid", "tanh"], "focus": "tanh", "x": 0.0}),
        ("Three smooth answers to ReLU",
         {"show": ["relu", "silu", "gelu", "mish"], "focus": "gelu", "x": -0.75}),
        ("A failure: a saturated sigmoid hardly learns",
         {"show": ["sigmoid", "relu"], "focus": "sigmoid", "x": 5.0}),
        ("A failure: the step has no slope to follow",
         {"show": ["step", "sigmoid"], "focus": "step", "x": 0.5}),
    )  # fmt: skip
    feedforward.show()
    layout.show_the_code(activation_curves, activation_and_derivative, row.function)
    layout.sources(*cited([ACTIVATIONS[key] for key in curves.keys]), *feedforward.SOURCES)


def compute_curves(keys: list[str], focus: str, at: float) -> Family:
    """Return these activations on the chart's grid and at the point, from one program."""
    points = np.concatenate([np.float32([at]), GRID])
    every = run("the curves", activation_curves, points)
    return pick_family(ACTIVATIONS, keys, (focus, at), every.values, every.derivatives)


def _move_point(click: Click) -> None:
    if click.x is not None:
        st.session_state[POINT.key] = POINT.snap(click.x)


def describe(curves: Family) -> str:
    """Return the chart in words."""
    rows = zip(curves.labels, curves.value_at, curves.slope_at, strict=True)
    said = "; ".join(f"{label} gives {value:.3f} with slope {slope:.3f}"
                     for label, value, slope in rows)  # fmt: skip
    return f"Activations above, their slopes below. At the sum {curves.at:.2f}: {said}."


def what_to_see(row: Activation, at: float, value: float, slope: float) -> str:
    """Return one sentence on what happens at the point."""
    said = f"At {at:.2f}, {row.label} gives **{value:.3f}**. "
    if slope == 0:
        return said + "Its slope there is **0**: no gradient passes back through it."
    if abs(slope) < FLAT:
        return said + (
            f"It is nearly flat there: only **{abs(slope):.2%}** of a gradient passes back."
        )
    return said + (
        f"A gradient that comes back through it is multiplied by its slope, **{slope:.3f}**: "
        "the purple line, and the height below."
    )


def _ask() -> None:
    answer = why = ""
    if st.session_state.get(GUESS):  # worked out only once there is an answer to check
        slopes = {
            key: float(run(f"{key} at 0", activation_and_derivative, key, 0.0)[1])
            for key in ("sigmoid", "tanh")
        }
        answer = ACTIVATIONS[max(slopes, key=slopes.get)].label
        why = (
            f"`jax.grad` gives {slopes['tanh']:.3f} for tanh and {slopes['sigmoid']:.3f} for "
            "sigmoid at 0. Behind ten layers of sigmoids a gradient has lost at least a factor of "
            f"{(1 / slopes['sigmoid']) ** 10:,.0f} to their slopes alone."
        )
    layout.predict_then_reveal(
        GUESS,
        "Both bend a line into an S. Which is steeper at 0: sigmoid or tanh?",
        ("Sigmoid", "Tanh", "Equally steep"),
        answer=answer,
        why=why,
    )


def show_formula(row: Activation, at: float, value: float, slope: float) -> None:
    """Draw the formula with the learner's number in it."""
    number = f"{at:.2f}"
    layout.formula(
        f"{row.formula_at(number)} = {value:.3f}",
        rf"{row.derivative_formula} \qquad f'({number}) = {slope:.3f}",
        note="The slope on this page never comes from the second line: `jax.grad` works it out "
        "from the function itself.",
    )


def show_card(row: Activation) -> None:
    """Draw what there is to know about one activation."""
    layout.heading(f"{row.label}, {row.year}")
    told, judged = layout.lab(shares=(1, 1))
    with told:
        st.markdown(f"**How it works.** {row.how_it_works}")
        st.markdown(f"**Used in.** {row.used_in}")
        st.markdown(f"**Source.** {layout.cite(SOURCES[row.source])}")
    with judged:
        st.markdown("**Strengths**\n" + "\n".join(f"- {text}" for text in row.strengths))
        st.markdown("**Weaknesses**\n" + "\n".join(f"- {text}" for text in row.weaknesses))


def cited(rows: list[Activation]) -> list[str]:
    """Return the sources that these rows name, each once."""
    return list(dict.fromkeys(key for row in rows for key in (row.source, *row.further)))
