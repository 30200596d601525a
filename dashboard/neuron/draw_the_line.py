"""Draw the line: the perceptron learns AND, OR or your own points, one mistake at a time."""

from functools import partial
from typing import Any

import streamlit as st

from dashboard import layout
from dashboard.chart import Click, Film, Panel, show_chart, show_panels
from dashboard.charts import perceptron as charts
from dashboard.compute import run
from dashboard.controls import Choice, Number, Slider
from dashboard.neuron import line_words as words
from dashboard.neuron import own_points
from dashboard.neuron import points as p
from dashboard.neuron.study import Study, study_points
from dashboard.theme import Palette
from nnjax.separation import perceptron
from nnjax.separation.separability import best_line, separability

OWN = "own"
RULE = Choice(
    key="rule",
    label="What to learn",
    default="and",
    options=(*p.RULES, OWN),
    labels={"and": "AND", "or": "OR", "xor": "XOR", OWN: "Your points"},
    style="segmented",
)
START = Choice(
    key="line_start",
    label="Start from",
    default="zero",
    options=("zero", "random"),
    labels={"zero": "Zero weights", "random": "A random line"},
    style="segmented",
)
SEED = Number(key="line_seed", label="Random line number", default=8, min=0, max=9999, step=1)
RATE = Slider(
    key="line_rate",
    label="Learning rate",
    default=1.0,
    min=0.125,
    max=2.0,
    step=0.125,
    format="%.3f",
    help="How much of a wrong point is added to the weights.",
)
CONTROLS = (RULE, START, SEED, RATE, own_points.ADDS, own_points.POINTS)
_REWOUND = "_line_rewound"


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab(shares=(2, 5))
    with controls:
        rule = RULE.show()
        start = perceptron.zero_neuron()
        if START.show() == "random":
            start = perceptron.random_start(SEED.show())
        rate = RATE.show()
        own = own_points.show_editors(_choose_own)
    rows = own if rule == OWN else p.RULES[rule]
    study = study_points(*p.as_arrays(rows), start, rate)
    with picture:
        _show_film(study, rows, colors)
        layout.look(words.verdict(study))
    _ask(study, rule)
    layout.formula(*words.formulas(study), note=words.formula_note(study))
    if study.bound is not None:
        _show_squeeze(study, colors)
    _lead_on(page)


def _show_film(study: Study, rows: tuple[p.LabelledPoint, ...], colors: Palette) -> None:
    span = (p.LOW, p.HIGH)
    rewound = st.session_state.get(_REWOUND, 0)
    film = Film(
        tracks=charts.learning_tracks(study, span) | charts.mistake_tracks(study.path, panel=1),
        captions=words.captions(study),
        run=f"{rewound} {study.start} {study.rate} {rows}",
        rate=2.0 if study.path.converged else 6.0,
        show=0 if rewound else -1,
    )
    panels = [
        Panel(
            figure=charts.plot_learning(study, span, colors),
            alt=f"The plane of two inputs. {words.verdict(study)}",
            height=420,
        ),
        Panel(
            figure=charts.plot_mistakes(study, colors),
            alt=f"{study.path.n_mistakes} mistakes in {study.path.n_looked_at[-1]} looks.",
            height=300,
        ),
    ]
    show_panels(
        panels,
        key="line",
        columns=(5, 3),
        film=film if study.path.n_mistakes else None,
        on_click=partial(_click, rows),
    )


def _click(rows: tuple[p.LabelledPoint, ...], at: Click) -> None:
    """A click edits the points on show; a rule's corners become the learner's own points."""
    if at.panel == 0:
        own_points.click(at, rows)
        _choose_own()


def _choose_own() -> None:
    st.session_state[RULE.key] = OWN


def _ask(study: Study, rule: str) -> None:
    if rule in ("and", "or"):
        xor = run("the best line for XOR", best_line, *p.as_arrays(p.RULES["xor"]))
        layout.predict_then_reveal(
            "guess_xor",
            "XOR fires when exactly one of its inputs is 1. How many of its four points can the "
            "best line get right?",
            ("2", "3", "4"),
            answer=str(xor.n_right),
            why="Counted over every way in which a line can split the four points. Choose XOR "
            "above to see why the fourth is out of reach.",
        )
        return
    whole, half = (
        int(study_points(study.points, study.targets, zero, rate).path.n_mistakes)
        for zero, rate in ((perceptron.zero_neuron(), study.rate / halved) for halved in (1, 2))
    )
    layout.predict_then_reveal(
        "guess_rate",
        "Start from zero weights and halve the learning rate. How many mistakes now?",
        ("fewer", "just as many", "more"),
        answer=words.compare(half, whole),
        why=f"{whole} and {half}. From zero, the rate only "
        "scales the weights and the bias, and the line where they add up to 0 stays where it is.",
    )


def _show_squeeze(study: Study, colors: Palette) -> None:
    proof = perceptron.squeeze(study.path, study.bound, learning_rate=study.rate)
    show_chart(
        charts.plot_squeeze(proof, colors),
        key="squeeze",
        alt=f"The floor under w along u meets the ceiling over the length of w at "
        f"{study.bound.mistakes:.1f} mistakes; the path stays between them.",
        height=300,
    )
    st.markdown(words.SQUEEZE)


def _lead_on(page: layout.Page) -> None:
    def settings(**values: Any) -> dict[str, Any]:
        return {"neuron_lab": "line", **values}

    page.try_this(
        ("OR: an easier rule, fewer mistakes", settings(rule="or")),
        (
            "A random start and small steps: now the rate matters",
            settings(line_start="random", line_rate=0.125),
        ),
        ("A failure: XOR goes round for ever, because no line exists", settings(rule="xor")),
        ("A narrow gap: few points, many mistakes", settings(rule=OWN, points=words.NARROW)),
    )
    layout.in_llms(words.IN_LLMS)
    layout.show_the_code(
        perceptron.perceptron_path, perceptron.mistake_bound, separability, best_line
    )
    layout.sources("rosenblatt_1958", "novikoff_1962", "minsky_papert_1969", "radford_2019")
