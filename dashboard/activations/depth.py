"""Signals in depth: why the slope of an activation decides how deep a network can be."""

import numpy as np
import streamlit as st

from dashboard import compute, layout
from dashboard.activations import feedforward
from dashboard.activations.functions import cited
from dashboard.activations.several import Several
from dashboard.chart import show_chart
from dashboard.charts.depth import HEIGHT, DepthCurves, plot_depth
from dashboard.controls import Choice, Number, Slider
from dashboard.gather import Rest, gather
from dashboard.theme import Palette
from nnjax.activations import ACTIVATIONS
from nnjax.depth.probes import MAX_DEPTH, DepthSignal, signal_through_depth
from nnjax.initializers import INITIALIZERS
from nnjax.races.bands import band_over_seeds, count_wins, middle_seed

N_SEEDS, WIDTH = 32, 32
CARRIERS = Several.of(
    ACTIVATIONS, key="carry", label="Activations", default=["sigmoid", "tanh", "relu", "gelu"]
)
DEPTH = Slider(key="depth", label="Layers", default=20, min=2, max=MAX_DEPTH, step=1)
WEIGHTS = Choice.of(INITIALIZERS, key="weights", label="First weights", default="xavier")
SEED = Number(key="depth_seed", label="First seed", default=0, min=0, max=9999, step=1)
CONTROLS = (DEPTH, WEIGHTS, CARRIERS, SEED)
GUESS = "guess_he"
RESOLUTION = 2.0**-23  # of float32: closer neighbours of a number do not exist


def show(page: layout.Page, colors: Palette) -> Rest | None:
    """Draw the laboratory; return what measures the rest, if any is left."""
    controls, picture = layout.lab()
    with controls:
        depth, weights = DEPTH.show(), WEIGHTS.show()
        carriers = CARRIERS.show() or CARRIERS.default
        seed = SEED.show()
        table = st.container()
    with picture:
        signals, rest = gather(
            "depth",
            carriers,
            lambda key: measure(key, weights, seed, depth),
            about=(weights, seed, depth),
            say=lambda key: f"Measuring {ACTIVATIONS[key].label}",
            done=f"{N_SEEDS} untrained networks for each activation, {WIDTH} units a layer.",
        )
        if signals:
            curves = bands_of(signals, depth)
            show_chart(
                plot_depth(curves, colors), key="depth_chart", alt=describe(curves), height=HEIGHT
            )
            layout.look(what_to_see(signals, depth))
    if signals:
        table.markdown(survival_table(curves))
    lost = any(np.any(differences(part) == 0) for part in signals.values())
    st.markdown(_WHY + (_ROUNDED if lost else ""))
    _ask(weights, seed, depth)
    _show_formula(weights, depth)
    deep = {"activation_lab": "depth"}
    page.try_this(
        ("A failure: sigmoid through 32 layers",
         deep | {"carry": ["sigmoid", "relu"], "depth": 32}),
        ("ReLU with the weights made for it", deep | {"carry": ["relu", "gelu"], "weights": "he"}),
        ("A failure: weights so large that it explodes",
         deep | {"carry": ["relu", "identity"], "weights": "normal", "depth": 8}),
        ("SELU keeps its size by itself",
         deep | {"carry": ["relu", "selu", "tanh"], "weights": "lecun", "depth": 32}),
    )  # fmt: skip
    feedforward.show()
    layout.show_the_code(signal_through_depth)
    layout.sources(
        *dict.fromkeys([
            "hochreiter_1997", "bengio_1994", "glorot_bengio_2010", INITIALIZERS[weights].source,
            *cited([ACTIVATIONS[key] for key in carriers]), *feedforward.SOURCES,
        ])
    )  # fmt: skip
    return rest


def measure(key: str, weights: str, seed: int, depth: int) -> DepthSignal:
    """Return the signal through one activation, computed once for all learners."""
    return compute.remember(
        f"{key} through {weights}", signal_through_depth, key, weights,
        seed=seed, depth=depth, width=WIDTH, n_seeds=N_SEEDS,
    )  # fmt: skip


def bands_of(signals: dict[str, DepthSignal], depth: int) -> DepthCurves:
    """Return the bands over seeds, layers 1 to `depth`."""
    parts = signals.values()
    return DepthCurves(
        keys=list(signals),
        labels=[ACTIVATIONS[key].label for key in signals],
        signal=[band_over_seeds(differences(part)[:, :depth]) for part in parts],
        gradient=[band_over_seeds(part.gradient[:, :depth]) for part in parts],
    )


def describe(curves: DepthCurves) -> str:
    """Return the chart in words."""
    rows = zip(curves.labels, curves.signal, curves.gradient, strict=True)
    said = "; ".join(
        f"{label}: signal {signal.middle[-1]:.2g} after the last layer, gradient "
        f"{gradient.middle[0]:.2g} at the first"
        for label, signal, gradient in rows
    )
    n_layers = len(curves.signal[0].middle)
    return f"Signal above and gradient below, over {n_layers} layers, on log scales. {said}."


def what_to_see(signals: dict[str, DepthSignal], depth: int) -> str:
    """Return one sentence that compares the best and the worst first-layer gradient."""
    first = {key: np.asarray(part.gradient[:, 0]) for key, part in signals.items()}
    # Healthy is near 1: both a gradient that fades and one that explodes are far from it.
    with np.errstate(divide="ignore"):
        miss = {key: abs(np.log10(values)) for key, values in first.items()}
    ranked = sorted(miss, key=lambda key: middle_seed(miss[key]))
    best, worst = ranked[0], ranked[-1]
    said = (
        f"Of a gradient of size 1 at the last layer, {ACTIVATIONS[best].label} leaves "
        f"**{scientific(middle_seed(first[best]))}** at the first of {depth}"
    )
    if best == worst:
        return f"{said}."
    wins, n = count_wins(miss[best], miss[worst]), len(first[best])
    return (
        f"{said}, {ACTIVATIONS[worst].label} **{scientific(middle_seed(first[worst]))}**. "
        f"{ACTIVATIONS[best].label} stays closer to 1 in **{wins} of {n}** seeds."
    )


def differences(signal: DepthSignal) -> np.ndarray:
    """Return how much outputs differ, (n_seeds, n_layers): 0 where float32 cannot tell them apart.

    What is left there is rounding, and neither shrinks nor carries anything.
    """
    return np.where(signal.spread < RESOLUTION * signal.size, 0.0, signal.spread)


def survival_table(curves: DepthCurves) -> str:
    """Return what is left at both ends, a line for each activation, as Markdown."""
    lines = ["| activation | signal, last | gradient, first |", "|:--|--:|--:|"]
    rows = zip(curves.labels, curves.signal, curves.gradient, strict=True)
    for label, signal, gradient in rows:
        ends = scientific(signal.middle[-1]), scientific(gradient.middle[0])
        lines.append(f"| {label} | {ends[0]} | {ends[1]} |")
    return "\n".join(lines)


def scientific(value: float) -> str:
    """Return a number that may be very small or large, as Markdown: "0.031", "4.2 x 10^-13"."""
    value = float(value)
    if value == 0:
        return "0"
    if not np.isfinite(value):
        return "beyond float32"
    if 0.001 <= abs(value) < 10_000:
        return f"{value:.2g}" if abs(value) < 100 else f"{value:,.0f}"
    mantissa, power = f"{value:.1e}".split("e")
    return rf"${mantissa} \cdot 10^{{{int(power)}}}$"


_WHY = (
    "**Signal**: how much the outputs for sixteen different inputs still differ from one another. "
    "Where nothing differs, the layers above cannot tell one input from another. **Gradient**: "
    "what is left of a gradient of size 1 that is sent back from the last layer. Each layer "
    "multiplies it by the slopes of its activations and by its weights, so it can *vanish* as "
    "well as *explode*. Bands hold eight of ten seeds; flat is healthy."
)
_ROUNDED = (
    " Where the signal drops to the floor it is gone: the outputs differ by less than float32 can "
    "hold, so they are the same number."
)


def _ask(weights: str, seed: int, depth: int) -> None:
    """He's weights against Xavier's, worked out only once there is an answer to check."""
    options = (
        "It grows at least tenfold",
        "It stays about the same",
        "It shrinks at least tenfold",
    )
    answer = why = ""
    if st.session_state.get(GUESS):
        sizes = {
            name: middle_seed(measure("relu", name, seed, depth).gradient[:, 0])
            for name in ("xavier", "he")
        }
        gain = sizes["he"] / max(sizes["xavier"], 1e-38)
        answer = options[0] if gain >= 10 else options[2] if gain <= 0.1 else options[1]
        why = (
            f"From {scientific(sizes['xavier'])} to {scientific(sizes['he'])}, "
            f"{scientific(gain)} times. ReLU silences about half of its inputs, so each layer "
            "halves the variance; He's weights have twice the variance to make up for it."
        )
    layout.predict_then_reveal(
        GUESS,
        f"ReLU, {depth} layers of {WIDTH}. You replace Xavier's weights by He's. What happens to "
        "the gradient at the first layer?",
        options,
        answer=answer,
        why=why,
    )


def _show_formula(weights: str, depth: int) -> None:
    bound = 0.25**depth
    layout.formula(
        r"\frac{\partial L}{\partial \mathbf{z}_1} = f'(\mathbf{z}_1) \odot W_2^{\mathsf T}"
        r"\left( f'(\mathbf{z}_2) \odot W_3^{\mathsf T} \left( \cdots f'(\mathbf{z}_n) \odot"
        r" \frac{\partial L}{\partial \mathbf{h}_n} \right)\right)",
        rf"\text{{sigmoid: }} f'(z) \le \tfrac14, \qquad "
        rf"\left(\tfrac14\right)^{{{depth}}} = {scientific(bound).strip('$')}",
        note=f"First weights: {INITIALIZERS[weights].label}, "
        f"${INITIALIZERS[weights].formula}$. {INITIALIZERS[weights].note}",
    )
