"""The ball in a bowl: what a learning rate does where every outcome has a formula."""

import numpy as np

from dashboard import layout
from dashboard.chart import Film, Panel, show_chart, show_panels
from dashboard.charts.bowl import bowl_tracks, brief, plot_bowl, plot_distance, plot_rates
from dashboard.compute import run
from dashboard.controls import Control, Slider
from dashboard.theme import Palette
from nnjax.bowl import (
    N_STEPS,
    NEVER,
    REGIMES,
    BowlPath,
    contraction_factor,
    roll_ball,
    stability_edge,
    sweep_rates,
)

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
TRY_THIS = (
    (
        "A timid rate: after 40 steps it is still on the slope",
        {"training_lab": "bowl", "bowl_rate": 0.02},
    ),
    ("Exactly at the edge: it swings for ever", {"training_lab": "bowl", "bowl_rate": 2.0}),
    (
        "Past the edge it explodes: every overshoot meets a steeper slope, so the next is larger",
        {"training_lab": "bowl", "bowl_rate": 2.3},
    ),
    (
        "The same rate with momentum settles again",
        {"training_lab": "bowl", "bowl_rate": 2.3, "bowl_momentum": 0.5},
    ),
)
CODE = (roll_ball, contraction_factor, stability_edge)
SOURCES = ("polyak_1964", "sutskever_2013", "brown_2020")


def show(colors: Palette) -> None:
    """Draw the whole lab: controls, the film of the ball, the question, the formula."""
    controls, picture = layout.lab()
    with controls:
        rate, curvature, momentum, start = (control.show() for control in CONTROLS)
    path = run("the ball", roll_ball, rate, curvature, momentum, start)
    with picture:
        _show_film(path, curvature, momentum, colors)
        layout.look(verdict(path, momentum))
    ball = (rate, curvature, momentum, start)
    _ask(path, ball, colors)
    _show_formula(path, *ball[:3])


def _show_film(path: BowlPath, curvature: float, momentum: float, colors: Palette) -> None:
    said = verdict(path, momentum).replace("**", "")
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
            captions=captions(path),
            run="bowl",  # one run for ever: moving a slider keeps the step that is shown
            rate=6,
            show=0,
        ),
    )


def captions(path: BowlPath) -> list[str]:
    """Return the film's caption for each step."""
    return [
        f"Step {t}: x = {brief(x)}, loss {_size(loss)}"
        for t, (x, loss) in enumerate(zip(path.positions, path.losses, strict=True))
    ]


def verdict(path: BowlPath, momentum: float) -> str:
    """Say what becomes of the ball, with its numbers."""
    regime = REGIMES[int(path.regime)]
    words = f"**{regime.label}.** {regime.note}"
    if regime.key in ("rests", "edge"):
        return words
    long_run = "In the long run each" if momentum else "Each"
    if regime.key == "explodes":
        grows = "In the long run the distance grows" if momentum else "The distance grows"
        left = f"after step **{path.left_at}** it is out of the picture"
        if path.left_at == NEVER:
            left = f"{N_STEPS} steps are too few to leave the picture"
        return f"{words} {grows} by a factor of **{path.factor:.3g}** a step; {left}."
    left = abs(float(path.positions[-1] / path.positions[0]))
    return (
        f"{words} {long_run} step leaves **{path.factor:.3g}** of the distance, "
        f"{N_STEPS} steps leave **{_size(left)}**."
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


def _show_formula(path, rate, curvature, momentum) -> None:
    """Write the step and the edge with the learner's numbers."""
    if momentum:
        lines = (
            rf"v_{{t+1}} = \mu v_t + a x_t = {momentum:.2f}\, v_t + {curvature:.2f}\, x_t",
            rf"x_{{t+1}} = x_t - \eta v_{{t+1}} = x_t - {rate:.2f}\, v_{{t+1}}",
            r"\eta < \frac{2 (1 + \mu)}{a} = "
            rf"\frac{{2 \cdot {1 + momentum:.2f}}}{{{curvature:.2f}}} = {path.edge:.3g}",
        )
    else:
        numbers = rf"(1 - {rate:.2f} \cdot {curvature:.2f})"
        lines = (
            r"x_{t+1} = x_t - \eta\, a\, x_t = (1 - \eta a)\, x_t",
            rf"x_{{t+1}} = {numbers}\, x_t = {round(1 - rate * curvature, 4):g}\, x_t",
            rf"\eta < \frac{{2}}{{a}} = \frac{{2}}{{{curvature:.2f}}} = {path.edge:.3g}",
        )
    layout.formula(
        *lines,
        note="Near a point, a network's loss has a bowl in every direction. The narrowest one, "
        "with the largest curvature, limits the rate of plain gradient descent for all of them.",
    )


def _size(value: float) -> str:
    """Return a positive number of any size in a few characters."""
    return brief(float(value)).lstrip("+")


def show_in_llms() -> None:
    """Say which rates large models were given."""
    layout.in_llms(
        "Larger models need smaller steps. The GPT-3 family was trained at rates from 6 × 10⁻⁴, "
        "for 125 million parameters, down to 0.6 × 10⁻⁴ for 175 billion (Brown et al. 2020, "
        "table 2.1)."
    )
