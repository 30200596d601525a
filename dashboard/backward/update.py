"""One update: what the gradient promises of it, and what really happens, at every rate."""

import numpy as np

from dashboard import layout
from dashboard.backward.own_pass import OwnPass
from dashboard.chart import show_chart
from dashboard.charts.update import HEIGHT, RATES, Change, plot_change
from dashboard.compute import run
from dashboard.controls import Choice
from dashboard.theme import Palette
from nnjax.passes.backward_steps import UpdatePath, loss_along_update

CHOICES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
RATE = Choice(
    key="backward_rate", label="Learning rate $\\eta$", default=0.5, options=CHOICES,
    labels={rate: f"{rate:g}" for rate in CHOICES}, style="slider",
)  # fmt: skip
RESOLUTION = 3e-7  # of losses near 1 in float32: a smaller gap is rounding


def compute(own: OwnPass, rate: float) -> tuple[UpdatePath, float]:
    """Return the loss after one update at every rate of the chart, and at the learner's."""
    path: UpdatePath = run(
        "one update", loss_along_update, own.parameters, *own.example,
        np.append(RATES, np.float32(rate)), config=own.config, loss=own.loss, task=own.task,
    )  # fmt: skip
    return path._replace(after=path.after[:-1]), float(path.after[-1])


def show(path: UpdatePath, rate: float, after: float, colors: Palette) -> None:
    """Draw the chart and say what it shows."""
    loss, squared = float(path.loss), float(path.squared_norm)
    change = Change(
        loss=loss,
        promised=-RATES * squared,
        actual=path.after - loss,
        curved=RATES**2 / 2 * float(path.curvature),
        rate=rate,
    )
    said = verdict(path, rate, after)
    show_chart(
        plot_change(change, colors),
        key="update",
        alt="Change in loss against the learning rate, promised and real, and the gap between "
        "them, which grows with the square of the rate while the rate is small. "
        + said.replace("**", "").replace("$", ""),
        height=HEIGHT,
    )
    layout.look(said)


def verdict(path: UpdatePath, rate: float, after: float) -> str:
    """Say what was promised, what came of it, and why they differ."""
    loss, squared = float(path.loss), float(path.squared_norm)
    promised, actual = -rate * squared, after - loss
    if squared == 0:
        return "Every gradient is 0: no rate changes anything."
    said = (
        f"The gradient promises a change of $-\\eta\\,|g|^2$ = -{rate:g} · {squared:.4f} = "
        f"**{promised:.4f}**. What really happens is **{actual:+.4f}**. "
    )
    return said + _why(path, rate, after)


def _why(path: UpdatePath, rate: float, after: float) -> str:
    """Say what the difference between promise and truth comes from."""
    loss = float(path.loss)
    promised, actual = -rate * float(path.squared_norm), after - loss
    if not np.isfinite(after):
        return "The step leads so far out that the loss is no longer finite."
    if actual > 0:
        return (
            "**The loss goes up.** Downhill is only where you stand; a step this long ends on the "
            "other side of the valley."
        )
    if promised < -loss:
        return "The promise is more than there is to lose: it cannot be kept."
    gap, curved = abs(actual - promised), abs(rate**2 / 2 * float(path.curvature))
    if gap < RESOLUTION:
        return "The gap is smaller than float32 can tell."
    if curved and 0.8 < gap / curved < 1.25:
        return (
            f"The gap of {gap:.2g} is the curvature's, $\\tfrac12 \\eta^2\\, g^T H g$ = "
            f"{curved:.2g}: half the rate would leave a quarter of it."
        )
    return f"The gap of {gap:.2g} is no longer the curvature's alone ({curved:.2g})."


def formula(path: UpdatePath) -> str:
    """Return what one update promises, in signs and with the network's numbers."""
    return (
        r"L(\theta - \eta g) = L(\theta) - \eta\,|g|^2 + \tfrac12 \eta^2\, g^{\mathsf T} H g - "
        rf"\cdots = {float(path.loss):.4f} - {float(path.squared_norm):.4f}\,\eta "
        rf"{'-' if path.curvature < 0 else '+'} {abs(float(path.curvature)) / 2:.4f}\,\eta^2 - "
        r"\cdots"
    )
