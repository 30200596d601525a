"""The ball in a bowl: what a learning rate does where every outcome has a formula."""

import numpy as np

from dashboard import layout
from dashboard.chart import Film, Panel, show_chart, show_panels
from dashboard.charts.bowl import bowl_tracks, plot_bowl, plot_distance, plot_rates
from dashboard.compute import run
from dashboard.controls import Control, Slider
from dashboard.playground import bowl_words as words
from dashboard.theme import Palette
from nnjax.landscapes.bowl import N_STEPS, BowlPath, roll_ball, sweep_rates

RATE = Slider(
    key="bowl_rate",
    label=r"Learning rate $\eta$",
    default=0.3,
    min=0.01,
    max=4.0,
    step=0.01,
    help="How far a step goes for each unit of slope.",
)
CURVATURE = Slider(
    key="bowl_curvature",
    label="Curvature $a$",
    default=1.0,
    min=0.2,
    max=2.0,
    step=0.05,
    help="How steep the bowl is: the second derivative of the loss.",
)
MOMENTUM = Slider(
    key="bowl_momentum",
    label=r"Momentum $\mu$",
    default=0.0,
    min=0.0,
    max=0.95,
    step=0.05,
    help="The share of its speed that the ball keeps from step to step.",
)
START = Slider(key="bowl_start", label="Start $x_0$", default=-3.5, min=-4.0, max=4.0, step=0.1)

CONTROLS: tuple[Control, ...] = (RATE, CURVATURE, MOMENTUM, START)


def show(page: layout.Page, colors: Palette) -> None:
    """Draw the whole lab: controls, the film of the ball, the question, the formula."""
    controls, picture = layout.lab()
    with controls:
        rate, curvature, momentum, start = (control.show() for control in CONTROLS)
    path = run("the ball", roll_ball, rate, curvature, momentum, start)
    with picture:
        _show_film(path, curvature, momentum, colors)
        layout.look(words.verdict(path, momentum))
    ball = (rate, curvature, momentum, start)
    _ask(path, ball, colors)
    words.show_formula(path, *ball[:3])
    words.lead_on(page)


def _show_film(path: BowlPath, curvature: float, momentum: float, colors: Palette) -> None:
    said = words.verdict(path, momentum).replace("**", "")
    show_panels(
        [
            Panel(
                figure=plot_bowl(path, curvature, colors),
                alt=f"A ball in a bowl of curvature {curvature:g}, from {path.positions[0]:.1f}. "
                + said,
            ),
            Panel(
                figure=plot_distance(path, colors, has_momentum=momentum > 0),
                alt=f"Distance from the minimum over {N_STEPS} steps, on a log axis. {said}",
            ),
        ],
        key="bowl",
        columns=(3, 2),
        film=Film(
            tracks=bowl_tracks(path),
            captions=words.captions(path),
            run="bowl",  # one run for ever: moving a slider keeps the step that is shown
            rate=6,
            show=0,
        ),
    )


def _ask(path, ball, colors) -> None:
    """Ask for the edge; reveal it on the same bowl at every rate of the slider."""
    rate, curvature, momentum, start = ball
    edge = f"{path.edge:.2f}"
    guesses = (1 / curvature, 2 / curvature, float(path.edge), 2 * float(path.edge))
    options = list(dict.fromkeys(f"{guess:.2f}" for guess in sorted(guesses)))
    bowl = f"This bowl has curvature {curvature:.2f}"
    bowl += f" and the ball momentum {momentum:.2f}" if momentum else ""

    def why() -> None:
        rates = np.round(np.arange(RATE.min, RATE.max + RATE.step / 2, RATE.step), 2)
        # A ball that starts in the minimum tells nothing: ask one that does not.
        sweep = run("the rates", sweep_rates, rates, curvature, momentum, start or 1.0)
        first = float(sweep.first_failure)
        measured = f"The lowest rate on the slider that fails to settle is **{first:.2f}**."
        if not np.isfinite(first):
            measured = f"Every rate on the slider settles: the edge lies beyond {RATE.max:g}."
        show_chart(
            plot_rates(sweep, float(path.edge), rate, colors),
            key="bowl_rates",
            height=260,
            alt=f"Distance left after {N_STEPS} steps at {len(rates)} rates. {measured} "
            f"Theory puts the edge at {edge}.".replace("**", ""),
        )
        layout.look(f"{len(rates)} rates were run in this bowl. {measured}")

    layout.predict_then_reveal(
        "guess_bowl_edge",
        f"{bowl}. You raise the learning rate. At which value does the ball stop settling?",
        options,
        answer=edge,
        why=why,
    )
