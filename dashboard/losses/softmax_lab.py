"""Softmax: from four scores to one loss, with a temperature and with smoothed labels."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import Click, Panel, show_panels
from dashboard.charts import soft_targets as charts
from dashboard.compute import run
from dashboard.controls import Choice, Slider
from dashboard.losses import softmax_words as words
from dashboard.losses import uniform
from dashboard.theme import Palette
from nnjax.activations import softmax
from nnjax.soft_targets import SoftLoss, loss_along_right, smooth_labels, soft_loss, tempered_loss

CLASSES = ("cat", "dog", "fox", "owl")
SCORES = tuple(
    Slider(
        key=f"loss_{name}", label=f"Score of {name}", default=value, min=-6.0, max=6.0, step=0.1,
        format="%.1f",
    )
    for name, value in zip(CLASSES, (2.0, 1.0, 0.1, -1.0), strict=True)
)  # fmt: skip
RIGHT = Choice(
    key="loss_right", label="The truth", default="cat", options=CLASSES, style="segmented"
)
TEMPERATURE = Slider(
    key="loss_temperature", label="Temperature $T$", default=1.0, min=0.1, max=5.0, step=0.1,
    format="%.1f", help="Every score is divided by it before softmax.",
)  # fmt: skip
SMOOTHING = Slider(
    key="loss_smoothing", label="Label smoothing $a$", default=0.1, min=0.0, max=0.5, step=0.01,
    format="%.2f", help="The part of the target that is shared out evenly; 0 is a hard target.",
)  # fmt: skip
CONTROLS = (*SCORES, RIGHT, TEMPERATURE, SMOOTHING)
GUESS = "guess_smoothing"


class Scene(NamedTuple):
    """The learner's settings, and what the engine makes of them."""

    scores: list[float]
    right: int
    temperature: float
    smoothing: float
    result: SoftLoss
    along: np.ndarray  # (2, n) the loss as the right score moves


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab(shares=(2, 5))
    with controls:
        scene = _compute(*_show_controls())
    with picture:
        _show_picture(scene, colors)
        layout.look(words.what_to_see(scene, CLASSES))
    _ask()
    layout.formula(*words.formulas(scene, CLASSES), note=words.FORMULA_NOTE)
    _lead_on(page)


def _show_controls() -> tuple[list[float], str, float, float]:
    right = RIGHT.show()
    first, second = layout.halves()
    with first:
        scores = [control.show() for control in SCORES[:2]]
    with second:
        scores += [control.show() for control in SCORES[2:]]
    return scores, right, TEMPERATURE.show(), SMOOTHING.show()


def _compute(scores: list[float], name: str, temperature: float, smoothing: float) -> Scene:
    right = CLASSES.index(name)
    settings = scores, right, temperature, smoothing
    return Scene(
        *settings,
        result=run("softmax and its loss", soft_loss, *settings),
        along=run("the loss along a score", loss_along_right, *settings, charts.SCORES),
    )


def _show_picture(scene: Scene, colors: Palette) -> None:
    result, name = scene.result, CLASSES[scene.right]
    at, loss = scene.scores[scene.right], float(result.loss)
    shares, pulls = (
        ", ".join(f"{c} {v:.3f}" for c, v in zip(CLASSES, values, strict=True))
        for values in (result.shares, result.gradient)
    )
    show_panels(
        [
            Panel(
                figure=charts.plot_shares_and_targets(
                    result.shares, result.targets, CLASSES, colors
                ),
                alt=f"Shares: {shares}. The truth is {name}.",
                height=charts.HEIGHT,
            ),
            Panel(
                figure=charts.plot_pull_on_scores(result.gradient, CLASSES, colors),
                alt=f"Gradient of the loss at each score: {pulls}.",
                height=charts.HEIGHT,
            ),
            Panel(
                figure=charts.plot_loss_along(scene.along, at, loss, name, colors),
                alt=f"The loss as the score of {name} moves; at {at:.1f} it is {loss:.4f}.",
                height=charts.HEIGHT,
            ),
        ],
        key="soft",
        columns=(1, 1, 1),
        on_click=lambda click: _move(click, scene.right),
    )


def _move(click: Click, right: int) -> None:
    """A click in the third picture sets the right class's score."""
    if click.panel == 2 and click.x is not None:
        st.session_state[SCORES[right].key] = SCORES[right].snap(click.x)


def _ask() -> None:
    answer = why = ""
    if st.session_state.get(GUESS):
        defaults = [control.default for control in SCORES]
        along = run("the question", loss_along_right, defaults, 0, 1.0, 0.1, charts.SCORES)[0]
        answer, why = words.read_bend(charts.SCORES, along)
    layout.predict_then_reveal(GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _lead_on(page: layout.Page) -> None:
    def settings(**values: Any) -> dict[str, Any]:
        return {"loss_lab": "softmax"} | {f"loss_{name}": value for name, value in values.items()}

    page.try_this(
        ("A hard target: no smoothing", settings(smoothing=0.0)),
        ("A failure: sure of the wrong animal", settings(right="owl", smoothing=0.0, cat=6.0)),
        ("Hot: the scores hardly matter", settings(temperature=5.0)),
        ("Too sure for a smoothed label", settings(cat=6.0)),
    )
    uniform.show(words.IN_LLMS)
    layout.show_the_code(softmax, smooth_labels, tempered_loss, soft_loss)
    layout.sources(
        "bridle_1990", "kullback_leibler_1951", "szegedy_2015", "hinton_2015", "vaswani_2017",
        *uniform.SOURCES,
    )  # fmt: skip
