"""The timeline: eleven milestones, how large each was, and where its idea can be run again."""

import streamlit as st

from dashboard import layout
from dashboard.chart import Click, show_chart
from dashboard.charts.timeline import HEIGHT, Dot, Timeline, plot_timeline
from dashboard.compute import run
from dashboard.controls import Choice, Slider
from dashboard.language import time_words as words
from dashboard.language.time_links import show_links
from dashboard.large_numbers import power_of_ten
from dashboard.theme import Palette
from nnjax.language.growth import Growth, growth, known_models
from nnjax.language.milestone import PUBLISHED
from nnjax.language.milestones import FIRST_NEURON, MILESTONES, multiply_adds
from nnjax.large_models.training_cost import training_flops

MEASURE = Choice(
    key="time_measure", label="Size", default="parameters", options=tuple(words.MEASURES),
    labels=words.MEASURES, style="segmented",
)  # fmt: skip
PICKED = Choice.of(MILESTONES, key="time_milestone", label="Milestone", default="perceptron")
SINCE = Slider(
    key="time_since", label="Trend from the year", default=2012, min=1958, max=2022, step=1
)
SIZES = (0.117, 1.5, 7, 70, 175, 405, 1800)
MODEL = Choice(
    key="time_model", label="Parameters, in billions", default=175, options=SIZES, style="slider",
    labels={size: f"{size:g}" for size in SIZES},
)  # fmt: skip
READ = (10, 100, 300, 1000, 2000, 15_600)
TOKENS = Choice(
    key="time_tokens", label="Tokens, in billions", default=300, options=READ, style="slider",
    labels={tokens: f"{tokens:,}" for tokens in READ},
)  # fmt: skip
CONTROLS = (MEASURE, PICKED, SINCE, MODEL, TOKENS)
GUESS = "guess_timeline"
LAB = {"llm_lab": "timeline"}
PROMPTS = (
    ("Operations double within months",
     LAB | {"time_measure": "operations", "time_milestone": "alexnet"}),
    ("From 1958 on: a slower line",
     LAB | {"time_since": 1958, "time_milestone": "perceptron"}),
    ("What is not known of ChatGPT", LAB | {"time_milestone": "chatgpt"}),
    ("A failure: a trend through two models",
     LAB | {"time_since": 2021, "time_milestone": "frontier"}),
)  # fmt: skip
AXES = {
    "parameters": ("parameters", (1, 13), {1e3: "thousand", 1e6: "million", 1e9: "billion",
                                           1e12: "trillion"}),
    "operations": ("training operations", (7, 27),
                   {10.0**p: f"10<sup>{p}</sup>" for p in (9, 12, 15, 18, 21, 24)}),
}  # fmt: skip
END = 2027  # where the line of the trend stops


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab()
    with controls:
        measure, picked = MEASURE.show(), MILESTONES[PICKED.show()]
        since = SINCE.show()
        st.markdown(words.card(picked))
        show_links(picked.key)
    line = run("the trend", growth, measure, since)
    with picture:
        show_chart(
            plot_timeline(_timeline(measure, picked.key, Growth(*line)), colors),
            key="timeline",
            alt=words.describe(measure, picked),
            height=HEIGHT,
            on_click=_pick,
        )
        layout.look(words.trend(measure, since))
        layout.look(words.span(words.this_year()) + " Click a mark to read about it.")
    layout.predict_then_reveal(GUESS, words.QUESTION, list(words.OPTIONS.values()), *words.answer())
    layout.formula(*words.formulas(Growth(*line), words.this_year()), note=words.NOTE)
    page.try_this(*PROMPTS)
    _show_llm()
    layout.show_the_code(growth, known_models, multiply_adds)
    layout.sources(*words.sources(picked))


def _pick(click: Click) -> None:
    """Turn a click on a mark into the choice of its milestone."""
    if click.custom in MILESTONES:
        st.session_state[PICKED.key] = click.custom


def _timeline(measure: str, picked: str, line: Growth) -> Timeline:
    title, decades, ticks = AXES[measure]
    years = (line.first_year, END)
    return Timeline(
        dots=_dots(measure),
        picked=picked,
        title=title,
        decades=decades,
        ticks=ticks,
        since=line.first_year,
        trend=(years, [line.at(year) for year in years]),
    )


def _dots(measure: str) -> list[Dot]:
    """Return every model whose size is known, and one mark for each milestone without."""
    who, when = FIRST_NEURON
    dots = [Dot("", who, when, None, "an artificial neuron that does not learn", True)]
    for row in MILESTONES.values():
        known = [model for model in row.models if model.size(measure).value is not None]
        for model in known or row.models[:1]:
            size = model.size(measure)
            dots.append(
                Dot(row.key, model.label, model.year, size.value, words.say_size(size, measure),
                    size.known == PUBLISHED)
            )  # fmt: skip
    return dots


def _show_llm() -> None:
    layout.in_llms(words.IN_LLMS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        size, tokens = MODEL.show(width=300), TOKENS.show(width=300)
    flops = training_flops(1e9 * size, 1e9 * tokens).total
    line = growth("operations", 2012)
    with st.container(horizontal=True, gap="large"):
        st.metric("Operations, 6 N D", power_of_ten(flops))
        st.metric("The line since 2012 gets there in", f"{line.year_of(flops):.0f}")
        st.metric("Tokens for each parameter", f"{tokens / size:,.1f}")
