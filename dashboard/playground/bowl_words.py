"""What the laboratory "Ball in a bowl" says about what it computed."""

from dashboard import layout
from dashboard.charts.bowl import brief
from nnjax.landscapes.bowl import (
    N_STEPS,
    NEVER,
    REGIMES,
    BowlPath,
    contraction_factor,
    roll_ball,
    stability_edge,
)

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

IN_LLMS = (
    "Larger models need smaller steps. The GPT-3 family was trained at rates from 6 × 10⁻⁴, "
    "for 125 million parameters, down to 0.6 × 10⁻⁴ for 175 billion (Brown et al. 2020, "
    "table 2.1)."
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


def show_formula(path: BowlPath, rate: float, curvature: float, momentum: float) -> None:
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


def lead_on(page: layout.Page) -> None:
    """Draw the links, the same idea in large models, the code and the sources."""
    page.try_this(*TRY_THIS)
    layout.in_llms(IN_LLMS)
    layout.show_the_code(*CODE)
    layout.sources(*SOURCES)
