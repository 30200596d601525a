"""One prediction: what each loss says about it, and how hard it pulls."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.activations.several import Several
from dashboard.chart import Click, show_chart
from dashboard.charts.losses import GRID, HEIGHT, plot_losses, short
from dashboard.charts.slopes import Family, pick_family
from dashboard.compute import run
from dashboard.controls import Choice, Slider
from dashboard.losses import uniform
from dashboard.losses.verdicts import probability_of_truth, verdict
from dashboard.losses.worked import WORKED
from dashboard.tables import slope_table
from dashboard.theme import Palette
from nnjax.loss_curves import loss_curves, loss_of_probability
from nnjax.losses import LOSSES

PREDICTION = Slider(
    key="loss_p", label="Prediction $p$", default=0.70, min=0.01, max=0.99, step=0.01,
    format="%.2f", help="The probability of yes. Drag it, use the arrow keys, or click the chart.",
)  # fmt: skip
TRUTH = Choice(
    key="loss_truth", label="Truth $y$", default=1, options=(1, 0),
    labels={1: "1 (yes)", 0: "0 (no)"}, style="segmented",
)  # fmt: skip
FOCUS = Choice.of(LOSSES, key="loss_focus", label="Loss", default="binary_cross_entropy")
COMPARED = Several.of(
    LOSSES, key="loss_show", label="Compare with", default=["mse", "mae", "hinge"],
    help="The one you hold is drawn strongest.",
)  # fmt: skip
CONTROLS = (PREDICTION, TRUTH, FOCUS, COMPARED)
GUESS = "guess_steeper_loss"


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        at, truth, focus = PREDICTION.show(), TRUTH.show(), FOCUS.show()
        chosen = COMPARED.show()
        table = st.container()
    shown = compute([key for key in LOSSES if key in chosen or key == focus], focus, at, truth)
    head = f"| p = {at:.2f}, y = {truth} | loss | slope |"
    table.markdown(slope_table(shown.losses, head, digits=4))
    with picture:
        show_chart(
            plot_losses(shown.losses, shown.truth, colors),
            key="losses",
            alt=describe(shown),
            height=HEIGHT,
            on_click=_move,
        )
        layout.look(what_to_see(shown))
    _ask()
    _show_formula(shown)
    page.try_this(
        ("Sure and right: hardly anything left to pay", {"loss_p": 0.97}),
        ("A failure: sure, wrong, and little slope",
         {"loss_p": 0.02, "loss_focus": "mse", "loss_show": ["binary_cross_entropy"]}),
        ("Hinge is content at a margin of 1",
         {"loss_p": 0.80, "loss_focus": "hinge"}),
        ("Three names for one number",
         {"loss_focus": "kl", "loss_show": ["binary_cross_entropy", "categorical_cross_entropy"]}),
    )  # fmt: skip
    uniform.show(_AT_SCALE)
    row = LOSSES[focus]
    layout.show_the_code(row.of_prediction, loss_of_probability, loss_curves)
    cited = [LOSSES[key].source for key in shown.losses.keys]
    layout.sources(*dict.fromkeys([*cited, *uniform.SOURCES]))


class Shown(NamedTuple):
    """The losses on the chart, and what they are judged by."""

    losses: Family
    truth: int
    cross_at: tuple[float, float]  # cross-entropy and its slope there, to compare with


def compute(keys: list[str], focus: str, at: float, truth: int) -> Shown:
    """Return these losses on the chart's grid and at the prediction, from one program."""
    points = np.concatenate([np.float32([at]), GRID])
    every = run("the losses", loss_curves, points, float(truth))
    family = pick_family(LOSSES, keys, (focus, at), every.values, every.slopes)
    cross = list(LOSSES).index(FOCUS.default)
    cross_at = float(every.values[cross, 0]), float(every.slopes[cross, 0])
    return Shown(family, truth, cross_at)


def _move(click: Click) -> None:
    if click.x is not None:
        st.session_state[PREDICTION.key] = PREDICTION.snap(click.x)


def describe(shown: Shown) -> str:
    """Return the chart in words."""
    rows = zip(shown.losses.keys, shown.losses.value_at, shown.losses.slope_at, strict=True)
    said = "; ".join(f"{short(key)} {value:.4f} with slope {slope:.3f}"
                     for key, value, slope in rows)  # fmt: skip
    return (
        f"Losses over the predicted probability, their slopes below. Truth {shown.truth}, "
        f"prediction {shown.losses.at:.2f}: {said}."
    )


def what_to_see(shown: Shown) -> str:
    """Return the verdict on the prediction, and what the slope there does."""
    grade = verdict(shown.losses.at, shown.truth)
    value, slope = (
        float(shown.losses.value_at[shown.losses.strong]),
        float(shown.losses.slope_at[shown.losses.strong]),
    )
    given = probability_of_truth(shown.losses.at, shown.truth)
    said = f"**Loss {value:.4f}**. The truth was given {given:.0%}: {grade.stance}. "
    cross, cross_slope = shown.cross_at
    if (value, slope) == shown.cross_at:
        return said + (
            f"**{grade.size.capitalize()}**: {grade.advice}. One hundredth nearer to the truth "
            f"takes about **{abs(slope) / 100:.4f}** off."
        )
    said += f"Cross-entropy makes it {cross:.4f}, **{grade.size}**. "
    if slope == 0:
        return (
            said + f"{LOSSES[shown.losses.focus].label} has no slope here: nothing pulls any more."
        )
    return said + f"Its slope is **{cross_slope / slope:.1f}** times that of this loss."


def _ask() -> None:
    answer = why = ""
    options = ("Hardly", "2 times", "10 times", "100 times")
    if st.session_state.get(GUESS):  # worked out only once there is an answer to check
        slopes = run("two slopes", loss_curves, [0.1, 0.01], 1.0).slopes
        places = {key: list(LOSSES).index(key) for key in ("binary_cross_entropy", "mse")}
        grown = {key: float(slopes[i, 1] / slopes[i, 0]) for key, i in places.items()}
        sizes = dict(zip(options, (1.0, 2.0, 10.0, 100.0), strict=True))
        ratio = grown["binary_cross_entropy"]
        answer = min(options, key=lambda option: abs(np.log(sizes[option] / ratio)))
        cross, squared = (slopes[places[key]] for key in places)
        why = (
            f"`jax.grad` gives {cross[0]:.1f} and {cross[1]:.1f}, **{ratio:.1f}** times as steep. "
            f"Squared error goes from {squared[0]:.2f} to {squared[1]:.2f}, only "
            f"{grown['mse']:.2f} times: the two misses are almost the same length."
        )
    layout.predict_then_reveal(
        GUESS,
        "The truth is 1, and a prediction gets worse: 0.01 instead of 0.10. How much steeper does "
        "binary cross-entropy become?",
        options,
        answer=answer,
        why=why,
    )


def _show_formula(shown: Shown) -> None:
    row, worked = LOSSES[shown.losses.focus], WORKED.get(shown.losses.focus)
    value, slope = (
        float(shown.losses.value_at[shown.losses.strong]),
        float(shown.losses.slope_at[shown.losses.strong]),
    )
    lines: list[Any] = [f"L = {row.formula}"]
    if worked:
        at = shown.losses.at, shown.truth
        lines += [
            f"L = {worked.loss(*at)} = {value:.4f}",
            rf"\frac{{dL}}{{dp}} = {worked.slope(*at)} = {slope:.4f}",
        ]
    layout.formula(
        *lines,
        note=f"{row.note} The slope on this page comes from `jax.grad`; the last line is there to "
        f"check it by hand.{_NOTES.get(shown.losses.focus, '')}",
    )


_NOTES = {
    "hinge": " Here the score is the logit of the prediction, $s = \\ln\\frac{p}{1-p}$.",
    "categorical_cross_entropy": " Here there are two classes, no with $1 - p$ and yes with $p$.",
    "kl": " Here there are two classes, no with $1 - p$ and yes with $p$.",
}
_AT_SCALE = (
    "A language model's prediction is one probability for every token of its vocabulary, and its "
    "loss at a position is the curve above at the probability of the token that really came next: "
    "$-\\ln p$. The mean over all positions is the one number that training lowers. Two figures "
    "make such a number readable: what an even guess would cost, and among how many tokens a guess "
    "would cost as much."
)
