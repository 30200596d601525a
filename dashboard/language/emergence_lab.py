"""Emergence: the five sizes of "Scaling" under two scores, one of which jumps."""

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import Panel, show_panels
from dashboard.charts.scaling import PANEL, Score, plot_score
from dashboard.controls import Choice, Slider
from dashboard.gather import Rest
from dashboard.language import emerge_words as words
from dashboard.language import scale_runs as shared
from dashboard.language.scale_runs import Results, gather_runs
from dashboard.theme import Palette
from nnjax.language.emergence import Scores, all_right, exact_matches, score, sharpest_step

LENGTH = Slider(
    key="emerge_length", label="Characters in a row, $k$", default=8, min=1, max=10, step=1
)
SCALE = Choice(
    key="emerge_scale", label="Scale of the whole answers", default="linear",
    options=("linear", "log"), labels={"linear": "Linear", "log": "Logarithmic"},
    style="segmented",
)  # fmt: skip
SMOOTH = Choice(
    key="emerge_smooth", label="The other score", default="each", options=("each", "loss"),
    labels={"each": "One right", "loss": "Log-loss"}, style="segmented",
)  # fmt: skip
TOKEN = Choice(
    key="emerge_token", label="Probability of a right token", default=0.99,
    options=(0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999), style="slider",
)  # fmt: skip
ANSWER = Choice(
    key="emerge_answer", label="Tokens of the answer", default=100,
    options=(1, 3, 10, 30, 100, 300, 1000), style="slider",
)  # fmt: skip
CONTROLS = (*shared.CONTROLS, LENGTH, SCALE, SMOOTH, TOKEN, ANSWER)
GUESS = "guess_emergence"
LAB = {"llm_lab": "emergence"}
PROMPTS = (
    ("Ten in a row: later, and more sudden", LAB | {"emerge_length": 10}),
    ("On a logarithmic scale: no jump in the formula",
     LAB | {"emerge_scale": "log"}),
    ("One character: no jump to begin with", LAB | {"emerge_length": 1}),
    ("A failure: read too little, and nothing emerges",
     LAB | {"scale_steps": 50}),
)  # fmt: skip
SPAN = (500, 1.2e5)  # of sizes
FLOOR = 1e-5  # a share below this lies on the bottom of a logarithmic axis


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what trains the rest, if anything is left."""
    controls, picture = layout.lab()
    with controls:
        k, scale, smooth = LENGTH.show(), SCALE.show(), SMOOTH.show()
        training = shared.show_controls()
    with picture:
        results, rest = gather_runs(*training)
        scores = {piece: score(run.right, float(run.loss), k) for piece, run in results.items()}
        sizes, middles = _middles(results, scores)
        _show_pictures(results, scores, (k, scale, smooth), colors)
        layout.look(words.verdict(sizes, middles, k))
        st.markdown(words.table(sizes, middles, k))
    st.markdown(words.DEBATE)
    layout.predict_then_reveal(GUESS, words.QUESTION, list(words.OPTIONS.values()), *words.answer())
    layout.formula(*words.formula(sizes[-1], middles[-1], k), note=words.NOTE)
    page.try_this(*PROMPTS)
    _show_llm()
    layout.show_the_code(exact_matches, score, all_right, sharpest_step)
    layout.sources("wei_2022", "schaeffer_2023", "brown_2020", "kaplan_2020")
    return rest


def _middles(results: Results, scores: dict) -> tuple[np.ndarray, list[Scores]]:
    """Return the sizes there are, and the middle seed of each score."""
    columns = [
        shared.middle_by_size(results, [getattr(s, name) for s in scores.values()])
        for name in Scores._fields
    ]
    rows = zip(*(values for _, values in columns), strict=True)
    return columns[0][0], [Scores(*row) for row in rows]


def _show_pictures(
    results: Results, scores: dict, chosen: tuple[int, str, str], colors: Palette
) -> None:
    k, scale, smooth = chosen
    sizes, middles = _middles(results, scores)
    all_sizes = shared.sizes_of(results)
    exact = Score(
        f"{k} in a row right", sizes, np.array([s.exact for s in middles]), all_sizes,
        np.array([s.exact for s in scores.values()]),
        np.array([all_right(s.each, k) for s in middles]),
        (FLOOR, 1.0) if scale == "log" else (0.0, _top(scores, middles, k)), scale == "log",
    )  # fmt: skip
    if smooth == "each":
        title, values, span = "One character right", [s.each for s in scores.values()], (0.0, 0.6)
        middle = np.array([s.each for s in middles])
    else:
        title, values, span = "Log-loss of a character", [-np.log(s.chance) for s in
                                                          scores.values()], (1.0, 4.5)  # fmt: skip
        middle = np.array([-np.log(s.chance) for s in middles])
    other = Score(title, sizes, middle, all_sizes, np.array(values), None, span, False)
    show_panels(
        [
            Panel(figure=plot_score(exact, SPAN, colors), height=PANEL,
                  alt=words.describe(sizes, exact.middle, exact.title)),
            Panel(figure=plot_score(other, SPAN, colors), height=PANEL,
                  alt=words.describe(sizes, other.middle, other.title)),
        ],
        key="emergence",
        columns=(1, 1),
    )  # fmt: skip
    st.caption(
        "Solid line and dots: measured, the middle of three seeds and each of them. Dashed, "
        "diamonds: $p^k$ from the score of single characters. A measured 0 means fewer than one "
        f"of {middles[0].n_stretches:,.0f} stretches: only more of them would show how few."
    )


def _top(scores: dict, middles: list[Scores], k: int) -> float:
    """Return the top of the linear axis: a round number, so that it seldom moves."""
    highest = max(
        *(s.exact for s in scores.values()), *(all_right(s.each, k) for s in middles), 1e-3
    )
    return next(top for top in (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
                if top >= 1.05 * highest or top == 1.0)  # fmt: skip


def _show_llm() -> None:
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        p, k = TOKEN.show(width=300), ANSWER.show(width=300)
    with st.container(horizontal=True, gap="large"):
        st.metric("Whole answers right", f"{all_right(p, k):.3g}")
        st.metric("Mistakes in one answer, on average", f"{k * (1 - p):.2g}")
