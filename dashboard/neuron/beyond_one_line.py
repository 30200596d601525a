"""Beyond one line: a proof that XOR has none, and the hidden layer that does without."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from dashboard import layout
from dashboard.chart import Click, Film, Panel, show_chart, show_panels
from dashboard.charts import xor as charts
from dashboard.compute import remember, run
from dashboard.controls import Choice, Number, Slider, Toggle
from dashboard.neuron import points as p
from dashboard.neuron import xor_words as words
from dashboard.theme import Palette
from nnjax.activations import ACTIVATIONS
from nnjax.separation import xor
from nnjax.separation.hulls import convex_hull
from nnjax.separation.separability import best_line, separability
from nnjax.separation.xor_trials import XorFilm, XorTrial, count_solved_by_width, try_xor, xor_film

SEEDS = 1000
HEIGHT = 330
ACTIVATION = Choice.of(
    ACTIVATIONS, key="xor_activation", label="Activation of the hidden neurons", default="tanh"
)
WIDTH = Slider(
    key="xor_width", label="Hidden neurons", default=2, min=1, max=xor.MAX_HIDDEN, step=1
)
SHOWN = Choice(
    key="xor_shown",
    label="Show",
    default="solved",
    options=("solved", "stuck", "hand"),
    labels={"solved": "One that solved it", "stuck": "One that did not", "hand": "Built by hand"},
)
RATE = Choice(
    key="xor_rate", label="Learning rate (Adam)", default=0.1, options=(0.01, 0.03, 0.1, 0.3, 1.0)
)
STEPS = Slider(key="xor_steps", label="Updates", default=500, min=50, max=1000, step=50)
SEED = Number(key="xor_seed", label="Seed of the starts", default=0, min=0, max=9999, step=1)
MAP = Toggle(
    key="xor_map",
    label="Compare every activation and width",
    default=False,
    help="96 settings, 1,000 starts each: some seconds the first time.",
)
CONTROLS = (ACTIVATION, WIDTH, SHOWN, RATE, STEPS, SEED, MAP)
_GUESS = "guess_relu"


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the laboratory."""
    controls, picture = layout.lab(shares=(2, 5))
    with controls:
        activation, width, shown = ACTIVATION.show(), WIDTH.show(), SHOWN.show()
        with st.expander("Training"):
            rate, steps, seed = RATE.show(), STEPS.show(), SEED.show()
        settings = {"seed": seed, "n_seeds": SEEDS, "n_steps": steps, "learning_rate": rate}
    trial: XorTrial = remember("XOR", try_xor, activation, width, **settings)
    view = _view(trial, activation, width, shown, steps)
    film = run("the network's plane", xor_film, view.networks, charts.GRID, view.kind)
    points, targets = p.as_arrays(p.RULES["xor"])
    proof = run("the proof", separability, points, targets)
    best = run("the best line", best_line, points, targets)
    with picture:
        figure = charts.plot_certificate(points, targets, proof, best, colors)
        title = words.counted(trial.n_right)
        show_panels(
            [
                Panel(figure=figure, alt=words.certificate(proof, best), height=HEIGHT),
                Panel(
                    figure=charts.plot_right_counts(trial.n_right, title, colors),
                    alt=title,
                    height=HEIGHT,
                ),
            ],
            key="xor",
            columns=(1, 1),
        )
        _show_film(view, film, colors)
        layout.look(words.verdict(trial.n_right, ACTIVATIONS[activation].label, width))
    _ask(settings)
    _show_map(activation, width, settings, colors)
    label = ACTIVATIONS[view.activation].label
    layout.formula(*words.formulas(proof, view, film, label), note=words.FORMULA_NOTE)
    _lead_on(page)


def _show_film(view: "View", film: XorFilm, colors: Palette) -> None:
    """Draw one network on its way: the plane as it sees it, and what its output neuron is given."""
    n_hidden = int(view.kind.n_hidden)
    tracks = charts.surface_tracks(film, view.networks, n_hidden, panel=0)
    if n_hidden == 2:
        second = charts.plot_hidden_space(film, view.networks, colors)
        alt = "The four points in the plane of both hidden outputs, and the output's line."
        tracks |= charts.hidden_tracks(film, view.networks, panel=1)
    else:
        second = charts.plot_loss(view.updates, view.loss, colors)
        alt = f"The loss ends at {view.loss[-1]:.3f}."
        tracks |= charts.loss_tracks(view.updates, view.loss, panel=1)
    show_panels(
        [
            Panel(
                figure=charts.plot_surface(film, view.networks, n_hidden, view.title, colors),
                alt=f"{view.title}. The plane as it sees it, with each hidden neuron's line.",
                height=HEIGHT,
            ),
            Panel(figure=second, alt=alt, height=HEIGHT),
        ],
        key="xor_film",
        columns=(1, 1),
        film=Film(tracks=tracks, captions=view.captions, run=view.name) if view.captions else None,
    )


class View(NamedTuple):
    """The network on show, from its start to its end."""

    name: str
    title: str
    activation: str
    networks: xor.XorNetwork  # each part (n_frames, ...)
    kind: xor.Architecture
    loss: np.ndarray  # (n_frames,)
    updates: np.ndarray  # (n_frames,)
    captions: list[str]  # none where there is nothing to play


def _view(trial: XorTrial, activation: str, width: int, shown: str, steps: int) -> View:
    if shown == "hand":
        network, kind = xor.xor_by_hand()
        networks = xor.XorNetwork(*(np.asarray(part)[None] for part in network))
        return View("hand", "Built by hand: 4 of 4 right", "step", networks, kind, None, None, [])
    wanted, other = trial.solved, trial.stuck
    if shown == "stuck":
        wanted, other = other, wanted
    example = wanted or other
    updates = np.arange(len(example.loss)) * max(1, steps // xor.N_FRAMES)
    return View(
        f"{activation} {width} {example.number} {updates[-1]} {example.loss[-1]}",
        f"Start {example.number}: {trial.n_right[example.number]} of 4 right",
        activation,
        example.networks,
        xor.architecture(activation, width),
        example.loss,
        updates,
        [f"update {n} · loss {loss:.3f}" for n, loss in zip(updates, example.loss, strict=True)],
    )


def _ask(settings: dict[str, Any]) -> None:
    answer = why = ""
    if st.session_state.get(_GUESS):  # the engine works it out when somebody has guessed
        solved = [
            int((remember("XOR", try_xor, key, 2, **settings).n_right == 4).sum())
            for key in ("relu", "tanh")
        ]
        answer, why = words.relu_against_tanh(*solved)
    layout.predict_then_reveal(_GUESS, words.QUESTION, words.OPTIONS, answer, why)


def _show_map(activation: str, width: int, settings: dict[str, Any], colors: Palette) -> None:
    layout.heading("Which settings learn it?")
    if not MAP.show():
        return
    keys = list(ACTIVATIONS)
    counts = _counts(keys, settings)
    chosen = keys.index(activation), width - 1
    labels = [row.label for row in ACTIVATIONS.values()]
    show_chart(
        charts.plot_solved_map(counts, labels, SEEDS, chosen, colors),
        key="xor_solved_map",
        alt="Share of starts that solve XOR by activation and number of hidden neurons: "
        + "; ".join(f"{name} {row.tolist()}" for name, row in zip(labels, counts, strict=True)),
        height=460,
        on_click=_pick,
    )
    layout.look(words.MAP_NOTE)


def _counts(keys: list[str], settings: dict[str, Any]) -> np.ndarray:
    """Work through the activations under a bar with a way to stop; known ones are free."""
    place = st.empty()
    rows = []
    for number, key in enumerate(keys):
        with place.container():
            st.progress(number / len(keys), text=f"{ACTIVATIONS[key].label}: eight widths")
            st.button("Stop", on_click=_stop, key=f"xor_stop_{number}")
        rows.append(remember(f"XOR by width, {key}", count_solved_by_width, key, **settings))
    place.empty()
    return np.array(rows)


def _stop() -> None:
    st.session_state[MAP.key] = False


def _pick(at: Click) -> None:
    """A cell of the map sets activation and width."""
    match at.point:
        case [int(row), int(column)] if row < len(ACTIVATIONS) and column < xor.MAX_HIDDEN:
            st.session_state[ACTIVATION.key] = list(ACTIVATIONS)[row]
            st.session_state[WIDTH.key] = column + 1


def _lead_on(page: layout.Page) -> None:
    def settings(**values: Any) -> dict[str, Any]:
        return {"neuron_lab": "xor", **values}

    page.try_this(
        (
            "A failure: without a bend no width helps",
            settings(xor_activation="identity", xor_width=8),
        ),
        ("Watch a start that gets stuck", settings(xor_shown="stuck")),
        ("The answer by hand: one neuron for OR, one for AND", settings(xor_shown="hand")),
        (
            "One hidden neuron is enough, if its activation dips",
            settings(xor_activation="silu", xor_width=1),
        ),
    )
    layout.in_llms(words.IN_LLMS)
    layout.show_the_code(xor.xor_logit, xor.train_xor, try_xor, separability, convex_hull)
    layout.sources(
        "minsky_papert_1969", "rumelhart_1986", "cybenko_1989", "kingma_ba_2015", "brown_2020"
    )
